"""Who paid twice sees both payments, and may ask for one of them."""

from odoo.tests import tagged

from tests.odoo.page.test_old_page import OldPageCase


@tagged("standard", "post_install", "-at_install")
class TestMoneyBack(OldPageCase):
    def setUp(self):
        super().setUp()
        self.link = self.move.pom_paylink_id

    def pay_twice(self):
        """At the till, while a payment was under way; the second one."""
        attempt = self.begin()
        self.pay_in_cash(self.move)
        self.settle(attempt)
        self.assertTrue(attempt.pom_double)
        return attempt

    def facts(self, path=""):
        self.env.flush_all()
        self.env.invalidate_all()
        page = self.page_of(f"{self.path}{path}?lang=en_US")
        return " ".join(page.xpath("string(//dl[@class='facts'])").split())

    def offered(self):
        page = self.page_of(f"{self.path}?lang=en_US")
        return page.xpath("//a[contains(@href, '/ask/money_back')]")

    def send(self, **data):
        return self.post(f"{self.path}/ask/money_back/send?lang=en_US", **data)

    def kept(self):
        requests = self.env["pom.payer.request"]
        return requests.search([("paylink_id", "=", self.link.id)])

    def test_both_payments_are_shown(self):
        attempt = self.pay_twice()
        till = self.move.matched_payment_ids - attempt.payment_id
        for path in ("", "/ask/money_back"):
            facts = self.facts(path)
            for payment in (attempt.payment_id, till):
                self.assertIn(payment.move_id.name, facts)
            self.assertEqual(facts.count("121.00"), 2)

    def test_asked_and_decided_by_a_person(self):
        attempt = self.pay_twice()
        self.assertTrue(self.offered())
        self.assertEqual(self.send(text="").status_code, 422)
        self.assertEqual(self.send(text="The second one").status_code, 303)
        request = self.kept()
        self.assertEqual((request.kind, request.move_ids), ("money_back", self.move))
        text = self.text_of(self.path)
        self.assertIn("You asked for your money back", text)
        self.assertIn("we answer by", text)
        request.action_accept()
        self.assertFalse(attempt.child_transaction_ids, "Nothing goes back by itself")
        to_do = self.move.activity_ids.mapped("summary")
        self.assertIn(f"Return money for {self.move.name}", to_do)

    def test_it_is_told_what_was_decided(self):
        self.pay_twice()
        self.marie.lang = "en_US"
        deliveries = self.env["pom.delivery"]
        for decide, words in (
            ("action_accept", "We will return what you paid too much"),
            ("action_refuse", "don't return any"),
        ):
            self.send(text="The second one")
            request = self.kept().sorted("id")[-1:]
            self.assertTrue(request.answer_is_told)
            getattr(request, decide)()
            told = deliveries.search([("move_ids", "in", self.move.ids)], order="id")
            self.assertIn(words, told[-1:].text)

    def test_who_paid_once_has_nothing_to_ask_for(self):
        self.pay_in_cash(self.move)
        self.assertFalse(self.offered())
        self.assertEqual(self.send(text="Please").status_code, 404)
        self.assertEqual(self.facts().count("121.00"), 1)

    def test_before_anything_is_paid(self):
        self.assertFalse(self.offered())
        self.assertEqual(self.send(text="Please").status_code, 404)

    def test_it_went_back(self):
        """What is on its way back isn't asked for again."""
        attempt = self.pay_twice()
        attempt._create_child_transaction(121, is_refund=True)._set_pending()
        self.env.flush_all()
        self.assertFalse(self.offered())
        self.assertEqual(self.facts().count("121.00"), 1)

    def test_paid_and_cancelled(self):
        self.settle(self.begin())
        self.move.button_draft()
        self.move.button_cancel()
        self.env.flush_all()
        self.assertIn("left of what you paid", self.text_of(self.path))
        self.assertTrue(self.offered())
        self.assertEqual(self.send(text="It was cancelled").status_code, 303)
        self.assertEqual(self.kept().move_ids, self.move)

    def test_on_a_statement(self):
        self.pay_twice()
        statement = self.env["pom.paylink"]._statement_of(self.marie, self.company)
        others = statement._every_document()
        for move in others:
            self.pay_in_cash(move)
        self.link, self.path = statement, f"/p/{statement.token}"
        self.assertIn("more than was due", self.text_of(self.path))
        self.assertTrue(self.offered())
        self.assertEqual(self.send(text="The second one").status_code, 303)
        self.assertEqual(self.kept().move_ids, self.move)

    def test_what_else_waits_for_an_answer(self):
        """A question on a page where all is paid; what it was paid about is over."""
        requests = self.env["pom.payer.request"]
        told = {"paid_on": self.days(-1)}
        requests._receive(self.link, "already_paid", told, self.move)
        self.pay_in_cash(self.move)
        self.assertNotIn("You told us that you paid", self.text_of(self.path))
        requests._receive(self.link, "question", {"text": "Why?"}, self.move)
        text = self.text_of(self.path)
        self.assertIn("You asked a question", text)
        self.assertNotIn("You told us that you paid", text)


@tagged("standard", "post_install", "-at_install")
class TestSettled(OldPageCase):
    """What nobody has to pay isn't what anybody can't pay."""

    WORDS = "Can't pay, or is something wrong?"

    def heading(self, path=None):
        self.env.flush_all()
        page = self.page_of(f"{path or self.path}?lang=en_US")
        return page.xpath("string(//h2[@id='help'])").strip()

    def test_open(self):
        self.assertEqual(self.heading(), self.WORDS)

    def test_paid(self):
        self.pay_in_cash(self.move)
        self.assertEqual(self.heading(), "Is something wrong?")

    def test_credited(self):
        note = self.move._reverse_moves([{"invoice_date": self.days(0)}])
        note.action_post()
        (self.move + note).line_ids.filtered(
            lambda item: item.account_type == "asset_receivable" and not item.reconciled
        ).reconcile()
        self.assertEqual(self.heading(), "Is something wrong?")

    def test_cancelled(self):
        self.move.button_draft()
        self.move.button_cancel()
        self.assertNotIn("Can't pay", self.heading())

    def test_a_statement_of_nothing(self):
        link = self.env["pom.paylink"]._statement_of(self.els, self.company)
        self.assertEqual(self.heading(f"/p/{link.token}"), "Is something wrong?")
