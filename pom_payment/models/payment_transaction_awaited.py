from odoo import api, fields, models

#: Days after which a transfer that somebody promised isn't spoken of any more.
AWAITED_DAYS = 14


class PaymentTransaction(models.Model):
    """Transfers that debtors said they make by their own bank: core's *Wire Transfer*.
    A promise isn't money, and keeps nobody from paying otherwise.
    """

    _inherit = "payment.transaction"

    def _pom_awaiting_link(self):
        """The link of whoever promised to transfer; empty when nobody did."""
        promised = self.filtered(
            lambda tx: tx.provider_code == "custom" and tx.state == "pending"
        )
        link = promised.pom_paylink_id
        if not link and len(promised.invoice_ids) == 1:
            link = promised.invoice_ids.pom_paylink_id
        return link

    @api.model
    def _pom_awaited_for(self, moves):
        """The newest transfer that was promised for these.

        :rtype: payment.transaction
        """
        since = fields.Datetime.subtract(fields.Datetime.now(), days=AWAITED_DAYS)
        return self.search(
            [
                ("invoice_ids", "in", moves.ids),
                ("provider_code", "=", "custom"),
                ("state", "=", "pending"),
                ("create_date", ">=", since),
            ],
            order="id desc",
            limit=1,
        )
