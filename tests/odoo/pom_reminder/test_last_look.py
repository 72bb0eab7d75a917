"""Between writing a message and its leaving: people pay, servers are away."""

import socket
from datetime import date

from odoo.tests import freeze_time, tagged

from .common import Days, ReminderCase

DUE = date(2026, 3, 31)
FIRST_DAY = date(2026, 4, 7)


@tagged("standard", "post_install", "-at_install")
class TestLastLook(ReminderCase):
    def _asked(self, move):
        """The first reminder of this invoice, written and queued."""
        reminders = self.env["pom.reminder"].sudo()._plan_now(move)
        reminders._send_here()
        return move.pom_delivery_ids

    def _empty_the_queues(self, days):
        self.env.flush_all()
        for name in ("mail.ir_cron_mail_scheduler_action",
                     "sms.ir_cron_sms_scheduler_action"):  # fmt: skip
            self.env.ref(name).method_direct_trigger()
        self.env.invalidate_all()
        return [mail.subject for mail in days.smtp.sent_to()]

    def test_paid_while_the_mail_was_queued(self):
        move, other = self._invoice(DUE), self._invoice(DUE, partner=self._an())
        with Days(self, FIRST_DAY) as days, freeze_time("2026-04-07 08:00:00"):
            delivery, going = self._asked(move), self._asked(other)
            self._pay(move)
            self.assertEqual(self._empty_the_queues(days), [going.subject])
        self.assertEqual((delivery.state, going.state), ("overtaken", "sent"))
        self.assertEqual(move.pom_reminder_ids.state, "left_out")
        self.assertEqual(move.pom_reminder_ids.reason, "paid")
        self.assertNotIn(delivery.subject, move.message_ids.mapped("subject"))

    def _an(self):
        return self._debtor("An", "an@klant.example")

    def test_paid_while_the_sms_was_queued(self):
        self.marie.pom_channel = "sms"
        self.company.pom_policy_consumer_id = self.friendly
        move = self._invoice(DUE)
        with Days(self, FIRST_DAY) as days, freeze_time("2026-04-07 08:00:00"):
            delivery = self._asked(move)
            self.assertEqual((delivery.channel, delivery.state), ("sms", "queued"))
            self._pay(move)
            self._empty_the_queues(days)
            self.assertFalse(days.sms.messages)
        self.assertEqual(delivery.state, "overtaken")

    def test_paid_while_the_letter_waited(self):
        self.marie.pom_channel = "letter"
        move = self._invoice(DUE)
        with freeze_time("2026-04-07 08:00:00"):
            letter = self._asked(move)
        self.assertEqual(letter.state, "by_hand")
        self._pay(move)
        action = letter.action_print_letters()
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(letter.state, "overtaken")
        self.assertFalse(letter.attachment_id)

    def test_partly_paid_while_the_letter_waited(self):
        """A letter with an amount that is no longer right isn't sent; another is."""
        self.marie.pom_channel = "letter"
        move = self._invoice(DUE)
        with Days(self, FIRST_DAY) as days:
            days.until(FIRST_DAY)
            letter = move.pom_delivery_ids
            self._pay(move, 100)
            letter.action_print_letters()
            days.until(date(2026, 4, 8))
        new = move.pom_delivery_ids - letter
        self.assertEqual((letter.state, new.state), ("overtaken", "by_hand"))
        self.assertEqual((new.amount, new.instead_of_id), (21, letter))

    def test_stopped_while_the_queue_was_full(self):
        move = self._invoice(DUE)
        with Days(self, FIRST_DAY) as days:
            with freeze_time("2026-04-07 08:00:00"):
                delivery = self._asked(move)
                self.company.pom_reminders_stopped = True
                self.assertFalse(self._empty_the_queues(days))
            self.assertEqual(delivery.state, "overtaken")
            self.company.pom_reminders_stopped = False
            self.assertEqual(len(days.until(FIRST_DAY)), 1)

    def test_the_mail_server_is_away(self):
        """No letter goes out because of that: the mail waits."""
        move = self._invoice(DUE)
        with socket.create_server(("127.0.0.1", 0)) as closed:
            nowhere = closed.getsockname()[1]
        with Days(self, FIRST_DAY) as days:
            server = self.env["ir.mail_server"].search([("active", "=", True)])
            server.smtp_port = nowhere
            days.until(FIRST_DAY)
            delivery = move.pom_delivery_ids
            self.assertEqual(delivery.state, "queued")
            self.assertTrue(delivery.failure)
            server.smtp_port = days.smtp.port
            self.assertEqual(len(days.until(date(2026, 4, 8))), 1)
        self.assertEqual(delivery.state, "sent")
        self.assertEqual(move.pom_delivery_ids, delivery)

    def test_the_mail_server_says_later(self):
        move = self._invoice(DUE)
        with Days(self, FIRST_DAY) as days:
            days.smtp.refused["marie@klant.example"] = "451 4.7.1 Greylisted"
            days.until(FIRST_DAY)
            self.assertEqual(move.pom_delivery_ids.state, "queued")
            days.smtp.refused.clear()
            days.until(date(2026, 4, 8))
        self.assertEqual(move.pom_delivery_ids.state, "sent")

    def test_the_sms_gateway_is_away(self):
        self.marie.pom_channel = "sms"
        self.company.pom_policy_consumer_id = self.friendly
        move = self._invoice(DUE)
        with Days(self, FIRST_DAY) as days:
            days.sms.faults.inject("api_error", 503)
            days.until(FIRST_DAY)
            self.assertEqual(move.pom_delivery_ids.state, "queued")
            days.sms.faults.clear("api_error")
            self.assertEqual(len(days.until(date(2026, 4, 8))), 1)
        self.assertEqual(move.pom_delivery_ids.state, "sent")

    def test_thanks_that_fail_do_not_stop_a_payment(self):
        self.company.pom_thank_you = True
        move = self._invoice(DUE)
        with freeze_time("2026-04-07 08:00:00"):
            self._asked(move)
            # A sender without an address can't write.
            self.env.ref("pom_message.message_email").arch = "<t t-out='1/0'/>"
            with self.assertLogs("odoo.addons.pom_message", "ERROR"):
                self._pay(move)
        self.assertEqual(move.payment_state, "paid")

    def test_nobody_s_phone_rings_at_night(self):
        self.company.pom_thank_you = True
        self.company.pom_policy_consumer_id = self.friendly
        self.marie.pom_channel = "sms"
        move = self._invoice(DUE)
        with freeze_time("2026-04-07 08:00:00"):
            self._asked(move)
        with freeze_time("2026-04-08 01:30:00"):
            self._pay(move)
        thanks = move.pom_delivery_ids.filtered(lambda d: d.kind == "thanks")
        self.assertEqual(thanks.channel, "email")
