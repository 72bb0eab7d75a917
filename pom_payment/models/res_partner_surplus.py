from collections import defaultdict

from odoo import models


class ResPartner(models.Model):
    """What debtors paid beyond what was due."""

    _inherit = "res.partner"

    def _pom_surpluses(self, companies):
        """What these debtors paid beyond what was due and is still here, by the invoice
        that they paid.

        :param res.partner self: commercial entities
        :rtype: dict[account.move, float]
        """
        found = defaultdict(float)
        credit = self._pom_open_credit(companies)
        for line, moves in credit._pom_paid_too_much().items():
            tx = line.payment_id.payment_transaction_id
            promised = tx._pom_on_its_way_back() + tx._pom_ordered()
            left = -line.amount_residual_currency - promised
            for move in moves:
                # Of several invoices in one payment, the last takes the rest.
                is_last = move == moves[-1]
                share = left if is_last else min(left, move.amount_total)
                found[move] += share
                left -= share
        return {move: amount for move, amount in found.items() if amount > 0}

    def _pom_open_credit(self, companies):
        """Payments of these debtors that are applied to nothing, all or in part.

        :rtype: account.move.line
        """
        if not self.ids:
            return self.env["account.move.line"]
        return self.env["account.move.line"].search(
            [
                ("partner_id.commercial_partner_id", "in", self.ids),
                ("company_id", "in", companies.ids),
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("amount_residual", "<", 0),
                ("move_id.move_type", "=", "entry"),
            ]
        )
