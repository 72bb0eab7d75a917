from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import plaintext2html

from ..utils import in_words_of

#: Quiet days after the answer to a dispute or a plan, so that both don't cross.
AFTER_ANSWER = timedelta(days=5)
#: What an answer does, and what the debtor is told, by kind of request and answer.
SETTLING = {
    ("dispute", "accepted"): "_settle_dispute_accepted",
    ("dispute", "refused"): "_settle_dispute_refused",
    ("already_paid", "accepted"): "_settle_already_paid_accepted",
    ("already_paid", "refused"): "_settle_already_paid_refused",
    ("money_back", "accepted"): "_settle_money_back_accepted",
    ("money_back", "refused"): "_settle_money_back_refused",
}
ANSWERS = {
    ("already_paid", "accepted"): "_words_already_paid_accepted",
    ("already_paid", "refused"): "_words_already_paid_refused",
    ("money_back", "accepted"): "_words_money_back_accepted",
    ("money_back", "refused"): "_words_money_back_refused",
    ("dispute", "accepted"): "_words_dispute_accepted",
    ("dispute", "refused"): "_words_dispute_refused",
}
#: Requests whose answer ends the quiet time that they set. Who wants to be reminded
#: later has that as the answer, and who was believed to have paid isn't asked before
#: the money was found.
ENDED_BY = {
    "question": ("answered", "refused"),
    "dispute": ("accepted", "refused"),
    "already_paid": ("refused",),
}


