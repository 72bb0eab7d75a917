from datetime import date

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import ReminderCase

DUE = date(2026, 3, 31)
TODAY = "2026-04-07 08:00:00"


@tagged("standard", "post_install", "-at_install")
class TestPolicies(ReminderCase):
    def _plan(self, moves):
        with freeze_time(TODAY):
            return self.env["pom.reminder"].sudo()._plan_for(moves, date(2026, 4, 7))

    def test_consumers_are_protected_from_settings(self):
        """Book XIX can't be set aside by a slip: XIX.2 and XIX.4."""
        first, second = self._levels(self.consumer, "first", "second")
        second.fee = 7.5
        for level, values in (
            (first, {"fee": 5}),  # the first one is free
            (first, {"with_penalty": True}),
            (first, {"with_interest": True}),
            (first, {"channel": "sms"}),  # has no room for the content
            (first, {"channel_2": "whatsapp"}),
            (second, {"fee": 7.51}),  # EUR 7.50 at most
            # The lump sum compensates all costs.
            (second, {"fee": 5, "with_penalty": True}),
            (second, {"days": 1, "channel": "sms"}),  # would become the first
            (first, {"days": 60}),  # the second, with its costs, would
        ):
            with self.subTest(**values), self.assertRaises(ValidationError):
                level.write(values)
                self.env.flush_all()

    @freeze_time(TODAY)
    def test_interest_of_consumers_is_capped(self):
        """XIX.4: the published rate of the half-year."""
        self.consumer.interest_rate = 10.5
        with self.assertRaises(ValidationError):
            self.consumer.interest_rate = 10.51

    def test_businesses_may_be_asked_interest(self):
        shop = self._debtor("Café Central", "bar@x.example", is_company=True)
        move = self._invoice(DUE, amount=1000, partner=shop)
        first, last = self._levels(self.business, "first", "last")
        with freeze_time("2026-04-30 08:00:00"):
            reminders = self._sent_before(move, self.business, last)
            reminders._send_here()
            delivery = move.pom_delivery_ids
        self.assertEqual(delivery.level_id, last)
        # 30 days at 10.5 %, and EUR 40.
        self.assertAlmostEqual(delivery.interest, 8.63)
        self.assertEqual(delivery.penalty, 40)
        self.assertAlmostEqual(delivery.total, 1048.63)
        self.assertIn("1,048.63", delivery.text.replace(".", ",").replace(",63", ".63"))

    def _sent_before(self, move, policy, level):
        """All levels before this one were sent a while ago."""
        before = policy.level_ids.filtered(lambda lv: lv.days < level.days)
        self.env["pom.reminder"].sudo().create(
            [
                {
                    "move_id": move.id,
                    "due_date": DUE,
                    "company_id": self.company.id,
                    "partner_id": move.partner_id.id,
                    "policy_id": policy.id,
                    "level_id": lv.id,
                    "number": number,
                    "planned_date": date(2026, 4, 1),
                    "state": "sent",
                    "done_date": date(2026, 4, 1),
                }
                for number, lv in enumerate(before, 1)
            ]
        )
        move.partner_id.pom_channel = "email"
        return self.env["pom.reminder"].sudo()._plan_now(move)

    def _second_of_four(self, amount=100):
        """The second reminder of the fourth due date of a customer's year."""
        second = self._levels(self.consumer, "second")[0]
        second.fee = 7.5
        months = [date(2026, month, 28) for month in (1, 2, 3)]
        for day in months:
            self._note_first(self._invoice(day), day)
        move = self._invoice(DUE, amount=amount)
        with freeze_time("2026-04-30 08:00:00"):
            self._sent_before(move, self.consumer, second)._send_here()
        return move.pom_delivery_ids

    def _note_first(self, move, due):
        self.env["pom.reminder"].sudo().create(
            {
                "move_id": move.id,
                "due_date": due,
                "company_id": self.company.id,
                "partner_id": move.partner_id.id,
                "policy_id": self.consumer.id,
                "level_id": self._levels(self.consumer, "first")[0].id,
                "number": 1,
                "planned_date": due,
                "state": "sent",
                "done_date": due,
            }
        )

    def test_fees_of_consumers(self):
        """XIX.2, § 2: of regular deliveries, after three due dates a year."""
        self.consumer.regular = True
        delivery = self._second_of_four()
        self.assertEqual((delivery.fee, delivery.total), (7.5, 107.5))

    def test_no_fees_of_what_was_bought_once(self):
        self.assertEqual(self._second_of_four().fee, 0)

    def test_no_costs_without_a_clause(self):
        self.consumer.regular = True
        self.setup.has_clause = False
        delivery = self._second_of_four()
        self.assertEqual((delivery.fee, delivery.total), (0, 100))

    def test_a_person_can_not_shorten_the_term_either(self):
        """Remind Now: any level of ours, but not before the law allows it."""
        move = self._invoice(DUE)
        reminders = self.env["pom.reminder"].sudo()
        with freeze_time(TODAY):
            reminders._plan_now(move)._send_here()
            move.sudo().pom_delivery_ids._note_sent()
        with freeze_time("2026-04-22 08:00:00"), self.assertRaises(UserError):
            move.action_pom_remind_now()
        with freeze_time("2026-04-23 08:00:00"):
            move.action_pom_remind_now()
        second = self._levels(self.consumer, "second")[0]
        self.assertEqual(move.pom_level_id, second)

    def test_regular_deliveries_are_free_three_times_a_year(self):
        self.consumer.regular = True
        move = self._invoice(DUE, amount=100)
        second = self._levels(self.consumer, "second")[0]
        second.fee = 7.5
        with freeze_time("2026-04-30 08:00:00"):
            self._sent_before(move, self.consumer, second)._send_here()
        self.assertEqual(move.pom_delivery_ids.fee, 0)

    def test_policy_of_customer_and_invoice(self):
        move = self._invoice(DUE)
        self.assertEqual(move._pom_policy(), self.consumer)
        self.marie.pom_policy_id = self.business
        self.assertEqual(move._pom_policy(), self.business)
        move.pom_policy_id = self.friendly
        self.assertEqual(move._pom_policy(), self.friendly)

    def test_preferred_channel(self):
        self.marie.pom_channel = "letter"
        self.assertEqual(self._plan(self._invoice(DUE)).channel, "letter")
        # A first reminder needs room for what the law wants said.
        self.marie.pom_channel = "sms"
        self.assertEqual(self._plan(self._invoice(DUE)).channel, "email")

    def test_no_address(self):
        ghost = self.env["res.partner"].create({"name": "Ghost", "lang": "nl_BE"})
        reminder = self._plan(self._invoice(DUE, partner=ghost))
        self.assertEqual((reminder.state, reminder.reason), ("left_out", "no_address"))
        ghost.email = "ghost@x.example"
        self._plan(reminder.move_id)
        self.assertEqual((reminder.state, reminder.channel), ("approved", "email"))

    def test_unknown_placeholder(self):
        with self.assertRaisesRegex(ValidationError, "nmae"):
            self._levels(self.consumer, "first")[0].text = "Dear {nmae}"

    def test_one_reminder_per_level_is_the_database_s_word(self):
        move = self._invoice(DUE)
        reminder = self._plan(move)
        twice = mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation)
        with twice[0], twice[1], self.env.cr.savepoint():
            reminder.copy()

    def test_skip(self):
        self.consumer.automatic = False
        reminder = self._plan(self._invoice(DUE))
        with freeze_time(TODAY):
            reminder.action_skip()
        self.assertEqual(reminder.state, "skipped")
        step = (
            self.env["pom.reminder"]
            .sudo()
            ._plan_for(reminder.move_id, date(2026, 4, 30))
        )
        self.assertEqual(step.level_id, self._levels(self.consumer, "second")[0])

    def test_after_a_skip_the_next_is_the_first_of_the_law(self):
        """XIX.2: free, complete and with room for it; nothing was sent before."""
        move = self._invoice(DUE)
        second = self._levels(self.consumer, "second")[0]
        second.channel = "sms"
        with freeze_time(TODAY):
            self._plan(move).action_skip()
        with freeze_time("2026-04-28 08:00:00"):
            self.env["pom.reminder"].sudo()._plan_now(move)._send_here()
        delivery = move.pom_delivery_ids
        self.assertEqual((delivery.level_id, delivery.channel), (second, "letter"))
        self.assertEqual(delivery.fee, 0)
        self.assertIn("0477472701", delivery.legal)

    def test_what_may_be_asked_is_announced(self):
        """XIX.2, § 3, 1°: the balance and the amount of the penalty clause, as its
        Dutch reader writes numbers.
        """
        second = self._levels(self.consumer, "second")[0]
        second.write({"with_penalty": True, "with_interest": True, "fee": 0})
        move = self._invoice(DUE, amount=300)
        with freeze_time(TODAY):
            self.env["pom.reminder"].sudo()._plan_now(move)._send_here()
        legal = move.pom_delivery_ids.legal
        for part in ("300,00", "45,00", "10,5 %"):
            self.assertIn(part, legal)

    def test_nothing_is_announced_without_a_clause(self):
        self.setup.has_clause = False
        self._levels(self.consumer, "second")[0].with_penalty = True
        move = self._invoice(DUE, amount=300)
        with freeze_time(TODAY):
            self.env["pom.reminder"].sudo()._plan_now(move)._send_here()
        self.assertNotIn("45", move.pom_delivery_ids.legal)

    def test_a_creditor_without_a_number_reminds_no_consumer(self):
        self.company.write({"company_registry": False, "vat": False})
        self.company.partner_id.company_registry = False
        reminder = self._plan(self._invoice(DUE))
        self.assertEqual((reminder.state, reminder.reason), ("left_out", "creditor"))

    def test_remind_me_on_a_day_that_is_over(self):
        move = self._invoice(DUE)
        with freeze_time(TODAY), self.assertRaises(UserError):
            move._pom_remind_on(date(2026, 4, 6))
        with freeze_time(TODAY), self.assertRaises(UserError):
            move._pom_remind_on(date(2026, 4, 8), "portal")

    def test_planning_asks_little(self):
        """Queries don't grow with the number of invoices."""
        few = [self._invoice(DUE, partner=self._debtor(f"F{n}", "f@x.example"))
               for n in range(2)]  # fmt: skip
        many = [self._invoice(DUE, partner=self._debtor(f"M{n}", "m@x.example"))
                for n in range(12)]  # fmt: skip
        counts = []
        for moves in (few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._plan(self.env["account.move"].browse(m.id for m in moves))
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 4)

    def test_preview(self):
        move = self._invoice(DUE)
        level = self._levels(self.consumer, "first")[0]
        level.with_context(lang="nl_BE").subject = "Herinnering: {invoice}"
        before = self.env["pom.delivery"].search_count([])
        preview = self.env["pom.reminder.preview"].create(
            {"level_id": level.id, "move_id": move.id, "lang": "nl_BE"}
        )
        self.assertEqual(preview.subject, f"Herinnering: factuur {move.name}")
        self.assertIn("0477472701", preview.body)
        preview.channel = "sms"
        self.assertIn("/s/", preview.body)
        self.assertEqual(self.env["pom.delivery"].search_count([]), before)


