"""What the reminders say, in every language that is shipped."""

from datetime import date

from odoo.tests import freeze_time, tagged

from odoo.addons.pom_message.tools import sms_text

from .common import ReminderCase

DUE = date(2026, 3, 31)
LANGUAGES = ("en_US", "nl_BE", "fr_BE", "de_DE")
#: How an invoice is called, and three of them.
ONE = {"en": "invoice ", "nl": "factuur ", "fr": "facture ", "de": "Rechnung "}
THREE = {
    "en": "3 invoices",
    "nl": "3 facturen",
    "fr": "3 factures",
    "de": "3 Rechnungen",
}


@tagged("standard", "post_install", "-at_install")
class TestWords(ReminderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("de_DE")
        # A name of 25 letters, and a domain behind which links have 40.
        cls.company.write(
            {
                "name": "Crêperie De Gouden Lepel X",
                "pom_short_url": "https://pay.dekats.be",
            }
        )
        # Of every policy that is shipped, those of other countries too.
        cls.levels = cls.env["pom.reminder.policy.level"].search(
            [("channel", "!=", "task")]
        )
        countries = cls.levels.policy_id.mapped(lambda one: (one.rule or "")[:2])
        assert {"be", "nl", "fr", "de", "lu"} <= set(countries), countries

    def _asked(self, level, moves, channel="sms"):
        return (
            self.env["pom.delivery"]
            .sudo()
            ._ask(
                [
                    {
                        "kind": "reminder",
                        "channel": channel,
                        "partner_id": self.marie.id,
                        "company_id": self.company.id,
                        "moves": moves,
                        "level_id": level.id,
                        "policy_id": level.policy_id.id,
                    }
                ]
            )
        )

    def _in_each_language(self):
        for lang in LANGUAGES:
            self.marie.lang = lang
            with self.subTest(lang):
                yield lang[:2]

    def test_a_reminder_is_one_sms(self):
        move = self._invoice(DUE, 1234.56, name="INV/2026/00042")
        for _lang in self._in_each_language():
            for level in self.levels:
                delivery = self._asked(level, move)
                text = delivery.short_text
                self.assertEqual(len(delivery.short_url), 40)
                self.assertEqual(sms_text.parts(text), 1, (level.name, len(text), text))
                self.assertIn(delivery.short_url, text)
                self.assertNotIn("{", text)

    def test_the_invoice_is_called_one(self):
        move = self._invoice(DUE)
        for lang in self._in_each_language():
            for level in self.levels:
                delivery = self._asked(level, move, "email")
                for text in (delivery.subject, delivery.short_text):
                    self.assertIn(f"{ONE[lang]}{move.name}", text)
                self.assertNotIn(f"{ONE[lang]}{ONE[lang]}", delivery.text)
                if move.name in delivery.text:
                    self.assertIn(f"{ONE[lang]}{move.name}", delivery.text)

    def test_many_are_counted(self):
        moves = self.env["account.move"].union(*(self._invoice(DUE) for _ in range(3)))
        for lang in self._in_each_language():
            for level in self.levels:
                delivery = self._asked(level, moves, "email")
                for text in (delivery.subject, delivery.short_text):
                    self.assertIn(THREE[lang], text)
                    self.assertNotIn(moves[0].name, text)

    def test_in_french_an_invoice_has_its_article(self):
        self.marie.lang = "fr_BE"
        move = self._invoice(DUE)
        for level in self.levels:
            delivery = self._asked(level, move, "email")
            for text in (delivery.subject, delivery.short_text, delivery.text):
                self.assertIn(f"facture {move.name}", text)
                self.assertNotRegex(text, r"(?<!la )(?<!votre )facture ")

    @freeze_time("2026-04-02 08:00:00")
    def test_who_asked_to_be_reminded_of_a_statement_gets_one_message(self):
        moves = self._invoice(DUE, 100) + self._invoice(DUE, 50)
        for move in moves:
            move._pom_remind_on(date(2026, 4, 2), "email")
        moves.pom_reminder_ids.sudo()._send_here()
        self.assertEqual(len(moves.pom_delivery_ids), 1)
        self.assertEqual(moves.pom_delivery_ids.move_ids, moves)
        self.assertEqual(moves.pom_delivery_ids.amount, 150)

    def test_a_contact_for_reminders(self):
        firm = self._debtor("Bakkerij De Kat", "info@klant.example", is_company=True)
        contact = self.env["res.partner"].create(
            {
                "parent_id": firm.id,
                "type": "pom_reminder",
                "name": "Boekhouding",
                "email": "boek@klant.example",
                "lang": "nl_BE",
            }
        )
        move = self._invoice(DUE, partner=firm)
        with freeze_time("2026-04-10 08:00:00"):
            self.env["pom.reminder"].sudo()._plan_now(move)._send_here()
        self.assertEqual(move.pom_delivery_ids.partner_id, contact)
        self.assertEqual(move.pom_delivery_ids.address, "boek@klant.example")
