from odoo import api, fields, models

from odoo.addons.pom_payment.psp import register
from odoo.addons.pom_payment.psp.base import Adapter

from ..psp import BancontactPro
from ..psp.adapter import HOSTS

BANCONTACT: Adapter = BancontactPro()


class PaymentProvider(models.Model):
    _inherit = "payment.provider"

    code = fields.Selection(
        selection_add=[(BANCONTACT.code, BANCONTACT.label)],
        ondelete={BANCONTACT.code: "set default"},
    )
    bancontact_api_key = fields.Char(
        string="Bancontact API Key",
        help="The key of your Bancontact Pro product (36 characters).",
        required_if_provider="bancontact_pro",
        copy=False,
        groups="base.group_system",
    )
    bancontact_ppid = fields.Char(
        string="Bancontact Product Profile ID",
        help="The profile of your Bancontact Pro product (24 characters).",
        required_if_provider="bancontact_pro",
        copy=False,
        groups="base.group_system",
    )
    bancontact_api_url = fields.Char(
        string="Bancontact Address",
        help="Empty: production when enabled, preproduction in test mode.",
        groups="base.group_system",
    )
    bancontact_jwks_url = fields.Char(
        string="Bancontact Keys Address",
        help="Where Bancontact publishes the keys that it signs with. "
        "Empty: production when enabled, preproduction in test mode.",
        groups="base.group_system",
    )
    bancontact_bulk_id = fields.Char(
        string="Bancontact Bulk ID",
        size=35,
        help="Text of the bank transfer when Bancontact pays out many payments in one.",
        groups="base.group_system",
    )
    bancontact_merchant_number = fields.Char(
        string="Bancontact Merchant ID",
        help="From your contract (24 characters). With it, and a signing key, we "
        "ask what each payout consists of.",
        copy=False,
        groups="base.group_system",
    )

    @api.model
    def _pom_adapters(self):
        # EXTENDS 'pom_payment'
        return register(super()._pom_adapters(), BANCONTACT)

    def _pom_credentials_bancontact_pro(self):
        hosts = HOSTS["production" if self.state == "enabled" else "preproduction"]
        return BANCONTACT.Credentials(
            api_key=self.bancontact_api_key or "",
            ppid=self.bancontact_ppid or "",
            api_url=self.bancontact_api_url or hosts.api,
            jwks_url=self.bancontact_jwks_url or hosts.jwks,
            signing_key=self.pom_signing_key or "",
            signing_key_id=self.pom_signing_key_id or "",
            shop_name=self.company_id.name or "",
            bulk_id=self.bancontact_bulk_id or "",
            merchant_number=self.bancontact_merchant_number or "",
        )