class PomPayerRequest(models.Model):
    """What the answer to a debtor means for reminders, and that the debtor is told."""

    _inherit = "pom.payer.request"

    quiet_until = fields.Date(
        readonly=True, help="Nobody is reminded until then, or until the answer."
    )
    quiet_before = fields.Json(
        readonly=True,
        help="What the creditor had decided before: day, reason and facts by invoice.",
    )
    answer_is_told = fields.Boolean(compute="_compute_answer_is_told")

    @api.depends("kind", "move_ids")
    def _compute_answer_is_told(self):
        """Whether accepting or refusing it writes to the debtor at once."""
        told = {kind for kind, _state in self._answers()}
        for request in self:
            request.answer_is_told = request.kind in told and bool(request.move_ids)

    # -- nobody is reminded before the answer ------------------------------------------

    def _keep_quiet(self, until):
        """Until and including a day, or until the answer."""
        shorter = self.move_ids.filtered(
            lambda move: not move.pom_quiet_until or move.pom_quiet_until < until
        )
        self.quiet_before = {
            move.id: self._creditors_quiet(move)
            for move in self.move_ids
            if move.pom_quiet_until and (move in shorter or self._setter(move))
        }
        self.quiet_until = until
        shorter._pom_keep_quiet(until, facts=self._quiet_facts())

    def _quiet_facts(self):
        """Why nobody is reminded, as an invoice keeps it."""
        return {"request": self.id}

    def _words_of_quiet(self):
        """The same for whoever reads it. Hook."""
        return self.display_name

    def _name_for_owner(self):
        return in_words_of(self, self.company_id, self.user_id).display_name

    def _creditors_quiet(self, move):
        """The quiet time of an invoice as it would be without any request."""
        other = self._setter(move)
        if other:
            return (other.quiet_before or {}).get(str(move.id))
        day = move.pom_quiet_until
        kept = (move.pom_quiet_reason, move.pom_quiet_facts)
        return day and [day.isoformat(), *kept]

    def _setter(self, move):
        """The request that set the quiet time which this invoice has."""
        asked = (move.pom_quiet_facts or {}).get("request")
        return move.pom_request_ids.filtered(
            lambda request: request.id == asked
            and request.quiet_until
            and request.quiet_until == move.pom_quiet_until
            and not move.pom_quiet_reason
        )

    def _end_quiet(self, moves=None):
        """End the quiet time that this request set, and only that.

        :param account.move moves: of these alone; None for all that it is about
        """
        ended = self.move_ids if moves is None else moves
        for move in ended:
            if self._setter(move) == self:
                move._pom_set_quiet(*self._creditors_quiet(move) or (False,))
                for other in move.pom_request_ids - self:
                    if other.quiet_until:
                        facts = other._quiet_facts()
                        move._pom_keep_quiet(other.quiet_until, facts=facts)
        if not (self.move_ids - ended).filtered("pom_quiet_until"):
            self.sudo().quiet_until = False

    # -- the answer --------------------------------------------------------------------

    @api.model
    def _settling(self):
        """What an answer does: the method, by kind of request and answer. Hook."""
        return SETTLING

    @api.model
    def _answers(self):
        """Who words what the debtor is told, by the same. Hook."""
        return ANSWERS

    @api.model
    def _ended_by(self):
        """Answers that end the quiet time, by kind of request. Hook."""
        return ENDED_BY

    def _close(self, state):
        # EXTENDS 'pom.payer.request'
        settled = self.filtered(
            lambda request: (
                (request.kind, state) in self._settling() and request.state != state
            )
        )
        result = super()._close(state)
        for request in self:
            if state in self._ended_by().get(request.kind, ()):
                request._end_quiet()
        for request in settled:
            getattr(request, self._settling()[request.kind, state])()
            request._tell_settled(state)
        return result

    def _settle_dispute_accepted(self):
        """What the debtor is right about isn't asked until the invoice is mended; the
        rest is.
        """
        self._leave_to_do(
            self._in_owners_words().env._("Make the credit note for %s", self._names()),
            "pom_payment.mail_activity_credit_note",
        )

    def _settle_already_paid_accepted(self):
        """Nobody is asked until the money is found: so somebody has to look for it."""
        self._leave_to_do(
            self._in_owners_words().env._("Find the payment of %s", self._names()),
            "pom_payment.mail_activity_find",
        )

    def _settle_already_paid_refused(self):
        """Nothing more than the answer: its quiet time ended with it."""

    def _settle_money_back_accepted(self):
        """Nothing is paid back by itself: it may be the same money, seen twice."""
        self._leave_to_do(
            self._in_owners_words().env._("Return money for %s", self._names())
        )

    def _settle_money_back_refused(self):
        """Nothing more than the answer."""

    def _in_owners_words(self):
        return in_words_of(self, self.company_id, self.user_id or self.env.user)

    def _leave_to_do(self, summary, kind="mail.mail_activity_data_todo"):
        """On the invoice, for whoever answers this debtor.

        :param str summary: in that person's language
        :param str kind: external id of the type of activity
        """
        owner = self.user_id or self.env.user
        for move in self.move_ids:
            move.activity_schedule(kind, user_id=owner.id, summary=summary)

    def _settle_dispute_refused(self):
        self._leave_in_peace()

    def _leave_in_peace(self):
        until = self.company_id._pom_today() + AFTER_ANSWER
        self.move_ids._pom_keep_quiet(until, facts=self._quiet_facts())

    def _tell_settled(self, state):
        if self.move_ids:
            request = self.with_context(lang=self._debtors_lang())
            request._tell(request._words_of_answer(state))

    def _words_of_answer(self, state):
        """What the debtor is told when it ends like this. Hook.

        :return: in the debtor's language; "" where nobody is told anything
        """
        request = self.with_context(lang=self._debtors_lang())
        wording = self._answers().get((self.kind, state))
        return getattr(request, wording)() if wording else ""

    def _tell(self, text):
        """Answer the debtor, by e-mail. Hook: an addon that knows other ways tells by
        those.

        :param str text: a sentence in the debtor's language
        """
        if self.partner_id.email:
            whole = "\n\n".join(filter(None, (text, self._quoted())))
            self.message_post(
                body=plaintext2html(whole),
                partner_ids=self.partner_id.ids,
                subtype_xmlid="mail.mt_comment",
            )

    def _names(self):
        return ", ".join(self.move_ids.mapped("name"))

    def _words_dispute_accepted(self):
        return self.env._(
            "You were right about %s. We will correct it; until then you need not "
            "pay the amount that you contested.",
            self._names(),
        )

    def _words_dispute_refused(self):
        return self.env._(
            "We looked into your objection to %s and cannot agree with it: the amount "
            "remains due. Please answer this message if you think that we are wrong.",
            self._names(),
        )

    def _words_already_paid_accepted(self):
        return self.env._(
            "Thank you for telling us that you paid %s. We are looking for your "
            "payment, and won't remind you meanwhile.",
            self._names(),
        )

    def _words_already_paid_refused(self):
        return self.env._(
            "We can't find your payment of %s. Please answer this message with a proof "
            "of payment, or ask your bank.",
            self._names(),
        )

    def _words_money_back_accepted(self):
        return self.env._(
            "You asked for your money back. We will return what you paid too much for "
            "%s.",
            self._names(),
        )

    def _words_money_back_refused(self):
        return self.env._(
            "You asked for money back for %s. We looked into it and don't return any. "
            "Please answer this message if you think that we are wrong.",
            self._names(),
        )
