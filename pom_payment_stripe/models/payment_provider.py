from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.pom_payment.psp import register
from odoo.addons.pom_payment.psp.base import Adapter
from odoo.addons.pom_payment.psp.values import PspError

from ..psp import Stripe

STRIPE: Adapter = Stripe()


class PaymentProvider(models.Model):
    _inherit = "payment.provider"

    stripe_checkout = fields.Boolean(
        string="Pay on Stripe's Own Page",
        default=True,
        help="Debtors pay on a page of Stripe's, and no script of Stripe's runs on "
        "yours. Otherwise they pay on Odoo's own form.",
    )
    stripe_checkout_secret = fields.Char(
        string="Stripe Webhook Secrets",
        help="whsec_… of the address below; two with a space between while you replace "
        "one.",
        copy=False,
        groups="base.group_system",
    )
    stripe_api_url = fields.Char(string="Stripe Address", groups="base.group_system")

    @api.model
    def _pom_adapters(self):
        # EXTENDS 'pom_payment'
        return register(super()._pom_adapters(), STRIPE)

    def _pom_adapter(self):
        # EXTENDS 'pom_payment': core's form stays to be had.
        if self.code == STRIPE.code and not self.stripe_checkout:
            return None
        return super()._pom_adapter()

    def _pom_credentials_stripe(self):
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        return STRIPE.Credentials(
            api_key=self.stripe_secret_key or "",
            webhook_secrets=tuple((self.stripe_checkout_secret or "").split()),
            database=uuid or "",
            **({"api_url": self.stripe_api_url} if self.stripe_api_url else {}),
        )

    def _pom_lacks_secret(self):
        # EXTENDS 'pom_payment': core's secret is of another address.
        if self.code == STRIPE.code and self._pom_adapter():
            return not STRIPE.is_ready(self._pom_credentials())
        return super()._pom_lacks_secret()

    @api.depends("stripe_checkout", "stripe_checkout_secret")
    def _compute_pom_is_unsafe(self):
        # EXTENDS 'pom_payment'
        super()._compute_pom_is_unsafe()

    @api.constrains("state", "code", "stripe_secret_key", "stripe_checkout")
    def _check_stripe_mode(self):
        ours = self.filtered(lambda one: one.code == STRIPE.code and one._pom_adapter())
        ours._pom_check_mode()

    @api.constrains("stripe_checkout")
    def _check_stripe_under_way(self):
        """What was begun on Stripe's page is followed with our own address only."""
        begun = self.env["payment.transaction"].sudo()
        for provider in self.filtered(lambda one: not one.stripe_checkout):
            open_ones = [
                ("provider_id", "=", provider.id),
                ("state", "in", ("draft", "pending")),
                ("pom_callback_url", "!=", False),
            ]
            if provider.code == STRIPE.code and begun.search_count(open_ones, limit=1):
                raise ValidationError(
                    self.env._(
                        "Somebody is paying on Stripe's page. Wait until that is over, "
                        "or give it up, and go back to Odoo's form then."
                    )
                )

    def action_pom_stripe_webhook(self):
        """Register our address at Stripe, and keep the secret that it answers with."""
        self.ensure_one()
        self.check_access("write")
        request = STRIPE.webhook_request(self.pom_webhook_url)
        try:
            secret = STRIPE.read_webhook(self._pom_send(request))
        except PspError as error:
            raise UserError(str(error)) from error
        self.stripe_checkout_secret = secret

    # -- core's form -------------------------------------------------------------------

    @api.model
    def _stripe_needs_script(self):
        """Whether somebody may pay on Odoo's own form for Stripe."""
        known = [
            ("code", "=", STRIPE.code),
            ("state", "!=", "disabled"),
            ("stripe_checkout", "=", False),
        ]
        return bool(self.search_count(known, limit=1))

    @api.depends("stripe_checkout")
    def _compute_feature_support_fields(self):
        # EXTENDS 'payment'
        super()._compute_feature_support_fields()
        for provider in self:
            if provider.code == STRIPE.code and provider._pom_adapter():
                provider.support_express_checkout = False
                provider.support_manual_capture = False

    def _get_redirect_form_view(self, is_validation=False):
        # EXTENDS 'payment'
        if self.code == STRIPE.code and self._pom_adapter():
            return self.env.ref("pom_payment.redirect_form")
        return super()._get_redirect_form_view(is_validation=is_validation)

    def _should_build_inline_form(self, is_validation=False):
        # EXTENDS 'payment'
        if self.code == STRIPE.code and self._pom_adapter():
            return False
        return super()._should_build_inline_form(is_validation=is_validation)
