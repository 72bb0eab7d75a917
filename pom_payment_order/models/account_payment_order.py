from odoo import models
from odoo.exceptions import UserError


class AccountPaymentOrder(models.Model):
    """Looks once more, before a file is made, at what is still to be collected."""

    _inherit = "account.payment.order"

    def draft2open(self):
        # EXTENDS 'account_payment_order': since a debt was put into the order, somebody
        # may have paid, contested or credited it.
        for order in self:
            if names := order.payment_line_ids._pom_fit():
                order.message_post(
                    body=self.env._(
                        "Less is due than was to be collected, or nothing: %s",
                        ", ".join(names),
                    )
                )
        return super().draft2open()

    def open2generated(self):
        # EXTENDS 'account_payment_order'
        if fitting := self.payment_line_ids._pom_fitting():
            names = sorted({line.move_line_id.move_id.name for line in fitting})
            raise UserError(
                self.env._(
                    "Since this order was confirmed, less is due, or nothing: %s. "
                    "Cancel the order, set it to draft and confirm it again.",
                    ", ".join(names),
                )
            )
        return super().open2generated()
