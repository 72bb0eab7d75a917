"""A debtor who told us to have paid isn't asked again before somebody has looked."""

from odoo.tests import tagged

from tests.odoo.page.test_old_page import OldPageCase
from tests.odoo.pom_claim.common import claim, switch_on

TOLD = "You told us that you have paid this"
ASKS = "asks you to pay"


class ToldCase(OldPageCase):
    def setUp(self):
        super().setUp()
        self.move = self.owed(due=-9)
        self.path = f"/p/{self.move.pom_paylink_id.token}"

    def owed(self, amount=121.0, due=30):
        return self.invoice(
            amount,
            partner_id=self.els.id,
            invoice_date=self.days(min(due, 0) - 30),
            invoice_date_due=self.days(due),
        )

    def tell(self, moves=None, link=None):
        moves = self.move if moves is None else moves
        link = link or moves[:1].pom_paylink_id
        values = {"paid_on": self.days(-1)}
        return self.env["pom.payer.request"]._receive(
            link, "already_paid", values, moves
        )

    def statement(self):
        return self.env["pom.paylink"]._statement_of(self.els, self.company)

    def amount(self, path=None, **asked):
        """What the page asks; '' for nothing."""
        self.env.flush_all()
        self.env.invalidate_all()
        query = "".join(f"&{name}={value}" for name, value in asked.items())
        page = self.page_of(f"{path or self.path}?lang=en_US{query}")
        return page.xpath("string(//h1/span[@class='amount'])").strip()

    def assert_asked(self, amount):
        text = self.text_of(self.path)
        self.assertNotIn(TOLD, text)
        self.assertIn(ASKS, text)
        self.assertIn(amount, self.amount())

    def assert_told(self, path=None):
        text = self.text_of(path or self.path)
        self.assertIn(TOLD, text)
        for words in (ASKS, "overdue", "To be paid by", "Pay by bank transfer"):
            self.assertNotIn(words, text)
        self.assertFalse(self.amount(path))


@tagged("standard", "post_install", "-at_install")
class TestToldPaid(ToldCase):
    def test_not_asked_until_it_is_refused(self):
        """Whoever accepts it is still looking for the money."""
        self.assert_asked("121.00")
        request = self.tell()
        self.assert_told()
        self.assertIn("we answer by", self.text_of(self.path))
        request.action_answer()
        self.assert_told()
        request.action_accept()
        self.assert_told()
        request.action_reopen()
        self.assert_told()
        request.action_refuse()
        self.assert_asked("121.00")
        request.action_reopen()
        self.assert_told()

    def test_paid_all_the_same(self):
        self.tell()
        page = self.page_of(self.path)
        [anyway] = page.xpath("//details[@class='anyway']")
        self.assertFalse(anyway.get("open"))
        self.assertFalse(page.xpath("//form[@class='ways'][not(ancestor::details)]"))
        self.pay_from_page(self.move)
        self.assertEqual(self.move.transaction_ids.amount, 121)

    def test_what_still_makes_sense_to_say(self):
        """Neither that it was paid, nor to be reminded, nor to pay it in parts."""
        self.tell()
        page = self.page_of(self.path)
        offered = page.xpath("//a[contains(@href, '/ask/')]/@href")
        kinds = [path.rpartition("/")[2].partition("?")[0] for path in offered]
        self.assertEqual(kinds, ["question", "dispute", "contact"])
        self.assertNotIn("Can't pay", self.text_of(self.path))

    def test_a_part_of_the_money_is_found(self):
        request = self.tell()
        request.action_accept()
        self.pay_in_cash(self.move, 40)
        self.assert_asked("81.00")
        self.assertFalse(self.move.pom_quiet_until)

    def test_the_money_comes_and_goes_back(self):
        self.tell().action_accept()
        payment = self.pay_in_cash(self.move)
        self.assertIn("Paid. Thank you!", self.text_of(self.path))
        payment.action_draft()
        payment.action_cancel()
        self.assert_asked("121.00")

    def test_told_twice_and_found(self):
        self.tell()
        self.tell()
        self.pay_in_cash(self.move, 40)
        self.assert_asked("81.00")

    def test_a_credit_note_is_no_money(self):
        self.tell()
        note = self.move._reverse_moves([{"invoice_date": self.days(0)}])
        note.invoice_line_ids.price_unit = 21
        note.action_post()
        (self.move + note).line_ids.filtered(
            lambda item: item.account_type == "asset_receivable"
        ).reconcile()
        self.assertEqual(self.move.amount_residual, 100)
        self.assert_told()

    def test_somebody_decides_to_go_on(self):
        self.tell().action_accept()
        self.move._pom_set_quiet(False)
        self.assert_asked("121.00")

    def test_besides_a_question(self):
        """Who asked before that waits for two answers."""
        link = self.move.pom_paylink_id
        requests = self.env["pom.payer.request"]
        question = requests._receive(link, "question", {"text": "Why?"}, self.move)
        request = self.tell()
        self.assert_told()
        question.action_accept()
        self.assert_told()
        request.action_refuse()
        self.assert_asked("121.00")

    def test_a_question_alone_changes_nothing(self):
        link = self.move.pom_paylink_id
        requests = self.env["pom.payer.request"]
        requests._receive(link, "question", {"text": "Why?"}, self.move)
        self.assert_asked("121.00")

    def test_handed_over(self):
        """The collector asks: so that stays on the page."""
        self.move.pom_handed_over = self.days(-1)
        self.assertIn("Here you can still pay it", self.text_of(self.path))
        self.tell()
        self.assert_told()
        text = self.text_of(self.path)
        self.assertIn("We have handed this over for collection.", text)
        self.assertNotIn("Here you can still pay it", text)

    def test_what_a_reminder_asked_on_top(self):
        switch_on(self.company)
        claim(self.move)
        self.assert_asked("128.50")
        request = self.tell()
        self.assert_told()
        self.assertNotIn("Costs of the reminder", self.text_of(self.path))
        request.action_refuse()
        self.assert_asked("128.50")

    def test_parts(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Half and half",
                "line_ids": [
                    (0, 0, {"value": "percent", "value_amount": 50, "nb_days": days})
                    for days in (0, 30)
                ],
            }
        )
        move = self.invoice(
            100,
            partner_id=self.els.id,
            invoice_payment_term_id=term.id,
            invoice_date_due=False,
        )
        path = f"/p/{move.pom_paylink_id.token}"
        self.assertTrue(self.page_of(path).xpath("//details[@class='parts']"))
        self.tell(move)
        self.assert_told(path)
        self.assertFalse(self.page_of(path).xpath("//details[@class='parts']"))

    def test_the_link_is_old(self):
        """That has nothing to do with whether it's owed."""
        owed = "the invoice still has to be paid"
        link = self.move.pom_paylink_id
        link.valid_until = self.days(-1)
        self.assertIn(owed, self.text_of(self.path))
        request = self.tell()
        # What is sent about it makes the link good again.
        link.valid_until = self.days(-1)
        self.assert_told()
        self.assertNotIn(owed, self.text_of(self.path))
        [renew] = self.page_of(self.path).xpath("//details[@class='anyway']/form")
        self.assertIn("/renew", renew.get("action"))
        request.action_refuse()
        link.valid_until = self.days(-1)
        self.assertIn(owed, self.text_of(self.path))
        values = {"reason": "faulty", "amount": 121}
        requests = self.env["pom.payer.request"]
        requests._receive(link, "dispute", values, self.move)
        link.valid_until = self.days(-1)
        text = self.text_of(self.path)
        self.assertIn("You told us that something is wrong", text)
        self.assertNotIn(owed, text)
        self.assertNotIn(ASKS, text)

    def test_the_picture_says_so(self):
        """What the books say is told to programs as before."""
        picture = f"{self.path}/status.svg"
        self.assertIn("<title>Overdue</title>", self.text_of(picture))
        self.tell()
        self.assertIn("<title>Reported as paid</title>", self.text_of(picture))
        status = self.url_open(f"{self.path}/status.json").json()
        self.assertEqual((status["state"], status["status"]), ("open", "overdue"))
        self.pay_in_cash(self.move)
        self.assertIn("<title>Paid</title>", self.text_of(picture))


