from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

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
