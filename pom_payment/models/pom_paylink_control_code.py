import secrets
from datetime import timedelta
from hmac import compare_digest

from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.misc import hmac

CODE_DIGITS = 8
CODE_TIME = timedelta(minutes=30)
#: Codes that are sent per link and hour.
CODES_PER_HOUR = 3
#: Tries of one browser or sender, and of all together: whoever guesses must not use up
#: the debtor's. Fifty at eight digits are one chance in two million.
CODE_TRIES = 5
ALL_TRIES = 50


class PomPaylink(models.Model):
    """The way out for debtors who don't know the answer, or whom somebody else's wrong
    ones keep out: a code to the address that the creditor knows.
    """

    _inherit = "pom.paylink"

    control_code = fields.Char(
        readonly=True, copy=False, groups="base.group_system", help="Hash of the code."
    )
    control_code_until = fields.Datetime(
        readonly=True, copy=False, groups="base.group_system"
    )
    control_code_tries = fields.Integer(
        readonly=True, copy=False, groups="base.group_system"
    )

    def _control_can_send(self):
        return bool(self._control_question() and self.partner_id.email_normalized)

    def _control_send_code(self):
        """Send a code, if that is possible and wasn't done all the time.

        :return: whether it's on its way
        """
        self.ensure_one()
        counts = self.env["pom.rate.limit"]
        if not self._control_can_send() or not counts._hit(
            "control code", self.id, CODES_PER_HOUR, 3600
        ):
            return False
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        self._lock()
        self._control_keep_code(self._control_hash(code), ALL_TRIES)
        template = self.env.ref("pom_payment.mail_template_control_code")
        if not template.sudo().with_context(pom_code=code)._pom_send(self):
            return False
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        return True

    def _control_hash(self, code):
        return hmac(self.env(su=True), "pom-code", (self.token, code))

    def _control_keep_code(self, hashed, tries):
        self.env.cr.execute(
            SQL(
                "UPDATE pom_paylink SET control_code = %s, control_code_until = %s,"
                " control_code_tries = %s WHERE id = %s",
                hashed,
                hashed and fields.Datetime.now() + CODE_TIME,
                tries,
                self.id,
            )
        )
        self.invalidate_recordset(
            ["control_code", "control_code_until", "control_code_tries"]
        )

    def _control_try_code(self, typed, who=()):
        """
        :param who: hashes of browser and sender, from ``_control_who``
        :return: whether it's the code that was sent; it opens once
        """
        self.ensure_one()
        seconds = int(CODE_TIME.total_seconds())
        tries = [("control code try", one, CODE_TRIES, seconds) for one in who]
        if not self.env["pom.rate.limit"]._hit_each(*tries):
            return False
        self._lock()
        until, left = self.control_code_until, self.control_code_tries
        if not self.control_code or until < fields.Datetime.now() or left <= 0:
            return False
        given = "".join(filter(str.isdigit, typed))[:CODE_DIGITS]
        if compare_digest(self._control_hash(given), self.control_code):
            self._control_keep_code(None, 0)
            self._control_note(0)
            return True
        self.env.cr.execute(
            SQL(
                "UPDATE pom_paylink SET control_code_tries = %s WHERE id = %s",
                left - 1,
                self.id,
            )
        )
        self.invalidate_recordset(["control_code_tries"])
        return False
