"""Words of the page that were wrong, or weren't the reader's."""

from datetime import timedelta

from lxml import html

from odoo.tests import HttpCase, tagged

from tests.e2e import page_states


@tagged("standard", "post_install", "-at_install")
class TestWordsOnThePage(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = page_states.debtor(cls.env, "Nora Smets")

    def page(self, move, lang):
        answer = self.url_open(f"/p/{move.pom_paylink_id.token}?lang={lang}")
        return html.fromstring(answer.text)

    def test_what_is_overdue_stands_above_what_comes_next(self):
        today = self.env.company._pom_today()
        term = page_states.two_parts(self.env, 10, 60)
        move = page_states.invoice(self.env, self.partner, 250, term=term)
        self.assertLess(move.pom_standing.day_asked, today - timedelta(days=5))
        labels = [
            " ".join(row.text_content().split())
            for row in self.page(move, "en_US").xpath("//dl[@class='facts']/div")
        ]
        self.assertTrue(labels[0].startswith("To be paid by"))
        self.assertTrue(labels[0].endswith("overdue"))
        self.assertTrue(labels[1].startswith("Next payment"))

    def test_a_payment_method_s_own_name_is_in_the_reader_s_language(self):
        """The journal's line of it was named in English, once."""
        move = page_states.invoice(self.env, self.partner, 100)
        page_states.pay(self.env, move, move.amount_residual)
        entry = move._pom_settled().credit_move_id.move_id
        line = entry.origin_payment_id.payment_method_line_id
        line.name = "Manual Payment"
        method = line.payment_method_id
        for lang in ("nl_BE", "fr_BE", "de_DE"):
            method.with_context(lang=lang).name = f"Own word in {lang}"
            self.assertNotIn("Manual", self.page(move, lang).text_content())
        line.name = "At the counter"
        self.assertIn("At the counter", self.page(move, "nl_BE").text_content())
        method.code = "other"
        line.name = "Manual Payment"
        said = self.page(move, "fr_BE").text_content()
        self.assertIn("Own word in fr_BE", said)

    def test_who_waits_is_told_so_in_the_own_language(self):
        move = page_states.invoice(self.env, self.partner, 100)
        for lang, moment, copied in (
            ("en_US", "One moment…", "Copied"),
            ("nl_BE", "Een ogenblik…", "Gekopieerd"),
        ):
            [body] = self.page(move, lang).xpath("//body")
            self.assertEqual(body.get("data-moment"), moment)
            self.assertEqual(body.get("data-copied"), copied)

    def test_reasons_read_aloud(self):
        """As an office says it, each a sentence or a noun of its own."""
        field = self.env["pom.payer.request"]._fields["reason"]
        for lang, words in (
            ("nl_BE", ("Er is iets mis mee", "Dit is niet van mij")),
            ("fr_BE", ("Ceci n'est pas à moi", "Le montant est faux")),
            ("de_DE", ("Damit stimmt etwas nicht", "Das ist nicht meins")),
        ):
            env = self.env(context={"lang": lang})
            labels = dict(field._description_selection(env)).values()
            self.assertFalse(set(words) & set(labels))
            self.assertNotIn("This isn't mine", labels)
