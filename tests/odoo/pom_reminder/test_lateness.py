"""How late a debt is: the list, its filters, and the report say the same."""

from datetime import date, timedelta

from odoo import Command
from odoo.tests import freeze_time, tagged

from .common import ReminderCase

TODAY = date(2026, 4, 7)
NOW = "2026-04-07 08:00:00"
EDGES = (-3, 0, 1, 30, 31, 60, 61, 90, 91, 400)


@tagged("standard", "post_install", "-at_install")
class TestLateness(ReminderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            cls.plain = {days: cls._invoice(TODAY - timedelta(days)) for days in EDGES}
            cls.spread = cls._spread()
            cls.planned, cls.broken, cls.behind = (
                cls._agreed(date(2026, month, day))
                for month, day in ((4, 20), (3, 1), (3, 20))
            )
            cls.broken.sudo().pom_plan_id._end("broken")
            cls.received = cls._received()
            cls.unasked = cls._unasked()
            cls.half = cls._invoice(TODAY - timedelta(40), 100)
            cls.half.pom_disputed_amount = 30
        cls.moves = cls.env["account.move"].union(
            *cls.plain.values(),
            cls.spread,
            cls.planned,
            cls.broken,
            cls.behind,
            cls.received,
            cls.unasked,
            cls.half,
        )

    @classmethod
    def _spread(cls):
        terms = cls.env["account.payment.term"].create(
            {
                "name": "30/70",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": part, "nb_days": days}
                    )
                    for part, days in ((30, 10), (70, 90))
                ],
            }
        )
        return cls._invoice(
            TODAY,
            1000,
            invoice_date=TODAY - timedelta(60),
            invoice_payment_term_id=terms.id,
        )

    @classmethod
    def _agreed(cls, first_on):
        """A plan that was accepted, of what is 70 days late."""
        move = cls._invoice(TODAY - timedelta(70), 90)
        request = (
            cls.env["pom.payer.request"]
            .sudo()
            .create(
                {
                    "kind": "plan",
                    "paylink_id": move.pom_paylink_id.id,
                    "move_ids": [Command.set(move.ids)],
                    "partner_id": move.partner_id.id,
                    "company_id": cls.company.id,
                    "currency_id": move.currency_id.id,
                    "plan_count": 3,
                    "plan_first_on": first_on,
                }
            )
        )
        request.action_accept()
        return move

    @classmethod
    def _unasked(cls):
        """What is 40 days late, and nobody is asked for."""
        disputed, blocked, withdrawn, direct = moves = cls.env["account.move"].union(
            *(cls._invoice(TODAY - timedelta(40)) for _n in range(4))
        )
        disputed.pom_disputed_amount = disputed.amount_total
        blocked.action_toggle_block_payment()
        withdrawn.pom_paylink_id.action_withdraw()
        direct.preferred_payment_method_line_id = cls._direct_debit()
        rich = cls._debtor("Rik", "rik@klant.example")
        cls.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": rich.id,
                "amount": 500,
                "journal_id": cls.company_data["default_journal_bank"].id,
            }
        ).action_post()
        return moves + cls._invoice(TODAY - timedelta(40), partner=rich)

    @classmethod
    def _direct_debit(cls):
        methods = cls.env["account.payment.method"].sudo()
        kind = {"code": "sdd", "payment_type": "inbound"}
        known = methods.search([(name, "=", value) for name, value in kind.items()])
        method = known or methods.create({"name": "Debit", **kind})
        return cls.env["account.payment.method.line"].create(
            {
                "payment_method_id": method.id,
                "journal_id": cls.company_data["default_journal_bank"].id,
            }
        )

    @classmethod
    def _received(cls):
        """Money that a provider took and the books don't have yet."""
        move = cls._invoice(TODAY - timedelta(40))
        provider = (
            cls.env["payment.provider"]
            .sudo()
            .create({"name": "P", "code": "none", "company_id": cls.company.id})
        )
        cls.env["payment.transaction"].sudo().create(
            {
                "provider_id": provider.id,
                "payment_method_id": cls.env.ref("payment.payment_method_card").id,
                "amount": move.amount_total,
                "currency_id": move.currency_id.id,
                "partner_id": move.partner_id.id,
                "state": "done",
                "reference": "received",
                "invoice_ids": [Command.set(move.ids)],
            }
        )
        return move

    @freeze_time(NOW)
    def test_days(self):
        self.assertEqual(
            {days: move.pom_days_overdue for days, move in self.plain.items()},
            {days: max(0, days) for days in EDGES},
        )
        self.assertEqual(self.spread.pom_days_overdue, 50)
        self.assertEqual(self.planned.pom_days_overdue, 0, "Paid as agreed")
        self.assertEqual(self.broken.pom_days_overdue, 70, "Not kept")
        self.assertEqual(self.behind.pom_days_overdue, 18, "Of its first part")
        self.assertEqual(self.received.pom_days_overdue, 0)
        for move in self.unasked + self.received:
            self.assertEqual((move.pom_days_overdue, move.pom_age), (0, "unasked"))
        self.assertEqual((self.half.pom_days_overdue, self.half.pom_age), (40, "60"))
        self.assertEqual(self.half.pom_amount_overdue, 70)

    @freeze_time(NOW)
    def test_lists_sum_what_is_overdue(self):
        """Of groups and in all, what their rows say: as a browser asks for it."""
        groups = self.env["account.move"].formatted_read_group(
            [("id", "in", self.moves.ids)],
            ["partner_id"],
            [
                "pom_amount_overdue:sum",
                "pom_amount_overdue:sum_currency",
                "company_currency_id:array_agg_distinct",
                "id:array_agg",
            ],
        )
        self.assertGreater(len(groups), 1)
        for group in groups:
            moves = self.moves.browse(group["id:array_agg"])
            rows = sum(moves.mapped("pom_amount_overdue"))
            self.assertAlmostEqual(group["pom_amount_overdue:sum"], rows, 2)
            in_one = group["pom_amount_overdue:sum_currency"]
            self.assertAlmostEqual(in_one, rows, 2)
        self.assertGreater(sum(self.moves.mapped("pom_amount_overdue")), 0)
        described = self.moves.fields_get(["pom_amount_overdue"], ["aggregator"])
        self.assertEqual(described["pom_amount_overdue"], {"aggregator": "sum"})

    @freeze_time(NOW)
    def test_lists_tell_the_longest_delay(self):
        """Of a customer: not the sum of days over all invoices."""
        groups = self.env["account.move"].formatted_read_group(
            [("id", "in", self.moves.ids)],
            ["partner_id"],
            ["pom_days_overdue:max", "id:array_agg"],
        )
        for group in groups:
            moves = self.moves.browse(group["id:array_agg"])
            days = max(moves.mapped("pom_days_overdue"))
            self.assertEqual(group["pom_days_overdue:max"], days)
        described = self.moves.fields_get(["pom_days_overdue"], ["aggregator"])
        self.assertEqual(described["pom_days_overdue"], {"aggregator": "max"})

    @freeze_time(NOW)
    def test_filters_of_days(self):
        late = {move.id: move.pom_days_overdue for move in self.moves}
        for number in (0, 1, 30, 31, 50, 70, 90, 91):
            for operator, holds in (
                (">", lambda days, n=number: days > n),
                (">=", lambda days, n=number: days >= n),
                ("<", lambda days, n=number: days < n),
                ("<=", lambda days, n=number: days <= n),
                ("=", lambda days, n=number: days == n),
                ("!=", lambda days, n=number: days != n),
            ):
                with self.subTest(operator=operator, number=number):
                    self.assertEqual(
                        set(self._search("pom_days_overdue", operator, number).ids),
                        {key for key, days in late.items() if holds(days)},
                    )

    def _search(self, *condition):
        return self.moves.search([condition, ("id", "in", self.moves.ids)])

    @freeze_time(NOW)
    def test_filters_of_age(self):
        for age in ("coming", "30", "60", "90", "older", "unasked"):
            with self.subTest(age):
                self.assertEqual(
                    self._search("pom_age", "=", age),
                    self.moves.filtered(lambda m, a=age: m.pom_age == a).sorted(),
                )
        found = self._search("pom_age", "=", "60")
        self.assertEqual(found.mapped("pom_age")[:1], ["60"])

    @freeze_time(NOW)
    def test_lists_tell_the_status(self):
        """Searched, grouped and sorted by PostgreSQL, as each page says."""
        self.plain[0].pom_handed_over = TODAY
        self.plain[30].button_draft()
        self.plain[31].button_draft()
        self.plain[31].button_cancel()
        self._pay(self.plain[60])
        self._pay(self.plain[-3], 5)
        self._pay(self.spread, 300)
        refund = self.plain[61]._reverse_moves(cancel=True)
        self.env.invalidate_all()
        every = self.moves + refund
        words = {move: move.pom_payment_status for move in every}
        self.assertGreater(len(set(words.values())), 10, set(words.values()))
        domain = [("id", "in", every.ids)]
        for word in {*words.values(), "held"}:
            with self.subTest(word):
                found = every.search([*domain, ("pom_payment_status", "=", word)])
                self.assertEqual(
                    set(found), {move for move, one in words.items() if one == word}
                )
        for field in ("pom_payment_status", "pom_age", "pom_days_overdue"):
            with self.subTest(field):
                groups = every._read_group(domain, [field], ["id:recordset"])
                said = {move: value for value, moves in groups for move in moves}
                self.assertEqual(said, {move: move[field] for move in every})
                described = every.fields_get([field], ["sortable", "groupable"])
                self.assertEqual(set(described[field].values()), {True})
        ordered = every.search(domain, order="pom_days_overdue desc, id")
        days = ordered.mapped(lambda move: move.pom_days_overdue)
        self.assertEqual(days, sorted(days, reverse=True))

    def _pay(self, move, amount=None):
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"amount": amount or move.amount_residual})
        )
        wizard.action_create_payments()

    @freeze_time(NOW)
    def test_the_report_says_the_same(self):
        self.env.flush_all()
        rows = self.env["pom.debtor.report"].search([("move_id", "in", self.moves.ids)])
        said = {
            move: max(items.mapped("days_overdue"))
            for move, items in rows.grouped("move_id").items()
        }
        self.assertEqual(said, {move: move.pom_days_overdue for move in self.moves})
        unasked = rows.filtered(lambda row: row.move_id in self.unasked)
        self.assertEqual(set(unasked.mapped("age")), {"5"})
        half = rows.filtered(lambda row: row.move_id == self.half)
        self.assertEqual(
            sorted((row.age, row.days_overdue, row.residual) for row in half),
            [("2", 40, 70), ("5", 0, 30)],
        )
        planned = rows.filtered(lambda row: row.move_id == self.planned)
        days = [date(2026, month, 20) for month in (4, 5, 6)]
        self.assertEqual(
            sorted((row.date_maturity, row.age, row.residual) for row in planned),
            [(day, "0", 30) for day in days],
        )
        self.assertEqual(sorted(planned.mapped("expected_date")), days)

    @freeze_time(NOW)
    def test_the_report_is_the_receivable_account(self):
        """Payments on account and entries too."""
        self._pay(self.plain[30], 21)
        self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.marie.id,
                "amount": 33,
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        ).action_post()
        account = self.marie.property_account_receivable_id
        other = self.company_data["default_account_revenue"]
        self.env["account.move"].create(
            {
                "move_type": "entry",
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "debit": 7,
                            "partner_id": self.marie.id,
                        }
                    ),
                    Command.create({"account_id": other.id, "credit": 7}),
                ],
            }
        ).action_post()
        self.env.flush_all()
        [[balance]] = self.env["account.move.line"]._read_group(
            [
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("company_id", "=", self.company.id),
            ],
            [],
            ["balance:sum"],
        )
        rows = self.env["pom.debtor.report"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertAlmostEqual(sum(rows.mapped("residual")), balance)
        hers = rows.filtered(lambda row: row.partner_id == self.marie)
        credit = hers.filtered(lambda row: row.residual < 0)
        self.assertEqual((credit.residual, credit.days_overdue), (-33, 0))

    def test_the_day_is_the_company_s(self):
        """At half past eleven in Greenwich it's tomorrow in Brussels."""
        move = self.plain[0]
        with freeze_time("2026-04-07 23:30:00"):
            self.env.invalidate_all()
            late = self._search("pom_days_overdue", ">", 0)
            row = self.env["pom.debtor.report"].search([("move_id", "=", move.id)])
            self.assertEqual((move.pom_days_overdue, row.days_overdue), (1, 1))
            self.assertIn(move, late)

    @freeze_time(NOW)
    def test_what_we_collect_comes_on_its_day(self):
        """The customer's habit doesn't count."""
        move = self._invoice(date(2026, 4, 30))
        move.preferred_payment_method_line_id = self._direct_debit()
        self.env.flush_all()
        row = self.env["pom.debtor.report"].search([("move_id", "=", move.id)])
        self.assertTrue(row.is_collected)
        self.assertEqual(row.expected_date, date(2026, 4, 30))