@tagged("standard", "post_install", "-at_install")
class TestAb(ReminderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.level = cls.env.ref("pom_reminder.level_consumer_first")
        cls.test = cls.env["pom.ab.test"].create(
            {
                "name": "Subject",
                "level_id": cls.level.id,
                "planned": 20,
                "variant_ids": [
                    Command.create({"name": "Dull", "subject": "Reminder {invoice}"}),
                    Command.create(
                        {
                            "name": "Warm",
                            "subject": "Two taps: {invoice}",
                            "button": "Pay in two taps",
                            "button_first": True,
                        }
                    ),
                ],
            }
        )

    def _deliveries(self, variant, number, paid):
        """Messages of a while ago to as many debtors, of which some were paid within
        their days.
        """
        move = self._invoice(DUE)
        debtors = self.env["res.partner"].create(
            [{"name": f"Debtor {n}"} for n in range(number)]
        )
        return (
            self.env["pom.delivery"]
            .sudo()
            .create(
                [
                    {
                        "kind": "reminder",
                        "channel": "email",
                        "company_id": self.company.id,
                        "partner_id": debtors[n].id,
                        "paylink_id": move.pom_paylink_id.id,
                        "variant_id": variant.id,
                        "state": "sent",
                        "sent_date": "2026-04-01 08:00:00",
                        "settled_date": n < paid and "2026-04-03 08:00:00",
                    }
                    for n in range(number)
                ]
            )
        )

    def test_assignment_sticks_to_the_debtor(self):
        debtors = self.env["res.partner"].create(
            [{"name": f"Debtor {n}", "email": f"d{n}@klant.example"} for n in range(16)]
        )
        moves = self.env["account.move"].concat(
            *(self._invoice(DUE, partner=one) for one in debtors for _twice in "12")
        )
        reminders = self.env["pom.reminder"].sudo()._plan_for(moves, date(2026, 4, 7))
        self.assertEqual(len(reminders.variant_id), 2)
        for debtor, asked in reminders.grouped("partner_id").items():
            self.assertEqual(asked.variant_id, self.test._pick(debtor))

    @freeze_time("2026-05-01 08:00:00")
    def test_a_debtor_counts_once(self):
        dull = self.test.variant_ids[0]
        messages = self._deliveries(dull, 3, 3)
        messages[1:].partner_id = self.env["res.partner"].create(
            {"name": "Contact", "parent_id": messages[0].partner_id.id}
        )
        self.assertEqual((dull.sent, dull.judged, dull.paid), (1, 1, 1))

    def test_the_page_too(self):
        self.test.write({"place": "page", "level_id": False})
        dull, warm = self.test.variant_ids
        dull.weight = 0
        warm.write({"transfer_first": True, "color": "#aa0055", "first_way": "card"})
        move = self._invoice(DUE)
        link = move.pom_paylink_id
        self.assertEqual(link._page_style().button, "Pay in two taps")
        delivery = self._ask(move, "link")
        self.assertEqual(delivery.page_variant_id, warm)
        delivery._note_sent()
        self.assertEqual(warm.sent, 0, "nobody looked at the page yet")
        self.env["pom.delivery"].sudo()._note_seen(link, delivery.code)
        self.env.invalidate_all()
        self.assertEqual((warm.sent, dull.sent), (1, 0))
        self.test.active = False
        self.assertEqual(link._page_style().button, "")

    def test_invoices_too(self):
        self.test.write({"place": "invoice", "level_id": False})
        warm = self.test.variant_ids[1]
        self.test.variant_ids[0].weight = 0
        move = self._invoice(DUE)
        send = self.env["account.move.send"]
        with self.allow_pdf_render():
            send._generate_and_send_invoices(move, sending_methods={"email"})
        delivery = move.pom_delivery_ids
        self.assertEqual(delivery.variant_id, warm)
        mail = self.env["mail.mail"].sudo().search([("res_id", "=", move.id)], limit=1)
        self.assertIn("Pay in two taps", mail.body_html)
        self.assertTrue(mail.subject.startswith("Two taps: "))
        self.assertIn(move.name, mail.subject)

    def test_words_of_the_variant(self):
        warm = self.test.variant_ids[1]
        self.test.variant_ids[0].weight = 0
        move = self._invoice(DUE)
        with freeze_time(TODAY):
            self.env["pom.reminder"].sudo()._plan_now(move)._send_here()
        delivery = move.pom_delivery_ids
        self.assertEqual(delivery.variant_id, warm)
        self.assertEqual(delivery.subject, f"Two taps: factuur {move.name}")
        body = delivery._mail_bodies()[0]
        self.assertLess(body.index("Pay in two taps"), body.index("Marie"))

    def test_sms_too(self):
        # What the law wants said has no room in one: of a policy without a law.
        [level] = self._levels(self.friendly, "first")
        level.channel = "sms"
        self.company.pom_policy_consumer_id = self.friendly
        self.test.level_id = level
        warm = self.test.variant_ids[1]
        self.test.variant_ids[0].weight = 0
        warm.short_text = "{company}: two taps for {invoice}: {url}"
        move = self._invoice(DUE)
        with freeze_time(TODAY), self._twilio() as gateway:
            self.env["pom.reminder"].sudo()._plan_now(move)._send_here()
            delivery = move.pom_delivery_ids
            uuid = [("uuid", "=", delivery.external_id)]
            self.env["sms.sms"].sudo().search(uuid).send()
            [sms] = gateway.messages
        self.assertEqual(delivery.variant_id, warm)
        words = f"Slagerij De Hond BV: two taps for factuur {move.name}: "
        self.assertEqual(sms.body, words + delivery.short_url)

    @freeze_time("2026-05-01 08:00:00")
    def test_verdict(self):
        dull, warm = self.test.variant_ids
        self.test.planned = 60
        self._deliveries(dull, 60, 20)
        self._deliveries(warm, 19, 15)
        self.assertEqual(self.test.state, "collecting")
        self._deliveries(warm, 41, 31)
        self.env.invalidate_all()
        self.assertEqual(self.test.state, "better")
        self.assertEqual(self.test.winner_id, warm)
        self.assertEqual((warm.judged, warm.paid), (60, 46))
        self.assertTrue(warm.low < warm.rate < warm.high)
        warm.with_context(lang="nl_BE").subject = "Twee tikken: {invoice}"
        warm.write({"hour": 17.0, "channel": "letter"})
        self.test.action_use_winner()
        self.assertEqual(self.level.subject, "Two taps: {invoice}")
        dutch = self.level.with_context(lang="nl_BE")
        self.assertEqual(dutch.subject, "Twee tikken: {invoice}")
        self.assertEqual(self.level.button, "Pay in two taps")
        self.assertTrue(self.level.button_first)
        self.assertEqual(self.level.hour, 17)
        self.assertEqual(self.level._chain(), ["letter", "email"])
        self.assertFalse(self.test.active)

    @freeze_time("2026-05-01 08:00:00")
    def test_only_what_was_planned_is_judged(self):
        """Later messages change nothing: looking again and again finds winners."""
        dull, warm = self.test.variant_ids
        for variant in (dull, warm):
            self._deliveries(variant, 20, 10)
        self._deliveries(warm, 100, 100)
        self.assertEqual((warm.sent, warm.judged, warm.paid), (120, 20, 10))
        self.assertEqual(self.test.state, "no_difference")

    @freeze_time("2026-04-05 08:00:00")
    def test_young_messages_are_not_judged(self):
        dull = self.test.variant_ids[0]
        self._deliveries(dull, 30, 10)
        self.assertEqual((dull.sent, dull.judged, dull.paid), (30, 0, 0))

    @freeze_time("2026-05-01 08:00:00")
    def test_lost_messages_do_not_count(self):
        dull = self.test.variant_ids[0]
        self._deliveries(dull, 18, 10)[:5].state = "bounced"
        self.assertEqual(dull.judged, 13)
