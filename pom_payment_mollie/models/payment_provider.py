from odoo import api, fields, models

from odoo.addons.pom_payment.psp.base import Adapter
from odoo.addons.pom_payment.psp.mollie import Mollie

MOLLIE: Adapter = Mollie()


class PaymentProvider(models.Model):
    _inherit = "payment.provider"

    mollie_profile_id = fields.Char(
        string="Mollie Profile ID",
        help="pfl_…: payments of another profile are not believed. Empty: by key.",
        copy=False,
        groups="base.group_system",
    )
    mollie_webhook_secret = fields.Char(
        string="Mollie Webhook Secrets",
        help="Of signed webhooks; two with a space between while you replace one.",
        copy=False,
        groups="base.group_system",
    )
    mollie_access_token = fields.Char(
        string="Mollie Access Token",
        help="access_… of your organization, with the permission settlements.read: we "
        "ask with it what each payout consists of.",
        copy=False,
        groups="base.group_system",
    )
    mollie_api_url = fields.Char(string="Mollie Address", groups="base.group_system")

    @api.model
    def _pom_adapters(self):
        # EXTENDS 'pom_payment'
        return {**super()._pom_adapters(), MOLLIE.code: MOLLIE}

    def _pom_credentials_mollie(self):
        return MOLLIE.Credentials(
            api_key=self.mollie_api_key or "",
            profile_id=self.mollie_profile_id or "",
            access_token=self.mollie_access_token or "",
            webhook_secrets=tuple((self.mollie_webhook_secret or "").split()),
            **({"api_url": self.mollie_api_url} if self.mollie_api_url else {}),
        )

    def _compute_feature_support_fields(self):
        # EXTENDS 'payment'
        super()._compute_feature_support_fields()
        mollie = self.filtered(lambda provider: provider.code == MOLLIE.code)
        mollie.support_tokenization = True
