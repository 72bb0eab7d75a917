"""Half a year of a company and its debtors, each with a story, day by day: what went
out is compared with what was worked out by hand, to the day.

2026: Easter 5 April, Ascension 14 May, Whit Monday 25 May; 1 May is a Friday.
"""

from datetime import date

from odoo.tests import tagged

from .common import Days, ReminderCase

DUE = date(2026, 3, 31)  # a Tuesday
#: Belgian ones of that half year that aren't in a weekend.
HOLIDAYS = {date(2026, *day) for day in ((4, 6), (5, 1), (5, 14), (5, 25), (7, 21))}


@tagged("standard", "post_install", "-at_install")
class HalfYearCase(ReminderCase):
    def _play(self, *stories, texts):
        """
        :param stories: methods that get a name, and return a debtor and the days of his
            messages: (day, channel, what)
        :param int texts: how many SMS leave
        """
        expected, self.judged = {}, 0
        with Days(self, date(2026, 3, 2), self._judge) as self.days:
            for tell in stories:
                partner, calendar = tell(tell.__name__.strip("_").capitalize())
                expected[partner] = calendar
            log = self.days.until(date(2026, 8, 31))
        for partner, calendar in expected.items():
            with self.subTest(partner.name):
                self.assertEqual(self._calendar(partner), calendar)
        self.assertGreater(self.judged, len(stories), "messages looked at one by one")
        self._check_that_it_really_went_out(log, expected, texts)

    # -- what came out -----------------------------------------------------------------

    def _calendar(self, partner):
        """(day, channel, what) of every message, as they were made."""
        return [
            (self.days.made[d.id], d.channel, d.level_id.name or d.kind)
            for d in partner.pom_delivery_ids.sorted("id")
        ]

    def _check_that_it_really_went_out(self, log, partners, texts):
        """The mails and SMS of the simulators are those of the calendars, no more."""
        sent = (
            self.env["res.partner"]
            .union(*partners)
            .pom_delivery_ids.filtered(
                lambda d: d.channel in ("email", "sms") and d.state == "sent"
            )
        )
        words = {d: d.subject if d.channel == "email" else d.short_text for d in sent}
        # Others are told of tasks, and that a request was received.
        ours = [row for row in log if row[2] in words.values()]
        expected = [(self.days.made[d.id], d.address, words[d]) for d in sent]
        self.assertEqual(sorted(ours), sorted(expected))
        short = [row[2] for row in ours if row[1].startswith("+")]
        self.assertEqual(len(short), texts)
        for text in short:
            self.assertIn("Slagerij De Hond", text)

    # -- what holds for every message --------------------------------------------------

    def _judge(self, day, messages):
        """Told from the books and the calendar alone, by none of what decides: nobody
        is asked more than is owed when all money in the house is counted, on a day
        that isn't worked, twice a day, or while a question waits for its answer.
        """
        asking = messages.filtered(lambda one: one.kind in ("reminder", "plan_late"))
        if not asking:
            return
        self.judged += len(asking)
        where = [(one.partner_id.name, day.isoformat()) for one in asking]
        self.assertEqual(len(asking.partner_id), len(asking), where)
        reminders = asking.filtered(lambda one: one.kind == "reminder")
        if reminders:
            self.assertLess(day.weekday(), 5, where)
            self.assertNotIn(day, HOLIDAYS, where)
        owed = self._owed_by_the_books(asking.partner_id, day)
        for one in asking:
            self.assertGreater(one.amount, 0, one.partner_id.name)
            self.assertLessEqual(
                one.amount, owed[one.partner_id.id] + 0.005, (one.partner_id.name, day)
            )
        unanswered = self.env["pom.payer.request"].search(
            [
                ("partner_id", "in", reminders.partner_id.ids),
                ("state", "in", ("new", "in_progress")),
                ("kind", "!=", "remind"),
            ]
        )
        self.assertFalse(unanswered.partner_id.mapped("name"), day)

    def _owed_by_the_books(self, partners, day):
        """What each owes: invoices, less payments on account, credit notes and what
        the bank says came from them, whether or not somebody found what it is for.
        """
        suspense = self.company_data["default_journal_bank"].suspense_account_id
        self.env.cr.execute(
            """
            SELECT line.partner_id, sum(line.balance)
              FROM account_move_line line
              JOIN account_account account ON account.id = line.account_id
             WHERE line.partner_id = ANY(%s) AND line.parent_state = 'posted'
               AND line.date <= %s
               AND (account.account_type = 'asset_receivable' OR account.id = %s)
             GROUP BY line.partner_id
            """,
            [partners.ids, day, suspense.id],
        )
        return {partner: float(owed) for partner, owed in self.env.cr.fetchall()}

    # -- the tools of a story ----------------------------------------------------------

    def _somebody(self, name, due=DUE, amount=121.0, **values):
        partner = self._debtor(name, f"{name.lower()}@klant.example", **values)
        return partner, self._invoice(due, amount, partner)

    def _sees(self, move, *days):
        """Looks at the page that the newest message led to."""

        def look():
            delivery = move.pom_delivery_ids.sorted("id")[-1]
            delivery._note_seen(delivery.paylink_id, delivery.code)

        for day in days:
            self.days.on(day, look)

    def _post(self, partner, *days):
        """Somebody brings what is to be posted to the post office."""

        def post():
            letters = partner.pom_delivery_ids.filtered(lambda d: d.channel == "letter")
            letters.action_mark_sent()

        for day in days:
            self.days.on(day, post)

    def _request(self, day, move, kind, **values):
        requests = self.env["pom.payer.request"].sudo()
        self.days.on(
            day,
            lambda: requests._receive(move.pom_paylink_id, kind, dict(values), move),
        )

    def _answer(self, day, move, method):
        self.days.on(day, lambda: getattr(move.pom_request_ids, method)())
