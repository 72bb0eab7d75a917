from odoo import api, models

from odoo.addons.payment_stripe.const import PAYMENT_METHODS_MAPPING

from .payment_provider import STRIPE


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _pom_method_word(self):
        # EXTENDS 'pom_payment'
        if self.provider_code != STRIPE.code:
            return super()._pom_method_word()
        method = self.payment_method_id
        # Of a card's brand, the card.
        code = method.primary_payment_method_id.code or method.code
        return PAYMENT_METHODS_MAPPING.get(code, code)

    def _get_specific_processing_values(self, processing_values):
        # EXTENDS 'payment': core would make a PaymentIntent for its form.
        if self.provider_code == STRIPE.code and self.provider_id._pom_adapter():
            return {}
        return super()._get_specific_processing_values(processing_values)

    @api.model
    def _search_by_reference(self, provider_code, payment_data):
        # EXTENDS 'payment': core's webhook looks for a transaction by what the payer
        # reads, and believes what it's sent. Ours are asked about.
        found = super()._search_by_reference(provider_code, payment_data)
        if provider_code != STRIPE.code:
            return found
        return found.filtered(lambda tx: not tx.pom_callback_url)
