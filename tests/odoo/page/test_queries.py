"""What one view of the page asks PostgreSQL: most of a debtor's wait."""

import threading

from odoo.tests import tagged

from odoo.addons.pom_payment.models import ir_http
from odoo.addons.pom_payment.models.pom_paylink_view import CURRENCY, LINK, PARTNER

from tests.odoo.payment.common import PayPageCase

#: Of an invoice of which nothing else is known, and of a statement of any length.
MOST, MOST_OF_A_STATEMENT = 2, 7
#: Of the test's own transaction, around each request.
BRACKETS = ("SAVEPOINT", "RELEASE", "ROLLBACK")


@tagged("standard", "post_install", "-at_install")
class TestQueries(PayPageCase):
    def queries_of(self, link):
        """Of the second view: the first fills what a worker remembers of settings."""
        path = f"/p/{link.token}"
        self.env.flush_all()
        self.url_open(path)
        self.env.invalidate_all()
        with self.assertLogs("odoo.sql_db", "DEBUG") as log:
            self.assertEqual(self.url_open(path).status_code, 200)
        said = [record.getMessage() for record in log.records]
        queries = [text.partition("query: ")[2].strip() for text in said]
        return [text for text in queries if text and not text.startswith(BRACKETS)]

    def read_behind(self, link, lang):
        link = link.with_context(lang=lang)
        company, move = link.company_id, link.move_id
        currencies = move.currency_id | company.currency_id
        parties = link.partner_id | company.partner_id
        behind = {
            "link": (link, LINK),
            "move": (move, link._move_fields()),
            "company": (company, link._company_fields()),
            "parties": (parties, PARTNER),
            "currencies": (currencies, CURRENCY),
        }
        return {
            which: [one[name] for one in records for name in names]
            for which, (records, names) in behind.items()
        }

    def statement_of(self, count):
        debtor = self.marie.copy({"name": f"Who owes {count}"})
        for number in range(count):
            self.invoice(100.0 + number, partner_id=debtor.id)
        return self.env["pom.paylink"]._statement_of(debtor, self.company)

    def test_of_an_invoice(self):
        queries = self.queries_of(self.move.pom_paylink_id)
        self.assertGreater(len(queries), 1, "link and money on account at least")
        self.assertLessEqual(len(queries), MOST, "\n".join(queries))

    def test_of_a_statement(self):
        few, many = self.statement_of(2), self.statement_of(9)
        queries = self.queries_of(few)
        self.assertLessEqual(len(queries), MOST_OF_A_STATEMENT, "\n".join(queries))
        self.assertEqual(len(self.queries_of(many)), len(queries))

    def test_never_of_a_replica(self):
        """Which lags: whoever just paid would see that he still has to."""
        threading.current_thread().dbname = self.env.cr.dbname
        rules = self.env["ir.http"].routing_map().iter_rules()
        ours = [rule for rule in rules if rule.rule.startswith(ir_http.OURS)]
        self.assertGreater(len(ours), 25)
        lagging = {r.rule for r in ours if r.endpoint.routing["readonly"] is not False}
        self.assertEqual(lagging, set())

    def test_kept_until_written(self):
        """What all pages of a creditor show isn't read for each, and never is what it
        was before.
        """
        path = f"/p/{self.move.pom_paylink_id.token}"
        self.url_open(path)
        partner, account = self.company.partner_id, self.move.partner_bank_id
        other = self.env["res.partner"].create({"name": "Bakkerij Elders"})
        written = {
            "Brood & Co": (self.company, {"name": "Brood & Co"}),
            "Molenstraat 7": (partner, {"street": "Molenstraat 7"}),
            "+32 9 000 00 07": (partner, {"phone": "+32 9 000 00 07"}),
            "Onze voorwaarden": (self.company, {"pom_page_footer": "Onze voorwaarden"}),
            "Brood in handen": (account, {"acc_holder_name": "Brood in handen"}),
            "EURO": (self.move.currency_id, {"symbol": "EURO"}),
            "Bakkerij Elders": (self.company, {"partner_id": other.id}),
            "Elders 9": (other, {"street": "Elders 9"}),
        }
        for text, (record, values) in written.items():
            self.assertNotIn(text, self.url_open(path).text)
            record.write(values)
            self.assertIn(text, self.url_open(path).text.replace("&amp;", "&"))

    def test_read_as_the_orm_reads_it(self):
        """What is behind the link of a page that only looks comes with one query, in
        whatever language it's shown then.
        """
        self.company.pom_page_welcome = "Welcome"
        self.company.with_context(lang="nl_BE").pom_page_welcome = "Welkom"
        links = self.env["pom.paylink"]
        for token in (self.move.pom_paylink_id.token, self.statement_of(1).token):
            for lang in ("en_US", "nl_BE", "fr_BE"):
                self.env.invalidate_all()
                read = self.read_behind(links._find(token), lang)
                self.env.invalidate_all()
                found = links._find(token, looks=True)
                with self.assertQueryCount(0):
                    self.assertEqual(self.read_behind(found, lang), read)
                welcome = found.with_context(lang=lang).company_id.pom_page_welcome
                self.assertEqual(welcome, "Welkom" if lang == "nl_BE" else "Welcome")
        for typed in ("nonsense", "0" * 26):
            self.assertFalse(links._find(typed, looks=True))

    def test_knows_what_others_ask_for(self):
        """What came with the link is what is asked for where nobody looks."""
        early = self.env["account.payment.term"].create(
            {
                "name": "Two parts",
                "line_ids": [
                    (0, 0, {"value_amount": 40, "nb_days": 0}),
                    (0, 0, {"value_amount": 60, "nb_days": 30}),
                ],
            }
        )
        discount = self.env["account.payment.term"].create(
            {
                "name": "Early",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 8,
                "line_ids": [(0, 0, {"value_amount": 100, "nb_days": 30})],
            }
        )
        product = self.env["product.product"].create({"name": "Rye bread"})
        lines = [
            (0, 0, {"name": 'Bread\nof "the week"', "price_unit": 0.1, "quantity": 3}),
            (0, 0, {"product_id": product.id, "price_unit": 12.34}),
            (0, 0, {"name": "Thank you", "display_type": "line_note"}),
        ]
        moves = [
            self.invoice(),
            self.invoice(invoice_payment_term_id=early.id),
            self.invoice(invoice_payment_term_id=discount.id),
            self.invoice(invoice_line_ids=lines),
        ]
        link = moves[0].pom_paylink_id
        said = {"text": "Is this for March?"}
        self.env["pom.payer.request"]._receive(link, "question", said, moves[0])
        for move in moves:
            token = move.pom_paylink_id.token
            self.env.invalidate_all()
            plain = self.env["pom.paylink"]._find(token)
            told = (plain._lines(), plain.move_id.pom_standing)
            self.env.invalidate_all()
            found = self.env["pom.paylink"]._find(token, looks=True)
            self.assertEqual((found._lines(), found.move_id.pom_standing), told)
            self.assertTrue(told[0])
            self.assertIn(told[1].word, ("open", "planned", "partial"))

    def test_of_what_is_merged(self):
        old, kept = self.statement_of(1), self.statement_of(2)
        old.merged_into_id = kept
        found = self.env["pom.paylink"]._find(old.token, looks=True)
        self.assertEqual(found, kept)
        self.assertEqual(len(found._documents()), 2)

    def test_only_who_looks_knows(self):
        """Whoever pays or asks reads everything itself, and afresh."""
        token = self.move.pom_paylink_id.token
        links = self.env["pom.paylink"]
        self.assertFalse(links._find(token, looks=True)._may_have("ended"))
        self.assertTrue(links._find(token)._may_have("ended"))
        other = self.invoice().pom_paylink_id
        looked = links._find(token, looks=True)
        self.assertTrue(other.with_env(looked.env)._may_have("ended"))
