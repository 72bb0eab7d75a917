from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import str2bool

#: System parameter of databases in which nobody owes anything; in the settings.
TRIAL = "pom_payment.trial"
#: Mode that a provider of each state works in.
MODES = {"enabled": "live", "test": "test"}


class PaymentProvider(models.Model):
    """Trying out and collecting are kept apart: what is tried out moves no money, and
    would have invoices paid all the same.
    """

    _inherit = "payment.provider"

    @api.model
    def _get_compatible_providers(self, *args, **kwargs):
        # EXTENDS 'payment', for core's own forms too. Shops are left to core, which
        # tells there that it's a test.
        providers = super()._get_compatible_providers(*args, **kwargs)
        if self.env.user._is_internal() or kwargs.get("sale_order_id"):
            return providers
        return providers.filtered(lambda one: one._pom_is_for_debtors())

    def _pom_is_for_debtors(self):
        """Whether it takes money, or this whole database is for trying things out."""
        return self.state != "test" or self._pom_is_trial()

    @api.model
    def _pom_is_trial(self):
        trial = self.env["ir.config_parameter"].sudo().get_param(TRIAL)
        return str2bool(trial or "", False)

    def _pom_mode(self):
        """The mode that it works in; '' while it's switched off."""
        return MODES.get(self.state, "")

    def _pom_check_mode(self):
        """Refuse credentials of the other mode: for the constraints of whoever has
        such.

        :raises ValidationError: when they are of the other mode
        """
        for provider in self:
            mode = provider._pom_adapter().mode(provider._pom_credentials())
            wanted = provider._pom_mode()
            if mode == "test" and wanted == "live":
                raise ValidationError(
                    self.env._(
                        "%s is enabled, and its key is one for trying out: invoices "
                        "would be paid without any money.",
                        provider.name,
                    )
                )
            if mode == "live" and wanted == "test":
                raise ValidationError(
                    self.env._(
                        "%s is in test mode, and its key moves real money.",
                        provider.name,
                    )
                )
