import logging
from dataclasses import replace
from datetime import timedelta

import requests

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..psp import ADAPTERS
from ..psp.bancontact_pro import HOSTS
from ..psp.values import EventContext

_logger = logging.getLogger(__name__)

#: Payment methods that a provider starts with.
DEFAULT_METHODS = {"bancontact_pro": {"bancontact"}}
#: Secrets of core's providers: without one, core believes whatever anybody sends.
SECRETS = {
    "adyen": "adyen_hmac_key",
    "buckaroo": "buckaroo_secret_key",
    "stripe": "stripe_webhook_secret",
    "worldline": "worldline_webhook_secret",
}
#: Anybody can send an event with an unknown key: don't let that make us ask all day.
KEYS_INTERVAL = timedelta(seconds=30)


class ProviderRefusal(ValidationError):
    """The provider understood and said no: asking again is of no use. Any other error
    leaves open whether it did what was asked.
    """


class FormerAddresses:
    """Webhook addresses that payments of the last days were given, before the public
    address was changed. Asks the database only when one is looked for.
    """

    def __init__(self, provider):
        self.provider = provider

    def __contains__(self, url):
        return bool(
            self.provider.env["payment.transaction"]
            .sudo()
            .search_count(
                [
                    ("provider_id", "=", self.provider.id),
                    ("pom_callback_url", "=", url),
                    ("create_date", ">", "today -2d"),
                ],
                limit=1,
            )
        )


