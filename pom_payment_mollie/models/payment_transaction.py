from odoo import models

from odoo.addons.payment_mollie.const import PAYMENT_METHODS_MAPPING

from .payment_provider import MOLLIE


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _pom_method_word(self):
        # EXTENDS 'pom_payment'
        if self.provider_code != MOLLIE.code:
            return super()._pom_method_word()
        code = self.payment_method_code
        return PAYMENT_METHODS_MAPPING.get(code, code)
