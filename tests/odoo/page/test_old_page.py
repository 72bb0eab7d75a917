"""Pages that somebody left open, and pages after somebody tried to pay."""

from datetime import timedelta

from odoo.tests import tagged

from tests.odoo.payment.common import PayPageCase


class OldPageCase(PayPageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.els = cls.env["res.partner"].create(
            {"name": "Els Maes", "email": "els@klant.example", "lang": "en_US"}
        )

    def text_of(self, address):
        self.env.invalidate_all()
        sign = "&" if "?" in address else "?"
        return " ".join(self.url_open(f"{address}{sign}lang=en_US").text.split())

    def press(self, path, form):
        """Press Pay on a page that was fetched before; where the browser lands."""
        answer = self.post(f"{path}/pay", **form, way=self.way)
        self.assertEqual(answer.status_code, 303)
        self.env.invalidate_all()
        return answer.headers["Location"]

    def form(self, path):
        page = self.page_of(path)
        [form] = page.xpath("//form[@class='ways']")
        return {name: value for name, value in form.fields.items() if name != "way"}

    def settle(self, attempt):
        """The provider took it."""
        attempt._set_done()
        attempt._post_process()
        self.env.flush_all()

    def pay_in_cash(self, move, amount=None):
        """What is in the till has come."""
        journals = self.env["account.journal"]
        till = journals.search([("code", "=", "TILL9")]) or journals.create(
            {"name": "Till", "code": "TILL9", "type": "cash"}
        )
        till.inbound_payment_method_line_ids.payment_account_id = (
            till.default_account_id
        )
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create(
                {
                    "journal_id": till.id,
                    "amount": amount or move.amount_residual,
                    "group_payment": True,
                }
            )
        )
        payment = wizard._create_payments()
        self.assertEqual(payment.state, "paid")
        return payment


@tagged("standard", "post_install", "-at_install")
class TestOldPage(OldPageCase):
    def two_parts(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Half and half",
                "line_ids": [
                    (0, 0, {"value": "percent", "value_amount": 50, "nb_days": days})
                    for days in (0, 30)
                ],
            }
        )
        return self.invoice(
            100,
            partner_id=self.els.id,
            invoice_payment_term_id=term.id,
            invoice_date_due=False,
        )

    def test_first_part_is_not_paid_twice(self):
        """Two tabs: the second would pay the part that isn't due."""
        move = self.two_parts()
        path = f"/p/{move.pom_paylink_id.token}"
        tab = self.form(path)
        self.assertEqual(tab["amount"], "50.00")
        attempt = self.begin(move)
        self.settle(attempt)
        self.assertEqual(move.amount_residual, 50)
        location = self.press(path, tab)
        self.assertIn("problem=again", location)
        self.assertEqual(move.transaction_ids, attempt)
        moment = self.company._pom_local(attempt.last_state_change)
        text = self.text_of(location)
        self.assertIn(f"You paid this at {moment:%H:%M}", text)
        self.assertIn("Nothing was charged now", text)

    def test_paid_another_day(self):
        move = self.two_parts()
        path = f"/p/{move.pom_paylink_id.token}"
        tab = self.form(path)
        tab["mark"] = f"{int(tab['mark'].split('-')[0]) - 99 * 3600}-{'0' * 32}"
        attempt = self.begin(move)
        self.settle(attempt)
        attempt.last_state_change -= timedelta(days=2)
        self.assertIn("You paid this on ", self.text_of(self.press(path, tab)))

    def test_the_bank_was_faster(self):
        """Paid otherwise: what the old page asks is the next part by now."""
        move = self.two_parts()
        path = f"/p/{move.pom_paylink_id.token}"
        tab = self.form(path)
        self.register_payment(move, 50)
        location = self.press(path, tab)
        self.assertFalse(move.transaction_ids)
        self.assertIn("has changed since", self.text_of(location))

    def test_named_documents_are_never_replaced(self):
        """Both tabs name the first invoice; it's paid in one of them."""
        first, second = (self.invoice(70, partner_id=self.els.id) for _n in range(2))
        link = self.env["pom.paylink"]._statement_of(self.els, self.company)
        path = f"/p/{link.token}"
        tab = self.form(f"{path}?item={first.id}")
        location = self.press(path, tab)
        attempt = first.transaction_ids
        self.assertTrue(attempt, location)
        self.settle(attempt)
        location = self.press(path, tab)
        self.assertFalse(second.transaction_ids)
        self.assertIn("You paid this at", self.text_of(location))
        choice = link._choice([first.id])
        self.assertEqual((choice.problem, choice.amount), ("gone", 0))
        self.assertFalse(choice.moves)

    def test_what_a_message_named_is_gone(self):
        """Somebody opens what is paid by now: the others aren't put in its place."""
        first, second = (self.invoice(70, partner_id=self.els.id) for _n in range(2))
        link = self.env["pom.paylink"]._statement_of(self.els, self.company)
        self.register_payment(first)
        page = self.page_of(f"/p/{link.token}?item={first.id}")
        self.assertIn("can't be paid any more", page.text_content())
        self.assertFalse(page.xpath("//form[@class='ways']"))
        self.assertFalse(page.xpath("//input[@name='item'][@checked]"))
        self.assertTrue(page.xpath(f"//input[@name='item'][@value='{second.id}']"))
        self.assertNotIn("Please contact", page.text_content())

    def test_amounts_without_a_mark(self):
        answer = self.post(f"{self.path}/pay", way=self.way, amount="121.00")
        self.assertIn("problem=changed", answer.headers["Location"])
        self.assertFalse(self.move.transaction_ids)

    def test_the_mark_of_another_link(self):
        other = self.invoice(121)
        tab = self.form(f"/p/{other.pom_paylink_id.token}")
        self.assertIn("problem=changed", self.press(self.path, tab))
        self.assertFalse((self.move | other).transaction_ids)

    def test_tried_again_after_a_cancelled_one(self):
        """Nothing was paid: the old page is as good as a new one."""
        tab = self.form(self.path)
        self.press(self.path, tab)
        self.move.transaction_ids._set_canceled()
        self.press(self.path, tab)
        self.assertEqual(len(self.move.transaction_ids), 2)

    def test_core_s_form_too(self):
        demo = self.env["payment.provider"].search(
            [("code", "=", "demo"), ("company_id", "=", self.company.id)]
        )
        method = demo.payment_method_ids.filtered("active")[:1]
        move = self.two_parts()
        path = f"/p/{move.pom_paylink_id.token}"
        form = self.page_of(f"{path}/form?way={demo.id}-{method.id}&amount=50.00")
        [route] = form.xpath("//@data-transaction-route")
        self.settle(self.begin(move))
        values = {
            "provider_id": demo.id,
            "payment_method_id": method.id,
            "flow": "direct",
        }
        answer = self.opener.post(
            f"{self.base_url()}{route}",
            json={"jsonrpc": "2.0", "params": values},
            timeout=60,
        )
        self.assertIn("has changed since", answer.text)
        self.assertEqual(len(move.transaction_ids), 1)


