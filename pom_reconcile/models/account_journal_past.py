from odoo import api, fields, models
from odoo.fields import Domain


class AccountJournal(models.Model):
    """Bank lines that were open before this was installed are left alone until somebody
    has seen what matching would do with them.
    """

    _inherit = "account.journal"

    pom_match_from = fields.Date(
        "Matched by Itself From",
        help="Bank lines of before that day that were there already aren't matched by"
        " themselves. Empty: all are.",
    )

    @api.model
    def _pom_leave_past(self):
        """Set the day for journals that have open lines: when installing."""
        groups = self.env["account.bank.statement.line"]._read_group(
            [("is_reconciled", "=", False)], ["journal_id"]
        )
        for (journal,) in groups:
            journal.pom_match_from = journal.company_id._pom_today()

    def _pom_past_domain(self):
        """Open lines of these journals that nobody has let us try."""
        past = Domain.OR(
            Domain("journal_id", "in", journals.ids) & Domain("date", "<", day)
            for day, journals in self.grouped("pom_match_from").items()
            if day
        )
        return (
            past
            & Domain("pom_tried_on", "=", False)
            & Domain("is_reconciled", "=", False)
            & Domain("state", "=", "posted")
        )

    def _fill_bank_cash_dashboard_data(self, dashboard_data):
        # EXTENDS 'account'
        super()._fill_bank_cash_dashboard_data(dashboard_data)
        groups = self.env["account.bank.statement.line"]._read_group(
            self._pom_past_domain(), ["journal_id"], ["__count"]
        )
        counts = {journal.id: count for journal, count in groups}
        for journal_id, data in dashboard_data.items():
            data["pom_past"] = counts.get(journal_id, 0)

    def action_pom_past(self):
        """Ask about the lines that were there before."""
        self.ensure_one()
        self.check_access("read")
        self.env["pom.match"]._check_accountant()
        action = self.env["pom.match.past"]._action()
        return {**action, "context": {"default_journal_id": self.id}}
