from datetime import date

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from .common import ReconcileCase


@tagged("standard", "post_install", "-at_install")
class TestBatch(ReconcileCase):
    """Lines that are created by the batch are what Odoo would make one by one."""

    DAYS = (date(2026, 10, 30), date(2026, 11, 2), date(2026, 11, 3), date(2027, 1, 4))

    def _vals(self, day, number):
        return {
            "journal_id": self.journal.id,
            "date": day,
            "amount": 10.0 + number,
            "payment_ref": f"order {number}",
        }

    def _create(self):
        vals_list = [self._vals(day, number) for number, day in enumerate(self.DAYS)]
        return self.env["account.bank.statement.line"]._pom_create_matched(vals_list)

    def _create_one_by_one(self):
        Line = self.env["account.bank.statement.line"]
        return [Line.create(self._vals(day, n)) for n, day in enumerate(self.DAYS)]

    def _shape(self, line):
        return [
            (
                item.account_id.code,
                item.balance,
                item.tax_ids.mapped("name"),
                item.analytic_distribution,
            )
            for item in line.move_id.line_ids
        ]

    def _assert_like_odoos_own(self):
        ours, theirs = self._create(), self._create_one_by_one()
        for mine, other in zip(ours, theirs, strict=True):
            self.assertEqual(self._shape(mine), self._shape(other))
            self.assertEqual(mine.move_id.state, "posted")

    def test_numbers_go_on(self):
        numbers = []
        for lines in (self._create(), self._create_one_by_one(), self._create()):
            moves = [line.move_id for line in lines]
            numbers.append([(m.sequence_prefix, m.sequence_number) for m in moves])
        first, second, third = numbers
        self.assertEqual([n for _prefix, n in first], [1, 2, 3, 1])
        self.assertEqual(len({prefix for prefix, _n in first}), 2)
        for earlier, later in ((first, second), (second, third)):
            moved = [
                (prefix, number + step)
                for (prefix, number), step in zip(earlier, (3, 3, 3, 1), strict=True)
            ]
            self.assertEqual(moved, later)

    def test_monthly_numbers(self):
        Line = self.env["account.bank.statement.line"]
        Line.create(self._vals(self.DAYS[0], 0)).move_id.name = "BNK1/2026/10/0007"
        names = [
            f"BNK1/{tail}"
            for tail in ("2026/10/0008", "2026/11/0001", "2026/11/0002", "2027/01/0001")
        ]
        self.assertEqual(self._create().move_id.mapped("name"), names)

    def test_plain(self):
        self._assert_like_odoos_own()

    def test_analytic_models_apply(self):
        plan = self.env["account.analytic.plan"].create({"name": "Sites"})
        account = self.env["account.analytic.account"].create(
            {"name": "Ghent", "plan_id": plan.id}
        )
        self.env["account.analytic.distribution.model"].create(
            {
                "account_prefix": self.journal.suspense_account_id.code,
                "analytic_distribution": {str(account.id): 100},
            }
        )
        self._assert_like_odoos_own()
        line = self._create()[0]
        self.assertIn({str(account.id): 100}, [row[3] for row in self._shape(line)])

    def test_taxes_of_an_account_apply(self):
        suspense = self.journal.suspense_account_id
        suspense.tax_ids = [Command.set(self.company_data["default_tax_sale"].ids)]
        self._assert_like_odoos_own()


#: What differs between any two entries, whoever makes them.
_OF_EACH = {
    "id",
    "move_id",
    "statement_line_id",
    "create_date",
    "write_date",
    "internal_index",
    "name",
    "move_name",
    "sequence_number",
    "pom_tried_on",
}


