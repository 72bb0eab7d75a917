from odoo import models
from odoo.tools import SQL


class AccountMove(models.Model):
    """Debts that had been paid until a bank took the money back."""

    _inherit = "account.move"

    def _pom_came_back(self):
        """The day on which a bank last took back what was paid for each of these, as
        the creditor counts days. Hook.

        :return: by id; those of which that isn't known aren't in it
        :rtype: dict[int, date]
        """
        if not self.ids:
            return {}
        self.env["payment.transaction"].flush_model(
            ["pom_chargeback", "pom_undone_id", "source_transaction_id", "state"]
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT rel.invoice_id, max(back.last_state_change)
                  FROM account_invoice_transaction_rel rel
                  JOIN payment_transaction back
                    ON back.source_transaction_id = rel.transaction_id
                 WHERE rel.invoice_id IN %s
                   AND back.pom_chargeback
                   AND back.state = 'done'
                   AND back.pom_undone_id IS NULL
              GROUP BY rel.invoice_id
                """,
                tuple(self.ids),
            )
        )
        return {
            move_id: self.browse(move_id).company_id._pom_local(moment).date()
            for move_id, moment in rows
            if moment
        }
