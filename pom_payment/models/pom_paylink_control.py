from hashlib import sha256
from hmac import compare_digest

from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.misc import hmac

from ..tools import lockout

#: Wrong answers of all senders together after which the answer opens nothing any more,
#: for a day: only a code by mail does.
ALL_FAILURES = 50


class PomPaylink(models.Model):
    """A question before anything about the debt is shown, for creditors who want one.

    Failures are kept in the database, so that every worker counts the same.
    """

    _inherit = "pom.paylink"

    control_failures = fields.Integer(
        readonly=True, copy=False, help="Wrong answers since the last right one."
    )
    control_locked_until = fields.Datetime(readonly=True, copy=False)

    def _control_question(self):
        """What is asked: 'ref', 'zip', 'number', or '' when nothing is."""
        wanted = self.company_id.pom_control_question
        if not wanted:
            return ""
        if lockout.plain(self.partner_id[wanted] or ""):
            return wanted
        return "number" if self.move_id else ""

    def _control_answer(self):
        """What opens the link, or '' when nothing is asked."""
        question = self._control_question()
        if not question:
            return ""
        answer = (
            self.move_id.name if question == "number" else self.partner_id[question]
        )
        return lockout.plain(answer or "")

    def _control_key(self):
        """What a browser shows later to prove that it knew the answer; worthless for
        another link, and after the answer has changed.
        """
        return hmac(
            self.env(su=True), "pom-control", (self.token, self._control_answer())
        )

    def _control_passed(self, key):
        if not self._control_question():
            return True
        # A cookie may hold anything; texts are only compared if they are ASCII.
        return compare_digest(key.encode(), self._control_key().encode())

    def _control_who(self, *names):
        """Under which a browser and its sender are remembered."""
        return [
            sha256(f"{self.token}:{name}".encode()).hexdigest()[:32]
            for name in names
            if name
        ]

    def _control_is_locked(self, who=()):
        until = self.control_locked_until
        if until and until > fields.Datetime.now():
            return True
        return self.env["pom.control.guess"]._locked(self, who)

    def _control_try(self, typed, who=()):
        """Judge an answer; too many wrong ones lock their sender out for a while.

        :param who: hashes of browser and sender, from ``_control_who``
        :return: whether it is right
        """
        self.ensure_one()
        # Under the row's lock: answers sent all at once are counted one by one.
        self._lock()
        answer = self._control_answer()
        if not answer or self._control_is_locked(who):
            return False
        right = compare_digest(lockout.plain(typed).encode(), answer.encode())
        self._control_count(right, who)
        return right

    def _control_count(self, right, who):
        guesses = self.env["pom.control.guess"]
        failures = 0 if right else (self.control_failures or 0) + 1
        is_closed = failures >= ALL_FAILURES
        self._control_note(failures, lockout.LONGEST_WAIT if is_closed else None)
        if right:
            guesses._forgive(self, who)
        elif guesses._note_wrong(self, who) if who else is_closed:
            self._control_tell()

    def _control_note(self, failures, wait=None):
        self.env.cr.execute(
            SQL(
                "UPDATE pom_paylink SET control_failures = %s,"
                " control_locked_until = %s WHERE id = %s",
                failures,
                wait and fields.Datetime.now() + wait,
                self.id,
            )
        )
        self.invalidate_recordset(["control_failures", "control_locked_until"])

    def _control_tell(self):
        """The creditor hears of it, once until somebody looked."""
        about = self.move_id or self.partner_id
        owner = self.env["pom.payer.request"]._owner(self)
        lang = owner.lang or self.company_id.partner_id.lang
        told = self.with_context(lang=lang)
        summary = told.env._("Somebody guesses the answer to the control question")
        known = about.activity_ids.filtered(lambda one: one.summary == summary)
        if not known:
            about.activity_schedule(
                "mail.mail_activity_data_warning",
                user_id=owner.id,
                summary=summary,
                note=told.env._(
                    "Many wrong answers were given to the question before the payment "
                    "page of %s. If the link has leaked, replace it.",
                    self.display_name,
                ),
            )
