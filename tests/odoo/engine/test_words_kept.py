"""What a scheduler or a provider's news leaves for a person to read is read in that
person's language, with numbers as they are written there.
"""

import runpy
from html import unescape
from pathlib import Path

from odoo import fields
from odoo.tests import tagged

from odoo.addons import pom_payment

from .common import EngineCase

MIGRATION = "migrations/19.0.1.1.0/post-migration.py"


@tagged("standard", "post_install", "-at_install")
class TestWordsKept(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("nl_BE", "fr_BE"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.company.partner_id.lang = "nl_BE"
        cls.an = cls.env["res.users"].create(
            {
                "name": "An Boekhouder",
                "login": "an",
                "lang": "nl_BE",
                "company_id": cls.company.id,
                "company_ids": [fields.Command.set(cls.company.ids)],
                "group_ids": [
                    fields.Command.link(cls.env.ref("account.group_account_manager").id)
                ],
            }
        )

    def _held(self):
        """An invoice for which € 1 less came in, as its webhook noticed."""
        invoice = self._invoice(1296.80, invoice_user_id=self.an.id)
        attempt = self._begin(invoice)
        self.psp.faults.inject("wrong_amount", -100, times=1)
        self.psp.pay(attempt.provider_reference)
        event = self._deliver()
        self.assertTrue(attempt.pom_problem)
        return invoice, attempt, event

    def _read(self, record, name, lang):
        words = record.with_user(self.an).with_context(lang=lang)[name]
        return (words or "").replace("\N{NO-BREAK SPACE}", " ")

    def test_another_amount_came_in(self):
        """Everybody reads it in the own language, the activity's owner too."""
        invoice, attempt, event = self._held()
        dutch = "het bedrag is 1.295,80 € in plaats van 1.296,80 €"
        french = "le montant est 1.295,80 € au lieu de 1.296,80 €"
        english = "amount is 1,295.80 € instead of 1,296.80 €"
        for lang, words in (("nl_BE", dutch), ("fr_BE", french), ("en_US", english)):
            self.assertEqual(self._read(invoice, "pom_held_problem", lang), words)
            self.assertEqual(self._read(attempt, "pom_problem_words", lang), words)
            self.assertEqual(self._read(event, "shown_reason", lang), words)
        self.assertEqual(attempt.pom_problem, "amount")
        note = unescape(str(invoice.activity_ids.note))
        self.assertIn(dutch, note.replace("\N{NO-BREAK SPACE}", " "))

    def test_another_currency_came_in(self):
        """An amount is said in the currency that it came in."""
        attempt = self._begin(self._invoice(96.80))
        facts = {"amount": ("96.80", "95.8"), "currency": ("EUR", "USD")}
        attempt._pom_note_problem(facts)
        words = self._read(attempt, "pom_problem_words", "nl_BE")
        self.assertIn("$ 95,80 in plaats van 96,80 €", words)
        self.assertIn("USD in plaats van EUR", words)
        attempt._pom_note_problem({})
        self.assertFalse(attempt.pom_problem_words)

    def test_kept_before(self):
        """Sentences of before become facts; what is no such sentence stays."""
        invoice, attempt, event = self._held()
        old = "het bedrag is 1295.80 in plaats van 1296.80"
        attempt.write({"pom_problem": old, "pom_problem_values": False})
        event.write({"reason": old, "reason_values": False})
        other = self._begin(self._invoice(5))
        other.pom_problem = "Something else"
        script = Path(pom_payment.__path__[0], MIGRATION)
        runpy.run_path(script)["migrate"](self.env.cr, "19.0.1.0.0")
        facts = {"amount": ["1296.80", "1295.80"]}
        self.assertEqual(attempt.pom_problem_values, facts)
        self.assertEqual(attempt.pom_problem, "amount")
        self.assertEqual(event.reason_values, facts)
        self.assertEqual(event.reason, "mismatch")
        self.assertEqual(other.pom_problem_words, "Something else")
        words = self._read(invoice, "pom_held_problem", "en_US")
        self.assertEqual(words, "amount is 1,295.80 € instead of 1,296.80 €")

    def test_the_books_are_closed(self):
        """Core's sentence on it is in the words of who is in charge."""
        invoice = self._invoice(invoice_user_id=self.an.id)
        attempt = self._begin(invoice)
        self.psp.pay(attempt.provider_reference)
        self.provider.journal_id.active = False
        self.provider.pom_clearing_account_id.active = False
        with self.assertLogs("odoo.addons.pom_payment", "ERROR"):
            event = self._deliver()
        self.assertEqual(event.state, "new")
        self.assertNotIn("archived", attempt.pom_booking_error)
        self.assertIn(attempt.pom_booking_error, event.shown_reason)

    def test_what_core_notes_of_a_payment(self):
        """Whoever pays reads French; in the office they read Dutch."""
        invoice = self._invoice(invoice_user_id=self.an.id)
        attempt = self._begin(invoice).with_context(lang="fr_BE")
        before = invoice.message_ids
        attempt._log_sent_message()
        attempt._pom_give_up()
        noted = " ".join(str(one.body) for one in invoice.message_ids - before)
        self.assertIn("De transactie", noted)
        self.assertNotIn("La transaction", noted)
        self.assertEqual(attempt.state, "cancel")
        self.assertIn("Geannuleerd", attempt.state_message)

    def test_events_of_others(self):
        """A word of ours is read by each in the own language."""
        event = self.events.create(
            {"provider_id": self.provider.id, "event_key": "1", "reason": "foreign"}
        )
        words = self._read(event, "shown_reason", "nl_BE")
        self.assertNotIn("payment of ours", words)
        self.assertNotEqual(words, "foreign")

    def test_the_webhook_is_silent(self):
        administrators = self.company._pom_administrators()
        administrators.lang = "nl_BE"
        self.provider._pom_report_silence(4)
        told = self.company.partner_id.activity_ids
        self.assertEqual(told.user_id, administrators)
        for one in told:
            self.assertNotIn("webhook is silent", one.summary)
            self.assertNotIn("payments of the last day", str(one.note))

    def test_what_an_answer_leaves_to_do(self):
        """Somebody answers in French for a colleague who reads Dutch."""
        invoice = self._invoice(invoice_user_id=self.an.id)
        link = invoice.pom_paylink_id
        requests = self.env["pom.payer.request"].with_context(lang="fr_BE")
        request = requests._receive(link, "already_paid", {"text": "Ja"}, invoice)
        self.assertEqual(request.user_id, self.an)
        [asked] = request.activity_ids
        self.assertIn(self._read(request, "display_name", "nl_BE"), asked.summary)
        request._close("accepted")
        kind = self.env.ref("pom_payment.mail_activity_find")
        todo = invoice.activity_ids.filtered(lambda one: one.activity_type_id == kind)
        self.assertIn("Zoek", todo.summary)
