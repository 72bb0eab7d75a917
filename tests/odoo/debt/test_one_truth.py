"""One invoice, asked of every place: each situation in which they once disagreed."""

from lxml import html

from odoo import Command, fields
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .case import TruthCase
from .readers import ROWS, Said


@tagged("standard", "post_install", "-at_install")
class TestOneTruth(TruthCase):
    # -- dues --------------------------------------------------------------------------

    def test_open(self):
        self.assert_says(self.owed(), Said("open", "100.00"))

    def test_overdue(self):
        self.assert_says(self.owed(due=-9), Said("overdue", "100.00", late=9))

    def test_partly_paid(self):
        move = self.owed()
        self.register_payment(move, 30.0)
        self.assert_says(move, Said("partial", "70.00"))

    def test_partly_paid_and_late(self):
        move = self.owed(due=-9)
        self.register_payment(move, 30.0)
        self.assert_says(move, Said("overdue", "70.00", late=9))

    def test_first_of_two_parts_is_late(self):
        move = self.invoice(
            1000.0,
            partner_id=self.els.id,
            invoice_date=self.days(-60),
            invoice_payment_term_id=self.terms((30, 10), (70, 90)).id,
        )
        self.assert_says(move, Said("overdue", "300.00", late=50))

    def test_parts_in_lists_and_in_the_portal(self):
        move = self.invoice(
            1000.0,
            partner_id=self.els.id,
            invoice_date=self.days(-60),
            invoice_payment_term_id=self.terms((30, 10), (70, 90)).id,
        )
        self.assertEqual((move.pom_amount_overdue, move.pom_age), (300, "60"))
        rows = self.env["pom.debtor.report"].search([("move_id", "=", move.id)])
        self.assertEqual(
            sorted((row.age, row.residual) for row in rows), [("0", 700), ("2", 300)]
        )
        self.assertEqual(
            self.portal_row(move)[:2],
            (self.days(-50).strftime("%m/%d/%Y"), "300.00"),
        )
        with mute_logger("odoo.http"):
            self.assertIn("300.00", self.portal_pay(move, 5))
        self.assertFalse(self.portal_pay(move, 300))
        self.assertEqual(move.transaction_ids.amount, 300)

    def test_second_part_is_still_to_come(self):
        move = self.invoice(
            1000.0,
            partner_id=self.els.id,
            invoice_date=self.days(-60),
            invoice_payment_term_id=self.terms((30, 10), (70, 90)).id,
        )
        self.register_payment(move, 300.0)
        self.assert_says(move, Said("planned", None))
        day = self.days(30).strftime("%m/%d/%Y")
        self.assertEqual(self.portal_row(move)[:2], (day, "700.00"))
        self.assertIn(" 700.00", self.statement_row(move)[1])

    def test_paid(self):
        move = self.owed()
        self.register_payment(move)
        self.assert_says(move, Said("paid", None, silence="paid"))

    def test_reversed(self):
        move = self.owed()
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"journal_id": move.journal_id.id})
        )
        wizard.modify_moves()
        self.assert_says(move, Said("reversed", None, silence="paid"))

    def test_draft_and_cancelled(self):
        move = self.owed()
        move.button_draft()
        self.assert_says(move, Said("draft", None, silence="paid"))
        move.button_cancel()
        self.assert_says(move, Said("cancelled", None, silence="paid"))

    def test_blocked(self):
        move = self.owed(due=-9)
        move.action_toggle_block_payment()
        self.assert_says(move, Said("blocked", None, unasked=True, silence="blocked"))
        state, row = self.statement_row(move)
        self.assertEqual(state, "blocked")
        self.assertIn(ROWS["blocked"], row)
        text = self.statement_page(move).text_content()
        self.assertIn("of these invoices", text)
        self.assertNotIn("ticked", text)

    def test_withdrawn(self):
        move = self.owed(due=-9)
        move.pom_paylink_id.action_withdraw()
        self.assert_says(
            move, Said("withdrawn", None, unasked=True, silence="withdrawn")
        )

    # -- early payment discount --------------------------------------------------------

    def test_early_payment_discount(self):
        move = self.early()
        self.assert_says(move, Said("open", "980.00"))
        page = " ".join(self._page(move).text_content().split())
        until = fields.Date.to_string(self.days(7))
        self.assertEqual(str(move.pom_standing.discount.until), until)
        self.assertRegex(page, r"After that, until .{0,20}1,000\.00")
        self.assertIn("with discount until", self.statement_row(move)[1])
        self.assertEqual(move._pom_told()["discount_until"], until)
        code = self.invoice_document(move).xpath("//div[@name='pom_amount']")[0]
        self.assertRegex(code.text_content(), r"980\.00.* until .*, then .*1,000\.00")

    def test_discount_and_a_dispute(self):
        """Who contests a part loses it, and is told."""
        move = self.early()
        self.ask(move, "dispute", amount=30, reason="amount")
        self.assert_says(move, Said("open", "970.00"))
        self.assertIn("only if you pay all at once", self._page(move).text_content())

    def test_discount_is_over(self):
        self.assert_says(self.early(ago=8), Said("open", "1000.00"))

    def test_discounted_amount_pays_the_invoice(self):
        move = self.early()
        attempt = self.begin(move)
        self.assertEqual(attempt.amount, 980.0)
        self.psp.pay(attempt.provider_reference)
        attempt._pom_follow()
        self.assert_says(move, Said("paid", None, silence="paid"))
        self.assertFalse(move.amount_residual)
        self.assert_discount_is_told(move, "980.00", "20.00")
        self.assertEqual(
            self.printed_payments(move),
            [("Paid", "980.00"), ("Early payment discount", "20.00")],
        )

    def test_discounted_amount_by_hand(self):
        """Core's own wizard books the same."""
        move = self.early()
        self.register_payment(move, 980.0)
        self.assertEqual(move.payment_state, "paid")
        self.assert_discount_is_told(move, "980.00", "20.00")

    def test_paid_without_the_discount(self):
        move = self.early(ago=9)
        self.register_payment(move)
        self.assertEqual(move._pom_told()["payments"][0]["discount"], "0.00")
        self.assertEqual(self.printed_payments(move), [("Paid", "1000.00")])

    def test_one_payment_of_two_invoices_with_one_discount(self):
        late, early = self.early(ago=9), self.early()
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=(late + early).ids)
            .create({"group_payment": True})
        )
        self.assertEqual(wizard.amount, 1980)
        wizard.action_create_payments()
        self.assertEqual(early._pom_told()["payments"][0]["discount"], "20.00")
        self.assertEqual(late._pom_told()["payments"][0]["discount"], "0.00")

    def assert_discount_is_told(self, move, paid, off):
        """On receipt and invoice, and to third systems: what came in, and the rest."""
        [told] = move._pom_told()["payments"]
        self.assertEqual((told["amount"], told["discount"]), (paid, off))
        for report in (
            "pom_payment.report_receipt",
            "account.report_invoice_with_payments",
        ):
            sheet = self.env["ir.actions.report"]._render_qweb_html(report, move.ids)[0]
            text = " ".join(html.fromstring(sheet).text_content().split())
            self.assertRegex(text, rf"Paid on.*{paid}.*Early payment discount.*{off}")

    def test_discount_of_two_rates_booked_after_its_day(self):
        """Core writes off the first line of each kind, and looks at today."""
        taxes = self.env["account.tax"].search(
            [
                ("type_tax_use", "=", "sale"),
                ("company_id", "=", self.company.id),
                ("amount", "in", (21, 6)),
            ]
        )
        by_rate = {tax.amount: tax for tax in taxes}
        move = self.early()
        move.button_draft()
        move.invoice_line_ids = [
            Command.clear(),
            *(
                Command.create(
                    {
                        "name": f"{rate} %",
                        "price_unit": 100,
                        "tax_ids": [Command.set(by_rate[rate].ids)],
                    }
                )
                for rate in (21, 6)
            ),
        ]
        move.action_post()
        attempt = self.begin(move)
        attempt._set_done()
        with freeze_time(self.days(20)):
            attempt._post_process()
        self.assertFalse(move.amount_residual)
