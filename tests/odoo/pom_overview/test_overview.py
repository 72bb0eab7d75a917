"""What counts as asked and as paid, who sees it, and where else it's shown."""

from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

from tests.odoo.pom_reminder.common import ReminderCase

DUE = date(2026, 4, 30)
PAID = date(2026, 4, 20)
NOW = "2026-05-15 10:00:00"


@tagged("standard", "post_install", "-at_install")
class OverviewCase(ReminderCase):
    def _said(self, move, moment, kind="invoice", **values):
        """A message that left at a moment."""
        return (
            self.env["pom.delivery"]
            .sudo()
            .create(
                {
                    "kind": kind,
                    "channel": "email",
                    "company_id": self.company.id,
                    "partner_id": move.partner_id.id,
                    "move_ids": [(6, 0, move.ids)],
                    "paylink_id": move[:1].pom_paylink_id.id,
                    "state": "sent",
                    "sent_date": moment,
                    **values,
                }
            )
        )

    def _transfer(self, move, day=PAID, amount=None):
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "date": day,
                "amount": amount or sum(move.mapped("amount_residual")),
                "payment_ref": "payment",
                "partner_id": move.partner_id.id,
            }
        )
        if line.is_reconciled:
            return
        debts = move.line_ids.filtered("date_maturity")
        suspense = line._seek_for_lines()[1]
        suspense.with_context(skip_readonly_check=True).account_id = debts.account_id
        (debts + suspense).reconcile()

    def _row(self, move):
        self.env.flush_all()
        # Counted anew each time, whatever was read of it before.
        self.env.invalidate_all()
        return self.env["pom.debt.figure"].search([("move_id", "=", move.id)])


@freeze_time(NOW)
class TestWhatMadeThemPay(OverviewCase):
    def test_the_last_one_that_left_before(self):
        move = self._invoice(DUE)
        first = self._said(move, "2026-04-01 08:00:00")
        second = self._said(move, "2026-04-18 08:00:00", "reminder")
        later = self._said(move, "2026-04-22 08:00:00", "reminder")
        self._transfer(move)
        row = self._row(move)
        self.assertEqual((row.delivery_id, row.channel), (second, "email"))
        self.assertEqual((row.messages, row.reminders), (2, 1))
        self.assertEqual(row.asked_date, first.sent_date)
        self.assertEqual((row.paid_date, row.way), (PAID, "transfer"))
        self.assertFalse(first.paid_date or later.paid_date)
        self.assertEqual(second.paid_date.date(), PAID)
        for message in (first, second, later):
            self.assertEqual(message.settled_date.date(), PAID)

    def test_of_the_day_of_a_transfer_only_the_first_of_all(self):
        move, other = self._invoice(DUE), self._invoice(DUE)
        alone = self._said(move, f"{PAID} 08:00:00")
        before = self._said(other, "2026-04-01 08:00:00")
        self._said(other, f"{PAID} 08:00:00", "reminder")
        self._transfer(move)
        self._transfer(other)
        self.assertEqual(self._row(move).delivery_id, alone)
        self.assertTrue(self._row(move).is_quick)
        self.assertEqual(self._row(other).delivery_id, before)
        self.assertEqual(self._row(other).reminders, 0)

    def test_a_day_is_the_company_s(self):
        """Half past eleven at night in Greenwich is the next day in Brussels."""
        move = self._invoice(DUE)
        self._said(move, "2026-04-01 08:00:00")
        self._said(move, "2026-04-19 23:30:00", "reminder")
        self._transfer(move)
        self.assertEqual(self._row(move).reminders, 0)

    def test_what_did_not_arrive_made_nobody_pay(self):
        move = self._invoice(DUE)
        first = self._said(move, "2026-04-01 08:00:00")
        self._said(move, "2026-04-10 08:00:00", "reminder", state="bounced")
        self._said(move, False, "reminder", state="by_hand", channel="letter")
        self._said(move, "2026-04-11 08:00:00", "confirmation")
        self._transfer(move)
        row = self._row(move)
        self.assertEqual((row.delivery_id, row.messages), (first, 1))
        self.assertEqual(move.pom_delivery_ids.filtered("paid_date"), first)

    def test_nobody_asked(self):
        move = self._invoice(DUE)
        self._transfer(move)
        row = self._row(move)
        self.assertFalse(row.asked_date or row.delivery_id or row.messages)
        self.assertEqual(row.days_to_pay, (PAID - move.invoice_date).days)

    def test_a_part_is_not_all(self):
        move = self._invoice(DUE, 100)
        self._said(move, "2026-04-01 08:00:00")
        self._transfer(move, amount=40)
        row = self._row(move)
        self.assertFalse(row.paid_date or row.delivery_id)
        self.assertEqual((row.amount, row.residual, row.messages), (100, 60, 1))

    def test_each_part_has_what_asked_it(self):
        terms = self.env["account.payment.term"].create(
            {
                "name": "Halves",
                "line_ids": [
                    (0, 0, {"value": "percent", "value_amount": 50, "nb_days": days})
                    for days in (10, 40)
                ],
            }
        )
        move = self._invoice(
            DUE,
            200,
            invoice_date=date(2026, 3, 1),
            invoice_payment_term_id=terms.id,
        )
        self._said(move, "2026-03-01 08:00:00")
        early = [[move.id, "2026-03-11", "100"]]
        self._said(move, "2026-03-20 08:00:00", "reminder", parts=early)
        both = [*early, [move.id, "2026-04-10", "100"]]
        self._said(move, "2026-04-15 08:00:00", "reminder", parts=both)
        first, second = self._row(move).sorted("due_date")
        self.assertEqual((first.messages, second.messages), (3, 2))
        self.assertEqual(first.amount + second.amount, 200)

    def test_a_payment_that_was_undone_is_none(self):
        move = self._invoice(DUE)
        self._said(move, "2026-04-01 08:00:00")
        self._transfer(move)
        self.assertTrue(self._row(move).paid_date)
        move.line_ids.remove_move_reconcile()
        row = self._row(move)
        self.assertFalse(row.paid_date or row.way or row.delivery_id)

    def test_what_is_asked_on_top_and_contested_is_counted_once(self):
        move = self._invoice(DUE, 100)
        move.pom_disputed_amount = 30
        self.env["pom.claim"].sudo().create(
            {
                "move_id": move.id,
                "company_id": self.company.id,
                "kind": "costs",
                "amount": 7.5,
            }
        )
        row = self._row(move)
        self.assertEqual((row.claimed, row.disputed), (7.5, 30))


