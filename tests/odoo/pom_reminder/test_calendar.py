"""Day by day, with real crons, mail that goes over SMTP, and a database that forgets
nothing. Half a year of many debtors is in ``test_half_year``.
"""

from datetime import date, timedelta

from odoo.tests import tagged

from odoo.addons.pom_reminder.laws.be import CONSUMER as BE_CONSUMER

from .common import Days, ReminderCase

DUE = date(2026, 3, 31)  # a Tuesday; Easter is on 5 April


@tagged("standard", "post_install", "-at_install")
class TestCalendar(ReminderCase):
    def _play(self, days, end=date(2026, 5, 20)):
        return days.until(end)

    def test_consumer_who_never_pays(self):
        """Every message comes on its day, by its channel, in the debtor's language."""
        notice, first, second = self._levels(self.consumer, "notice", "first", "second")
        first.with_context(lang="nl_BE").subject = "Herinnering: {invoice}"
        (first | second).write({"channel_2": False, "channel_3": False})
        move = self._invoice(DUE)
        with Days(self, date(2026, 3, 1)) as days:
            log = self._play(days)
        to = "marie@klant.example"
        self.assertEqual(
            log[:3],
            [
                # Three days before is a Saturday.
                (
                    "2026-03-27",
                    to,
                    f"Binnenkort te betalen: factuur {move.name} van {self._name()}",
                ),
                # Five days after is Easter, then Easter Monday.
                ("2026-04-07", to, f"Herinnering: factuur {move.name}"),
                # 8 April and fourteen days are 22 April.
                (
                    "2026-04-23",
                    to,
                    f"Tweede herinnering: factuur {move.name} van {self._name()}",
                ),
            ],
        )
        self.assertEqual(len(log), 3, "The fourth is a letter, which nobody printed")
        letter = move.pom_delivery_ids.filtered(lambda d: d.channel == "letter")
        self.assertEqual(letter.state, "by_hand")
        self.assertEqual(str(letter.create_date.date()), "2026-05-11")
        self._check_legal(move, first)

    def _name(self):
        return self.company.name

    def _check_legal(self, move, first):
        """Book XIX, XIX.2, § 3: what a first reminder must say."""
        delivery = move.pom_delivery_ids.filtered(lambda d: d.level_id == first)
        legal = delivery.legal
        for part in (
            f"{move.name}: ",
            "121.00",
            self._name(),
            "0477472701",
            "Brood voor de week",
            "22/04/2026",
        ):
            self.assertIn(part, legal.replace(",", "."))
        self.assertFalse(delivery.fee + delivery.interest + delivery.penalty)

    def test_nothing_after_payment(self):
        move = self._invoice(DUE)
        with Days(self, date(2026, 3, 1)) as days:
            days.on("2026-04-10", lambda: self._pay(move))
            log = self._play(days)
        self.assertEqual([day for day, *_rest in log], ["2026-03-27", "2026-04-07"])
        self.assertEqual(move.payment_state, "paid")
        first, last = move.pom_delivery_ids.sorted("id")
        self.assertTrue(first.settled_date)
        self.assertFalse(first.paid_date)
        self.assertEqual(last.paid_date, last.settled_date)

    def test_nothing_when_paid_between_plan_and_send(self):
        self.consumer.automatic = False
        move = self._invoice(DUE)
        with Days(self, date(2026, 4, 7)) as days:
            days.until(date(2026, 4, 7))
            reminder = move.pom_reminder_ids
            self.assertEqual(reminder.state, "planned")
            reminder.action_approve()
            self._pay(move)
            self.assertFalse(days.until(date(2026, 4, 20)))
        self.assertEqual((reminder.state, reminder.reason), ("left_out", "paid"))

    def test_partly_paid(self):
        """What remains is asked, and only that."""
        move = self._invoice(DUE)
        with Days(self, date(2026, 3, 20)) as days:
            days.on("2026-04-01", lambda: self._pay(move, 100))
            days.until(date(2026, 4, 8))
        self.assertEqual(move.pom_delivery_ids.sorted("id").mapped("amount"), [121, 21])

    def test_hold_and_opt_out(self):
        move = self._invoice(DUE)
        move._pom_keep_quiet(date(2026, 4, 13), "Is in hospital")
        stubborn = self._debtor("Jan", "jan@klant.example", pom_no_reminders=True)
        opted_out = self._invoice(DUE, partner=stubborn)
        with Days(self, date(2026, 4, 6)) as days:
            days.until(date(2026, 4, 7))
            self.assertEqual(move.pom_reminder_ids.reason, "hold")
            self.assertEqual(opted_out.pom_reminder_ids.reason, "opted_out")
            log = days.until(date(2026, 4, 14))
        self.assertEqual(
            [(day, to) for day, to, _subject in log],
            [("2026-04-14", "marie@klant.example")],
        )
        self.assertFalse(opted_out.pom_delivery_ids)

    def test_bounce_goes_by_letter(self):
        """Refused by the mail server: the next channel, the term runs from there."""
        move = self._invoice(DUE)
        first, second = self._levels(self.consumer, "first", "second")
        second.write({"channel_2": False, "channel_3": False})
        with Days(self, date(2026, 4, 1)) as days:
            days.smtp.refused["marie@klant.example"] = "550 5.1.1 unknown"
            days.until(date(2026, 4, 8))
            mail, letter = move.pom_delivery_ids.sorted("id")
            self.assertEqual((mail.channel, mail.state), ("email", "failed"))
            self.assertEqual((letter.channel, letter.state), ("letter", "by_hand"))
            self.assertEqual(letter.instead_of_id, mail)
            days.smtp.refused.clear()
            days.on("2026-04-10", letter.action_mark_sent)
            log = days.until(date(2026, 6, 1))
        posted = date(2026, 4, 10)
        earliest = BE_CONSUMER.last_free_day(posted, on_paper=True) + timedelta(1)
        self.assertEqual(earliest, date(2026, 4, 30))
        self.assertEqual([day for day, *_rest in log], [earliest.isoformat()])
        self.assertEqual(
            len(move.pom_reminder_ids.filtered(lambda r: r.level_id == first)), 1
        )

    def test_unseen_goes_by_the_next_channel(self):
        self.company.pom_policy_consumer_id = self.friendly
        seen = self._invoice(DUE)
        unseen = self._invoice(DUE, partner=self._debtor("An", "an@klant.example"))
        with Days(self, date(2026, 4, 1)) as days:
            days.until(date(2026, 4, 7))
            link = seen.pom_paylink_id
            self.env["pom.delivery"]._note_seen(link, seen.pom_delivery_ids.code)
            days.until(date(2026, 4, 13))
        self.assertEqual(seen.pom_delivery_ids.mapped("channel"), ["email"])
        self.assertEqual(
            unseen.pom_delivery_ids.sorted("id").mapped("channel"), ["email", "sms"]
        )

    def test_one_message_for_all(self):
        moves = self._invoice(DUE, 100) + self._invoice(DUE, 50)
        small = self._invoice(DUE, 2)
        with Days(self, date(2026, 4, 6)) as days:
            log = days.until(date(2026, 4, 8))
        self.assertEqual(len(log), 1)
        delivery = moves.pom_delivery_ids
        self.assertEqual(delivery.move_ids, moves)
        self.assertEqual(delivery.amount, 150)
        self.assertEqual(small.pom_reminder_ids.reason, "small")

    def test_stale_bank_data(self):
        """A policy can demand a bank statement: without it nobody is chased."""
        self.setup.bank_days = 3
        move = self._invoice(DUE)
        line = self.env["account.bank.statement.line"]
        journal = self.company_data["default_journal_bank"].id
        with Days(self, date(2026, 4, 6)) as days:
            self.assertFalse(days.until(date(2026, 4, 9)))
            self.assertEqual(move.pom_reminder_ids.reason, "stale_bank")
            values = {"journal_id": journal, "date": "2026-04-08", "amount": 1}
            days.on("2026-04-10", lambda: line.create(values))
            log = days.until(date(2026, 4, 10))
        self.assertEqual(len(log), 1)

    def test_stop_all(self):
        move = self._invoice(DUE)
        self.company.pom_reminders_stopped = True
        with Days(self, date(2026, 4, 6)) as days:
            self.assertFalse(days.until(date(2026, 5, 6)))
        self.assertFalse(move.pom_reminder_ids)

    def test_weekend_and_evening(self):
        self._invoice(date(2026, 5, 5))  # the first reminder falls on Sunday the 10th
        with Days(self, date(2026, 5, 9)) as days:
            self.assertFalse(days.until(date(2026, 5, 10)))
            self.assertFalse(days.until(date(2026, 5, 11), hour=19))
            log = days.until(date(2026, 5, 12))
        self.assertEqual([day for day, *_rest in log], ["2026-05-12"])

    def test_holidays_of_the_company_s_country(self):
        due = date(2026, 7, 16)  # the first reminder falls on 21 July
        for country, sent in (("base.be", "2026-07-22"), ("base.nl", "2026-07-21")):
            with self.subTest(country):
                self.company.country_id = self.env.ref(country)
                move = self._invoice(due)
                with Days(self, date(2026, 7, 20)) as days:
                    log = days.until(date(2026, 7, 22))
                self.assertEqual([day for day, *_rest in log], [sent])
                self._pay(move)

    def test_payment_in_progress(self):
        move = self._invoice(DUE)
        provider = self._provider()
        with Days(self, date(2026, 4, 6)) as days:
            transaction = self.env["payment.transaction"].create(
                {
                    "provider_id": provider.id,
                    "payment_method_id": self.env.ref(
                        "payment.payment_method_bancontact"
                    ).id,
                    "amount": 121,
                    "currency_id": move.currency_id.id,
                    "partner_id": self.marie.id,
                    "state": "pending",
                    "reference": "attempt",
                    "invoice_ids": [(6, 0, move.ids)],
                }
            )
            self.assertFalse(days.until(date(2026, 4, 8)))
            self.assertEqual(move.pom_reminder_ids.reason, "in_progress")
            transaction.state = "cancel"
            self.assertEqual(len(days.until(date(2026, 4, 9))), 1)

    def _provider(self):
        return self.env["payment.provider"].create(
            {
                "name": "Bancontact Pro",
                "code": "bancontact_pro",
                "company_id": self.company.id,
            }
        )

    def test_remind_me_on(self):
        """The debtor's own wish is kept, once, and not after payment."""
        move, paid = self._invoice(DUE), self._invoice(DUE)
        with Days(self, date(2026, 3, 2)) as days:
            days.on(
                "2026-03-03",
                lambda: [m._pom_remind_on(date(2026, 3, 12)) for m in (move, paid)],
            )
            days.on("2026-03-04", lambda: move._pom_remind_on(date(2026, 3, 12)))
            days.on("2026-03-05", lambda: self._pay(paid))
            log = days.until(date(2026, 3, 20))
        self.assertEqual([day for day, *_rest in log], ["2026-03-12"])
        self.assertIn(move.name, log[0][2])

    def test_thanks(self):
        self.company.pom_thank_you = True
        move = self._invoice(DUE)
        with Days(self, date(2026, 3, 26)) as days:
            days.on("2026-03-30", lambda: self._pay(move))
            log = days.until(date(2026, 4, 15))
        self.assertEqual([day for day, *_rest in log], ["2026-03-27", "2026-03-30"])
        self.assertIn("Dank u", log[1][2])
