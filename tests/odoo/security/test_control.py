"""The control question: whoever guesses is locked out, and the debtor isn't."""

import re

from odoo.tests import tagged

from odoo.addons.pom_payment.models import pom_paylink_control, pom_paylink_control_code

from tests.odoo.payment.common import PayPageCase

from .elsewhere import in_one_minute, sender


@tagged("standard", "post_install", "-at_install")
class TestControl(PayPageCase):
    def setUp(self):
        super().setUp()
        self.company.pom_control_question = "zip"
        self.marie.write({"zip": "9000", "lang": "en_US"})
        self.link = self.move.pom_paylink_id

    def _answer(self, text, who=None, **data):
        # Each as from a browser without cookies.
        self.env.cr.flush()
        self.env.cr.clear()
        with self.allow_requests(all_requests=True):
            return (who or sender("127.0.0.1")).post(
                f"{self.base_url()}{self.path}/control",
                data=data or {"answer": text},
                allow_redirects=False,
            )

    def _guess_until_locked(self):
        codes = [self._answer(f"1{n:03}").status_code for n in range(5)]
        self.assertEqual(codes, [403] * 5)

    def test_the_sender_is_locked_out_and_nobody_else(self):
        self._guess_until_locked()
        self.assertEqual(self._answer("9000").status_code, 403)
        debtor = self._answer("9000", sender("127.0.0.2"))
        self.assertEqual(debtor.status_code, 303)

    def test_a_browser_that_changes_its_sender_stays_locked(self):
        who = self.link._control_who("127.0.0.1", "browser")
        for number in range(5):
            self.link._control_try(f"{number}", who)
        moved = self.link._control_who("127.0.0.9", "browser")
        self.assertFalse(self.link._control_try("9000", moved))
        fresh = self.link._control_who("127.0.0.9", "another")
        self.assertTrue(self.link._control_try("9000", fresh))

    def test_all_senders_together_are_bounded(self):
        self.patch(pom_paylink_control, "ALL_FAILURES", 6)
        for number in range(6):
            self.link._control_try("1", self.link._control_who(f"10.0.0.{number}"))
        debtor = self.link._control_who("10.9.9.9")
        self.assertFalse(self.link._control_try("9000", debtor))

    def test_the_creditor_is_told_once(self):
        self._guess_until_locked()
        self._answer("9000")
        self.assertEqual(len(self.move.activity_ids), 1)
        self.assertIn("guesses", self.move.activity_ids.summary)

    def _code(self):
        self.post(f"{self.path}/code")
        mail = self.env["mail.mail"].search([], limit=1, order="id desc")
        self.assertEqual(mail.recipient_ids, self.marie)
        return re.search(r"<strong>.*?(\d{8}).*?</strong>", mail.body_html, re.S)[1]

    def test_a_code_by_mail_is_the_way_out(self):
        self._guess_until_locked()
        code = self._code()
        self.assertEqual(self._answer("", code="00000000").status_code, 403)
        opened = self._answer("", code=f" {code[:4]} {code[4:]}")
        self.assertEqual(opened.status_code, 303)
        self.assertIn(f"pom_{self.link.id}=", opened.headers["Set-Cookie"])
        self.assertEqual(self._answer("", code=code).status_code, 403, "it opens once")

    def test_a_code_is_good_for_a_few_tries_and_half_an_hour(self):
        code = self._code()
        for _try in range(pom_paylink_control_code.ALL_TRIES):
            self.assertFalse(self.link._control_try_code("1"))
        self.assertFalse(self.link._control_try_code(code))
        code = self._code()
        self.link.control_code_until = "2000-01-01"
        self.assertFalse(self.link._control_try_code(code))

    def test_nobody_uses_up_the_debtors_tries(self):
        in_one_minute()
        code = self._code()
        for _try in range(2 * pom_paylink_control_code.CODE_TRIES):
            self.assertEqual(self._answer("", code="00000000").status_code, 403)
        self.assertEqual(self._answer("", code=code).status_code, 403, "no more tries")
        debtor = self._answer("", sender("127.0.0.2"), code=code)
        self.assertEqual(debtor.status_code, 303)

    def test_codes_are_not_sent_all_the_time(self):
        sent = [self.link._control_send_code() for _time in range(5)]
        self.assertEqual(sent, [True] * 3 + [False] * 2)

    def test_without_an_address_no_code(self):
        self.marie.email = False
        self.assertFalse(self.link._control_send_code())
        self.assertNotIn("/code", self.url_open(self.path).text)

    def test_a_question_that_was_switched_off(self):
        self.company.pom_control_question = False
        self.assertEqual(self._answer("9000").status_code, 303)
        self.assertEqual(self.post(f"{self.path}/code").status_code, 303)
        self.assertFalse(self.link._control_try("9000"))
