"""A debtor who reads Dutch, a creditor who works in French, a clerk who is German."""

from datetime import timedelta

from lxml import html

from odoo import Command
from odoo.tests import tagged

from tests.odoo.payment.common import PayPageCase


@tagged("standard", "post_install", "-at_install")
class TestWhoseLanguage(PayPageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.pom_plan_at_once = "nobody"
        cls.company.partner_id.lang = "fr_BE"
        cls.marie.lang = "nl_BE"
        cls.clerk = cls.env["res.users"].create(
            {
                "name": "Karl",
                "login": "karl-plans",
                "lang": "de_DE",
                "company_id": cls.company.id,
                "company_ids": [Command.set(cls.company.ids)],
                "group_ids": [
                    Command.set(cls.env.ref("account.group_account_invoice").ids)
                ],
            }
        )

    def setUp(self):
        super().setUp()
        self.move.invoice_user_id = self.clerk
        self.today = self.company._pom_today()

    def offered(self):
        plans = self.env["pom.payment.plan"].with_context(lang="en_US")
        plan = plans.create(
            {
                "move_ids": [Command.set(self.move.ids)],
                "line_ids": [
                    Command.create({"day": self.today, "amount": 100}),
                    Command.create({"day": self.today + timedelta(30), "amount": 21}),
                ],
            }
        )
        self.flush_tracking()
        plan.action_offer()
        self.flush_tracking()
        return plan

    def flush_tracking(self):
        self.env.flush_all()
        self.cr.precommit.run()

    def decide(self, plan, how):
        self.env.flush_all()
        self.post(f"{self.path}/plan/{how}", seen=plan._mark())
        self.env.invalidate_all()

    def noted(self, record):
        """All that stands below it, and the values that changed."""
        messages = record.sudo().message_ids
        changes = messages.tracking_value_ids
        values = changes.mapped("old_value_char") + changes.mapped("new_value_char")
        return " ".join([*map(str, messages.mapped("body")), *filter(None, values)])

    def state_in(self, plan, lang, state):
        field = plan.with_context(lang=lang)._fields["state"]
        names = field._description_selection(plan.with_context(lang=lang).env)
        return dict(names)[state]

    def test_what_a_debtor_agrees_to(self):
        plan = self.offered()
        self.decide(plan, "agree")
        self.flush_tracking()
        self.assertEqual(plan.state, "active")
        noted = self.noted(plan)
        own = plan.with_context(lang="fr_BE")
        self.assertIn(own.line_ids[0]._day_in_words(), noted)
        for state in ("offered", "active"):
            words = {
                lang: self.state_in(plan, lang, state) for lang in ("fr_BE", "nl_BE")
            }
            self.assertEqual(len(set(words.values())), 2, words)
            self.assertIn(words["fr_BE"], noted)
            self.assertNotIn(words["nl_BE"], noted)
        # Whoever agreed, in whose words.
        said = plan.sudo().message_ids.filtered(
            lambda message: message.author_id == self.marie
        )
        words = own._words_debtor_agreed().partition("\n")[0]
        self.assertIn(words, html.fromstring(said.body).text_content())

    def test_what_a_debtor_declines(self):
        plan = self.offered()
        self.decide(plan, "decline")
        own = plan.with_context(lang="de_DE")
        activity = self.move.activity_ids
        self.assertEqual(activity.user_id, self.clerk)
        self.assertIn(own.display_name, str(activity.note))
        english = plan.with_context(lang="en_US")
        self.assertNotIn(english.display_name, str(activity.note))
        self.assertNotIn("doesn't agree", activity.summary)

    def test_what_a_debtor_asks(self):
        """The clerk's list of things to do."""
        self.company.pom_request_user_id = self.clerk
        wish = {"plan_count": 3, "plan_first_on": self.today.isoformat()}
        answer = self.post(f"{self.path}/ask/plan/send", **wish)
        [seen] = self.read_seen(answer.text)
        self.post(f"{self.path}/ask/plan/send", **wish, seen=seen)
        self.env.invalidate_all()
        request = self.move.pom_request_ids
        summary = request.activity_ids.summary
        self.assertEqual(summary, request.with_context(lang="de_DE").display_name)
        self.assertNotEqual(summary, request.with_context(lang="nl_BE").display_name)

    def read_seen(self, text):
        return html.fromstring(text).xpath("//input[@name='seen']/@value")

    def test_one_that_is_broken_by_the_scheduler(self):
        """Which has no language."""
        plan = self.offered()
        self.decide(plan, "agree")
        plan = plan.with_context(lang=False)
        plan._break()
        [summary] = self.move.activity_ids.mapped("summary")
        self.assertNotIn("all is due", summary)
        for lang, is_english in (("en_US", True), ("nl_BE", False), ("de_DE", False)):
            words = self.move.with_context(lang=lang).pom_quiet_words
            self.assertEqual("is broken" in words, is_english, words)
