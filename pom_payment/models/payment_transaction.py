import logging
from datetime import timedelta, timezone
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

from odoo import fields, models
from odoo.exceptions import ValidationError

from ..psp import ADAPTERS
from ..psp.base import PaymentOrder, PspError

_logger = logging.getLogger(__name__)

#: How long an attempt blocks others while we don't know yet when it expires.
START_TIME = timedelta(minutes=2)
#: An attempt that the provider never confirmed is looked for this long.
SEARCH_TIME = timedelta(hours=1)


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    pom_paylink_id = fields.Many2one(
        "pom.paylink", string="Payment Link", readonly=True, index="btree_not_null"
    )
    pom_expires_at = fields.Datetime(
        string="Expires", readonly=True, help="Until when the payer can go on with it."
    )
    pom_redirect_url = fields.Char(string="Payer's Page", readonly=True)
    pom_callback_url = fields.Char(readonly=True)

    # -- starting ----------------------------------------------------------------------

    def _pom_start(self, return_url):
        """Make the payment at the provider; afterwards ``pom_redirect_url`` is set, or
        the state is 'error'.

        :param str return_url: where the payer comes back to
        """
        self.ensure_one()
        provider = self.provider_id
        adapter = provider._pom_adapter()
        try:
            request = adapter.payment_request(
                self._pom_order(return_url), provider._pom_credentials()
            )
            answer = provider._pom_send(request, reference=self.reference)
            created = adapter.read_created(answer)
        except (ValidationError, PspError) as error:
            self._set_error(str(error))
            return
        expires = created.expires_at
        self.write(
            {
                "provider_reference": created.provider_reference,
                "pom_redirect_url": created.redirect_url,
                "pom_expires_at": expires
                and expires.astimezone(timezone.utc).replace(tzinfo=None),
            }
        )

    def _pom_order(self, return_url):
        self.pom_callback_url = self.provider_id.pom_webhook_url
        invoices = self.invoice_ids
        return PaymentOrder(
            amount=Decimal(f"{self.amount:.{self.currency_id.decimal_places}f}"),
            currency=self.currency_id.name,
            reference=self.reference,
            callback_url=self.pom_callback_url,
            return_url=return_url,
            communication=invoices.payment_reference if len(invoices) == 1 else "",
            invoice_names=tuple(invoices.mapped("name")),
            locale=self.partner_lang or "",
        )

    def _get_specific_rendering_values(self, processing_values):
        # EXTENDS 'payment': core's own payment form (portal, quotation) pays through
        # our adapters too.
        if not self.provider_id._pom_adapter():
            return super()._get_specific_rendering_values(processing_values)
        base = self.provider_id.company_id._pom_base_url()
        self._pom_start(f"{base}/payment/status")
        if not self.pom_redirect_url:
            return {}
        query = urlsplit(self.pom_redirect_url).query
        return {"api_url": self.pom_redirect_url, "url_params": parse_qsl(query)}

    # -- following ---------------------------------------------------------------------

    def _pom_follow(self):
        """Ask the provider how the payment stands, and apply that.

        :return: '' or why the answer wasn't applied
        :raises ValidationError: when the provider doesn't answer
        """
        self.ensure_one()
        update = self.provider_id._pom_fetch(self.provider_reference, self.reference)
        return self._pom_apply(update)

    def _pom_apply(self, update):
        """Take over what the provider said, after checking that it is about this.

        The transaction's row is locked, so that a webhook, the sweep and the return
        page never book the same payment twice.

        :param PaymentUpdate update: fetched from the provider, not taken from an event
        :return: '' or the reason why nothing was done
        """
        self.ensure_one()
        self.lock_for_update(allow_referencing=True)
        self.invalidate_recordset()
        refusal = self._pom_mismatch(update)
        if refusal:
            return refusal
        if update.unknown_status:
            _logger.warning(
                "Transaction %s: unknown status %r taken as pending",
                self.reference,
                update.unknown_status,
            )
        self._process(self.provider_code, {"pom_update": update})
        if self.state == "done" and not self.is_post_processed:
            self._post_process()
        return ""

    def _pom_mismatch(self, update):
        """Why this can't be about our payment; '' when it can."""
        adapter = self.provider_id._pom_adapter()
        merchant = self.provider_id._pom_credentials().merchant_id
        expected = {
            "payment": (self.provider_reference, update.provider_reference),
            "reference": (adapter.wire_reference(self.reference), update.reference),
            # Asked with our own key, so an answer that doesn't say whose it is will do.
            "merchant": (merchant, update.merchant_id or merchant),
            "amount": (
                Decimal(f"{self.amount:.{self.currency_id.decimal_places}f}"),
                update.amount,
            ),
            "currency": (self.currency_id.name, update.currency),
        }
        return "; ".join(
            self.env._(
                "%(what)s is %(found)s instead of %(wanted)s",
                what=what,
                found=found,
                wanted=wanted,
            )
            for what, (wanted, found) in expected.items()
            if wanted != found
        )

    def _extract_amount_data(self, payment_data):
        # EXTENDS 'payment'
        update = payment_data.get("pom_update")
        if not update:
            return super()._extract_amount_data(payment_data)
        return {"amount": float(update.amount), "currency_code": update.currency}

    def _apply_updates(self, payment_data):
        # EXTENDS 'payment'
        update = payment_data.get("pom_update")
        if not update:
            super()._apply_updates(payment_data)
            return
        getattr(self, f"_pom_set_{update.status}")(update)

    def _pom_set_pending(self, update):
        # Merely made: the payer may never have opened it.
        if update.raw_status != "PENDING":
            self._set_pending()

    def _pom_set_authorized(self, update):
        # The payer agreed, which is not money; core's "authorized" means that the
        # merchant has to capture, and counts as paid.
        self._set_pending(state_message=self.env._("The payer has confirmed."))

    def _pom_set_done(self, update):
        # A success counts whenever it comes, after an expiry too.
        self._set_done(extra_allowed_states=("cancel",))

    def _pom_set_cancelled(self, update):
        self._set_canceled(self.env._("Cancelled by the payer."))

    def _pom_set_expired(self, update):
        self._set_canceled(self.env._("Not paid in time."))

    def _pom_set_failed(self, update):
        self._set_error(self.env._("The payment failed."))

    def _pom_give_up(self):
        """Drop an attempt, at the provider too.

        :return: whether it can't be paid any more
        """
        self.ensure_one()
        adapter = self.provider_id._pom_adapter()
        if not adapter:
            return False
        request = adapter.cancel_request(self.provider_reference)
        try:
            if self.provider_reference and request:
                self.provider_id._pom_send(request, reference=self.reference)
            self._pom_follow()
        except (ValidationError, PspError) as error:
            _logger.info("Transaction %s not given up: %s", self.reference, error)
        return self.state in ("cancel", "error")

    # -- sweeping ----------------------------------------------------------------------

    def _pom_cron_sweep(self, batch=50):
        """Ask after every open attempt: a webhook that was lost costs minutes."""
        domain = [
            ("provider_code", "in", list(ADAPTERS)),
            ("state", "in", ("draft", "pending")),
            ("operation", "!=", "refund"),
            ("create_date", "<", fields.Datetime.now() - START_TIME),
        ]
        open_attempts = self.search(domain, limit=batch, order="write_date")
        for attempt in open_attempts:
            attempt._pom_sweep_one()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _pom_sweep_one(self):
        try:
            with self.env.cr.savepoint():
                if not self.provider_reference:
                    self._pom_find_or_drop()
                elif refusal := self._pom_follow():
                    _logger.error("Transaction %s: %s", self.reference, refusal)
                # The least recently asked after goes first next time.
                self.write({"write_date": fields.Datetime.now()})
        except Exception:
            _logger.warning("Transaction %s: no news", self.reference, exc_info=True)

    def _pom_find_or_drop(self):
        """We stopped between asking for the payment and noting down its number."""
        provider = self.provider_id
        adapter = provider._pom_adapter()
        now = fields.Datetime.now().replace(tzinfo=timezone.utc)
        request = adapter.search_request(
            since=now - SEARCH_TIME * 2, until=now, reference=self.reference
        )
        found = adapter.read_search(provider._pom_send(request)) if request else []
        if found:
            self.provider_reference = found[0].provider_reference
            self._pom_follow()
        elif self.create_date < fields.Datetime.now() - SEARCH_TIME:
            self._set_canceled(self.env._("The provider knows no such payment."))
