from datetime import timedelta

from odoo import api, models

from odoo.addons.pom_payment.tools.trouble import Check

from ..tools.statements_due import is_late

#: Statements older than that say nothing of how often they come now.
LATELY = timedelta(days=120)


class PomTrouble(models.Model):
    """Statements that don't come, or don't come in."""

    _inherit = "pom.trouble"

    @api.model
    def _checks(self):
        # EXTENDS 'pom_payment'
        return {
            **super()._checks(),
            "statements_missing": Check(
                "pom.statement.received",
                [("id", "in", self._last_of_late())],
                "pom_reconcile.pom_statement_received_action",
                self.env._("Bank accounts of which no statement came lately"),
                self.env._("Import what the bank has since then."),
                "date_to",
            ),
            "imports_failed": Check(
                "pom.statement.import",
                [("state", "=", "failed")],
                "pom_reconcile.pom_statement_import_action",
                self.env._("Bank files that failed in the background"),
                self.env._("Put right what each says, then try again."),
            ),
            "payouts_unknown": Check(
                "payment.provider",
                [("pom_payouts_problem", "!=", False), ("state", "!=", "disabled")],
                "payment.action_payment_provider",
                self.env._("Providers that don't tell their payouts"),
                self.env._("The provider's form says why: often a key that ended."),
                "pom_payouts_asked",
            ),
        }

    def _last_of_late(self):
        """
        :return: ids of the newest statement of each journal whose next one is late
        """
        received = self.env["pom.statement.received"].sudo()
        today = self.env.company._pom_today()
        rows = received._read_group(
            [("date_to", ">=", today - LATELY)],
            ["journal_id"],
            ["date_to:min", "date_to:max", "date_to:count_distinct", "id:max"],
        )
        return [
            newest
            for _journal, first, last, count, newest in rows
            if is_late(first, last, count, today)
        ]