@tagged("standard", "post_install", "-at_install")
class TestToldOnAStatement(ToldCase):
    def setUp(self):
        super().setUp()
        self.other = self.owed(50.0)
        self.path = f"/p/{self.statement().token}"

    def row(self, move):
        page = self.page_of(f"{self.path}?lang=en_US")
        [row] = page.xpath(f"//li[.//input[@value='{move.id}']]")
        checked = bool(row.xpath(".//input[@checked]"))
        return checked, " ".join(row.text_content().split())

    def test_the_others_are_asked(self):
        self.assertIn("171.00", self.amount())
        request = self.tell()
        self.assertIn("50.00", self.amount())
        text = self.text_of(self.path)
        self.assertIn("All your unpaid invoices", text)
        self.assertNotIn("Unpaid besides this", text)
        checked, words = self.row(self.move)
        self.assertFalse(checked)
        self.assertIn("you told us that you paid this", words)
        self.assertNotIn("overdue", words)
        self.assertTrue(self.row(self.other)[0])
        request.action_refuse()
        self.assertIn("171.00", self.amount())

    def test_ticked_all_the_same(self):
        self.tell()
        self.assertIn("121.00", self.amount(item=self.move.id))
        self.assertIn("Pay by bank transfer", self.text_of(self.path))

    def test_all_of_them(self):
        both = self.move | self.other
        request = self.tell(both, self.statement())
        self.assert_told()
        self.assertIn("Your invoices", self.text_of(self.path))
        request.action_accept()
        self.assert_told()
        # What is found of one leaves the other.
        self.pay_in_cash(self.other)
        self.assert_told()
        self.pay_in_cash(self.move, 21)
        self.assertIn("100.00", self.amount())

    def test_one_page_of_both(self):
        """By the invoice's own link it's the same."""
        self.tell(self.move, self.statement())
        self.assert_told(f"/p/{self.move.pom_paylink_id.token}")

    def test_what_a_message_asked_for(self):
        """Of before, opened again."""
        link, ids = self.statement(), [self.move.id, self.other.id]
        self.assertEqual(link._still_asked(ids), ids)
        self.tell()
        self.assertEqual(link._still_asked(ids), [self.other.id])
        self.assertEqual(link._still_asked(self.move.ids), self.move.ids)
