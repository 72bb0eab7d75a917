"""What a reminder says: amounts and days of all that it asks; and that nobody is asked
twice in a row unawares.
"""

from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from .common import Days, ReminderCase

DUE = date(2026, 3, 31)
NOW = "2026-04-07 08:00:00"


@tagged("standard", "post_install", "-at_install")
class TestWords(ReminderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.marie.lang = "en_US"
        cls.consumer.level_ids.write(
            {"text": "{invoice}: {amount}, due on {due}, {days} days late"}
        )

    def _text(self, delivery, name="text"):
        return " ".join(delivery[name].split())

    def _remind(self, moves):
        with freeze_time(NOW):
            moves.action_pom_remind_now()
        return moves.pom_delivery_ids.filtered(lambda one: one.kind == "reminder")

    def _body(self, delivery):
        return " ".join(str(delivery._mail_bodies()[0]).split())

    def test_one_day(self):
        delivery = self._remind(self._invoice(DUE, 100))
        self.assertRegex(
            self._text(delivery), r"100\.00.{0,2}, due on 03/31/2026, 7 days late"
        )
        self.assertNotIn("After", self._body(delivery))

    def test_several_days(self):
        """In one sentence: all of them, the oldest first."""
        moves = self._invoice(DUE, 100) + self._invoice(date(2026, 3, 20), 50)
        delivery = self._remind(moves)
        self.assertIn("03/20/2026 and 03/31/2026, up to 18 days late", delivery.text)
        moves += self._invoice(date(2026, 3, 21), 1) + self._invoice(
            date(2026, 3, 22), 1
        )
        asked = self._asked(moves)
        with freeze_time(NOW):
            delivery = self.env["pom.delivery"].sudo()._ask([asked])
        self.assertIn("due on 03/20/2026 and later, up to 18", delivery.text)

    def _asked(self, moves):
        level = self.consumer.level_ids[:1]
        with freeze_time(NOW):
            askings = moves._pom_askings(as_wished=True)
        return {
            "kind": "reminder",
            "channel": "email",
            "partner_id": self.marie.id,
            "company_id": self.company.id,
            "moves": moves,
            "level_id": level.id,
            "policy_id": self.consumer.id,
            "parts": {move.id: askings[move.id].parts(DUE) for move in moves},
        }

    def _early(self, ago, amount=1000):
        terms = self.env["account.payment.term"].create(
            {
                "name": "2/7 net 30",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 10,
                "early_pay_discount_computation": "included",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 100, "nb_days": 30}
                    )
                ],
            }
        )
        return self._invoice(
            DUE,
            amount,
            invoice_date=date(2026, 4, 7 - ago),
            invoice_payment_term_id=terms.id,
        )

    def test_a_discount_has_a_day_of_its_own(self):
        delivery = self._remind(self._early(ago=2))
        self.assertRegex(
            self._text(delivery),
            r"980\.00.{0,4} until 04/15/2026, then .{0,3}1,000\.00.{0,2}, "
            r"due on 05/05/2026",
        )
        self.assertEqual(delivery.amount, 980)
        self.assertRegex(self._body(delivery), r"After 04/15/2026.*1,000\.00")
        self.assertRegex(
            self._text(delivery, "short_text"), r"980\.00.{0,4} until 04/15/2026, then"
        )

    def test_discounts_that_end_on_other_days(self):
        moves = self._early(ago=2) + self._early(ago=1, amount=500)
        with freeze_time(NOW):
            delivery = (
                self.env["pom.delivery"]
                .sudo()
                ._ask([{**self._asked(moves), "kind": "invoice", "parts": {}}])
            )
        self.assertEqual(delivery.amount, 1470)
        self.assertEqual(
            delivery._later(), [(date(2026, 4, 15), 1490), (date(2026, 4, 16), 1500)]
        )
        self.assertRegex(
            self._text(delivery), r"until 04/15/2026, then .{0,3}1,490\.00"
        )

    def test_a_discount_that_lapses_on_the_way_is_asked_anew(self):
        delivery = self._remind(self._early(ago=2))
        with freeze_time("2026-04-15 08:00:00"):
            self.assertFalse(delivery._overtaken())
        with freeze_time("2026-04-16 08:00:00"):
            self.assertEqual(delivery._overtaken(), delivery)

    # -- once more ---------------------------------------------------------------------

    def test_a_second_one_in_a_row_is_asked_about(self):
        move = self._invoice(DUE, 100)
        first = self._remind(move)
        other = self._invoice(DUE, 30, partner=self._debtor("Jan", "jan@klant.example"))
        action = (move + other).action_pom_remind_now()
        self.assertEqual(action["res_model"], "pom.reminder.again")
        wizard = self.env["pom.reminder.again"].with_context(**action["context"])
        wizard = wizard.create({})
        self.assertIn(f"Marie Peeters: {move.name}, by E-mail", wizard.last_messages)
        self.assertTrue(wizard.has_others)
        self.assertEqual(move.pom_delivery_ids, first)
        with freeze_time(NOW):
            wizard.action_remind_others()
        self.assertTrue(other.pom_delivery_ids)
        self.assertEqual(move.pom_delivery_ids, first)

    def test_who_insists_reminds(self):
        move, other = self._invoice(DUE, 100), self._invoice(date(2026, 3, 20), 50)
        first = self._remind(move)
        wizard = self.env["pom.reminder.again"].create({"move_ids": other.ids})
        self.assertFalse(wizard.has_others)
        with freeze_time(NOW):
            wizard.action_remind()
        self.assertTrue(other.pom_delivery_ids - first)

    def test_a_message_that_nobody_got_is_none(self):
        move = self._invoice(DUE, 100)
        self._remind(move).sudo()._note_lost("No such user")
        self.assertFalse(move._pom_just_asked())

    # -- when the debtor wants it ------------------------------------------------------

    def _wish(self, moves, day, link=None):
        link = link or moves.pom_paylink_id
        with freeze_time("2026-04-02 08:00:00"):
            return (
                self.env["pom.payer.request"]
                .sudo()
                ._receive(link, "remind", {"remind_on": day}, moves)
            )

    def test_on_the_day_that_was_chosen(self):
        move = self._invoice(DUE)
        request = self._wish(move, date(2026, 4, 9))
        self.assertEqual(request.remind_on, date(2026, 4, 9))
        with Days(self, date(2026, 4, 3)) as days:
            log = days.until(date(2026, 4, 13))
        told = [(day, subject) for day, _to, subject in log if "reminder" in subject]
        self.assertEqual([day for day, _subject in told], ["2026-04-09"], log)

    def test_on_the_next_working_day_and_said_so(self):
        """Easter Monday: the debtor is told which day it will be."""
        move = self._invoice(DUE)
        request = self._wish(move, date(2026, 4, 4))
        self.assertEqual(request.remind_on, date(2026, 4, 7))
        self.assertEqual(move.pom_reminder_ids.planned_date, date(2026, 4, 7))
        mail = self.env["mail.mail"].sudo().search([], order="id desc", limit=1)
        self.assertIn("04/07/2026", mail.body_html)
        said = move.pom_paylink_id.sudo()._words_of_reminding()
        self.assertIn("04/07/2026", said)

    def test_without_a_policy_on_working_days_too(self):
        """Nobody has started reminders yet: what was promised leaves all the same."""
        self.setup.state = "draft"
        move = self._invoice(DUE)
        self.assertFalse(move._pom_policy())
        request = self._wish(move, date(2026, 4, 11))
        self.assertEqual(request.remind_on, date(2026, 4, 13), "the 11th: a Saturday")
        with freeze_time("2026-04-09 08:00:00"):
            # As was planned before it was moved to a working day.
            move._pom_remind_on(date(2026, 4, 11), "email")
        with Days(self, date(2026, 4, 9)) as days:
            log = days.until(date(2026, 4, 14))
        told = [day for day, _to, subject in log if "reminder" in subject]
        self.assertEqual(told, ["2026-04-13"], log)

    def test_the_page_goes_on_saying_on_which_day(self):
        move = self._invoice(DUE)
        links = self.env["pom.paylink"].sudo()
        token = move.pom_paylink_id.token
        with freeze_time("2026-04-02 08:00:00"):
            found = links._find(token, looks=True)
            self.assertFalse(found._words_of_reminding_to_come())
        self._wish(move, date(2026, 4, 9))
        for day, promised in (("2026-04-08", True), ("2026-04-10", False)):
            with freeze_time(f"{day} 08:00:00"):
                found = links._find(token, looks=True)
                said = found._words_of_reminding_to_come()
                self.assertEqual("04/09/2026" in (said or ""), promised)
        statement = links._statement_of(self.marie, self.company)
        with freeze_time("2026-04-08 08:00:00"):
            self.assertFalse(
                links._find(statement.token, True)._words_of_reminding_to_come()
            )
        self._wish(move, date(2026, 4, 9), statement)
        with freeze_time("2026-04-08 08:00:00"):
            found = links._find(statement.token, True)
            self.assertIn("04/09/2026", found._words_of_reminding_to_come())

    def test_nothing_is_promised_while_all_are_stopped(self):
        move = self._invoice(DUE)
        self._wish(move, date(2026, 4, 9))
        links, token = self.env["pom.paylink"].sudo(), move.pom_paylink_id.token
        for stopped in (False, True):
            self.company.pom_reminders_stopped = stopped
            with freeze_time("2026-04-02 08:00:00"):
                for looks in (False, True):
                    found = links._find(token, looks)
                    self.assertEqual("remind" in found._request_kinds(), not stopped)
                    said = found._words_of_reminding_to_come()
                    self.assertEqual(bool(said), not stopped)

    def test_several_invoices_in_one_message(self):
        moves = self._invoice(DUE, 100) + self._invoice(date(2026, 3, 20), 50)
        links = self.env["pom.paylink"].sudo()
        link = links._statement_of(self.marie, self.company)
        self._wish(moves, date(2026, 4, 9), link)
        with freeze_time("2026-04-09 08:00:00"):
            moves.sudo().pom_reminder_ids._send_here()
        self.assertEqual(len(moves.pom_delivery_ids), 1)
        self.assertEqual(moves.pom_delivery_ids.move_ids, moves)
