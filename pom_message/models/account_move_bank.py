from odoo import models


class AccountMove(models.Model):
    """How fresh our knowledge of the bank is on which an invoice would be paid."""

    _inherit = "account.move"

    def _pom_bank_days(self):
        """Day of the newest statement line of the journal whose account each invoice
        names; of any bank journal where none of ours has that account.

        :rtype: dict[int, datetime.date]
        """
        newest = self.company_id._pom_newest_statements()
        journals = self.company_id._pom_bank_journals()
        of_account = journals.grouped("bank_account_id")
        of_company = journals.grouped("company_id")
        found, known = {}, {}
        for move in self:
            account, company = move._pom_bank_account(), move.company_id
            key = (account.id, company.id)
            if key not in known:
                mine = account and of_account.get(account)
                mine = mine or of_company.get(company, journals.browse())
                days = [newest[one.id] for one in mine if one.id in newest]
                known[key] = max(days, default=None)
            found[move.id] = known[key]
        return found
