import logging

from odoo import Command, fields, models

from ..psp.values import CHARGEBACK
from .payment_transaction_refund import REVERSAL_ACTIVITY

_logger = logging.getLogger(__name__)


class PaymentTransaction(models.Model):
    """Money that went back, followed refund by refund and chargeback by chargeback: it
    may come again, when a chargeback is won or a refund fails.
    """

    _inherit = "payment.transaction"

    pom_undone_id = fields.Many2one(
        "payment.transaction",
        string="Came Back As",
        readonly=True,
        index="btree_not_null",
        help="The money of this refund or chargeback came back.",
    )

    def _pom_take_number(self, update):
        """Some providers give the money another number than what was begun."""
        number = self.provider_reference
        if number and number == update.begun_as != update.provider_reference:
            self.provider_reference = update.provider_reference

    def _pom_fetch(self):
        # EXTENDS 'pom_payment': asked before anything is locked.
        return self.provider_id._pom_with_reversals(super()._pom_fetch())

    def _pom_paid_with(self):
        """Of a refund: the payment as the provider knows it, whose money this is, even
        where it went back and came again meanwhile.
        """
        source = self.source_transaction_id
        return source.source_transaction_id or source

    def _pom_apply_reversals(self, update):
        # EXTENDS 'pom_payment': by number where the provider tells them.
        adapter = self.provider_id._pom_adapter()
        if not adapter.reversals_requests(update.provider_reference):
            super()._pom_apply_reversals(update)
        # None when nobody asked for them yet: the next look does.
        for reversal in update.reversals or ():
            self._pom_apply_reversal(reversal)

    def _pom_apply_reversal(self, reversal):
        """
        :param Reversal reversal:
        """
        if reversal.currency != self.currency_id.name:
            _logger.error(
                "Transaction %s: %s is in %s",
                self.reference,
                reversal.reference,
                reversal.currency,
            )
            return
        child = self._pom_child_of(reversal)
        if child and not child.pom_undone_id:
            child._pom_follow_reversal(reversal.status)
        elif reversal.status == "done":
            # Unknown until now, or taken back once more after it had come again.
            self._pom_book_reversal(
                float(reversal.amount),
                reversal.kind == CHARGEBACK,
                provider_reference=reversal.reference,
                pom_failure=reversal.failure,
            )
        elif reversal.status == "pending" and reversal.kind != CHARGEBACK and not child:
            self._pom_expect_refund(reversal)

    def _pom_child_of(self, reversal):
        """Our record of it, the last one where it happened twice.

        One that we asked for, and whose answer was lost, has no number yet; nor has
        what was booked when only sums were known.
        """
        refunds = self.child_transaction_ids.sorted("id").filtered(
            lambda tx: tx.operation == "refund"
            and tx.pom_chargeback == (reversal.kind == CHARGEBACK)
        )
        known = refunds.filtered(lambda tx: tx.provider_reference == reversal.reference)
        if known:
            return known[-1]
        nameless = refunds.filtered(
            lambda tx: not tx.provider_reference
            and tx.state in ("draft", "pending", "done")
            and self._pom_decimal(-tx.amount) == reversal.amount
        )[:1]
        nameless.provider_reference = reversal.reference
        return nameless

    def _pom_expect_refund(self, reversal):
        """Begun on the provider's own site, and nothing left yet: asked after."""
        child = self._create_child_transaction(
            float(reversal.amount),
            is_refund=True,
            provider_reference=reversal.reference,
        )
        child._set_pending()

    def _pom_follow_reversal(self, status):
        """
        :param str status: one of ``REVERSAL_STATUSES``
        """
        if status == "done" and self.state != "done":
            self._set_done(extra_allowed_states=("cancel",))
            self._post_process()
        elif status == "undone" and self.state == "done":
            self._pom_undo()
        elif status == "undone" and self.state in ("draft", "pending"):
            self._set_canceled(self.env._("The refund came to nothing."))
            self._pom_tell_not_given()

    def _pom_undo(self):
        """Book that the money came again: what it paid is paid once more, unless it was
        paid otherwise meanwhile.
        """
        source = self.source_transaction_id
        back = source._create_child_transaction(
            -self.amount,
            provider_reference=self.provider_reference,
            invoice_ids=[Command.set(source.invoice_ids.ids)],
            pom_next_ask=False,
        )
        self.pom_undone_id = back
        back._set_done()
        back._post_process()
        source.invoice_ids.sudo().activity_unlink([REVERSAL_ACTIVITY])
        amount = self.currency_id.format(-self.amount)
        note = (
            self.env._("%s came back: the payer's bank took it without right.", amount)
            if self.pom_chargeback
            else self.env._("%s came back: the refund failed.", amount)
        )
        for invoice in source.invoice_ids:
            invoice.message_post(body=note)
        if not self.pom_chargeback:
            self._pom_tell_not_given()

    def _pom_tell_not_given(self):
        """Somebody wanted to give the money back, and still has it."""
        self = self._pom_in_owners_words()
        for invoice in self.source_transaction_id.invoice_ids:
            invoice._pom_alert(
                self.env._("A refund failed"),
                self.env._(
                    "%(amount)s did not reach the payer (%(transaction)s). Give it "
                    "back in another way, or keep it.",
                    amount=self.currency_id.format(-self.amount),
                    transaction=self.reference,
                ),
                REVERSAL_ACTIVITY,
            )
