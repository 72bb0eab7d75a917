from odoo import api, fields, models

from odoo.addons.pom_payment.psp import register
from odoo.addons.pom_payment.psp.base import Adapter

from ..psp import Mollie

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
        return register(super()._pom_adapters(), MOLLIE)

    @api.constrains("state", "code", "mollie_api_key")
    def _check_mollie_mode(self):
        self.filtered(lambda one: one.code == MOLLIE.code)._pom_check_mode()

    def _pom_credentials_mollie(self):
        return MOLLIE.Credentials(
            api_key=self.mollie_api_key or "",
            profile_id=self.mollie_profile_id or "",
            access_token=self.mollie_access_token or "",
            webhook_secrets=tuple((self.mollie_webhook_secret or "").split()),
            **({"api_url": self.mollie_api_url} if self.mollie_api_url else {}),
        )
