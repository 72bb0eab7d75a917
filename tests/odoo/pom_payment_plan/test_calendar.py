"""Months of debtors who pay in parts, day by day: what went out, and how the parts
stand, is compared with what was worked out by hand.

2026: 12 July is a Sunday, 21 July the national holiday.
"""

from datetime import date

from odoo import Command
from odoo.tests import tagged

from tests.odoo.pom_reminder.common import Days, ReminderCase

DUE = date(2026, 3, 31)  # a Tuesday
FIRST = date(2026, 4, 30)
#: Of whoever wasn't heard before the plan.
BEFORE = [("2026-03-27", "Notice"), ("2026-04-07", "First reminder")]


@tagged("standard", "post_install", "-at_install")
class TestCalendar(ReminderCase):
    """Three parts of 30.00, on 30 April, 30 May and 30 June, asked for on 8 April. A
    part may be 3 days late, then there are 7 days of grace.
    """

    def test_months_of_parts(self):
        self.company.write(
            {"pom_thank_you": True, "pom_plan_at_once": "all", "pom_plan_days": 100}
        )
        stories = (
            self._keeps_it, self._pays_late, self._breaks_it, self._pays_more,
            self._money_comes_back, self._is_credited, self._contests_the_rest,
            self._pays_all, self._promises, self._two_invoices, self._must_be_asked,
            self._waits_for_an_answer,
        )  # fmt: skip
        expected = {}
        with Days(self, date(2026, 3, 2)) as self.days:
            for tell in stories:
                partner, *told = tell(tell.__name__.strip("_"))
                expected[partner] = told
            self.days.until(date(2026, 8, 31))
        for partner, (calendar, state, left) in expected.items():
            with self.subTest(partner.name):
                self.assertEqual(self._calendar(partner), calendar)
                plan = self.env["pom.payment.plan"].search(
                    [("partner_id", "=", partner.id)], limit=1
                )
                self.assertEqual((plan.state, plan._left()), (state, left))

    # -- the tools of a story ----------------------------------------------------------

    def _calendar(self, partner):
        """(day, what) of every message, as they were made."""
        return [
            (self.days.made[d.id], d.level_id.name or d.kind)
            for d in partner.pom_delivery_ids.sorted("id")
        ]

    def _somebody(self, name, amount=90.0):
        partner = self._debtor(name, f"{name}@klant.example")
        move = self._invoice(DUE, amount, partner)
        self._reads(move)
        return partner, move

    def _reads(self, move):
        """Each message: none goes by another channel."""

        def look():
            for delivery in move.pom_delivery_ids:
                delivery._note_seen(delivery.paylink_id, delivery.code)

        for day in ("2026-03-30", "2026-04-08", "2026-07-21"):
            self.days.on(day, look)

    def _asks(self, name, count=3, amount=90.0):
        partner, move = self._somebody(name, amount)
        requests = self.env["pom.payer.request"].sudo()
        wish = {"plan_count": count, "plan_first_on": FIRST}
        self.days.on(
            "2026-04-08",
            lambda: requests._receive(move.pom_paylink_id, "plan", dict(wish), move),
        )
        return partner, move

    def _pays(self, move, amount, *days):
        for day in days:
            self.days.on(day, lambda: self._pay(move, amount))

    def _parts_are(self, day, move, *lefts):
        """On a day, before anything else happens."""

        def look():
            lines = move.pom_plan_id.line_ids
            self.assertEqual(lines.mapped("left"), list(lefts), f"{day} {move.name}")

        self.days.on(day, look)

    # -- the stories: what was said, and how it ends -----------------------------------

    def _keeps_it(self, name):
        """Within the days that a transfer may take: nobody is written to."""
        partner, move = self._asks(name)
        self._parts_are("2026-04-09", move, 30, 30, 30)
        self._pays(move, 30, "2026-05-03", "2026-05-30", "2026-07-03")
        self._parts_are("2026-06-01", move, 0, 0, 30)
        return (
            partner,
            [*BEFORE, ("2026-04-08", "plan"), ("2026-07-03", "thanks")],
            "done",
            0,
        )

    def _pays_late(self, name):
        """Is told twice, and pays on the last day of grace each time."""
        partner, move = self._asks(name)
        # 30 April and three days: told on the fourth, and a week to 11 May.
        self._pays(move, 30, "2026-05-11", "2026-05-29")
        self._pays(move, 30, "2026-07-11")
        return (
            partner,
            [
                *BEFORE,
                ("2026-04-08", "plan"),
                ("2026-05-04", "plan_late"),
                ("2026-07-04", "plan_late"),
                ("2026-07-11", "thanks"),
            ],
            "done",
            0,
        )

    def _breaks_it(self, name):
        """Pays two of three parts; reminders go on where they were."""
        partner, move = self._asks(name)
        self._pays(move, 30, "2026-04-30", "2026-06-01")
        self.days.on("2026-07-11", lambda: self.assertTrue(move.pom_plan_id))
        self.days.on("2026-07-13", lambda: self.assertFalse(move.pom_plan_id))
        self._pays(move, 30, "2026-07-22")
        return (
            partner,
            [
                *BEFORE,
                ("2026-04-08", "plan"),
                ("2026-07-04", "plan_late"),
                ("2026-07-12", "plan"),
                # Five days in peace until Friday the 17th.
                ("2026-07-20", "Second reminder"),
                ("2026-07-22", "thanks"),
            ],
            "broken",
            0,
        )

    def _pays_more(self, name):
        """45 and 45: the last part is gone."""
        partner, move = self._asks(name)
        self._pays(move, 45, "2026-04-30")
        self._parts_are("2026-05-02", move, 0, 30, 15)
        self._pays(move, 45, "2026-05-30")
        return (
            partner,
            [*BEFORE, ("2026-04-08", "plan"), ("2026-05-30", "thanks")],
            "done",
            0,
        )

    def _money_comes_back(self, name):
        """The bank takes a part back in June: it's open again, with all its days."""
        partner, move = self._asks(name)
        self._pays(move, 30, "2026-04-30", "2026-05-30")

        def take_back():
            payments = move._get_reconciled_payments().sorted("id")
            payments[0].action_draft()
            payments[0].action_cancel()

        self.days.on("2026-06-10", take_back)
        # What was paid in May pays what was due in April.
        self._parts_are("2026-06-11", move, 0, 30, 30)
        self._pays(move, 30, "2026-06-15", "2026-06-30")
        return (
            partner,
            [
                *BEFORE,
                ("2026-04-08", "plan"),
                ("2026-06-10", "plan_late"),
                ("2026-06-30", "thanks"),
            ],
            "done",
            0,
        )

    def _is_credited(self, name):
        """A credit note of 40 makes the last parts smaller."""
        partner, move = self._asks(name)
        self.days.on("2026-05-10", lambda: self._credit(move, 40))
        self._pays(move, 30, "2026-04-30")
        self._parts_are("2026-05-12", move, 0, 20, 0)
        self._pays(move, 20, "2026-05-30")
        return (
            partner,
            [*BEFORE, ("2026-04-08", "plan"), ("2026-05-30", "thanks")],
            "done",
            0,
        )

    def _credit(self, move, amount):
        refund = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": move.partner_id.id,
                "reversed_entry_id": move.id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Krediet",
                            "price_unit": amount,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        refund.action_post()
        lines = (move | refund).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable" and not line.reconciled
        )
        lines.reconcile()

    def _contests_the_rest(self, name):
        """What is contested is the last of it; nobody is told to be late with that."""
        partner, move = self._asks(name)
        self._pays(move, 30, "2026-04-30", "2026-05-30")
        requests = self.env["pom.payer.request"].sudo()
        contested = {"amount": 30.0, "reason": "faulty"}
        self.days.on(
            "2026-06-20",
            lambda: requests._receive(
                move.pom_paylink_id, "dispute", dict(contested), move
            ),
        )
        return partner, [*BEFORE, ("2026-04-08", "plan")], "active", 30

    def _pays_all(self, name):
        """All at once, before the first day."""
        partner, move = self._asks(name)
        self._pays(move, 90, "2026-04-20")
        return (
            partner,
            [*BEFORE, ("2026-04-08", "plan"), ("2026-04-20", "thanks")],
            "done",
            0,
        )

    def _promises(self, name):
        """On the phone: all of it on 20 April. Nothing comes."""
        partner, move = self._somebody(name)

        def promise():
            plan = self.env["pom.payment.plan"].create(
                {
                    "move_ids": [Command.set(move.ids)],
                    "line_ids": [
                        Command.create({"day": date(2026, 4, 20), "amount": 90})
                    ],
                }
            )
            plan.action_agree()

        self.days.on("2026-04-08", promise)
        self._pays(move, 90, "2026-05-12")
        return (
            partner,
            [
                *BEFORE,
                ("2026-04-08", "plan"),
                ("2026-04-24", "plan_late"),
                ("2026-05-02", "plan"),
                # Until Thursday the 7th in peace.
                ("2026-05-08", "Second reminder"),
                ("2026-05-12", "thanks"),
            ],
            "broken",
            0,
        )

    def _two_invoices(self, name):
        """One plan for both: the oldest is paid first."""
        partner, move = self._somebody(name, 40.0)
        other = self._invoice(date(2026, 4, 1), 50.0, partner)
        both = move | other

        def plan():
            plan = self.env["pom.payment.plan"].create(
                {"move_ids": [Command.set(both.ids)], "first_on": FIRST}
            )
            plan.line_ids = [Command.create(row) for row in plan._equal_lines()]
            plan.action_agree()
            standings = both._pom_standings()
            self.assertEqual(
                [
                    [(part.day.month, int(part.left)) for part in one.parts]
                    for one in standings.values()
                ],
                [[(4, 30), (5, 10)], [(5, 20), (6, 30)]],
            )

        self.days.on("2026-04-08", plan)
        self._pays(move, 30, "2026-04-30")
        self.days.on("2026-05-30", lambda: self._pay(move, 10))
        self.days.on("2026-05-30", lambda: self._pay(other, 20))
        self._pays(other, 30, "2026-06-30")
        return (
            partner,
            [
                *BEFORE,
                ("2026-04-08", "plan"),
                # Of both, since one message asked both.
                ("2026-06-30", "thanks"),
            ],
            "done",
            0,
        )

    def _must_be_asked(self, name):
        """Four parts are more than three: somebody proposes three, and it's agreed to
        on the page.
        """
        partner, move = self._asks(name, count=4)
        plans = self.env["pom.payment.plan"]

        def propose():
            plan = move.pom_request_ids.plan_id
            self.assertEqual(plan.state, "draft")
            plan.count = 3
            plan.line_ids.unlink()
            plan.line_ids = [Command.create(row) for row in plan._equal_lines()]
            plan.action_offer()

        def agree():
            self.assertFalse(move.pom_plan_id)
            plans.search([("move_ids", "in", move.ids)])._agree_as_debtor()

        self.days.on("2026-04-10", propose)
        self.days.on("2026-04-12", agree)
        self._pays(move, 30, "2026-04-30", "2026-05-30", "2026-06-30")
        return (
            partner,
            [
                *BEFORE,
                ("2026-04-10", "plan"),
                ("2026-04-12", "plan"),
                ("2026-06-30", "thanks"),
            ],
            "done",
            0,
        )

    def _waits_for_an_answer(self, name):
        """Asks something when a part is late: its grace begins with the answer."""
        partner, move = self._asks(name)
        requests = self.env["pom.payer.request"].sudo()
        question = {"text": "Mag het ook de twintigste?"}
        self.days.on(
            "2026-05-06",
            lambda: requests._receive(
                move.pom_paylink_id, "question", dict(question), move
            ),
        )
        self.days.on(
            "2026-05-15",
            lambda: move.pom_request_ids.filtered(
                lambda one: one.kind == "question"
            ).action_accept(),
        )
        self._pays(move, 30, "2026-05-20", "2026-05-30", "2026-06-30")
        return (
            partner,
            [
                *BEFORE,
                ("2026-04-08", "plan"),
                ("2026-05-04", "plan_late"),
                ("2026-06-30", "thanks"),
            ],
            "done",
            0,
        )