class PaymentProvider(models.Model):
    _inherit = "payment.provider"

    code = fields.Selection(
        selection_add=[(adapter.code, adapter.label) for adapter in ADAPTERS.values()],
        ondelete={code: "set default" for code in ADAPTERS},
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
        help="Of your contract (24 characters). With it, and a signing key, we ask "
        "what each payout consists of.",
        copy=False,
        groups="base.group_system",
    )
    pom_keys = fields.Json(copy=False, groups="base.group_system")
    pom_keys_date = fields.Datetime(copy=False, groups="base.group_system")
    pom_webhook_url = fields.Char(
        string="Webhook Address", compute="_compute_pom_webhook_url"
    )
    pom_is_unsafe = fields.Boolean(compute="_compute_pom_is_unsafe")
    pom_last_event = fields.Datetime(
        string="Last Event",
        compute="_compute_pom_last_event",
        help="When the provider last told us something.",
    )

    def _compute_pom_webhook_url(self):
        for provider in self:
            provider.pom_webhook_url = (
                provider.id
                and provider._pom_adapter()
                and f"{provider.company_id._pom_base_url()}"
                f"/pom/webhook/{provider.code}/{provider.id}"
            )

    def _compute_pom_last_event(self):
        last = dict(
            self.env["pom.webhook.event"]
            .sudo()
            ._read_group(
                [("provider_id", "in", self.ids)],
                ["provider_id"],
                ["create_date:max"],
            )
        )
        for provider in self:
            provider.pom_last_event = last.get(provider)

    def _pom_lacks_secret(self):
        """Whether anybody could report its payments: then our page doesn't
        offer it.
        """
        secret = SECRETS.get(self.code)
        return bool(secret and secret in self._fields and not self.sudo()[secret])

    @api.depends("code", "state")
    def _compute_pom_is_unsafe(self):
        for provider in self:
            provider.pom_is_unsafe = (
                provider.state != "disabled" and provider._pom_lacks_secret()
            )

    # -- our adapters ------------------------------------------------------------------

    @api.model
    def _pom_adapters(self):
        """Adapters by provider code. An addon that brings one extends this, so that it
        only counts where that addon is installed.

        :rtype: dict[str, Adapter]
        """
        return ADAPTERS

    def _pom_adapter(self):
        """What speaks to this provider, or None when core does."""
        return self._pom_adapters().get(self.code)

    def _pom_credentials(self):
        """Credentials of the adapter, as its own dataclass."""
        return getattr(self.sudo(), f"_pom_credentials_{self.code}")()

    def _pom_credentials_bancontact_pro(self):
        hosts = HOSTS["production" if self.state == "enabled" else "preproduction"]
        return self._pom_adapter().Credentials(
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

    def _pom_send(self, request, reference=None):
        """Send what an adapter built.

        :param PaymentRequest request:
        :return: the provider's answer, parsed
        :raises ValidationError: when there is none, or a refusal
        """
        try:
            return self.sudo()._send_api_request(
                request.method,
                request.endpoint,
                params=dict(request.params) or None,
                data=request.data,
                json=request.json,
                reference=reference,
                pom_headers=request.headers,
            )
        except requests.RequestException as error:
            # A wrong address, or an answer that is no JSON: core lets these through.
            raise ValidationError(
                self.env._("The payment provider's answer can't be read.")
            ) from error

    def _pom_fetch(self, provider_reference, reference=None):
        """How a payment stands according to the provider.

        :rtype: PaymentUpdate
        :raises ValidationError: when the provider doesn't answer
        :raises PayloadError: when its answer can't be read
        """
        adapter = self._pom_adapter()
        answer = self._pom_send(adapter.fetch_request(provider_reference), reference)
        return adapter.read_update(answer)

    # -- events ------------------------------------------------------------------------

    def _pom_check_event(self, body, headers):
        """Judge a webhook with what *we* know of the provider.

        :param bytes body: as it came
        :return: EventVerdict, or None when there is nothing to judge by
        :raises ValidationError: when the provider's keys are needed and can't be had
        """
        provider = self.sudo()
        if not provider._pom_is_ready():
            return None
        verdict = provider._pom_judge(body, headers)
        if verdict.needs_fresh_keys and provider._pom_refresh_keys():
            # Judged by today's keys: that is final.
            verdict = replace(
                provider._pom_judge(body, headers), needs_fresh_keys=False
            )
        return verdict

    def _pom_is_ready(self):
        """Whether there is a secret to judge by: without one nothing is believed."""
        adapter = self._pom_adapter()
        return self.state != "disabled" and adapter.is_ready(self._pom_credentials())

    def _pom_judge(self, body, headers):
        context = EventContext(
            credentials=self._pom_credentials(),
            callback_url=self.pom_webhook_url,
            keys=self.pom_keys or None,
            former_callback_urls=FormerAddresses(self),
        )
        return self._pom_adapter().check_event(body, headers, context)

    def _pom_refresh_keys(self):
        """Fetch the keys that the provider signs with, but not all the time.

        :return: whether they were fetched
        """
        now = fields.Datetime.now()
        if self.pom_keys_date and now - self.pom_keys_date < KEYS_INTERVAL:
            return False
        response = self._pom_fetch_keys()
        if response is None:
            return False
        self.write({"pom_keys": response.json(), "pom_keys_date": now})
        return True

    def _pom_fetch_keys(self):
        """
        :rtype: requests.Response
        :return: None when this provider publishes no keys
        :raises ValidationError: when they can't be had
        """
        url = self._pom_adapter().keys_url(self._pom_credentials())
        if not url:
            return None
        try:
            response = requests.get(url, timeout=5)
            response.raise_for_status()
            response.json()
        except (requests.RequestException, ValueError) as error:
            raise ValidationError(
                self.env._("The provider's keys could not be fetched.")
            ) from error
        return response

    # -- hooks of core -----------------------------------------------------------------

    def _build_request_url(self, endpoint, **kwargs):
        # EXTENDS 'payment'
        adapter = self._pom_adapter()
        if not adapter:
            return super()._build_request_url(endpoint, **kwargs)
        return adapter.base_url(self._pom_credentials()) + endpoint

    def _build_request_headers(self, method, endpoint, payload, **kwargs):
        # EXTENDS 'payment'
        adapter = self._pom_adapter()
        if not adapter:
            return super()._build_request_headers(method, endpoint, payload, **kwargs)
        return {
            **adapter.headers(self._pom_credentials()),
            **kwargs.get("pom_headers", {}),
        }

    def _parse_response_content(self, response, **kwargs):
        # EXTENDS 'payment': an answer may be empty (204).
        if self._pom_adapter() and not response.content:
            return {}
        return super()._parse_response_content(response, **kwargs)

    def _parse_response_error(self, response):
        # EXTENDS 'payment'
        adapter = self._pom_adapter()
        if not adapter:
            return super()._parse_response_error(response)
        return self._pom_failure(adapter, response)

    def _pom_failure(self, adapter, response):
        """
        :return: text of a failure that may be mended by asking again
        :raises ProviderRefusal: for any other
        """
        failure = adapter.read_failure(response.status_code, response.json())
        message = f"{failure.code} {failure.message}".strip()
        if not failure.temporary:
            raise ProviderRefusal(
                self.env._("The payment provider rejected the request: %s", message)
            )
        return message

    def _log_request(self, method, url, payload, *, reference=None):
        # EXTENDS 'payment': who owes what is nobody's business who reads logs.
        if not self._pom_adapter():
            super()._log_request(method, url, payload, reference=reference)
            return
        _logger.info("%s %s for %s", method, url, reference or f"provider {self.id}")

    def _log_response(self, response, *, reference=None):
        # EXTENDS 'payment': answers hold the payer's name and account.
        if not self._pom_adapter():
            super()._log_response(response, reference=reference)
            return
        _logger.log(
            logging.INFO if response.ok else logging.WARNING,
            "HTTP %s from %s for %s",
            response.status_code,
            response.url,
            reference or f"provider {self.id}",
        )

    def _compute_feature_support_fields(self):
        # EXTENDS 'payment'
        super()._compute_feature_support_fields()
        adapters = self._pom_adapters()
        self.filtered(lambda p: p.code in adapters).support_refund = "partial"

    def _get_supported_currencies(self):
        # EXTENDS 'payment'
        currencies = super()._get_supported_currencies()
        if self.code == "bancontact_pro":
            return currencies.filtered(lambda currency: currency.name == "EUR")
        return currencies

    def _get_default_payment_method_codes(self):
        # EXTENDS 'payment'
        self.ensure_one()
        return DEFAULT_METHODS.get(
            self.code, super()._get_default_payment_method_codes()
        )
