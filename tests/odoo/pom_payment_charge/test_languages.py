"""A debtor who reads Dutch, a creditor who works in French."""

from odoo.tests import tagged

from .common import MONDAY, RunningCase


@tagged("standard", "post_install", "-at_install")
class TestWhoseLanguage(RunningCase):
    def setUp(self):
        super().setUp()
        self.company.partner_id.lang = "fr_BE"
        self.jan.lang = "nl_BE"

    def noted(self, consent):
        """All that stands below it, and the values that changed."""
        self.env.flush_all()
        self.cr.precommit.run()
        messages = consent.sudo().message_ids
        changes = messages.tracking_value_ids
        values = changes.mapped("old_value_char") + changes.mapped("new_value_char")
        return " ".join([*map(str, messages.mapped("body")), *filter(None, values)])

    def test_the_office_reads_its_own(self):
        """Of what was agreed to, and stopped, on the page; that itself stays as it was
        read.
        """
        move, consent = self.agreed()
        self.assertEqual(consent.lang, "nl_BE")
        with self.on(MONDAY):
            self.noted(consent)
            self.post(move, "/charge/stop")
        noted = self.noted(consent)
        for words in (self.name, self.stopped, self.why):
            told = {lang: words(consent, lang) for lang in ("fr_BE", "nl_BE", "en_US")}
            self.assertEqual(len(set(told.values())), 3, told)
            self.assertIn(told["fr_BE"], noted)
            self.assertNotIn(told["nl_BE"], noted)
            self.assertNotIn(told["en_US"], noted)
        self.assertNotIn("payer", noted)

    def name(self, consent, lang):
        models = self.env["ir.model"].with_context(lang=lang)
        return models._get(consent._name).name

    def stopped(self, consent, lang):
        own = consent.with_context(lang=lang)
        return dict(own._fields["state"]._description_selection(own.env))["stopped"]

    def why(self, consent, lang):
        return consent.with_context(lang=lang).shown_reason

    def test_days_of_a_schedule(self):
        """As each language writes them: with a dot, or the month first."""
        move, _consent = self.agreed()
        for lang, day in (
            ("en_US", "November 20"),
            ("nl_BE", "20 november"),
            ("fr_BE", "20 novembre"),
            ("de_DE", "20. November"),
        ):
            self.assertIn(day, move.with_context(lang=lang).pom_charge_summary)

    def test_who_is_in_charge_reads_it(self):
        """What the scheduler, which has no language, leaves to do."""
        clerk = self.env["res.users"].create(
            {"name": "Karl", "login": "karl-charges", "lang": "de_DE"}
        )
        move, consent = self.agreed()
        move.invoice_user_id = clerk
        self.declined(consent, "brand_new_reason")
        self.days("11-17", "11-20")
        [activity] = move.activity_ids
        self.assertEqual(activity.user_id, clerk)
        self.assertNotIn("charge", activity.summary.lower())
        self.assertIn(consent.with_context(lang="de_DE").display_name, activity.note)
