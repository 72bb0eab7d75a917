import re

from odoo import Command
from odoo.tests import tagged

from tests.odoo.payment.common import PayPageCase


@tagged("standard", "post_install", "-at_install")
class TestContactChanges(PayPageCase):
    """Who holds a link isn't proven to be the debtor: the known address hears of it
    before anything changes, the new one confirms, and a login is out of reach.
    """

    def setUp(self):
        super().setUp()
        self.marie.write(
            {
                "email": "marie@klant.example",
                "phone": "+32 470 11 22 33",
                "lang": "en_US",
            }
        )
        self.company.pom_contact_at_once = True
        self.requests = self.env["pom.payer.request"]

    def _send(self, **values):
        """Fill in the form; what was received of it, and the mails that it caused."""
        mails = self.env["mail.mail"].search([])
        known = self.requests.search([])
        self.answer = self.post(f"{self.path}/ask/contact/send", **values)
        self.env.invalidate_all()
        return self.requests.search([]) - known, self.env["mail.mail"].search(
            []
        ) - mails

    def _code_in(self, mails):
        [mail] = mails.filtered(lambda mail: mail.email_to == "new@klant.example")
        self.assertNotIn(self.path, mail.body_html, "whoever gets it may be a stranger")
        # Not any six digits: a colour may have none but those.
        return re.search(r"<strong[^>]*>\s*(\d{6})\s*<", mail.body_html)[1]

    def _type(self, code):
        answer = self.post(f"{self.path}/confirm", code=code)
        self.env.invalidate_all()
        return answer

    def test_the_known_address_is_told_before_the_change(self):
        numbers = self.env["sms.sms"].search([])
        request, mails = self._send(new_email="new@klant.example")
        [told] = mails.filtered(lambda mail: mail.email_to == "marie@klant.example")
        self.assertIn("new@klant.example", told.body_html)
        self.assertFalse(told.recipient_ids, "else it leaves for the new address")
        [sms] = self.env["sms.sms"].search([]) - numbers
        self.assertEqual(sms.number, "+32470112233")
        self.assertEqual(self.marie.email, "marie@klant.example", "not changed yet")
        self.assertEqual(request.state, "new")

    def test_the_new_address_confirms_by_a_code(self):
        request, mails = self._send(new_email="new@klant.example", new_zip="8000")
        self.assertIn("/confirm", self.answer.headers["Location"])
        self.assertIn("new@klant.example", self.url_open(f"{self.path}/confirm").text)
        code = self._code_in(mails)
        wrong = f"{(int(code) + 1) % 10**6:06}"
        self.assertEqual(self._type(wrong).status_code, 422)
        self.assertEqual(self.marie.email, "marie@klant.example")
        self.assertEqual(self._type(f"{code[:3]} {code[3:]}").status_code, 303)
        self.assertEqual(self.marie.email, "new@klant.example")
        self.assertEqual(self.marie.zip, "8000")
        self.assertEqual(request.state, "accepted")

    def test_codes_are_not_guessed(self):
        _request, mails = self._send(new_email="new@klant.example")
        code = self._code_in(mails)
        for step in range(1, 6):
            self._type(f"{(int(code) + step) % 10**6:06}")
        self._type(code)
        self.assertEqual(self.marie.email, "marie@klant.example")

    def test_a_person_accepts_no_unconfirmed_address(self):
        self.company.pom_contact_at_once = False
        request, mails = self._send(new_email="new@klant.example")
        with self.assertRaisesRegex(Exception, "isn't confirmed"):
            request.action_accept()
        self._type(self._code_in(mails))
        self.assertEqual(self.marie.email, "marie@klant.example", "a person decides")
        request.action_accept()
        self.assertEqual(self.marie.email, "new@klant.example")

    def test_numbers_wait_for_a_person(self):
        request, _mails = self._send(new_phone="+32 470 99 88 77")
        self.assertEqual(self.marie.phone, "+32 470 11 22 33")
        request.action_accept()
        self.assertEqual(self.marie.phone, "+32 470 99 88 77")

    def test_what_reaches_nobody_is_changed_at_once(self):
        request, _mails = self._send(new_zip="8000")
        self.assertEqual((self.marie.zip, request.state), ("8000", "accepted"))

    def test_a_login_is_out_of_reach(self):
        user = self.env["res.users"].create(
            {
                "name": "Marie",
                "login": "marie",
                "partner_id": self.marie.id,
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )
        for is_active in (True, False):
            user.active = is_active
            form = self.url_open(f"{self.path}/ask/contact").text
            self.assertNotIn('name="new_email"', form)
            request, _mails = self._send(new_email="new@klant.example")
            self.assertEqual((self.answer.status_code, len(request)), (422, 0))
            link = self.move.pom_paylink_id
            values = {"new_email": "new@klant.example", "new_phone": "+3247099"}
            # By whatever door it comes.
            request = self.requests._receive(link, "contact", values, self.move)
            request.action_accept()
            self.assertEqual(user.email, "marie@klant.example")
            self.assertEqual(self.marie.phone, "+32 470 11 22 33")
