from odoo import models


class PomMatch(models.Model):
    _inherit = "pom.match"

    # What banks took back of a debtor's payments: of each that is reminded.
    _pom_returned_idx = models.Index(
        "(partner_id) WHERE flag = 'returned' AND state = 'matched'"
    )


class AccountMove(models.Model):
    """What a bank statement took back was no payment."""

    _inherit = "account.move"

    def _pom_came_back(self):
        # EXTENDS 'pom_payment'
        found = super()._pom_came_back()
        debtors = self.partner_id | self.commercial_partner_id
        returned = self.env["pom.match"].search(
            [
                ("partner_id", "in", debtors.ids),
                ("flag", "=", "returned"),
                ("state", "=", "matched"),
                ("company_id", "in", self.company_id.ids),
            ]
        )
        for match, moves in returned._named_invoices().items():
            for move in moves & self:
                found[move.id] = max(match.date, found.get(move.id, match.date))
        return found
