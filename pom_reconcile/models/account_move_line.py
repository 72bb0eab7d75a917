from odoo import models

from ..tools.key_queries import NUMBER


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # What is open of an amount, and what is open under a number: debts, and what
    # payments wait for, of a few bank lines (``key_queries.DEBTORS``, ``OPEN_ITEMS``
    # and ``payments``).
    _pom_open_amount_idx = models.Index(
        "(account_id, amount_residual_currency)"
        " WHERE reconciled IS NOT TRUE AND amount_residual_currency != 0"
    )
    _pom_open_number_idx = models.Index(
        f"(account_id, ({NUMBER % 'move_name'}))"
        " WHERE reconciled IS NOT TRUE AND amount_residual_currency != 0"
    )

    def _pom_paid_too_much(self):
        # EXTENDS 'pom_payment': what came in by the bank.
        by_bank = self.filtered("statement_line_id")
        matches = self.env["pom.match"].search(
            [
                ("statement_line_id", "in", by_bank.statement_line_id.ids),
                ("state", "=", "matched"),
                ("flag", "in", ("surplus", "paid_twice")),
            ]
        )
        named = {
            match.statement_line_id: moves
            for match, moves in matches._named_invoices().items()
        }
        return {
            **super()._pom_paid_too_much(),
            **{
                line: named[line.statement_line_id]
                for line in by_bank
                if line.statement_line_id in named
            },
        }
