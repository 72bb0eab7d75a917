"""A third system asks for payments."""

import base64

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from tests.odoo.pom_status_api.api_case import ORDER, ApiCase

PDF = b"%PDF-1.4\n%%EOF\n"


@tagged("standard", "post_install", "-at_install")
class TestAsking(ApiCase):
    def test_a_debt_that_lives_elsewhere(self):
        answer = self._new(
            lines=[
                {"description": "Two cakes", "amount": "100.00"},
                {"description": "Delivery", "amount": "21.00"},
            ],
            reference="RF18539007547034",
            return_url="https://shop.example/orders/1001",
        )
        self.assertEqual(answer.status, 201)
        move, told = self._move(answer), answer.data
        self.assertEqual((move.move_type, move.state), ("out_receipt", "posted"))
        self.assertEqual((move.amount_total, move.ref), (121.0, told["number"]))
        self.assertEqual(move.payment_reference, "RF18539007547034")
        self.assertEqual(str(move.invoice_date_due), ORDER["due_date"])
        self.assertEqual(move.partner_id.ref, "C-17")
        self.assertEqual(move.partner_id.lang, "nl_BE")
        self.assertEqual(
            move.invoice_line_ids.mapped("name"), ["Two cakes", "Delivery"]
        )
        self.assertFalse(move.line_ids.tax_ids)
        self.assertEqual(told["page"], move.pom_payment_url)
        self.assertIn("<svg", told["qr_svg"])
        self.assertIn(told["page"], told["button"])
        self.assertIn("BE68539007547034", told["bank_code"])
        self.assertEqual(told["invoice"]["amount_asked"], "121.00")

    def test_a_reference_is_made(self):
        """Of a receipt core makes none."""
        for book_as in ("out_receipt", "out_invoice"):
            self.shop.book_as = book_as
            told = self._new().data
            reference = told["invoice"]["reference"]
            self.assertTrue(reference, book_as)
            [found] = self.api.listInvoices(reference=reference).data["invoices"]
            self.assertEqual(found["id"], told["invoice"]["id"])
            self.api.changeRequest({"amount": "7.00"}, id=told["id"])
            again = self.api.getRequest(id=told["id"]).data
            self.assertEqual(again["invoice"]["reference"], reference)

    def test_what_the_answer_points_to_is_there(self):
        told = self._new(return_url="https://shop.example/orders/1").data
        for name, kind in (
            ("page", "text/html"),
            ("qr_png", "image/png"),
            ("status_picture", "image/svg+xml"),
            ("bank_code_png", "image/png"),
        ):
            answer = self._request("GET", told[name])
            self.assertEqual(answer.status_code, 200, name)
            self.assertIn(kind, answer.headers["Content-Type"])
        self.assertIn(
            "https://shop.example/orders/1", self._request("GET", told["page"]).text
        )

    def test_the_same_key_again_is_the_same_request(self):
        first = self._new(key="order-abc", number="W-A")
        again = self._new(key="order-abc", number="W-A")
        self.assertEqual((first.status, again.status), (201, 200))
        self.assertEqual(first.data, again.data)
        with self._refused(422, "key_reused"):
            self._new(key="order-abc", number="W-B")

    def test_a_number_is_asked_for_once_at_a_time(self):
        first = self._new(number="W-A")
        with self._refused(409, "number_taken"):
            self._new(number="W-A")
        self.api.withdrawRequest(id=first.data["id"])
        self._new(number="W-A")

    def test_an_invoice_of_odoo(self):
        move = self._invoice(50)
        body = {"invoice": move.name}
        told = self.api.createRequest(body, idempotency_key="invoice-1").data
        self.assertEqual(told["invoice"]["id"], move.id)
        self.assertFalse(told["from_elsewhere"])
        number = told["id"]
        for ask in (
            lambda: self.api.changeRequest({"amount": "9.00"}, id=number),
            lambda: self.api.attachDocument(PDF, id=number),
        ):
            with self._refused(409, "of_odoo"):
                ask()
        self.api.withdrawRequest(id=number)
        self.assertFalse(move.pom_paylink_id)
        self.assertEqual(move.state, "posted")
        self.assertEqual(move.amount_residual, 50)
        self.api.createRequest(body, idempotency_key="invoice-2")
        self.assertTrue(move.pom_paylink_id)

    def test_the_same_customer_is_the_same(self):
        first = self._move(self._new())
        other = {**ORDER["customer"], "name": "Somebody Else"}
        second = self._move(self._new(customer=other))
        self.assertEqual(first.partner_id, second.partner_id)
        self.assertEqual(second.partner_id.name, "Marie Peeters")

    def test_booked_as_the_company_chooses(self):
        tax = self.env["account.tax"].create(
            {
                "name": "21 % incl",
                "amount": 21,
                "price_include_override": "tax_included",
                "company_id": self.company.id,
            }
        )
        account = self.company_data["default_account_assets"]
        self.shop.write(
            {
                "book_as": "out_invoice",
                "account_id": account.id,
                "tax_ids": [Command.set(tax.ids)],
            }
        )
        lines = [{"description": "Cake", "amount": "121.00", "tax_rate": "21"}]
        move = self._move(self._new(lines=lines))
        self.assertEqual(move.move_type, "out_invoice")
        self.assertEqual((move.amount_untaxed, move.amount_tax), (100.0, 21.0))
        self.assertEqual(move.invoice_line_ids.account_id, account)
        with self._refused(422, "unknown_tax"):
            self._new(lines=[{**lines[0], "tax_rate": "6"}])

    def test_only_taxes_that_are_in_the_price(self):
        tax = self.company_data["default_tax_sale"]
        with self.assertRaises(ValidationError):
            self.shop.tax_ids = tax

    def test_nothing_is_guessed(self):
        lines = [{"description": "Cake", "amount": "120.99"}]
        with self._refused(422, "wrong_sum"):
            self._new(lines=lines)
        for currency in ("XXX", "ZWL"):
            with self._refused(422, "unknown_currency"):
                self._new(currency=currency)
        with self._refused(422, "wrong_day"):
            self._new(due_date="0001-01-01")
        with self._refused(422, "unknown_country"):
            self._new(customer={**ORDER["customer"], "ref": "new", "country": "XX"})
        with self._refused(422, "unknown_invoice"):
            self.api.createRequest({"invoice": "nope"}, idempotency_key="invoice-3")
        # What was refused left nothing behind.
        self.assertFalse(self.shop.request_ids)

    def test_only_who_may(self):
        self.shop.may_create = False
        with self._refused(403):
            self._new()
        self.assertEqual(self.api.listRequests().data["requests"], [])

    def test_not_another_systems(self):
        number = self._new().data["id"]
        other = self.shop.copy({"name": "Other", "may_create": True})
        self.api.key = self.env["pom.api.key"]._make(other, "Other")
        for ask in (
            self.api.getRequest,
            self.api.withdrawRequest,
            self.api.replaceLink,
        ):
            with self._refused(404):
                ask(id=number)
        self.assertEqual(self.api.listRequests().data["requests"], [])


