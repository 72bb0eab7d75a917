"""What a debtor contests isn't asked, and is in nothing that says how much is left."""

from lxml import html

from odoo.tests import tagged

from tests.odoo.page.test_old_page import OldPageCase


@tagged("standard", "post_install", "-at_install")
class TestContestedPart(OldPageCase):
    def setUp(self):
        super().setUp()
        self.link = self.move.pom_paylink_id

    def contest(self, amount, move=None):
        move = move or self.move
        values = {"reason": "amount", "amount": amount}
        requests = self.env["pom.payer.request"]
        return requests._receive(move.pom_paylink_id, "dispute", values, move)

    def facts(self, path=None, **asked):
        """What the page says below its heading, by its words."""
        self.env.flush_all()
        self.env.invalidate_all()
        query = "".join(f"&{name}={value}" for name, value in asked.items())
        page = self.page_of(f"{path or self.path}?lang=en_US{query}")
        rows = page.xpath("//section[@id='request']//dl/div")
        return {
            row.xpath("string(dt)").strip(): row.xpath("string(dd)").split()[0]
            for row in rows
        }

    def test_what_is_still_to_pay(self):
        self.contest(40)
        facts = self.facts()
        self.assertEqual(facts["You don't agree with"], "40.00")
        self.assertNotIn("Total still to pay", facts)
        facts = self.facts(amount="30.00")
        self.assertNotIn("121.00", facts.get("Total still to pay", ""))

    def test_a_part_of_the_rest(self):
        self.company.pom_part_allowed = True
        self.contest(40)
        self.assertEqual(self.facts(amount="30.00")["Total still to pay"], "81.00")
        self.assertNotIn("Total still to pay", self.facts(amount="121.00"))

    def test_in_parts(self):
        """The last ones are contested."""
        term = self.env["account.payment.term"].create(
            {
                "name": "Three",
                "line_ids": [
                    (0, 0, {"value": "percent", "value_amount": part, "nb_days": days})
                    for part, days in ((50, 0), (30, 30), (20, 60))
                ],
            }
        )
        move = self.invoice(
            100,
            partner_id=self.els.id,
            invoice_payment_term_id=term.id,
            invoice_date_due=False,
        )
        self.contest(30, move)
        self.env.flush_all()
        page = self.page_of(f"/p/{move.pom_paylink_id.token}?lang=en_US")
        cells = page.xpath("//details[@class='parts']//td[@class='number']")
        shown = [cell.text_content().split()[0] for cell in cells]
        self.assertEqual(shown, ["50.00", "20.00"])

    def test_on_a_statement(self):
        """Neither in what is asked nor in what is unpaid besides."""
        first, second = (self.invoice(70, partner_id=self.els.id) for _n in range(2))
        link = self.env["pom.paylink"]._statement_of(self.els, self.company)
        path = f"/p/{link.token}"
        self.contest(20, first)
        self.assertNotIn("Unpaid besides this", self.facts(path))
        beside = self.facts(path, item=second.id)["Unpaid besides this"]
        self.assertEqual(beside, "50.00")
        self.contest(50, first)
        self.assertNotIn("Unpaid besides this", self.facts(path, item=second.id))
        # Who pays it all the same pays all of it.
        beside = self.facts(path, item=first.id)["Unpaid besides this"]
        self.assertEqual(beside, "70.00")

    def test_in_the_portal(self):
        """Core says what is left to pay once a part is paid."""
        self.pay_in_cash(self.move, 21)
        self.contest(40)
        values = self.move._get_invoice_portal_extra_values()
        self.assertEqual(values["amount_due"], 60)
        self.assertEqual(values["next_amount_to_pay"], 60)

    def test_on_the_receipt(self):
        """Of what was paid so far."""
        self.pay_in_cash(self.move, 21)
        self.contest(40)
        sheet = self.env["ir.actions.report"]._render_qweb_html(
            "pom_payment.report_receipt", self.move.ids
        )[0]
        text = html.fromstring(sheet).text_content()
        self.assertRegex(text, r"Nog te betalen:\s+60,00")

    def said(self, link=None, **data):
        link = link or self.link
        path = f"/p/{link.token}/ask/dispute/send?lang=en_US"
        answer = self.post(path, **data)
        self.assertEqual(answer.status_code, 422)
        problems = html.fromstring(answer.text).xpath("//*[@role='alert']//li")
        return [one.text_content().strip() for one in problems]

    def test_an_amount_in_a_word(self):
        """One sentence, about what was typed."""
        for typed in ("zehn", "-5", "5 or 6"):
            [sentence] = self.said(reason="amount", amount=typed)
            self.assertIn("That isn't an amount", sentence)
        [sentence] = self.said(reason="amount", amount="500")
        self.assertIn("no more than the invoice", sentence)

    def test_of_which_invoice(self):
        """Nobody is told off for an amount before that is known."""
        for _n in range(2):
            self.invoice(70, partner_id=self.els.id)
        link = self.env["pom.paylink"]._statement_of(self.els, self.company)
        for typed in ("", "20"):
            said = self.said(link, reason="amount", amount=typed)
            self.assertEqual(said, ["Choose one invoice."])
