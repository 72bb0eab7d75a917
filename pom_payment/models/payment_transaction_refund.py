import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..psp.values import PspError
from ..utils import patiently
from .payment_provider import ProviderRefusal

_logger = logging.getLogger(__name__)

#: Kind of the activity that asks what to do with money that is too much.
DOUBLE_ACTIVITY = "pom_payment.mail_activity_double"
#: Kind of the activity that tells of money which went back, or was to.
REVERSAL_ACTIVITY = "pom_payment.mail_activity_reversal"
#: A second refund of the same amount within this time is a double click.
DOUBLE_CLICK = timedelta(minutes=1)


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    pom_double = fields.Boolean(
        string="Paid Twice",
        readonly=True,
        help="It came in when the invoice was paid already, all or in part.",
    )
    # Of so few that somebody is to decide about (``pom.to.do``).
    _pom_double_idx = models.Index("(id) WHERE pom_double")
    pom_surplus = fields.Monetary(
        string="Received in Excess",
        compute="_compute_pom_surplus",
        help="What is left of it when the invoice is paid.",
    )
    pom_chargeback = fields.Boolean(
        string="Chargeback", readonly=True, help="The payer's bank took it back."
    )

    pom_tells_account = fields.Boolean(compute="_compute_pom_tells_account")

    @api.depends("provider_code")
    def _compute_pom_tells_account(self):
        adapters = self.env["payment.provider"]._pom_adapters()
        for tx in self:
            adapter = adapters.get(tx.provider_code)
            tx.pom_tells_account = bool(adapter and adapter.tells_account)

    @api.depends(
        "pom_double",
        "payment_id.move_id.line_ids.amount_residual",
        "child_transaction_ids.state",
    )
    def _compute_pom_surplus(self):
        for tx in self:
            tx.pom_surplus = tx._pom_left_over() if tx.pom_double else 0

    def _pom_left_over(self):
        """What of it is applied to nothing, and neither asked for elsewhere nor on its
        way back.
        """
        left = abs(self._pom_receivable_line().amount_residual_currency)
        return max(left - self._pom_on_its_way_back() - self._pom_ordered(), 0)

    def _pom_on_its_way_back(self):
        """Refunds that were asked for and aren't booked yet."""
        under_way = self._pom_live_refunds().filtered(lambda tx: tx.state != "done")
        return -sum(under_way.mapped("amount"))

    def _pom_receivable_line(self):
        """What the payment did to the debtor's account."""
        payment = self.payment_id
        return payment.move_id.line_ids.filtered(
            lambda line: line.account_id == payment.destination_account_id
        )[:1]

    # -- giving back -------------------------------------------------------------------

    def _refund(self, amount_to_refund=None):
        # EXTENDS 'payment'
        if not self.provider_id._pom_adapter():
            return super()._refund(amount_to_refund=amount_to_refund)
        self._pom_check_refund(amount_to_refund or self.amount)
        return super()._refund(amount_to_refund=amount_to_refund)

    def _pom_check_refund(self, amount):
        """Two clicks at the same time mustn't give back twice.

        :raises UserError: when there isn't that much left, or it was just begun
        """
        self.ensure_one()
        patiently(self.env, lambda: self.lock_for_update(allow_referencing=True))
        self.invalidate_recordset()
        refunds = self._pom_live_refunds()
        left = self.amount + sum(refunds.mapped("amount"))
        if self.currency_id.compare_amounts(amount, left) > 0:
            raise UserError(
                self.env._(
                    "Only %s is left to refund: the rest was refunded already, or is "
                    "being refunded.",
                    self.currency_id.format(max(left, 0)),
                )
            )
        # Both by the database's clock, at which their transactions began.
        just_now = self.env.cr.now() - DOUBLE_CLICK
        if any(
            refund.create_date > just_now
            and not self.currency_id.compare_amounts(-refund.amount, amount)
            for refund in refunds
        ):
            raise UserError(
                self.env._("A refund of this amount was begun a moment ago.")
            )
        # Taken as a write, so that a simultaneous second one fails and looks again.
        self.env.cr.execute(
            "UPDATE payment_transaction SET write_date = write_date WHERE id = %s",
            [self.id],
        )

    def action_pom_payer_account(self):
        """Show where the payer paid from, to give back by bank transfer. It's asked
        for each time and kept nowhere.
        """
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("The payer's account"),
                "message": self._pom_payer_iban(),
                "type": "info",
                "sticky": True,
            },
        }

    def _pom_payer_iban(self):
        """:raises UserError: when the provider doesn't tell"""
        provider = self.provider_id
        adapter = provider._pom_adapter()
        try:
            request = adapter.refund_iban_request(self.provider_reference or "")
            if request is None:
                raise UserError(self.env._("This provider doesn't tell."))
            return adapter.read_refund_iban(provider._pom_send(request))
        except PspError as error:
            raise UserError(str(error)) from error

    def _pom_live_refunds(self):
        """Refunds and chargebacks that happened or may still happen."""
        return self.child_transaction_ids.filtered(
            lambda tx: tx.operation == "refund"
            and tx.state not in ("cancel", "error")
            and not tx.pom_undone_id
        )

    def _send_refund_request(self):
        # EXTENDS 'payment'
        if not self.provider_id._pom_adapter():
            super()._send_refund_request()
            return
        self._pom_send_refund()

    def _pom_send_refund(self):
        """Ask the provider to give back. The key of the request is made of our own
        number, so asking again (we may have stopped in between) gives back once.

        :raises ValidationError: when the provider refuses
        """
        provider, source = self.provider_id, self._pom_paid_with()
        adapter = provider._pom_adapter()
        if not source.provider_reference:
            raise ProviderRefusal(
                self.env._("The provider never gave this payment a number.")
            )
        try:
            request = adapter.refund_request(
                source.provider_reference,
                self._pom_decimal(-self.amount),
                self.currency_id.name,
                provider._pom_credentials(),
                idempotency_key=self._pom_refund_key(),
                description=self.reference,
            )
            if request is None:
                raise ProviderRefusal(self.env._("This provider can't refund."))
            answer = provider._pom_send(request, reference=self.reference)
            self._pom_apply_refund(adapter.read_refund(answer))
        except PspError as error:
            raise ProviderRefusal(str(error)) from error
        except ProviderRefusal:
            raise
        except ValidationError:
            # It may have been done all the same: asked again with the same key.
            self._set_pending(
                state_message=self.env._("No answer yet: the provider is asked again.")
            )

    def _pom_refund_key(self):
        """Of the reference and not of the id: when we stop before it's all written
        down, the next try has another id, and the same reference.
        """
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        source = self.source_transaction_id
        refunds = source.child_transaction_ids.filtered(
            lambda tx: tx.operation == "refund" and tx.id <= self.id
        )
        return f"{uuid[:18]}-{source.id}-r{len(refunds)}"

    def _pom_follow_refund(self):
        """Ask how a refund stands, or ask for it again."""
        if self.state not in ("draft", "pending"):
            return
        if not self.provider_reference:
            self._pom_send_refund()
            return
        provider = self.provider_id
        adapter = provider._pom_adapter()
        request = adapter.fetch_refund_request(
            self._pom_paid_with().provider_reference, self.provider_reference
        )
        if request:
            answer = provider._pom_send(request, reference=self.reference)
            self._pom_apply_refund(adapter.read_refund(answer))

    def _pom_apply_refund(self, update):
        """
        :param RefundUpdate update:
        """
        self.ensure_one()
        expected = (self._pom_decimal(-self.amount), self.currency_id.name)
        if (update.amount, update.currency) != expected:
            raise ValidationError(
                self.env._("The provider speaks of another refund than was asked for.")
            )
        self.provider_reference = update.refund_reference
        if update.status == "done":
            self._set_done()
            self._post_process()
        elif update.status in ("cancelled", "expired"):
            self._set_canceled(self.env._("The refund was cancelled."))
            self._pom_tell_not_given()
        elif update.status == "failed":
            self._set_error(self.env._("The refund failed."))
            self._pom_tell_not_given()
        else:
            self._set_pending()

    # -- taken back elsewhere ----------------------------------------------------------

    def _pom_apply_reversals(self, update):
        """Book what was given back without us: a chargeback, or a refund that was made
        on the provider's own site.
        """
        refunds = self._pom_live_refunds()
        backs = refunds.filtered("pom_chargeback")
        for amount, known, is_chargeback in (
            (update.charged_back, backs, True),
            (update.refunded, refunds - backs, False),
        ):
            missing = amount + self._pom_decimal(sum(known.mapped("amount")))
            if missing > 0:
                self._pom_book_reversal(float(missing), is_chargeback)

    def _pom_book_reversal(self, amount, is_chargeback, **values):
        child = self._create_child_transaction(
            amount,
            is_refund=True,
            pom_chargeback=is_chargeback,
            pom_next_ask=False,
            **values,
        )
        child._set_done()
        child._post_process()
        env = self._pom_in_owners_words().env
        title = (
            env._("Payment taken back by the payer's bank")
            if is_chargeback
            else env._("Payment refunded at the provider")
        )
        for invoice in self.invoice_ids:
            invoice._pom_alert(title, child.reference, REVERSAL_ACTIVITY)

    # -- booking -----------------------------------------------------------------------

    def _pom_after_booking(self):
        # EXTENDS 'pom_payment'
        super()._pom_after_booking()
        for tx in self.filtered(lambda tx: tx.state == "done" and tx.payment_id):
            if tx.operation == "refund":
                tx._pom_reopen_debt()
            elif tx.invoice_ids:
                tx._pom_flag_surplus()

    def _pom_flag_surplus(self):
        """The invoice was paid otherwise meanwhile: somebody has to give it back."""
        left = self._pom_left_over()
        if self.currency_id.is_zero(left):
            return
        self.pom_double = True
        self = self._pom_in_owners_words()
        for invoice in self.invoice_ids[:1]:
            invoice._pom_alert(
                self.env._("Paid twice"),
                self.env._(
                    "%(amount)s came in with %(transaction)s on top of what was due. "
                    "Refund it with the button on the invoice, or keep it for the next "
                    "one.",
                    amount=self.currency_id.format(left),
                    transaction=self.reference,
                ),
                DOUBLE_ACTIVITY,
            )

    def _pom_reopen_debt(self):
        """What was given back is due again, unless it was too much or was credited.

        The refund first uses up what is open of the payment (it came in on top), then
        credit notes of the invoice; the rest is taken off the invoice.
        """
        source = self.source_transaction_id
        if not source.payment_id:
            return
        given, taken = self._pom_receivable_line(), source._pom_receivable_line()
        self._pom_match(given | taken)
        if source.pom_double and not source.pom_surplus:
            source.invoice_ids.activity_unlink([DOUBLE_ACTIVITY])
        if not given.reconciled:
            self._pom_match(given | self._pom_open_credits(source.invoice_ids))
        if not given.reconciled:
            debts = taken.matched_debit_ids.debit_move_id
            given_before = debts.filtered("payment_id")
            taken.remove_move_reconcile()
            for lines in (given | given_before, debts):
                self._pom_match(taken | lines)

    def _pom_match(self, lines):
        open_lines = lines.filtered(lambda line: not line.reconciled)
        if len(open_lines) > 1:
            open_lines.reconcile()

    def _pom_open_credits(self, invoices):
        notes = self.env["account.move"].search(
            [("reversed_entry_id", "in", invoices.ids), ("state", "=", "posted")]
        )
        account = self.payment_id.destination_account_id
        return notes.line_ids.filtered(lambda line: line.account_id == account)
