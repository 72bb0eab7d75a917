"""The dry run of a policy that nobody follows yet: it writes nothing."""

from datetime import date

from odoo.tests import freeze_time, tagged

from .common import ReminderCase

DUE = date(2026, 3, 31)
NOW = "2026-04-07 08:00:00"
WRITTEN = (
    "pom.reminder",
    "pom.delivery",
    "pom.paylink",
    "mail.mail",
    "mail.message",
    "sms.sms",
)


@tagged("standard", "post_install", "-at_install")
class TestTrial(ReminderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup.write(
            {"state": "draft", "since": "2026-01-01", "business_by": "number"}
        )
        cls.shop = cls._debtor(
            "Café Central", "bar@x.example", is_company=True, vat="BE0403019261"
        )

    def setUp(self):
        super().setUp()
        clock = freeze_time(NOW)
        clock.start()
        self.addCleanup(clock.stop)

    def _try(self, record):
        action = record.action_try()
        return self.env["pom.reminder.trial"].browse(action["res_id"])

    def _counts(self):
        self.env.flush_all()
        return [self.env[name].sudo().search_count([]) for name in WRITTEN]

    def test_of_a_policy_that_nobody_follows(self):
        ghost = self.env["res.partner"].create({"name": "Ghost"})
        one, two = self._invoice(DUE, 60), self._invoice(DUE, 40)
        old = self._invoice(date(2023, 2, 1), 70)
        lost = self._invoice(DUE, 80, partner=ghost)
        later = self._invoice(
            date(2026, 4, 16), 90, partner=self._debtor("L", "l@x.example")
        )
        of_shop = self._invoice(DUE, 99, partner=self.shop)
        before = self._counts()
        trial = self._try(self.consumer)
        self.assertEqual(self._counts(), before)
        now = trial.now_ids
        self.assertEqual(now.move_ids, one | two)
        self.assertEqual((now.amount, now.costs, now.channel), (100, 0, "email"))
        self.assertEqual(now.address, "marie@klant.example")
        self.assertIn(one.name, now.body)
        self.assertIn("0477472701", now.body)
        # Words and figures are those of the message itself.
        drawn = now._delivery()
        self.assertEqual([drawn._asked_of(move) for move in drawn.move_ids], [60, 40])
        # Two are "2 invoices"; none is named twice.
        self.assertLessEqual(drawn.subject.count(one.name), 1)
        self.assertEqual({day for _move, day, _amount in drawn._rows()}, {DUE})
        self.assertIn(f"{one.name}: {drawn._money(60)}", drawn.legal)
        reasons = {line.move_ids: line.reason for line in trial.left_out_ids}
        self.assertEqual(
            reasons,
            {
                old: "Due before the day from which you remind",
                lost: "No address for any of the channels",
            },
        )
        coming = trial.later_ids
        self.assertEqual(coming.move_ids, later)
        self.assertEqual(coming.planned_date, date(2026, 4, 13))
        self.assertNotIn(of_shop, trial.line_ids.move_ids)
        self.assertIn("Would be sent: 1 message, to 1 customer.", trial.summary)
        self.assertIn("Due before the day from which you remind: 1", trial.summary)
        self.assertFalse(trial.is_setup)

    def test_of_the_set_up_before_it_starts(self):
        mine, theirs = self._invoice(DUE), self._invoice(DUE, partner=self.shop)
        self.setup.write(
            {
                "consumer_policy_id": self.consumer.id,
                "business_policy_id": self.business.id,
            }
        )
        trial = self._try(self.setup)
        self.assertTrue(trial.is_setup)
        self.assertEqual(
            {line.policy_id: line.move_ids for line in trial.now_ids},
            {self.consumer: mine, self.business: theirs},
        )
        trial.action_start()
        self.assertEqual(self.setup.state, "running")
        self.assertEqual(
            (mine | theirs).pom_reminder_ids.mapped("state"), ["approved"] * 2
        )

    def test_what_it_costs(self):
        """Each message asks in the end what the dry run said."""
        move = self._invoice(DUE, 1000, partner=self.shop)
        last = self._levels(self.business, "first")[0]
        last.write({"with_interest": True, "with_penalty": True})
        self.setup.write({"business_policy_id": self.business.id})
        line = self._try(self.setup).now_ids
        self.assertAlmostEqual(line.interest, 2.01)  # 7 days at 10.5 %
        self.assertEqual(line.penalty, 40)
        self.setup.action_start()
        move.pom_reminder_ids.sudo()._send_here()
        sent = move.pom_delivery_ids
        self.assertAlmostEqual(sent.total, line.total)
        self.assertEqual(sent.subject, line.subject)

    def test_one_by_one(self):
        self.consumer.group = False
        moves = self._invoice(DUE, 60) | self._invoice(DUE, 40)
        trial = self._try(self.consumer)
        self.assertEqual(sorted(trial.now_ids.mapped("amount")), [40, 60])
        self.assertEqual(trial.now_ids.move_ids, moves)

    def test_of_what_is_followed(self):
        """What was sent stays sent; the dry run says what comes next."""
        self.setup.write({"state": "running", "consumer_policy_id": self.consumer.id})
        move = self._invoice(DUE)
        self.env["pom.reminder"].sudo()._plan_now(move)._send_here()
        trial = self._try(self.setup)
        self.assertFalse(trial.now_ids)
        self.assertEqual(
            trial.left_out_ids.reason, "The last reminder is still on its way"
        )
        move.sudo().pom_delivery_ids._note_sent()
        coming = self._try(self.setup).later_ids
        self.assertEqual(coming.level_id.name, "Second reminder")
        self.assertEqual(coming.planned_date, date(2026, 4, 23))

    def test_by_sms(self):
        self.friendly.level_ids.filtered(lambda lv: lv.days > 0)[0].channel = "sms"
        self.company.pom_short_url = "https://pay.dekats.be"
        self._invoice(DUE)
        line = self._try(self.friendly).now_ids
        self.assertEqual(line.channel, "sms")
        # With an address as short as that of the one that leaves.
        self.assertEqual(line.sms_parts, 1)
        self.assertRegex(line.body, r"https://pay\.dekats\.be/s/\w{16}\b")
        self.assertIn("121", line.body)