@tagged("standard", "post_install", "-at_install")
class TestAfterwards(OldPageCase):
    def test_nothing_was_charged(self):
        for end, words in (
            (lambda tx: tx._set_canceled(), "was stopped, or not finished in time"),
            (lambda tx: tx._set_error("No"), "didn't succeed"),
        ):
            end(self.begin())
            text = self.text_of(self.path)
            self.assertIn("Nothing was charged.", text)
            self.assertIn(words, text)
            self.assertIn("or pay by bank transfer", text)

    def test_not_said_for_ever_nor_when_nobody_knows(self):
        attempt = self.begin()
        attempt._set_canceled()
        attempt.last_state_change -= timedelta(hours=1)
        self.assertNotIn("Nothing was charged", self.text_of(self.path))
        attempt = self.begin()
        self.psp.faults.inject("api_error", 503)
        self.addCleanup(self.psp.faults.clear, "api_error")
        attempt.action_pom_give_up()
        self.assertEqual(attempt.state, "cancel")
        self.assertNotIn("Nothing was charged", self.text_of(self.path))

    def test_what_was_paid(self):
        """Amount, day, way and number; and the receipt."""
        attempt = self.begin()
        self.settle(attempt)
        page = self.page_of(self.path)
        text = page.text_content()
        self.assertIn(attempt.payment_id.move_id.name, text)
        self.assertIn("Bancontact", text)
        facts = page.xpath("string(//dl[@class='facts'])")
        self.assertIn("121,00", facts)
        self.assertIn(f"{self.company._pom_today().year}", facts)

    def test_paid_at_the_till(self):
        """A line of the cash book is no bank transfer."""
        journal = self.env["account.journal"].create(
            {"name": "Till", "type": "cash", "company_id": self.company.id}
        )
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": journal.id,
                "amount": self.move.amount_total,
                "payment_ref": self.move.payment_reference,
            }
        )
        line._pom_auto_match()
        self.assertEqual(self.move.payment_state, "paid")
        self.env.flush_all()
        page = self.page_of(self.path)
        facts = page.xpath("string(//dl[@class='facts'])")
        self.assertIn("contant", facts)
        self.assertNotIn("overschrijving", facts)

    def test_nothing_to_pay(self):
        """An invoice of nothing was never paid: no thanks, and no receipt."""
        move = self.invoice(0, partner_id=self.els.id)
        self.env.flush_all()
        path = f"/p/{move.pom_paylink_id.token}"
        text = self.text_of(path)
        self.assertNotIn("Paid. Thank you", text)
        self.assertNotIn("receipt", text)

    def test_receipt_by_mail(self):
        """To the known address alone, a few times a day."""
        self.settle(self.begin())
        [form] = self.page_of(self.path).xpath("//form")
        self.assertTrue(form.get("action").endswith("/receipt"))
        mails = self.env["mail.mail"]
        before = mails.search([])
        for _time in range(5):
            answer = self.post(f"{self.path}/receipt", email="thief@example.com")
            self.assertIn("done=receipt", answer.headers["Location"])
        new = mails.search([]) - before
        self.assertEqual(len(new), 3)
        self.assertEqual(new.recipient_ids, self.marie)
        self.assertFalse(any(new.mapped("email_to")))
        files = new[0].attachment_ids
        [receipt] = files.filtered(lambda one: one.mimetype == "application/pdf")
        self.assertTrue(receipt.raw)
        self.marie.email = False
        self.assertFalse(self.page_of(self.path).xpath("//form"))