@tagged("standard", "post_install", "-at_install")
class TestCopies(ReconcileCase):
    """Copied entries are what core makes of the same values, in all columns."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line_model = cls.env["account.bank.statement.line"].with_context(
            **cls.journal._pom_import_context()
        )
        cls.payer = cls.env["res.partner"].create({"name": "Payer"})
        cls.account = cls.env["res.partner.bank"].create(
            {"acc_number": "BE62510007547061", "partner_id": cls.payer.id}
        )
        cls.receivable = cls.payer.property_account_receivable_id

    def _vals_list(self):
        """Twelve lines of two months: what differs, differs in each of them."""
        return [
            {
                "journal_id": self.journal.id,
                "date": date(2026, 10 + number % 2, 1 + number),
                "amount": (12.34 + number) * (-1) ** (number // 2),
                "payment_ref": f"order {number}",
                "partner_id": self.payer.id if number % 3 else False,
                "ref": f"ref {number}" if number % 4 else False,
                "narration": f"<p>said & {number}</p>" if number % 5 else False,
                "account_number": f"BE{number:014}",
                "partner_name": f"Payer {number}" if number % 3 == 1 else False,
                "partner_bank_id": self.account.id if number % 3 else False,
                "transaction_details": {"code": "01501000", "number": number},
                "pom_value_date": date(2026, 9, 1 + number),
                "pom_fingerprint": f"2-{number}",
                **({} if number % 5 else {"checked": False}),
                "counterpart_account_id": False if number % 4 else self.receivable.id,
            }
            for number in range(12)
        ]

    def _rows(self, lines):
        self.env.flush_all()
        found = []
        for table, key in (
            ("account_move", "statement_line_id"),
            ("account_bank_statement_line", "id"),
            ("account_move_line", "statement_line_id"),
        ):
            self.env.cr.execute(
                SQL(
                    "SELECT * FROM %s WHERE %s = ANY(%s) ORDER BY %s, id",
                    SQL.identifier(table),
                    SQL.identifier(key),
                    lines.ids,
                    SQL.identifier(key),
                )
            )
            found += [
                (table, {n: v for n, v in row.items() if n not in _OF_EACH})
                for row in self.env.cr.dictfetchall()
            ]
        return found

    def _both(self):
        """Lines as core makes them, and as copies."""
        vals_list = self._vals_list()
        core = self.line_model.create([dict(vals) for vals in vals_list])
        copies = self.line_model._pom_create_batch(vals_list, self.journal)
        return core, copies

    def test_every_column(self):
        core, copies = self._both()
        groups = self.line_model._pom_alike(self._vals_list(), self.journal)
        self.assertEqual(sorted(map(len, groups)), [3, 3, 6])
        for theirs, ours in zip(self._rows(core), self._rows(copies), strict=True):
            self.assertEqual(ours, theirs)

    def test_computed_from_them(self):
        core, copies = self._both()
        for name in ("is_reconciled", "checked"):
            self.assertEqual(copies.mapped(name), core.mapped(name))
        self.assertEqual(copies.mapped("amount"), core.mapped("amount"))
        self.assertEqual(copies.ids, sorted(copies.ids))
        self.assertEqual(copies.move_id.mapped("state"), core.move_id.mapped("state"))
        self.assertEqual(
            [line.internal_index[:18] for line in copies],
            [line.internal_index[:18] for line in core],
        )
        self.assertEqual(
            copies.mapped("internal_index"),
            [f"{line.internal_index[:18]}{line.id:010}" for line in copies],
        )

    def test_numbers_have_no_gap(self):
        """What core makes next goes on; among the copies they go by day."""
        core, copies = self._both()
        more = self.line_model.create(self._vals_list()[0])
        entries = (core + copies + more).move_id
        self.assertEqual(len(set(entries.mapped("sequence_prefix"))), 1)
        numbers = sorted(entries.mapped("sequence_number"))
        first = numbers[0]
        self.assertEqual(numbers, list(range(first, first + 25)))
        self.assertEqual(more.move_id.sequence_number, numbers[-1])
        self.assertFalse(any(entries.mapped("made_sequence_gap")))
        last = copies.move_id.sorted("sequence_number")[-9:]
        self.assertEqual(last.mapped("date"), sorted(last.mapped("date")))

    def test_balances_follow(self):
        """The account's balance counts what was copied."""
        before = self.journal.default_account_id.current_balance
        lines = self.line_model._pom_create_batch(self._vals_list(), self.journal)
        self.env.invalidate_all()
        self.assertAlmostEqual(
            self.journal.default_account_id.current_balance - before,
            sum(lines.mapped("amount")),
        )

    def test_partners_rank(self):
        self.payer.customer_rank = 0
        self.line_model._pom_create_batch(self._vals_list(), self.journal)
        key = "account.res.partner.increase_rank.customer_rank"
        later = self.env.cr.postcommit.data[key]
        # Of the three on the receivable account, two are the payer's.
        self.assertEqual(self.payer.customer_rank + later.get(self.payer.id, 0), 2)

    def test_partners_are_read_at_once(self):
        """Of many customers as many queries as of one, whatever was read before; core
        writes on those who weren't any yet.
        """
        many = self.env["res.partner"].create(
            [{"name": str(n), "customer_rank": 1} for n in range(12)]
        )
        owed = {"counterpart_account_id": self.receivable.id}
        one = [vals | owed | {"partner_id": many[0].id} for vals in self._vals_list()]
        each = [
            vals | owed | {"partner_id": partner.id}
            for vals, partner in zip(self._vals_list(), many, strict=True)
        ]
        counts = []
        for vals_list in (one, one, each):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.line_model._pom_create_batch(vals_list, self.journal)
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1] + 2)

    def test_a_named_invoice_is_named(self):
        """What waits for a person is noted as money that came in."""
        invoice = self._invoice(10.0, self.payer)
        vals_list = self._vals_list()
        vals_list[5].update(payment_ref=invoice.payment_reference, amount=10.0)
        lines = self.line_model._pom_create_batch(vals_list, self.journal)
        self.assertEqual(lines[5].pom_named_id, invoice)
        self.assertFalse((lines - lines[5]).pom_named_id)

    def test_core_makes_what_has_more_to_it(self):
        """Each of these is a reason to leave all of it to core."""
        vals_list = self._vals_list()
        alike = self.line_model._pom_alike
        self.assertTrue(alike(vals_list, self.journal))
        self.assertFalse(alike(vals_list[:3], self.journal))
        noted = self.line_model.with_context(tracking_disable=False)._pom_alike
        self.assertFalse(noted(vals_list, self.journal))
        self.journal.suspense_account_id.tax_ids = self.company_data["default_tax_sale"]
        self.assertFalse(alike(vals_list, self.journal))
        self.journal.suspense_account_id.tax_ids = False
        self.assertTrue(alike(vals_list, self.journal))
        self.journal.company_id.fiscalyear_lock_date = date(2026, 10, 31)
        self.assertFalse(alike(vals_list, self.journal))
        self.journal.company_id.fiscalyear_lock_date = False
        self.journal.restrict_mode_hash_table = True
        self.assertFalse(alike(vals_list, self.journal))

    def test_core_makes_single_ones(self):
        """What has items of its own, another currency, no amount, or more to say."""
        vals_list = self._vals_list()
        vals_list[0]["line_ids"] = [Command.create({})]
        vals_list[1]["foreign_currency_id"] = self.env.ref("base.USD").id
        vals_list[2]["amount"] = 0.0
        vals_list[4]["of_another_addon"] = 1
        groups = self.line_model._pom_alike(vals_list, self.journal)
        self.assertEqual(sorted(sum(groups, [])), [3, 5, 6, 7, 9, 10, 11])

    def test_a_stranger_stops_it(self):
        """An addon that has a hand in how entries are posted is asked."""
        self.assertFalse(self.line_model._pom_strangers())

        def _post(self, soft=True):
            return super(type(self), self)._post(soft)

        move = self.env.registry["account.move"]
        self.patch(move, "_post", _post)
        self.assertEqual(self.line_model._pom_strangers(), {"a patch"})
        self.assertFalse(self.line_model._pom_alike(self._vals_list(), self.journal))