@tagged("standard", "post_install", "-at_install")
class TestAfterwards(ApiCase):
    def _pay(self, move):
        attempt = self._begin(move)
        self.psp.pay(attempt.provider_reference)
        self._deliver()

    def test_paid_like_any_other(self):
        answer = self._new()
        self._pay(self._move(answer))
        told = self.api.getRequest(id=answer.data["id"]).data
        self.assertEqual(told["invoice"]["status"], "paid")
        self.assertEqual((told["button"], told["bank_code"]), ("", None))
        [payment] = self.api.listPayments().data["payments"]
        self.assertEqual(
            (payment["invoice"], payment["amount"], payment["by"]),
            (told["invoice"]["id"], "121.00", "bancontact_pro"),
        )
        for ask in (
            lambda: self.api.withdrawRequest(id=told["id"]),
            lambda: self.api.changeRequest({"amount": "1.00"}, id=told["id"]),
        ):
            with self._refused(409, "paid"):
                ask()

    def test_not_while_somebody_pays(self):
        answer = self._new()
        self._begin(self._move(answer))
        with self._refused(409, "paid"):
            self.api.withdrawRequest(id=answer.data["id"])

    def test_another_amount_and_day(self):
        answer = self._new()
        number, move = answer.data["id"], self._move(answer)
        told = self.api.changeRequest(
            {"amount": "99.50", "due_date": "2030-02-28"}, id=number
        ).data
        self.assertEqual(told["invoice"]["amount_asked"], "99.50")
        self.assertEqual(told["invoice"]["due_date"], "2030-02-28")
        self.assertEqual(told["page"], answer.data["page"])
        self.assertEqual((move.state, move.amount_total), ("posted", 99.5))
        again = self.api.changeRequest({"due_date": "2030-03-31"}, id=number).data
        self.assertEqual(again["invoice"]["amount_asked"], "99.50")
        self.assertEqual(again["invoice"]["due_date"], "2030-03-31")

    def test_withdrawn_is_owed_no_more(self):
        answer = self._new()
        number, move = answer.data["id"], self._move(answer)
        told = self.api.withdrawRequest(id=number).data
        self.assertTrue(told["withdrawn"])
        self.assertEqual((told["page"], told["qr_svg"]), ("", ""))
        self.assertEqual(move.payment_state, "reversed")
        self.assertEqual(self.api.withdrawRequest(id=number).data, told)
        page = self._request("GET", answer.data["page"]).text
        self.assertNotIn("121", page)
        for ask in (
            lambda: self.api.replaceLink(id=number),
            lambda: self.api.sendRequest({"channel": "email"}, id=number),
        ):
            with self._refused(409, "withdrawn"):
                ask()

    def test_a_new_link(self):
        answer = self._new()
        told = self.api.replaceLink(id=answer.data["id"]).data
        self.assertNotEqual(told["page"], answer.data["page"])

    def test_its_own_document(self):
        answer = self._new()
        self.api.attachDocument(PDF, id=answer.data["id"])
        move = self._move(answer)
        self.assertEqual(move.invoice_pdf_report_id.raw, PDF)
        self.assertEqual(base64.b64decode(move.invoice_pdf_report_file), PDF)
        shown = self._request("GET", f"{answer.data['page']}/invoice.pdf")
        self.assertEqual(shown.content, PDF)
        with self._refused(422, "no_pdf"):
            self.api.attachDocument(b"MZ", id=answer.data["id"])

    def test_sent_by_a_channel(self):
        self.company.email = "facturen@bakkerij.example"
        answer = self._new()
        number = answer.data["id"]
        self.api.attachDocument(PDF, id=number)
        self.api.sendRequest({"channel": "email"}, id=number)
        move = self._move(answer)
        mails = self.env["mail.mail"].search([("res_id", "=", move.id)])
        messages = move.message_ids.filtered(
            lambda one: move.partner_id in one.partner_ids
        )
        self.assertTrue(mails or messages)
        with self._refused(422, "unknown_channel"):
            self.api.sendRequest({"channel": "pigeon"}, id=number)
        self.company.email = False
        with self._refused(422, "no_sender"):
            self.api.sendRequest({"channel": "email"}, id=number)
        move.partner_id.email = False
        with self._refused(422, "no_address"):
            self.api.sendRequest({"channel": "email"}, id=number)
