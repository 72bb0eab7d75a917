import logging
from dataclasses import replace

import requests

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..psp.values import EventContext

_logger = logging.getLogger(__name__)

#: Secrets of core's providers: without one, core believes whatever anybody sends.
SECRETS = {
    "adyen": "adyen_hmac_key",
    "buckaroo": "buckaroo_secret_key",
    "stripe": "stripe_webhook_secret",
    "worldline": "worldline_webhook_secret",
}


class ProviderRefusal(ValidationError):
    """The provider understood and said no: asking again is of no use. Any other error
    leaves open whether it did what was asked.

    :param PspFailure failure: what it said
    """

    def __init__(self, message, failure=None):
        super().__init__(message)
        self.failure = failure


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

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = (
            self.env["payment.transaction"]
            .sudo()
            ._read_group(
                [("provider_id", "in", self.ids)], ["provider_id"], ["__count"]
            )
        )
        for provider, count in used:
            if count == 1:
                raise UserError(
                    self.env._(
                        "%s can't be deleted: a payment was begun with it, and the "
                        "books point at it. Disable it instead.",
                        provider.name,
                    )
                )
            raise UserError(
                self.env._(
                    "%(provider)s can't be deleted: %(count)s payments were begun with "
                    "it, and the books point at them. Disable it instead.",
                    provider=provider.name,
                    count=count,
                )
            )

    # -- our adapters ------------------------------------------------------------------

    @api.model
    def _pom_adapters(self):
        """Hook: the adapters by provider code. An addon that brings one adds it with
        ``psp.register``, so that it only counts where that addon is installed.

        :rtype: dict[str, Adapter]
        :raises ValueError: when two addons bring the same one
        """
        return {}

    def _pom_adapter(self):
        """What speaks to this provider, or None when core does."""
        return self._pom_adapters().get(self.code)

    def _pom_credentials(self):
        """Credentials of the adapter, as its own dataclass: the one method that the
        addon of a provider has to write, ``_pom_credentials_<code>``.
        """
        return getattr(self.sudo(), f"_pom_credentials_{self.code}")()

    def _pom_where(self):
        """Where a payment that is begun now is made, and how: kept with it, since it
        lives on there when the settings change.

        :rtype: dict
        """
        adapter = self._pom_adapter()
        if not adapter:
            return {"pom_mode": self._pom_mode()}
        return {
            "pom_mode": self._pom_mode(),
            "pom_api_url": adapter.base_url(self._pom_credentials()),
            "pom_callback_url": self.pom_webhook_url or False,
        }

    def _pom_send(self, request, reference=None, base_url=None):
        """Send what an adapter built.

        :param PaymentRequest request:
        :param str base_url: of the host to ask, where it isn't today's
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
                pom_base_url=base_url,
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

    @api.model
    def _pom_listening(self, code, provider_id):
        """The provider that an address for events belongs to, or none.

        What events are judged by is read in one go, and nothing else: the other hundred
        columns of provider and company take longer than all the rest.
        """
        own = [
            name
            for name, field in self._fields.items()
            if field.column_type
            and field.store
            and (field._module or "").startswith("pom_")
        ]
        provider = self.sudo().search_fetch(
            [("id", "=", provider_id), ("code", "=", code)],
            ["code", "state", "company_id", *own],
        )
        provider.company_id.fetch(["name", "pom_base_url"])
        return provider if provider and provider._pom_adapter() else self.browse()

    def _pom_check_event(self, body, headers):
        """Judge a webhook with what *we* know of the provider.

        :param bytes body: as it came
        :return: EventVerdict, or None when there is nothing to judge by
        :raises ValidationError: when the provider's keys are needed and can't be had
        """
        provider = self.sudo()
        if not provider._pom_is_ready():
            return None
        verdict = provider._pom_judge(body, headers, provider._pom_believed_keys())
        if verdict.needs_fresh_keys and (keys := provider._pom_refresh_keys()):
            # Judged by today's keys: that is final.
            verdict = replace(
                provider._pom_judge(body, headers, keys), needs_fresh_keys=False
            )
        return verdict

    def _pom_is_ready(self):
        """Whether there is a secret to judge by: without one nothing is believed."""
        adapter = self._pom_adapter()
        return self.state != "disabled" and adapter.is_ready(self._pom_credentials())

    def _pom_knows_payment(self, provider_reference):
        """Whether a payment of ours has this number over there."""
        known = [
            ("provider_id", "=", self.id),
            ("provider_reference", "=", provider_reference),
        ]
        return bool(self.env["payment.transaction"].sudo().search_count(known, limit=1))

    def _pom_judge(self, body, headers, keys):
        context = EventContext(
            credentials=self._pom_credentials(),
            callback_url=self.pom_webhook_url,
            keys=keys,
            former_callback_urls=FormerAddresses(self),
        )
        return self._pom_adapter().check_event(body, headers, context)

    # -- hooks of core -----------------------------------------------------------------

    def _build_request_url(self, endpoint, **kwargs):
        # EXTENDS 'payment'
        adapter = self._pom_adapter()
        if not adapter:
            return super()._build_request_url(endpoint, **kwargs)
        base_url = kwargs.get("pom_base_url")
        return (base_url or adapter.base_url(self._pom_credentials())) + endpoint

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
                self.env._("The payment provider rejected the request: %s", message),
                failure,
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
        for provider in self:
            if adapter := provider._pom_adapter():
                provider.support_refund = adapter.refunds
                provider.support_tokenization = adapter.keeps_mandates

    def _get_supported_currencies(self):
        # EXTENDS 'payment'
        currencies = super()._get_supported_currencies()
        adapter = self._pom_adapter()
        if not adapter or not adapter.currencies:
            return currencies
        return currencies.filtered(lambda currency: currency.name in adapter.currencies)

    def _get_default_payment_method_codes(self):
        # EXTENDS 'payment'
        self.ensure_one()
        adapter = self._pom_adapter()
        if adapter and adapter.default_methods:
            return set(adapter.default_methods)
        return super()._get_default_payment_method_codes()
