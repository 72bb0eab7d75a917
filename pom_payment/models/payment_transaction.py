import logging
from collections.abc import Mapping
from datetime import timezone
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from ..psp.values import PaymentOrder, PspError
from ..tools import qr
from ..utils import BUSY

_logger = logging.getLogger(__name__)

#: What each status of :data:`..psp.values.STATUSES` does here.
SETTERS = {
    "pending": "_pom_set_pending",
    "authorized": "_pom_set_authorized",
    "done": "_pom_set_done",
    "cancelled": "_pom_set_cancelled",
    "expired": "_pom_set_expired",
    "failed": "_pom_set_failed",
}


class Outcome(NamedTuple):
    """What became of a provider's news.

    :param refusal: why it isn't believed, '' when it is.
    :param mismatches: the same as facts.
    :param booking_error: why the payment, which counts, couldn't be booked yet.
    """

    refusal: str = ""
    mismatches: Mapping[str, tuple[str, str]] = MappingProxyType({})
    booking_error: str = ""


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    pom_paylink_id = fields.Many2one(
        "pom.paylink", string="Payment Link", readonly=True, index="btree_not_null"
    )
    pom_expires_at = fields.Datetime(
        string="Expires", readonly=True, help="Until when the payer can go on with it."
    )
    pom_redirect_url = fields.Char(string="Payer's Page", readonly=True)
    pom_deeplink = fields.Char(string="Payer's App", readonly=True)
    pom_qr_payload = fields.Char(readonly=True)
    pom_qr_picture = fields.Text(readonly=True)
    pom_callback_url = fields.Char(readonly=True)
    pom_payout_reference = fields.Char(
        string="Payout", readonly=True, help="Which payout brings the money."
    )

    _pom_provider_reference_idx = models.Index(
        "(provider_reference) WHERE provider_reference IS NOT NULL"
    )
    # What is received and not booked (``account.move._pom_on_its_way``): next to
    # nothing, among all that ever was.
    _pom_received_idx = models.Index(
        "(id) WHERE state = 'done' AND is_post_processed IS NOT TRUE"
    )

    # -- starting ----------------------------------------------------------------------

    def _get_specific_create_values(self, provider_code, values):
        # EXTENDS 'payment'
        extra = super()._get_specific_create_values(provider_code, values)
        provider = self.env["payment.provider"].sudo().browse(values["provider_id"])
        return {**extra, **provider._pom_where()}

    def _pom_start(self, return_url):
        """Make the payment at the provider; afterwards ``pom_redirect_url`` is set, or
        the state is 'error'.

        :param str return_url: where the payer comes back to
        """
        self._pom_note_answer(self._pom_request_payment(return_url))

    def _pom_start_committed(self, return_url):
        """Like ``_pom_start``, for an attempt that is committed already."""
        # The provider's news may come before its answer: they find what was agreed.
        self.env.cr.commit()  # pylint: disable=invalid-commit
        self._pom_note_committed(
            self._pom_note_answer, self._pom_request_payment(return_url)
        )

    def _pom_request_payment(self, return_url):
        """
        :return: PaymentCreated, or a text that says why there is no payment
        """
        self.ensure_one()
        provider = self.provider_id
        adapter = provider._pom_adapter()
        try:
            order = self._pom_order(return_url, customer=self._pom_customer())
            request = adapter.payment_request(order, provider._pom_credentials())
            answer = self._pom_send(request)
            return adapter.read_created(answer)
        except (ValidationError, PspError) as error:
            return str(error)

    def _pom_note_answer(self, answer):
        if isinstance(answer, str):
            self._set_error(answer)
        else:
            self._pom_note_created(answer)

    def _pom_note_created(self, created):
        """
        :param PaymentCreated created:
        """
        values = {
            "provider_reference": created.provider_reference,
            "pom_redirect_url": created.redirect_url,
            "pom_deeplink": created.deeplink,
            "pom_qr_payload": created.qr_payload or created.deeplink,
            "pom_qr_picture": created.qr_picture,
            "pom_expires_at": _naive(created.expires_at),
        }
        self.write({name: value for name, value in values.items() if value})

    def _pom_order(self, return_url, **values):
        invoices = self.invoice_ids
        return PaymentOrder(
            amount=self._pom_decimal(self.amount),
            currency=self.currency_id.name,
            reference=self.reference,
            callback_url=self.pom_callback_url,
            return_url=return_url,
            communication=invoices.payment_reference if len(invoices) == 1 else "",
            invoice_names=tuple(invoices.mapped("name")),
            locale=self.partner_lang or "",
            idempotency_key=self._pom_idempotency_key(),
            method=self._pom_method_word(),
            **values,
        )

    def _pom_decimal(self, amount):
        return Decimal(f"{amount:.{self.currency_id.decimal_places}f}")

    def _pom_idempotency_key(self):
        """The same for each try of the same attempt, and of no other database."""
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        return f"{uuid[:18]}-{self.id}"

    def _pom_method_word(self):
        """The provider's word for the way to pay that was chosen, '' when it asks."""
        return ""

    def _get_specific_rendering_values(self, processing_values):
        # EXTENDS 'payment': core's own payment form (portal, quotation) pays through
        # our adapters too.
        if not self.provider_id._pom_adapter():
            return super()._get_specific_rendering_values(processing_values)
        return self._pom_rendering_values()

    def _pom_rendering_values(self):
        start = self._pom_start
        if self.env.context.get("pom_committed"):
            start = self._pom_start_committed
        start(f"{self.provider_id.company_id._pom_base_url()}/payment/status")
        if not self.pom_redirect_url:
            return {}
        query = urlsplit(self.pom_redirect_url).query
        return {"api_url": self.pom_redirect_url, "url_params": parse_qsl(query)}

    # -- following ---------------------------------------------------------------------

    def _pom_follow(self):
        """Ask the provider how the payment stands, and apply that.

        :rtype: Outcome
        :raises ValidationError: when the provider doesn't answer
        """
        self.ensure_one()
        return self._pom_apply(self._pom_fetch())

    def _pom_apply(self, update):
        """Take over what the provider said, after checking that it is about this.

        The row of the transaction is locked, and those of its debts, so that a webhook,
        the sweep and the return page never book the same payment twice.

        :param PaymentUpdate update: fetched from the provider, not taken from an event
        :rtype: Outcome
        :raises LockError: when somebody else is at it
        """
        self.ensure_one()
        self._pom_lock()
        if update.status == "done":
            self.invoice_ids._pom_lock_debts()
        self.invalidate_recordset()
        self._pom_take_number(update)
        if mismatches := self._pom_mismatches(update):
            self._pom_hold(mismatches, update)
            words = self._pom_mismatches_in_words(mismatches)
            return Outcome(refusal=words, mismatches=mismatches)
        if update.unknown_status:
            _logger.warning(
                "Transaction %s: unknown status %r taken as pending",
                self.reference,
                update.unknown_status,
            )
        if update.payout_reference:
            self.pom_payout_reference = update.payout_reference
        if not self._pom_is_old_news(update):
            self._process(self.provider_code, {"pom_update": update})
        error = self._pom_book()
        if self.state == "done" and not error:
            self._pom_apply_reversals(update)
        self.pom_next_ask = self._pom_when_next()
        return Outcome(booking_error=error)

    def _pom_is_old_news(self, update):
        """Money that came in stays money, whatever arrives late: only a refund or a
        chargeback takes it away.
        """
        return self.state == "done" or (
            self.state in ("cancel", "error") and update.status != "done"
        )

    def _pom_book(self):
        """Book at once, not when a cron comes by.

        That the provider took the money is a fact: it's kept even if the books can't
        take it yet (a locked period, a missing account).

        :return: '' or why not
        """
        if self.state == "done" and not self.is_post_processed:
            self._post_process()
        return self.pom_booking_error or ""

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
        # Why it ended is kept as a sentence, which the office reads.
        getattr(self._pom_in_owners_words(), SETTERS[update.status])(update)

    def _pom_set_pending(self, update):
        if not update.untouched:
            self._set_pending()

    def _pom_set_authorized(self, update):
        # The payer agreed, which is not money; core's "authorized" means that the
        # merchant has to capture, and counts as paid.
        self._set_pending(state_message=self.env._("The payer has confirmed."))

    def _pom_set_done(self, update):
        # A success counts whenever it comes, after an expiry too.
        self._pom_note_problem({})
        self._set_done(extra_allowed_states=("cancel",))

    def _pom_set_cancelled(self, update):
        self._set_canceled(self.env._("Cancelled by the payer."))

    def _pom_set_expired(self, update):
        self._set_canceled(self.env._("Not paid in time."))

    def _pom_set_failed(self, update):
        self._set_error(self.env._("The payment failed."))

    def _pom_make_way(self):
        """Stop these attempts, so that the debtor can pay in another way.

        What a provider can't stop no longer keeps others out; should it succeed all
        the same, that is money like any other.
        """
        for attempt in self.filtered(lambda tx: tx.state in ("draft", "pending")):
            if not attempt._pom_give_up() and attempt.state == "draft":
                attempt.pom_expires_at = fields.Datetime.now()

    def _pom_can_be_stopped(self):
        """Whether the provider can be asked to take this attempt no further."""
        return bool(self.provider_id._pom_adapter() and self.provider_reference)

    def _pom_give_up(self):
        """Drop an attempt, at the provider too.

        :return: whether it can't be paid any more
        """
        self.ensure_one()
        if not self._pom_can_be_stopped():
            return False
        adapter = self.provider_id._pom_adapter()
        request = adapter.cancel_request(self.provider_reference)
        try:
            if request:
                self._pom_send(request)
        except (UserError, PspError) as error:
            # It may be paid or over already: then the next line tells.
            _logger.info("Transaction %s not given up: %s", self.reference, error)
        try:
            self._pom_follow()
        except (UserError, PspError) as error:
            _logger.info("Transaction %s not followed: %s", self.reference, error)
        return self.state in ("cancel", "error")

    def _pom_qr_uri(self):
        """Picture of the code that a phone scans to go on with this payment on a
        desktop's screen; None when there is none or it can't be drawn.
        """
        if self.state != "draft":
            return None
        if self.pom_qr_picture or not self.pom_qr_payload:
            return self.pom_qr_picture or None
        try:
            return qr.data_uri(qr.svg(self.pom_qr_payload))
        except ValueError:
            return None

    def _set_done(self, *, extra_allowed_states=(), **kwargs):
        # EXTENDS 'payment': what core's own providers took is booked at once too, and
        # counts whenever it comes, after it was given up too.
        if any(tx.invoice_ids for tx in self):
            extra_allowed_states = (*extra_allowed_states, "cancel")
        done = super()._set_done(extra_allowed_states=extra_allowed_states, **kwargs)
        if any(not tx.provider_id._pom_adapter() for tx in done):
            self.env.ref("payment.cron_post_process_payment_tx")._trigger()
        return done

    # -- booking -----------------------------------------------------------------------

    def _post_process(self):
        # EXTENDS 'payment': of the webhook, the cron and the payer's page one does it,
        # for whichever provider.
        todo = self.try_lock_for_update(allow_referencing=True)
        todo.invalidate_recordset(["is_post_processed", "state"])
        for transaction in todo.filtered(lambda tx: tx._pom_is_to_process()):
            # Core's words on it, and why it can't be booked, are read in the office.
            transaction._pom_in_owners_words()._pom_post_process_one()

    def _pom_is_to_process(self):
        """Once; and whoever calls it again for an invoice that was made since, of the
        order that was paid, has it posted, as core does.
        """
        return not self.is_post_processed or (
            self.state == "done"
            and any(
                move.state == "draft" and not move.posted_before
                for move in self.invoice_ids
            )
        )

    def _pom_post_process_one(self):
        """Book, or note why it can't be booked: that the provider took the money is a
        fact, even if the books can't take it yet (a locked period, a missing account).
        """
        try:
            with self.env.cr.savepoint():
                self._pom_before_booking()
                super()._post_process()
                self._pom_after_booking()
                self.env.flush_all()
        except BUSY:
            raise
        except Exception as error:
            if self.state != "done":
                raise
            self.env.invalidate_all(flush=False)
            _logger.exception("Transaction %s could not be booked", self.reference)
            self._pom_note_unbooked(error)
        else:
            self._pom_note_booked()

    def _pom_before_booking(self):
        """Hook: what has to be put right first."""

    def _pom_after_booking(self):
        """Hook: what else a booked payment means."""


def _naive(moment):
    """The ORM's time, in UTC and without saying so."""
    return moment and moment.astimezone(timezone.utc).replace(tzinfo=None)
