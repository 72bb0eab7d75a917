from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from odoo import fields, models

from ..psp import BancontactPro, jws


class PaymentProvider(models.Model):
    _inherit = "payment.provider"

    pom_signing_key = fields.Char(
        string="Signing Key",
        help="Private key (P-256, PEM) that refunds are signed with.",
        copy=False,
        groups="base.group_system",
    )
    pom_signing_key_id = fields.Char(
        string="Name of the Signing Key", copy=False, groups="base.group_system"
    )
    pom_jwks_url = fields.Char(
        string="Address of Our Keys",
        compute="_compute_pom_jwks_url",
        help="Give it to the provider: there it finds the key that checks our refunds.",
    )

    def _compute_pom_jwks_url(self):
        for provider in self:
            provider.pom_jwks_url = (
                provider.id
                and provider.code == BancontactPro.code
                and f"{provider.company_id._pom_base_url()}/pom/jwks/{provider.id}"
            )

    def action_pom_make_signing_key(self):
        """A new key; refunds are signed with it from now on."""
        self.ensure_one()
        self.check_access("write")
        key = ec.generate_private_key(ec.SECP256R1())
        pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()
        # Another name each time, so that a copy kept over there is not taken for it.
        moment = fields.Datetime.now().strftime("%Y%m%d%H%M%S")
        self.write(
            {
                "pom_signing_key": pem,
                "pom_signing_key_id": f"odoo-{self.id}-{moment}",
            }
        )

    def _pom_jwks(self):
        """Our public keys, as RFC 7517 has it."""
        provider = self.sudo()
        if not provider.pom_signing_key or not provider.pom_signing_key_id:
            return {"keys": []}
        key = jws.public_jwk(provider.pom_signing_key, provider.pom_signing_key_id)
        return {"keys": [key]}
