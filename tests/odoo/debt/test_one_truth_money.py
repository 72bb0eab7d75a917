"""One invoice, asked of every place, while money is on its way, here, or contested."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import html2plaintext

from .case import TruthCase
from .readers import ROWS, Said
from .readers_portal import amount as _amount


@tagged("standard", "post_install", "-at_install")
class TestMoney(TruthCase):
    # -- on its way --------------------------------------------------------------------

    def test_in_progress(self):
        move = self.owed()
        self.begin(move)
        self.assert_says(move, Said("in_progress", None, silence="in_progress"))
        self.assertNotIn("asks you to pay", self._page(move).text_content())
        state, row = self.statement_row(move)
        self.assertEqual(state, "in_progress")
        self.assertIn(ROWS["in_progress"], row)

    def test_a_part_in_progress(self):
        """The page says what it is a part of."""
        self.company.write({"pom_part_allowed": True, "pom_part_minimum": 10})
        move = self.owed(due=-9)
        self.pay_from_page(move, amount="40")
        self.assertEqual(move.transaction_ids.amount, 40)
        text = " ".join(self._page(move).text_content().split())
        self.assertRegex(text, r"40\.00.*Total of the invoice .{0,20}100\.00")
        self.assertNotIn("overdue", text)

    def test_one_under_way_leaves_the_others(self):
        busy, other = self.owed(40), self.owed(60, due=-3)
        self.begin(busy)
        self.assert_says(other, Said("overdue", "60.00", late=3))
        self.assertEqual(self.statement_row(busy)[0], "open")
        link = self.env["pom.paylink"]._statement_of(self.els, self.company)
        self.assertEqual(link._choice().moves, other)

    def test_silent_attempt_no_longer_blocks(self):
        move = self.owed()
        attempt = self.begin(move)
        attempt._set_pending()
        self.assert_says(move, Said("in_progress", None, silence="in_progress"))
        long_ago = fields.Datetime.now() - timedelta(days=2)
        attempt.write({"pom_silent_since": long_ago, "pom_expires_at": long_ago})
        self.assert_says(move, Said("open", "100.00"))

    def test_wire_transfer_blocks_nothing(self):
        move = self.owed()
        wire = self.env["payment.provider"].search([("code", "=", "custom")], limit=1)
        self.env["payment.transaction"].create(
            {
                "provider_id": wire.id,
                "payment_method_id": self.method.id,
                "amount": 100,
                "currency_id": move.currency_id.id,
                "partner_id": self.els.id,
                "reference": "wire",
                "invoice_ids": [Command.set(move.ids)],
                "state": "pending",
            }
        )
        self.assert_says(move, Said("open", "100.00"))

    def test_registered_without_an_entry(self):
        """As OCA's payment orders leave it: nothing is left to ask."""
        move = self.owed(due=-9)
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.els.id,
                "amount": 100,
                "journal_id": self.company.bank_journal_ids[:1].id,
                "invoice_ids": [Command.set(move.ids)],
            }
        )
        payment.outstanding_account_id = False
        payment.state = "in_process"
        self.assertFalse(payment.move_id)
        self.assertTrue(move.amount_residual)
        self.assert_says(
            move, Said("in_progress", None, unasked=True, silence="in_progress")
        )

    def receive_unbooked(self, move):
        """The provider took the money, and the books don't take it."""
        attempt = self.begin(move)
        self.psp.pay(attempt.provider_reference)
        self.provider.pom_clearing_account_id.active = False
        with self.assertLogs("odoo.addons.pom_payment", "ERROR"):
            attempt._pom_follow()
        return attempt

    def test_received_and_not_booked(self):
        move = self.owed(due=-9)
        attempt = self.receive_unbooked(move)
        self.assert_says(move, Said("received", None, unasked=True, silence="received"))
        self.assertIn(ROWS["received"], self.statement_row(move)[1])
        # No second attempt.
        self.assertEqual(self.begin(move), attempt)
        kind = self.env.ref("pom_payment.mail_activity_unbooked")
        activity = move.activity_ids.filtered(lambda a: a.activity_type_id == kind)
        self.assertIn("archived", activity.note)
        with (
            self.assertRaises(UserError),
            self.assertLogs("odoo.addons.pom_payment", "ERROR"),
        ):
            move.action_pom_book_now()
        account = self.provider.with_context(active_test=False).pom_clearing_account_id
        account.active = True
        move.action_pom_book_now()
        self.assert_says(move, Said("paid", None, silence="paid"))
        self.assertFalse(
            move.activity_ids.filtered(lambda a: a.activity_type_id == kind)
        )

    def hold(self, move, cents):
        """Money of another amount comes in, by that many cents."""
        self.psp.faults.inject("wrong_amount", cents, times=1)
        attempt = self.begin(move)
        self.psp.pay(attempt.provider_reference)
        attempt._pom_follow()
        self.assertTrue(attempt.pom_problem)
        return attempt

    def test_held(self):
        move = self.owed(due=-9)
        self.assertEqual(self.hold(move, 10).pom_held_amount, 100.1)
        self.assert_says(move, Said("held", None, unasked=True, silence="held"))

    def test_held_in_part(self):
        """The rest is asked, and wherever it is asked stands why not all."""
        move = self.owed(due=-9)
        self.assertEqual(self.hold(move, -9_000).pom_held_amount, 10)
        self.assert_says(move, Said("overdue", "90.00", late=9, silence="held"))
        template = self.env.ref("pom_payment.mail_template_invoice")
        body = template._generate_template(move.ids, ("body_html",))[move.id]
        text = " ".join(html2plaintext(str(body["body_html"])).split())
        self.assertIn("Received, being looked at", text)
        printed = move._pom_printed_amount()
        self.assertRegex(printed, "90.00.*without.*10.00.*received")
        self.assertIn("It isn't asked again here", self._page(move).text_content())

    def test_collected(self):
        move = self.owed()
        self.collect_by_direct_debit(move)
        self.assert_says(move, Said("collected", None, silence="mandate"))

    def collect_by_direct_debit(self, move):
        method = self.env["account.payment.method"].search(
            [("code", "=", "sdd"), ("payment_type", "=", "inbound")]
        ) or self.env["account.payment.method"].sudo().create(
            {"name": "Direct debit", "code": "sdd", "payment_type": "inbound"}
        )
        journal = move.company_id.bank_journal_ids[:1]
        move.preferred_payment_method_line_id = self.env[
            "account.payment.method.line"
        ].create({"payment_method_id": method.id, "journal_id": journal.id})

    # -- what was agreed, contested, handed over ---------------------------------------

    def test_disputed(self):
        move = self.owed(due=-9)
        self.ask(move, "dispute", amount=100, reason="amount")
        self.assert_says(move, Said("disputed", None, unasked=True, silence="disputed"))
        self.assertIn(ROWS["disputed"], self.statement_row(move)[1])

    def test_partly_disputed(self):
        move = self.owed(due=-9)
        request = self.ask(move, "dispute", amount=40, reason="amount")
        self.assert_says(move, Said("overdue", "60.00", late=9))
        self.assertIn("that you don't agree with", self.statement_row(move)[1])
        self.assertEqual(self.portal(move), "60.00")
        request.action_refuse()
        move.pom_quiet_until = False
        self.assert_says(move, Said("overdue", "100.00", late=9))

    def test_dispute_that_was_right(self):
        """What the debtor need not pay isn't asked, until the credit note says so."""
        move = self.owed(due=-9)
        self.ask(move, "dispute", amount=40, reason="amount").action_accept()
        self.assert_says(move, Said("overdue", "60.00", late=9))
        self.invoice(
            40,
            partner_id=self.els.id,
            move_type="out_refund",
            invoice_date=self.days(0),
            invoice_payment_term_id=False,
            reversed_entry_id=move.id,
        )
        self.assertFalse(move.pom_disputed_amount)

    def test_plan(self):
        move = self.owed(300, due=-30)
        request = self.ask(move, "plan", plan_count=3, plan_first_on=self.days(5))
        request.action_accept()
        self.assert_says(move, Said("planned", None, silence="planned"))
        days = [self.days(5) + relativedelta(months=n) for n in range(3)]
        shown = [day.strftime("%m/%d/%Y") for day in days]
        self.assertEqual(self.portal_row(move)[:2], (shown[0], "100.00"))
        self.assertEqual(self.printed_due_day(move), shown[0])
        self.assertEqual(self.printed_plan(move), [(day, "100.00") for day in shown])
        state, row = self.statement_row(move)
        self.assertEqual(state, "planned")
        self.assertIn("100.00", row)
        self.assertNotIn("300.00", row)
        rows = self.env["pom.debtor.report"].search([("move_id", "=", move.id)])
        self.assertEqual(
            sorted((row.date_maturity, row.residual, row.age) for row in rows),
            [(day, 100.0, "0") for day in days],
        )
        self.assertEqual(len(set(rows.ids)), 3)
        self.assertEqual(
            sum(rows.read(["residual"])[n]["residual"] for n in range(3)), 300
        )
        rows = self._page(move).xpath("//table[@class='parts']//tr")
        self.assertEqual(
            [_amount(row[1].text_content()) for row in rows], 3 * ["100.00"]
        )
        self.assertEqual(self.portal(move), "100.00")

    def test_quiet(self):
        move = self.owed(due=-9)
        move.write({"pom_quiet_until": date.max, "pom_quiet_reason": "Waits"})
        self.assert_says(move, Said("overdue", "100.00", late=9, silence="hold"))

    def test_handed_over(self):
        move = self.owed(due=-9)
        move.pom_handed_over = self.days(-1)
        self.assert_says(
            move, Said("handed_over", "100.00", late=9, silence="handed_over")
        )

    # -- money in the house ------------------------------------------------------------

    def test_money_on_account(self):
        move = self.owed(due=-9)
        self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.els.id,
                "amount": 100,
                "journal_id": self.company.bank_journal_ids[:1].id,
            }
        ).action_post()
        self.assert_says(move, Said("covered", None, unasked=True, silence="covered"))
        self.assertEqual(self.statement_row(move)[0], "covered")

    def test_part_on_account_lowers_what_is_asked(self):
        move = self.owed(due=-9)
        self.invoice(
            40, partner_id=self.els.id, move_type="out_refund",
            invoice_date=self.days(-1), invoice_payment_term_id=False,
        )  # fmt: skip
        self.assert_says(move, Said("overdue", "60.00", late=9))
        self.assertEqual(self.portal(move), "60.00")
        standing = move._pom_standings_to_ask()[move.id]
        self.assertEqual(str(standing.asked_by(self.days(0))), "60.00")
        word, row = self.statement_row(move)
        self.assertEqual(word, "open")
        self.assertIn("of it is covered by your credit", row)
        self.assertIn(" 60.00", row)
        note = self.env["account.move"].search(
            [("partner_id", "=", self.els.id), ("move_type", "=", "out_refund")]
        )
        self.assertEqual(self.portal_row(note).amount, None, "Counted once")

    def test_credit_larger_than_the_debt(self):
        """Nobody is asked for what they owe less of than they have with us."""
        move = self.owed(30, due=-9)
        note = self.invoice(
            80,
            partner_id=self.els.id,
            move_type="out_refund",
            invoice_date=self.days(-1),
            invoice_payment_term_id=False,
        )
        self.assert_says(move, Said("covered", None, unasked=True, silence="covered"))
        word, row = self.statement_row(move)
        self.assertEqual(word, "covered")
        self.assertNotIn("overdue", row)
        self.assertIn("covered by your credit", row)
        _word, row = self.statement_row(note)
        self.assertRegex(row, r"30\.00.* of it is set off")
        self.assertNotIn("Waiting", self.portal_row(note).words)
        self.assertEqual(self.portal_row(note).amount, "50.00", "What is beyond that")
        self.assertEqual(self.portal_row(move).amount, None)

    def test_credit_that_equals_the_debt(self):
        """What is set off whole is offered to nobody for paying."""
        move = self.owed(100)
        self.invoice(
            100,
            partner_id=self.els.id,
            move_type="out_refund",
            invoice_date=self.days(-1),
            invoice_payment_term_id=False,
        )
        self.assert_says(move, Said("covered", None, silence="covered"))
        word, row = self.statement_row(move)
        self.assertEqual(word, "covered")
        self.assertIn("covered by your credit", row)

    def test_nothing_due_yet_is_paid_on_the_statement(self):
        """As on the invoice's own page: all that is to come, if one wishes."""
        move = self.owed(100)
        self.ask(move, "dispute", amount=100, reason="amount")
        link = self.env["pom.paylink"]._statement_of(self.els, self.company)
        self.assertEqual(link._choice().amount, 100)

    def test_unmatched_bank_line(self):
        move = self.owed(due=-9)
        self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company.bank_journal_ids[:1].id,
                "partner_id": self.els.id,
                "amount": 100,
                "payment_ref": "thank you",
                "date": self.days(0),
            }
        )
        self.assert_says(move, Said("covered", None, unasked=True, silence="covered"))

    def test_report_equals_the_receivable_account(self):
        self.test_part_on_account_lowers_what_is_asked()
        self.env.flush_all()
        report = self.env["pom.debtor.report"].search(
            [("company_id", "=", self.company.id)]
        )
        items = self.env["account.move.line"].search(
            [
                ("company_id", "=", self.company.id),
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
            ]
        )
        self.assertAlmostEqual(
            sum(report.mapped("residual")), sum(items.mapped("balance")), places=2
        )

    # -- the clock ---------------------------------------------------------------------

    def test_one_clock(self):
        """At half past eleven in Greenwich it's tomorrow in Brussels."""
        move = self.owed(due=0)
        late = fields.Datetime.to_datetime(self.days(0)) + timedelta(
            hours=23, minutes=30
        )
        with freeze_time(late):
            self.assert_says(move, Said("overdue", "100.00", late=1))
            self.env["pom.outbound.event"].search([]).unlink()
            self.assertEqual(self._pushed(move.with_context(tz=None)), "overdue")
