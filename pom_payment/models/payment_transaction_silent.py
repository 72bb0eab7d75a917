from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from ..psp.values import PspError
from ..utils import BUSY, patiently
from .account_move_coming import SILENT_DAYS, UNASKED_DAYS
from .payment_transaction_held import HELD_ACTIVITY

#: Kind of the activity that tells of a payment that nobody can ask about.
UNKNOWN_ACTIVITY = "pom_payment.mail_activity_unknown"
#: Of these it isn't known how they end.
OPEN_STATES = ("draft", "pending")
#: Codes of core's providers that take no payment: the debtor makes a transfer.
TRANSFERS = ("none", "custom")


class PaymentTransaction(models.Model):
    """Attempts that live on at the provider whatever becomes of our settings, and whose
    end nobody tells: the key was replaced, the provider switched off, or it's silent.
    """

    _inherit = "payment.transaction"

    pom_api_url = fields.Char(string="Made At", readonly=True)
    pom_mode = fields.Char(string="Made In Mode", readonly=True)
    pom_silence_told = fields.Boolean(readonly=True, copy=False)
    pom_given_up = fields.Boolean(
        readonly=True,
        copy=False,
        help="Somebody of ours closed it, without knowing how it ended.",
    )
    pom_can_be_asked = fields.Boolean(compute="_compute_pom_can_be_asked")

    def _compute_pom_can_be_asked(self):
        for tx in self:
            tx.pom_can_be_asked = bool(tx.provider_id.sudo()._pom_adapter())

    # -- where it was made -------------------------------------------------------------

    def _pom_send(self, request):
        """Send what the adapter built to where this attempt was made.

        :raises ValidationError: when there is no answer, or a refusal
        """
        return self.provider_id._pom_send(
            request, reference=self.reference, base_url=self.pom_api_url
        )

    def _pom_fetch(self):
        """How it stands according to the provider.

        :rtype: PaymentUpdate
        :raises ValidationError: when the provider doesn't answer
        :raises PayloadError: when its answer can't be read
        """
        adapter = self.provider_id._pom_adapter()
        request = adapter.fetch_request(self.provider_reference)
        return adapter.read_update(self._pom_send(request))

    def _pom_made_in(self):
        """The mode that it was made in."""
        return self.pom_mode or self.provider_id._pom_mode()

    # -- silence -----------------------------------------------------------------------

    def _set_pending(self, **kwargs):
        # EXTENDS 'payment': core's own providers can't be asked; somebody looks there
        # when none of them told how it ended.
        pending = super()._set_pending(**kwargs)
        for tx in pending:
            if not tx.pom_can_be_asked and tx.provider_code not in TRANSFERS:
                tx.pom_next_ask = fields.Datetime.add(
                    fields.Datetime.now(), days=UNASKED_DAYS
                )
        return pending

    def _pom_is_unknown(self):
        """Whether it should have ended by now and nobody can tell how: it keeps nobody
        out any more.
        """
        if self.state not in OPEN_STATES:
            return False
        now = fields.Datetime.now()
        if not self.pom_can_be_asked:
            since = self.last_state_change or self.create_date
            return since <= fields.Datetime.subtract(now, days=UNASKED_DAYS)
        expired = not self.pom_expires_at or self.pom_expires_at <= now
        silent = self.pom_silent_since
        return bool(
            expired
            and silent
            and silent <= fields.Datetime.subtract(now, days=SILENT_DAYS)
        )

    def _pom_note_silence(self, next_ask):
        """Nothing was learned about it.

        :param next_ask: when to try again; False for never
        """
        self.pom_next_ask = next_ask
        self.pom_silent_since = self.pom_silent_since or fields.Datetime.now()
        if self._pom_is_unknown() and self.operation != "refund":
            self._pom_tell_unknown()

    def _pom_tell_unknown(self):
        """Ask the person in charge to find out, once."""
        if self.pom_silence_told:
            return
        self.pom_silence_told = True
        self = self._pom_in_owners_words()
        for invoice in self.invoice_ids:
            invoice._pom_alert(
                self.env._("Nobody knows how a payment ended"),
                self.env._(
                    "%(provider)s doesn't tell what became of %(transaction)s over "
                    "%(amount)s. The debtor can pay again. Look there: if it was paid, "
                    "it is booked as soon as %(provider)s says so; if not, give it up "
                    "with the button on the payment transaction.",
                    provider=self.provider_id.name,
                    transaction=self.reference,
                    amount=self.currency_id.format(self.amount),
                ),
                UNKNOWN_ACTIVITY,
            )

    # -- what staff can do -------------------------------------------------------------

    def action_pom_ask_again(self):
        """Ask the provider how it stands, and apply that.

        :raises UserError: when it doesn't tell
        """
        self.ensure_one()
        self.check_access("write")
        attempt = self.sudo()
        if not attempt.pom_can_be_asked:
            raise UserError(
                self.env._(
                    "%s can't be asked: look at the payment on its site.",
                    attempt.provider_id.name,
                )
            )
        patiently(self.env, lambda: attempt.lock_for_update(allow_referencing=True))
        try:
            answer = attempt._pom_ask()
        except BUSY:
            raise
        except (ValidationError, PspError) as error:
            raise UserError(
                self.env._(
                    "%(provider)s doesn't tell: %(problem)s",
                    provider=attempt.provider_id.name,
                    problem=str(error).strip().splitlines()[-1],
                )
            ) from error
        if answer:
            raise UserError(answer)
        attempt._pom_note_news()

    def action_pom_give_up(self):
        """Take it no further, at the provider too where that can be done. Should it be
        paid all the same, that is booked.
        """
        self.check_access("write")
        for attempt in self.sudo():
            patiently(
                self.env, lambda tx=attempt: tx.lock_for_update(allow_referencing=True)
            )
            attempt._pom_give_up_by_hand()

    def _pom_give_up_by_hand(self):
        if self.state in OPEN_STATES:
            self._pom_give_up()
        if self.state in OPEN_STATES:
            self._set_canceled(self.env._("Given up by %s.", self.env.user.name))
            self.pom_given_up = True
        if self.pom_problem and not self.pom_can_be_asked:
            self._pom_note_problem({})
        if self.state == "cancel" and self.pom_can_be_asked:
            self.pom_next_ask = self._pom_when_next()
        self.invoice_ids.activity_unlink([UNKNOWN_ACTIVITY, HELD_ACTIVITY])

    def _pom_note_news(self):
        """The provider told: nothing is unknown about it any more."""
        self.write({"pom_next_ask": self._pom_when_next(), "pom_silent_since": False})
        self.pom_silence_told = False
        self.invoice_ids.activity_unlink([UNKNOWN_ACTIVITY])
