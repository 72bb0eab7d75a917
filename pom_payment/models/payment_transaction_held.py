from odoo import fields, models
from odoo.exceptions import UserError

from ..psp.values import PspError
from ..utils import in_words_of, patiently

#: Kind of the activity that asks for a decision.
HELD_ACTIVITY = "pom_payment.mail_activity_held"


class PaymentTransaction(models.Model):
    """Money that came in and isn't what was asked for: shown, and left to a person."""

    _inherit = "payment.transaction"

    pom_held_amount = fields.Monetary(
        string="Came In",
        readonly=True,
        help="What is held. Zero when that is in another currency.",
    )

    # -- noticing ----------------------------------------------------------------------

    def _pom_hold(self, mismatches, update):
        """Show money that came in and doesn't fit, once. What is booked is booked: a
        setting that was changed since doesn't make it doubtful.

        :param dict mismatches: as :meth:`_pom_mismatches` has them
        """
        if update.status != "done" or self.state == "done" or self.pom_problem:
            return
        same = update.currency == self.currency_id.name
        self._pom_note_problem(mismatches)
        self.pom_held_amount = float(update.amount) if same else 0
        self = self._pom_in_owners_words()
        self._pom_tell_unbooked(
            self.env._(
                "%(provider)s received a payment for this invoice that isn't booked: "
                "%(refusal)s. Book it, or give it back, with the buttons on the "
                "invoice.",
                provider=self.provider_id.name,
                refusal=self._pom_mismatches_in_words(mismatches),
            )
        )

    def _pom_tell_unbooked(self, note):
        for invoice in self.invoice_ids:
            invoice._pom_alert(
                self.env._("A payment doesn't match"), note, HELD_ACTIVITY
            )

    def _validate_amount(self, payment_data):
        # EXTENDS 'payment': what one of core's providers took and isn't what was asked,
        # core calls failed; the money may be there all the same.
        before = self.state
        super()._validate_amount(payment_data)
        if before != "error" and self.state == "error" and not self.pom_problem:
            mismatches = self._pom_core_mismatches(payment_data)
            self._pom_note_problem(mismatches)
            self = self._pom_in_owners_words()
            self._pom_tell_unbooked(
                self.env._(
                    "%(provider)s told of a payment for this invoice that isn't "
                    "booked: %(refusal)s. Look at %(transaction)s there: register "
                    "what came in, or refund it; then give it up with the button "
                    "on the payment transaction.",
                    provider=self.provider_id.name,
                    refusal=self._pom_mismatches_in_words(mismatches),
                    transaction=self.reference,
                )
            )

    def _pom_in_owners_words(self):
        """The same, in the language of whoever is told: a scheduled job has none."""
        moves = self.invoice_ids or self.source_transaction_id.invoice_ids
        return in_words_of(self, self.company_id, moves[:1]._pom_owner())

    # -- deciding ----------------------------------------------------------------------

    def action_pom_accept(self):
        """Book what came in, although another amount was asked for."""
        self.ensure_one()
        self.check_access("write")
        asked = self.amount
        self._pom_accept()
        self._pom_decided(
            self.env._(
                "%(user)s booked %(received)s, where %(asked)s was asked for "
                "(%(transaction)s).",
                user=self.env.user.name,
                received=self.currency_id.format(self.amount),
                asked=self.currency_id.format(asked),
                transaction=self.reference,
            )
        )

    def action_pom_refuse(self):
        """Give back what came in. Both ways are booked, since both were paid: the
        provider's payout shows them too.
        """
        self.ensure_one()
        self.check_access("write")
        self._pom_accept()
        refund = self._refund()
        if refund.state == "error":
            raise UserError(refund.state_message)
        self._pom_decided(
            self.env._(
                "%(user)s gave back %(received)s, which isn't what was asked for "
                "(%(transaction)s).",
                user=self.env.user.name,
                received=self.currency_id.format(self.amount),
                transaction=self.reference,
            )
        )

    def _pom_accept(self):
        """
        :raises UserError: when it's not only the amount that is wrong, or the books
            can't take it
        """
        self.check_access("write")
        patiently(self.env, lambda: self.lock_for_update(allow_referencing=True))
        self.invalidate_recordset()
        if not self.pom_problem:
            raise UserError(self.env._("This has been decided already."))
        update = self._pom_what_came_in()
        self._pom_note_problem({})
        self.amount = float(update.amount)
        if error := self._pom_apply(update).booking_error:
            raise UserError(
                self.env._("It can't be booked yet: %s", error.strip().splitlines()[-1])
            )

    def _pom_what_came_in(self):
        """What the provider says now, which must be ours but for the amount."""
        if not self.pom_can_be_asked:
            raise UserError(
                self.env._(
                    "%s can't be asked: look at the payment on its site.",
                    self.provider_id.name,
                )
            )
        try:
            update = self._pom_fetch()
        except PspError as error:
            raise UserError(str(error)) from error
        mismatches = self._pom_mismatches(update)
        others = mismatches.keys() - {"amount"}
        if others or update.status != "done":
            raise UserError(
                self.env._(
                    "Only another amount can be decided here. Look at payment "
                    "%(number)s on the site of %(provider)s: %(problem)s.",
                    number=self.provider_reference,
                    provider=self.provider_id.name,
                    problem=self._pom_mismatches_in_words(mismatches)
                    or update.raw_status,
                )
            )
        return update

    def _pom_decided(self, note):
        """Write down who decided what, where one looks for it."""
        self.invoice_ids.activity_unlink([HELD_ACTIVITY])
        for invoice in self.invoice_ids:
            invoice.message_post(body=note)
        events = self.env["pom.webhook.event"].sudo()
        held = [("transaction_id", "=", self.id), ("state", "=", "held")]
        events.search(held)._close("done", note)
