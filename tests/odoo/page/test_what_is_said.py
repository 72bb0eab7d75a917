"""What a debtor told is seen by whoever answers, stands in the mails about it, and is
told once.
"""

import runpy
from pathlib import Path

from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons import pom_payment

from tests.e2e import page_states

from .test_payer_request import PageCase

MIGRATION = "migrations/19.0.1.3.0/post-migration.py"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


@tagged("standard", "post_install", "-at_install")
class TestWhatIsSaid(PageCase):
    def receive(self, kind, **values):
        return self.requests._receive(self.link, kind, values, self.move)

    def last_mail(self):
        return self.env["mail.mail"].search([], limit=1, order="id desc")

    def shown(self, request, name):
        """The buttons of that name that the form of this request shows."""
        arch = etree.fromstring(request.get_view(view_type="form")["arch"])
        values = {name: request[name] for name in ("state", "kind", "answer_is_told")}
        return [
            button
            for button in arch.xpath(f"//header/button[@name='{name}']")
            if not safe_eval(button.get("invisible"), values)
        ]

    def test_the_list_shows_the_message(self):
        long = self.receive("question", text="Why\nso much? " * 30)
        self.assertTrue(long.in_short.startswith("Why so much? Why so"))
        self.assertLessEqual(len(long.in_short), 90)
        listed = etree.fromstring(long.get_view(view_type="list")["arch"])
        self.assertTrue(listed.xpath("//field[@name='in_short']"))

    def test_what_was_ticked_and_filled_in_is_said_too(self):
        dispute = self.receive("dispute", reason="faulty", amount=40, text="It broke.")
        self.assertEqual(dispute.in_short, "Something is wrong with it It broke.")
        day = self.company._pom_today()
        paid = self.receive("already_paid", paid_on=day)
        self.assertIn(str(day.year), paid.in_short)
        moved = self.receive("contact", new_city="Gent", new_lang="en_US")
        self.assertIn("Gent", moved.said)
        self.assertIn("English", moved.said)
        plan = self.receive("plan", plan_count=3, plan_first_on=day)
        self.assertIn("3 parts", plan.in_short)

    def test_a_question_ends_as_answered(self):
        request = self.receive("question", text="Why?")
        self.assertFalse(self.shown(request, "action_refuse"), "nothing to refuse")
        [button] = self.shown(request, "action_accept")
        self.assertEqual(button.get("string"), "Mark as Answered")
        request.action_accept()
        self.assertEqual(request.state, "answered")
        other = self.receive("question", text="And?")
        other.message_post(
            body="So.",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.partner.ids,
        )
        self.assertEqual(other.state, "answered")
        self.assertFalse(self.move.pom_quiet_until)

    def test_questions_of_before_end_as_answered_too(self):
        question = self.receive("question", text="Why?")
        dispute = self.receive("dispute", reason="faulty", amount=40)
        (question | dispute).state = "accepted"
        self.env.flush_all()
        script = Path(pom_payment.__path__[0], MIGRATION)
        runpy.run_path(script)["migrate"](self.env.cr, "19.0.1.2.0")
        self.env.invalidate_all()
        self.assertEqual(question.state, "answered")
        self.assertEqual(dispute.state, "accepted")

    def test_its_mails_quote_it(self):
        request = self.receive("question", text="May I pay <b>in</b> June?")
        quoted = "May I pay &lt;b&gt;in&lt;/b&gt; June?"
        self.assertIn(quoted, self.last_mail().body_html)
        action = request.action_answer()
        composer = self.env["mail.compose.message"].with_context(**action["context"])
        self.assertIn(quoted, composer.create({}).body)

    def test_an_answer_by_a_button_quotes_it(self):
        request = self.receive("dispute", reason="faulty", amount=40, text="It broke.")
        request.action_refuse()
        self.assertIn("It broke.", self.last_mail().body_html)

    def test_who_decides_sees_the_message_and_the_answer_before(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        self.partner.lang = "nl_BE"
        request = self.receive("dispute", reason="faulty", amount=40, text="Stuk.")
        for name in ("action_ask_accept", "action_ask_refuse"):
            self.assertEqual(len(self.shown(request, name)), 1)
        self.assertFalse(self.shown(request, "action_accept"))
        action = request.action_ask_refuse()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        wizard = wizard.create({})
        self.assertIn("Stuk.", wizard.said)
        self.assertIn(self.move.name, wizard.told)
        self.assertNotIn("objection", wizard.told, "as the debtor reads it")
        self.assertEqual(request.state, "new")
        wizard.action_decide()
        self.assertEqual(request.state, "refused")

    def test_who_decides_on_a_plan_sees_its_parts(self):
        day = self.company._pom_today()
        request = self.receive("plan", plan_count=3, plan_first_on=day)
        action = request.action_ask_accept()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        wizard = wizard.create({})
        self.assertEqual(len(wizard.told.split("\n\n")[1].splitlines()), 3)
        wizard.action_decide()
        self.assertEqual(request.plan_id.state, "active")

    def test_what_changed_under_the_decision_is_not_decided(self):
        request = self.receive("dispute", reason="faulty", amount=40)
        action = request.action_ask_accept()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        wizard = wizard.create({})
        request.message_post(body="It was the other one.", message_type="email")
        with self.assertRaisesRegex(UserError, "while you looked at it"):
            wizard.action_decide()

    def test_the_sheet_around_an_answer_is_in_its_language(self):
        """To an address that was typed, of which a contact is made."""
        self.env["res.lang"]._activate_lang("nl_BE")
        self.company.company_registry = "0477472701"
        self.partner.lang = "nl_BE"
        request = self.receive("question", text="Waarom?", email="x@else.example")
        action = request.action_answer()
        composer = self.env["mail.compose.message"].with_context(**action["context"])
        composer.create({})._action_send_mail()
        mail = self.last_mail()
        self.assertEqual(mail.recipient_ids.email, "x@else.example")
        self.assertEqual(mail.recipient_ids.lang, "nl_BE")
        self.assertIn('lang="nl"', mail.body_html)
        self.assertNotIn("Company number", mail.body_html)
        known = mail.recipient_ids
        known.lang = "en_US"
        composer.create({})._action_send_mail()
        self.assertEqual(self.last_mail().recipient_ids, known)
        self.assertIn('lang="nl"', self.last_mail().body_html)


@tagged("standard", "post_install", "-at_install")
class TestToldOnce(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partner = page_states.debtor(cls.env, "Nora Smets")
        partner.lang = "en_US"
        move = page_states.invoice(cls.env, partner, 100)
        cls.link = move.pom_paylink_id
        cls.today = cls.env.company._pom_today()

    def send(self, kind, files=None, **data):
        answer = self.url_open(
            f"/p/{self.link.token}/ask/{kind}/send?lang=en_US",
            data=data,
            files=files,
            allow_redirects=False,
        )
        self.assertEqual(answer.status_code, 303)
        return self.url_open(answer.headers["Location"]).text

    def kept(self):
        return self.env["pom.payer.request"].search([("paylink_id", "=", self.link.id)])

    def test_two_taps_are_one_request(self):
        for _tap in range(7):
            said = self.send("question", text="Is this for March?")
            self.assertIn("we have received it", said)
        self.assertEqual(len(self.kept()), 1)
        self.send("question", text="Or for April?")
        self.assertEqual(len(self.kept()), 2)

    def test_of_each_kind(self):
        for kind, data in (
            ("dispute", {"reason": "amount", "amount": "40.10", "text": "Too much."}),
            ("already_paid", {"paid_on": self.today.isoformat()}),
            ("contact", {"new_email": "nora@new.example"}),
        ):
            before = self.kept()
            self.send(kind, **data)
            self.send(kind, **data)
            self.assertEqual(len(self.kept() - before), 1, kind)

    def test_a_photo_says_more(self):
        said = {"reason": "faulty", "amount": "40", "text": "Broken."}
        self.send("dispute", **said)
        self.send("dispute", files={"file": ("a.png", PNG)}, **said)
        self.assertEqual(len(self.kept()), 2)
        self.send("dispute", files={"file": ("b.png", PNG)}, **said)
        self.assertEqual(len(self.kept()), 2)

    def test_two_taps_after_which_nothing_is_left_to_contest(self):
        for _tap in range(2):
            said = self.send("dispute", reason="not_mine")
            self.assertIn("we have received it", said)
        self.assertEqual(len(self.kept()), 1)

    def test_the_page_leads_to_where_the_code_is_typed(self):
        """The mail has no link, since a stranger may get it, but it says where."""
        self.send("contact", new_email="nora@new.example")
        mails = self.env["mail.mail"].search([("email_to", "=", "nora@new.example")])
        self.assertIn("Is that page closed?", mails.body_html)
        self.assertNotIn(self.link.token, mails.body_html)
        page = etree.HTML(self.url_open(f"/p/{self.link.token}?lang=en_US").text)
        [way] = page.xpath("//ul[contains(@class, 'requests')]//a")
        self.assertIn("/confirm", way.get("href"))
        self.kept()._try_code(self.kept()._code())
        page = etree.HTML(self.url_open(f"/p/{self.link.token}?lang=en_US").text)
        self.assertFalse(page.xpath("//ul[contains(@class, 'requests')]//a"))
