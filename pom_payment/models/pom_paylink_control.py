from hmac import compare_digest

from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.misc import hmac

from ..tools import lockout


class PomPaylinkControl(models.Model):
    """A question before anything about the debt is shown, for creditors who want one.

    Failures are kept in the database, so that every worker counts the same.
    """

    _inherit = "pom.paylink"

    control_failures = fields.Integer(readonly=True, copy=False)
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
        question = self._control_question()
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

    def _control_is_locked(self):
        until = self.control_locked_until
        return bool(until and until > fields.Datetime.now())

    def _control_try(self, typed):
        """Judge an answer; too many wrong ones lock the link for a while.

        :return: whether it is right
        """
        self.ensure_one()
        # Under the row's lock: answers sent all at once are counted one by one.
        self._lock()
        if self._control_is_locked():
            return False
        answer = self._control_answer()
        right = compare_digest(lockout.plain(typed).encode(), answer.encode())
        failures = 0 if right else (self.control_failures or 0) + 1
        self.env.cr.execute(
            SQL(
                "UPDATE pom_paylink SET control_failures = %s,"
                " control_locked_until = %s WHERE id = %s",
                failures,
                fields.Datetime.now() + lockout.wait_after(failures),
                self.id,
            )
        )
        self.invalidate_recordset(["control_failures", "control_locked_until"])
        return right
