from odoo import models


class PaymentTransaction(models.Model):
    """What core notes of a payment on its documents, the office reads: not in the
    language of the page on which somebody pays.
    """

    _inherit = "payment.transaction"

    def _log_sent_message(self):
        # EXTENDS 'payment'
        for transaction in self:
            own = transaction._pom_in_owners_words()
            super(PaymentTransaction, own)._log_sent_message()

    def _log_received_message(self):
        # EXTENDS 'payment'
        for transaction in self:
            own = transaction._pom_in_owners_words()
            super(PaymentTransaction, own)._log_received_message()
