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

    # -- hooks that core's Mollie answers itself: ours come first ----------------------

    def _get_specific_rendering_values(self, processing_values):
        # EXTENDS 'payment_mollie': portal and shop go the same way.
        if self.provider_code != MOLLIE.code:
            return super()._get_specific_rendering_values(processing_values)
        return self._pom_rendering_values()

    def _extract_amount_data(self, payment_data):
        # EXTENDS 'payment_mollie'
        update = payment_data.get("pom_update")
        if not update:
            return super()._extract_amount_data(payment_data)
        return {"amount": float(update.amount), "currency_code": update.currency}

    def _apply_updates(self, payment_data):
        # EXTENDS 'payment_mollie': payments that were begun before this was installed
        # still come by core's own route.
        update = payment_data.get("pom_update")
        if not update:
            super()._apply_updates(payment_data)
            return
        getattr(self, f"_pom_set_{update.status}")(update)
