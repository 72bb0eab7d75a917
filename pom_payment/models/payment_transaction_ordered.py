from odoo import models


class PaymentTransaction(models.Model):
    """Money for orders of core's ``sale``, which are invoiced later, and in parts."""

    _inherit = "payment.transaction"

    def _pom_apply_to(self, invoice):
        """Pay this with what is left of them."""
        for tx in self:
            taken = tx._pom_receivable_line()
            if taken and not taken.reconciled:
                by_account = invoice.line_ids.grouped("account_id")
                debts = by_account.get(taken.account_id, taken.browse())
                tx._pom_match(taken | debts)

    def _pom_ordered(self):
        """What the orders that it was paid for may still need of it, when they are
        invoiced.
        """
        if "sale_order_ids" not in self._fields:
            return 0
        orders = self.sudo().sale_order_ids.filtered(
            lambda order: (
                order.state == "sale" and order.currency_id == self.currency_id
            )
        )
        return sum(
            max(order.amount_total - order.amount_invoiced, 0) for order in orders
        )
