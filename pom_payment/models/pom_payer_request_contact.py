from datetime import timedelta
from hmac import compare_digest

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize_all
from odoo.tools.misc import hmac

from .pom_payer_request import UNANSWERED

#: field of the request -> field of the partner
CONTACT = {
    "new_email": "email",
    "new_phone": "phone",
    "new_street": "street",
    "new_zip": "zip",
    "new_city": "city",
    "new_lang": "lang",
    "new_channel": "pom_channel",
}
#: By these somebody is reached, and gets a forgotten password.
REACHED_BY = ("new_email", "new_phone")
#: A code of six digits is guessed with luck alone.
CODE_TRIES = 5
CODE_TIME = timedelta(days=1)


class PomPayerRequest(models.Model):
    """New contact data. Who holds a link isn't proven to be the debtor: the known
    address is told before anything changes, the new one confirms by a code, and who has
    a login changes both there alone.
    """

    _inherit = "pom.payer.request"

    confirmed_on = fields.Datetime(
        string="New Address Confirmed",
        readonly=True,
        copy=False,
        help="When the code was typed that we sent to the new e-mail address.",
    )
    code_tries = fields.Integer(readonly=True, copy=False)

    # -- arriving ----------------------------------------------------------------------

    @api.model
    def _contact_problems(self, link, values):
        """Addresses and numbers that look like some, but that nothing can be sent to,
        or that this link may not change.

        :return: keys as those of ``tools.request_form``
        """
        emails = {name: values.get(name, "") for name in ("email", "new_email")}
        wrong = [
            f"{name}_wrong"
            for name, email in emails.items()
            if email and ",".join(email_normalize_all(email)).lower() != email.lower()
        ]
        phone = values.get("new_phone")
        if phone and not link.partner_id._phone_format(number=phone):
            wrong.append("new_phone_wrong")
        if any(values.get(name) for name in REACHED_BY) and link._debtor_has_login():
            wrong.append("login")
        return wrong

    @api.model
    def _acceptable(self, link, values):
        # EXTENDS 'pom_payment'
        values = super()._acceptable(link, values)
        if not link._debtor_has_login():
            return values
        return {name: value for name, value in values.items() if name not in REACHED_BY}

    def _confirm(self):
        # EXTENDS 'pom_payment': by what may change, and to where it was.
        if self.kind != "contact" or not any(self[name] for name in REACHED_BY):
            super()._confirm()
            return
        if known := self.partner_id.email:
            template = self.env.ref("pom_payment.mail_template_request_contact")
            # Not to the partner: by the time that it leaves, that may be the new one.
            to = {"email_to": known, "recipient_ids": []}
            template._pom_send(self, email_values=to)
        self._tell_known_phone()

    def _tell_known_phone(self):
        """Hook: an addon that knows how tells the number that we have."""

    def _apply_at_once(self):
        # EXTENDS 'pom_payment'
        super()._apply_at_once()
        if self.kind == "contact":
            if self.new_email:
                self._send_code()
            self._take_over_at_once()

    def _take_over_at_once(self):
        """What the creditor lets debtors change by themselves. A number confirms
        nothing: a person looks at it.
        """
        is_allowed = self.company_id.pom_contact_at_once and not self.new_phone
        if is_allowed and self._is_confirmed():
            self.action_accept()

    # -- the new address confirms ------------------------------------------------------

    def _is_confirmed(self):
        return not self.new_email or bool(self.confirmed_on)

    def _awaits_code(self):
        """Whether the page asks for the code that was sent to the new address."""
        return self == self._unconfirmed(self.paylink_id)

    def _code(self):
        """Kept nowhere: made of what it is for."""
        digest = hmac(self.env(su=True), "pom-contact", (self.id, self.new_email))
        return f"{int(digest, 16) % 10**6:06}"

    def _send_code(self):
        template = self.env.ref("pom_payment.mail_template_request_code")
        template = template.with_context(pom_code=self._code())
        to = {"email_to": self.new_email, "recipient_ids": []}
        template._pom_send(self, email_values=to)

    @api.model
    def _unconfirmed(self, link):
        """What waits for a code by this link, the newest."""
        return self.sudo().search(
            [
                ("paylink_id", "=", link.id),
                ("kind", "=", "contact"),
                ("state", "in", UNANSWERED),
                ("new_email", "!=", False),
                ("confirmed_on", "=", False),
                ("code_tries", "<", CODE_TRIES),
                ("create_date", ">", fields.Datetime.now() - CODE_TIME),
            ],
            order="id desc",
            limit=1,
        )

    def _try_code(self, typed):
        """Judge a code; the right one confirms the address.

        :return: whether it is right
        """
        self.ensure_one()
        # Under the row's lock: codes sent all at once are counted one by one.
        self.paylink_id._lock()
        if self.confirmed_on or self.code_tries >= CODE_TRIES:
            return False
        self.code_tries += 1
        digits = "".join(filter(str.isdecimal, typed))
        if not compare_digest(digits.encode(), self._code().encode()):
            return False
        self.confirmed_on = fields.Datetime.now()
        self._take_over_at_once()
        return True

    # -- being accepted ----------------------------------------------------------------

    def _before_accepting(self):
        # EXTENDS 'pom_payment'
        super()._before_accepting()
        for request in self.filtered(lambda one: one.kind == "contact"):
            request._take_over()

    def _take_over(self):
        """Of whom the link is, by the rights of whoever accepts."""
        debtor = self.paylink_id.partner_id
        if debtor != self.partner_id:
            raise UserError(
                self.env._("The invoice has another debtor now: nothing is changed.")
            )
        if not self._is_confirmed():
            raise UserError(
                self.env._(
                    "The new e-mail address isn't confirmed: the code that we sent to "
                    "it wasn't typed on the page. Ask the debtor, and change the "
                    "contact by hand."
                )
            )
        debtor.write(self._contact_values())

    def _contact_values(self):
        kept = REACHED_BY if self.paylink_id._debtor_has_login() else ()
        found = {
            theirs: self[ours]
            for ours, theirs in CONTACT.items()
            if self[ours] and ours not in kept
        }
        if phone := found.get("phone"):
            readable = self.partner_id._phone_format(
                number=phone, force_format="INTERNATIONAL"
            )
            found["phone"] = readable or phone
        return found