@freeze_time(NOW)
class TestOverview(OverviewCase):
    def test_a_business_is_one_in_both(self):
        debtors = [
            self._debtor("A", "a@klant.example"),
            self._debtor("B", "b@klant.example", vat="BE0477472701"),
            self._debtor("C", "c@klant.example", company_registry="0477472701"),
            self._debtor("D", "d@klant.example", is_company=True),
            self._debtor("E", "e@klant.example", vat="/"),
        ]
        moves = [self._invoice(DUE, 10, debtor) for debtor in debtors]
        for by in ("company", "number"):
            self.setup.business_by = by
            for debtor, move in zip(debtors, moves, strict=True):
                is_business = self.company._pom_is_business(debtor)
                group = "business" if is_business else "consumer"
                self.assertEqual(self._row(move).group, group, debtor.name)

    def test_who_sees_it(self):
        self._invoice(DUE)
        overview = self.env["pom.overview"]
        portal = new_test_user(
            self.env(su=True), "overview_portal", groups="base.group_portal"
        )
        for call in (overview.load, overview.load_open):
            with self.assertRaises(AccessError):
                getattr(overview.with_user(portal), call.__name__)()
        with self.assertRaises(AccessError):
            overview.with_user(portal).open(["history", "all"])

    def test_other_companies_stay_out(self):
        move = self._invoice(DUE)
        other = self.env["res.company"].sudo().create({"name": "Elsewhere"})
        user = new_test_user(
            self.env(su=True),
            "overview_elsewhere",
            groups="account.group_account_invoice",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        theirs = (
            self.env["pom.overview"]
            .with_user(user)
            .with_context(allowed_company_ids=other.ids)
        )
        asked = {"company": self.company.id}
        page = theirs.load(asked)
        self.assertEqual(page["chosen"]["company"], other.id)
        speed = next(one for one in page["sections"] if one["code"] == "speed")
        self.assertEqual(speed["tiles"][0]["text"], "–")
        figures = theirs.env["pom.debt.figure"]
        self.assertFalse(figures.search([("move_id", "=", move.id)]))

    def test_what_nobody_knows_is_nothing(self):
        overview = self.env["pom.overview"]
        for door in ("", None, 5, "money", {}, [], ["cellar"], ["cellar", "open"],
                     ["money"], ["money", "gold"], ["money", "open", "0"],
                     ["money", "age"], ["money", "age", "9"], ["money", ["open"]],
                     ["money", "age", "0", "1"], ["to_do", "rest"],
                     ["history", "future"], ["history", "all", "x"],
                     ["history", "month"], ["history", "month", "then"],
                     ["history", "month", 3], ["history", "way"],
                     ["account", "?"], ["account", "balance", "x"],
                     ["late", "x"], ["late"], ["late", 1, "x"]):  # fmt: skip
            with self.subTest(door), self.assertRaisesRegex(UserError, "load the page"):
                overview.open(door)
        page = overview.load({"company": -1, "period": "ever", "group": "x"})
        self.assertEqual(page["chosen"]["period"], "half")
        self.assertEqual(page["chosen"]["group"], "")

    def test_queries_do_not_grow_with_the_books(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["pom.overview"].load({"company": self.company.id})
            self.env["pom.overview"].load_open({"company": self.company.id})
            return self.env.cr.sql_log_count - before

        self._invoice(DUE, 10)
        queries()
        few = queries()
        for number in range(12):
            debtor = self._debtor(f"D{number}", f"d{number}@klant.example")
            self._said(self._invoice(DUE, 10, debtor), "2026-04-01 08:00:00")
        self.assertLessEqual(queries(), few + 2)
        self.assertLess(few, 80)

    def test_what_is_late_and_usual(self):
        paid = self._invoice(date(2026, 4, 10), 50)
        self._transfer(paid)
        self._invoice(DUE, 80)
        found = self.env["pom.overview"].load_open({"company": self.company.id})
        late = found[1]
        row = late["tables"][0]["rows"][0]
        self.assertEqual(row["label"], self.marie.display_name)
        self.assertEqual(row["cells"][0]["value"], 80)
        self.assertEqual(row["cells"][1]["value"], 15)
        self.assertIn("10", row["cells"][2]["text"])

    def test_the_difference_to_the_account_is_explained(self):
        self._invoice(DUE, 80)
        self._posted(self.marie, 30, move_type="out_refund", invoice_date=PAID)
        self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.marie.id,
                "amount": 20,
                "date": PAID,
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        ).action_post()
        found = self.env["pom.overview"].load_open({"company": self.company.id})
        account = found[0]["tables"][1]
        amounts = [row["cells"][0]["value"] for row in account["rows"]]
        self.assertEqual(amounts, [80, -30, -20])
        self.assertEqual(account["total"]["cells"][0]["value"], 30)

    def test_what_reminders_cost(self):
        """A letter about two invoices is paid for once, one that wasn't sent never."""
        first, second = self._invoice(DUE, 100), self._invoice(DUE, 100)
        self._said(first + second, "2026-04-10 08:00:00", "reminder", channel="letter")
        self._said(second, "2026-04-12 08:00:00", "reminder", channel="sms")
        self._said(first, False, "reminder", channel="letter", state="by_hand")
        self._said(first, "2026-04-01 08:00:00", channel="letter")
        self._transfer(first)
        asked = {"company": self.company.id}

        def tiles():
            page = self.env["pom.overview"].load(asked)
            section = next(s for s in page["sections"] if s["code"] == "reminders")
            return {tile["label"]: tile["text"] for tile in section["tiles"]}

        label = "Cost of reminders per 100 that came in"
        self.assertNotIn(label, tiles())
        self.company.sudo().write({"pom_price_letter": 3, "pom_price_sms": 0.1})
        self.assertIn("3.10", tiles()[label])

    def test_shown_elsewhere(self):
        move = self._invoice(DUE, 80, invoice_date=date(2026, 4, 1))
        self._said(move, "2026-04-01 08:00:00")
        self._transfer(move)
        late = self._invoice(DUE, 45, invoice_date=date(2026, 4, 1))
        self.env.flush_all()
        self.assertEqual((move.pom_asked_count, late.pom_asked_count), (1, 0))
        data = move.journal_id._get_journal_dashboard_data_batched()
        self.assertIn("50 %", data[move.journal_id.id]["pom_lately"])
        self.assertIn("19", data[move.journal_id.id]["pom_lately"])
        action = move.journal_id.action_pom_overview()
        self.assertEqual(action["tag"], "pom_overview")
        digest = (
            self.env["digest.digest"]
            .sudo()
            .create({"name": "D", "kpi_pom_paid": True, "kpi_pom_late": True})
        )
        month = {
            "start_datetime": datetime(2026, 4, 1),
            "end_datetime": datetime(2026, 4, 30),
        }
        digest = digest.with_context(**month).with_company(self.company)
        digest.company_id = self.company
        self.assertEqual(digest.kpi_pom_paid_value, 80)
        self.assertEqual(digest.kpi_pom_late_value, 45)
        self.assertEqual((PAID - timedelta(19)), move.invoice_date)
