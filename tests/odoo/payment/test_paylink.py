from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import PaymentCase


@tagged("standard", "post_install", "-at_install")
class TestPaylink(PaymentCase):
    def test_every_invoice_gets_one_when_it_is_posted(self):
        moves = self.env["account.move"].union(*(self.draft() for _n in range(5)))
        self.assertFalse(moves.pom_paylink_id)
        moves._post()
        self.assertEqual(len(moves.pom_paylink_id), 5)
        self.assertEqual(len(set(moves.mapped("pom_payment_url"))), 5)

    def test_links_of_a_batch_take_a_fixed_number_of_queries(self):
        links = self.env["pom.paylink"]

        def queries(number):
            moves = self.env["account.move"].union(
                *(self.draft() for _n in range(number))
            )
            self.env.flush_all()
            start = self.env.cr.sql_log_count
            links._create_for(moves)
            self.env.flush_all()
            return self.env.cr.sql_log_count - start

        queries(1)  # fills the caches
        self.assertEqual(queries(3), queries(40))

    def test_credit_notes_and_bills_get_none(self):
        for move_type in ("out_refund", "in_invoice"):
            self.assertFalse(self.invoice(move_type=move_type).pom_paylink_id)

    def test_token_is_a_secret(self):
        tokens = {self.invoice().pom_paylink_id.token for _n in range(3)}
        self.assertEqual(len(tokens), 3)
        # 26 characters of 5 bits each
        self.assertEqual({len(token) for token in tokens}, {26})

    def test_valid_for_ninety_days_or_what_the_company_says(self):
        self.assertEqual(
            self.invoice().pom_paylink_id.valid_until, self.days(90), "by default"
        )
        self.company.pom_paylink_days = 14
        self.assertEqual(self.invoice().pom_paylink_id.valid_until, self.days(14))

    def test_expires_and_is_renewed_by_a_message(self):
        link = self.invoice().pom_paylink_id
        with freeze_time(self.days(91)):
            link.invalidate_recordset()
            self.assertEqual(link.state, "expired")
            link._renew()
            self.assertEqual(link.state, "open")
            self.assertEqual(link.valid_until, self.days(90))

    def test_state_follows_the_invoice(self):
        move = self.invoice()
        link = move.pom_paylink_id
        self.assertEqual(link.state, "open")
        move.button_draft()
        self.assertEqual(link.state, "withdrawn")
        move.action_post()
        self.assertEqual((link.state, move.pom_paylink_id), ("open", link))
        move.button_draft()
        move.button_cancel()
        self.assertEqual(link.state, "withdrawn")

    def test_reversal_leaves_nothing_to_pay(self):
        move = self.invoice()
        move._reverse_moves(cancel=True)
        self.assertEqual(move.payment_state, "reversed")
        self.assertEqual(move.pom_paylink_id.state, "credit")
        self.assertFalse(move.pom_paylink_id._ways_to_pay())

    def test_replaced_link_is_another_and_the_old_one_is_dead(self):
        move = self.invoice()
        old = move.pom_paylink_id
        move.action_pom_replace_link()
        self.assertNotEqual(move.pom_paylink_id, old)
        self.assertEqual((old.state, move.pom_paylink_id.state), ("withdrawn", "open"))

    def test_one_live_link_an_invoice_says_the_database(self):
        move = self.invoice()
        with mute_logger("odoo.sql_db"), self.assertRaises(Exception) as caught:
            with self.env.cr.savepoint():
                self.env["pom.paylink"].create(
                    {
                        "move_id": move.id,
                        "company_id": move.company_id.id,
                        "valid_until": self.days(1),
                    }
                )
        self.assertIn("pom_paylink_one_live_link", str(caught.exception))

    def test_each_company_has_its_own_address(self):
        self.company.pom_base_url = "https://pay.dekat.example/"
        other = self.env["res.company"].create({"name": "Andere BV"})
        other.pom_base_url = "https://betalen.andere.example"
        move = self.invoice()
        self.assertTrue(move.pom_payment_url.startswith("https://pay.dekat.example/p/"))
        self.assertEqual(other._pom_base_url(), "https://betalen.andere.example")

    def test_what_a_debtor_typed_over(self):
        link = self.invoice().pom_paylink_id
        typed = link.move_id._pom_printed_url().rpartition("/")[2].lower()
        self.assertEqual(self.env["pom.paylink"]._find(typed), link)
        self.assertFalse(self.env["pom.paylink"]._find("nonsense"))
        self.assertFalse(self.env["pom.paylink"]._find("0" * 26))

    def test_copy_gets_its_own(self):
        move = self.invoice()
        copy = move.copy()
        copy.action_post()
        self.assertNotEqual(copy.pom_paylink_id.token, move.pom_paylink_id.token)

    def test_portal_users_cannot_read_links(self):
        link = self.invoice().pom_paylink_id
        user = new_test_user(self.env, "portal_marie", "base.group_portal")
        with self.assertRaises(AccessError):
            link.with_user(user).read(["token"])

    def test_another_company_cannot_read_links(self):
        link = self.invoice().pom_paylink_id
        other = self.env["res.company"].create({"name": "Andere BV"})
        user = new_test_user(
            self.env,
            "other",
            "account.group_account_invoice",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        with self.assertRaises(AccessError):
            link.with_user(user).read(["token"])


@tagged("standard", "post_install", "-at_install")
class TestPaymentStatus(PaymentCase):
    def test_status(self):
        move = self.invoice()
        self.assertEqual(move.pom_payment_status, "open")
        move.invoice_date_due = self.days(-1)
        self.assertEqual(move.pom_payment_status, "overdue")
        self.register_payment(move, 21.0)
        # Late, whatever was paid of it.
        self.assertEqual(move.pom_payment_status, "overdue")
        move.invoice_date_due = self.days(1)
        self.assertEqual(move.pom_payment_status, "partial")
        self.register_payment(move)
        self.assertEqual(move.pom_payment_status, "paid")
        self.assertEqual(move.pom_paylink_id.state, "paid")

    def test_no_status_without_a_debt(self):
        self.assertEqual(self.draft().pom_payment_status, "draft")
        self.assertFalse(self.draft(move_type="out_refund").pom_payment_status)
        self.assertFalse(self.invoice(move_type="in_invoice").pom_payment_status)

    def test_an_attempt_blocks_until_it_expires(self):
        move = self.invoice()
        provider = self.env["payment.provider"].search(
            [("code", "=", "demo"), ("company_id", "=", self.company.id)]
        )
        attempt = move.pom_paylink_id._create_attempt(
            provider, provider.payment_method_ids[:1], "online_direct"
        )
        self.assertEqual(move.pom_payment_status, "in_progress")
        attempt.pom_expires_at = fields.Datetime.now()
        self.assertEqual(move.pom_payment_status, "open")
        attempt._set_pending()
        self.assertEqual(move.pom_payment_status, "in_progress")

    def test_many_invoices_take_a_fixed_number_of_queries(self):
        moves = self.env["account.move"].union(*(self.invoice() for _n in range(8)))

        def queries(records):
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            records.mapped("pom_payment_status")
            records.mapped("pom_payment_url")
            return self.env.cr.sql_log_count - start

        queries(moves)
        self.assertEqual(queries(moves[:2]), queries(moves))
