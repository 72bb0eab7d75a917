"""A debtor who answers a reminder by e-mail asks as one who asks on the page does."""

from datetime import date

from odoo.tests import freeze_time, tagged

from .common import ReminderCase

DUE = date(2026, 3, 31)
MAIL = """From: {sender}
To: catchall@dekat.example
Subject: Re: reminder
In-Reply-To: {reference}
References: {reference}
Message-Id: <{name}@klant.example>
{header}
Content-Type: text/plain; charset=utf-8

Ik heb gisteren betaald. Waarom deze mail?

> Uw betaling van INV/2026/00001
"""


@tagged("standard", "post_install", "-at_install")
class TestReplies(ReminderCase):
    def setUp(self):
        super().setUp()
        clock = freeze_time("2026-04-07 08:00:00")
        clock.start()
        self.addCleanup(clock.stop)
        self.one, self.two = self._invoice(DUE, 60), self._invoice(DUE, 40)
        reminders = self.env["pom.reminder"].sudo()
        reminders._plan_now(self.one | self.two)._send_here()
        self.delivery = self.one.pom_delivery_ids

    def _reply(self, sender="Marie <marie@klant.example>", header="X-A: b", name="r1"):
        # The mail's own message is what an answer is told from.
        self.env["mail.mail"].sudo().search(
            [("message_id", "=", self.delivery.message_id)]
        ).mail_message_id.is_internal = False
        raw = MAIL.format(
            sender=sender, reference=self.delivery.message_id, header=header, name=name
        )
        threads = self.env["mail.thread"].with_user(self.env.ref("base.user_root"))
        threads.message_process("account.move", raw)
        return self.one.pom_request_ids

    def test_is_a_request_about_all_that_was_asked(self):
        request = self._reply()
        self.assertEqual((request.kind, request.state), ("question", "new"))
        self.assertEqual(request.move_ids, self.one | self.two)
        self.assertEqual(request.text, "Ik heb gisteren betaald. Waarom deze mail?")
        self.assertEqual(request.email, "marie@klant.example")
        self.assertEqual(self.two.pom_quiet_until, date.max)
        self.assertTrue(request.activity_ids)
        self.assertTrue(self.delivery.seen_date)
        request.action_accept()
        self.assertFalse(self.one.pom_quiet_until)

    def test_an_answer_answers(self):
        request = self._reply()
        request.message_post(body="For us alone", subtype_xmlid="mail.mt_note")
        self.assertEqual(request.state, "new")
        request.message_post(
            body="It was on its way.",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.marie.ids,
        )
        self.assertEqual(request.state, "answered")
        self.assertFalse(self.one.pom_quiet_until)
        self.assertFalse(request.activity_ids)

    def test_an_answer_that_does_not_satisfy(self):
        request = self._reply()
        answer = request.message_post(
            body="It was on its way.",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.marie.ids,
        )
        raw = MAIL.format(
            sender="Marie <marie@klant.example>",
            reference=answer.message_id,
            header="X-A: b",
            name="again",
        )
        threads = self.env["mail.thread"].with_user(self.env.ref("base.user_root"))
        threads.message_process(False, raw)
        self.assertEqual(request.state, "in_progress")
        self.assertEqual(self.one.pom_quiet_until, date.max)
        self.assertTrue(request.activity_ids)

    def test_not_by_a_program(self):
        for number, header in enumerate(
            ("Auto-Submitted: auto-replied", "Precedence: bulk")
        ):
            self.assertFalse(self._reply(header=header, name=f"auto{number}"))

    def test_not_by_a_colleague(self):
        user = self.env.user
        user.email = "boek@dekat.example"
        self.assertFalse(self._reply(sender=f"Boek <{user.email}>"))

    def test_not_about_what_is_paid(self):
        self._pay(self.one)
        self.assertFalse(self._reply())

    def test_not_without_end(self):
        """Two programs that answer each other stop."""
        self.company.pom_requests_per_day = 2
        for number in range(4):
            found = self._reply(name=f"n{number}")
        self.assertEqual(len(found), 2)
