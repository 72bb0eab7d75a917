from odoo import models
from odoo.tools import SQL


class AccountMove(models.Model):
    """A direct debit that the bank sent back was no payment."""

    _inherit = "account.move"

    def _pom_came_back(self):
        # EXTENDS 'pom_payment'
        found = super()._pom_came_back()
        if not self.ids:
            return found
        self.env["account.payment"].flush_model(["state", "pom_return_told"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT item.move_id, max(pay.pom_return_told),
                       max(pay.write_date) FILTER (WHERE pay.pom_return_told IS NULL)
                  FROM account_move_line item
                  JOIN account_payment_line line ON line.move_line_id = item.id
                  JOIN account_payment_account_payment_line_rel rel
                    ON rel.account_payment_line_id = line.id
                  JOIN account_payment pay ON pay.id = rel.account_payment_id
                 WHERE item.move_id IN %s
                   AND pay.state = 'rejected'
                   AND pay.payment_type = 'inbound'
              GROUP BY item.move_id
                """,
                tuple(self.ids),
            )
        )
        companies = {move.id: move.company_id for move in self}
        for move_id, told, moment in rows:
            untold = moment and companies[move_id]._pom_local(moment).date()
            days = (told, untold, found.get(move_id))
            found[move_id] = max(filter(None, days))
        return found
