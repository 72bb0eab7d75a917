from datetime import timedelta

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from tests.e2e import page_states


class PageCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env.ref("base.main_company")
        company.country_id = cls.env.ref("base.be")
        if not company.chart_template:
            cls.env["account.chart.template"].try_loading(
                "be_comp", company, install_demo=False
            )
        cls.company = company
        cls.partner = page_states.debtor(cls.env, "Inge Thys")
        cls.partner.lang = "en_US"
        cls.move = page_states.invoice(cls.env, cls.partner, 100)
        cls.link = cls.move.pom_paylink_id
        cls.requests = cls.env["pom.payer.request"]


@tagged("standard", "post_install", "-at_install")
class TestPayerRequest(PageCase):
    def receive(self, kind, **values):
        wordings = {("sms", True): "Yes, you may.", ("sms", False): "No."}
        return self.requests._receive(self.link, kind, values, self.move, (), wordings)

    def test_dispute_holds_its_part_until_answered(self):
        request = self.receive("dispute", reason="faulty", amount=40)
        self.assertEqual(self.move.pom_disputed_amount, 40)
        self.assertEqual(self.link.state, "open")
        asked = self.link._choice().amount
        self.assertAlmostEqual(float(asked), self.move.amount_residual - 40)
        request.action_refuse()
        self.assertEqual(self.move.pom_disputed_amount, 0)
        request.action_reopen()
        self.assertEqual(self.move.pom_disputed_amount, 40)

    def test_dispute_of_all_is_a_state(self):
        self.receive("dispute", reason="not_mine", amount=self.move.amount_residual)
        self.assertEqual(self.link.state, "disputed")

    def test_remind_holds_at_once(self):
        day = self.company._pom_today() + timedelta(days=12)
        day = self.move._pom_day_to_remind(day)
        request = self.receive("remind", remind_on=day)
        last = day + timedelta(days=3)
        self.assertEqual(self.move.pom_quiet_until, last, "quiet, and days to pay")
        reminder = self.env["pom.reminder"].search([("move_id", "=", self.move.id)])
        self.assertEqual(reminder.planned_date, day, "and then the message")
        self.assertEqual(request.state, "accepted")
        self.receive("remind", remind_on=day - timedelta(days=5))
        self.assertEqual(self.move.pom_quiet_until, last, "never made shorter")

    def test_who_decides_has_seen_what_the_debtor_wrote_last(self):
        request = self.receive("question", text="Why?")
        seen = request.with_context(pom_request_seen=request.mark)
        request.message_post(body="We look", subtype_xmlid="mail.mt_note")
        seen._check_as_seen()
        request.message_post(body="And?", message_type="email")
        for decide in (seen.action_accept, seen.action_refuse):
            with self.assertRaisesRegex(UserError, "while you looked at it"):
                decide()
        request.with_context(pom_request_seen=request.mark).action_accept()
        self.assertEqual(request.state, "answered")

    def test_who_writes_to_the_debtor_by_a_button_is_asked_before(self):
        told = self.receive("already_paid", paid_on=self.company._pom_today())
        asked = self.receive("contact", new_city="Gent")
        self.assertTrue(told.answer_is_told)
        self.assertFalse(asked.answer_is_told)
        arch = etree.fromstring(told.get_view(view_type="form")["arch"])
        for request in (told, asked):
            values = {
                "state": request.state,
                "kind": request.kind,
                "answer_is_told": request.answer_is_told,
            }
            shown = [
                button.get("name")
                for button in arch.xpath("//header/button[@string]")
                if not safe_eval(button.get("invisible", "False"), values)
            ]
            asks = [name for name in shown if name.startswith("action_ask_")]
            self.assertEqual(len(asks), 2 if request == told else 0)
            self.assertEqual("action_accept" in shown, request == asked)
            self.assertEqual("action_refuse" in shown, request == asked)

    def test_its_chatter_is_in_the_creditors_language(self):
        self.company.partner_id.lang = "en_US"
        self.env["res.lang"]._activate_lang("nl_BE")
        link = self.link.with_context(lang="nl_BE")
        requests = self.env["pom.payer.request"].with_context(lang="nl_BE")
        request = requests._receive(link, "question", {"text": "Waarom?"}, self.move)
        said = " ".join(map(str, request.message_ids.mapped("body")))
        self.assertIn("created", said)

    def test_owner_and_deadline(self):
        owner = new_test_user(self.env, "owner", groups="account.group_account_invoice")
        self.company.pom_request_user_id = owner
        self.company.pom_request_days = 3
        request = self.receive("question", text="Why?")
        self.assertEqual(request.user_id, owner)
        today = self.company._pom_today()
        self.assertEqual(request.deadline, today + timedelta(days=3))
        self.assertEqual(request.activity_ids.user_id, owner)
        self.assertTrue(
            any("Why?" in body for body in request.message_ids.mapped("body"))
        )
        request.with_user(owner).action_accept()
        self.assertFalse(request.activity_ids)

    def test_somebody_is_always_told(self):
        admin = self.env.ref("base.user_admin")
        seller = new_test_user(self.env, "seller", groups="base.group_user")
        self.move.invoice_user_id = False
        self.assertEqual(self.receive("question", text="Why?").user_id, admin)
        self.partner.user_id = seller
        self.assertEqual(self.receive("question", text="Why?").user_id, seller)
        seller.active = False
        self.assertEqual(self.receive("question", text="Why?").user_id, admin)

    def test_contact_waits_for_approval(self):
        request = self.receive("contact", new_email="new@klant.example")
        self.assertEqual(self.partner.email, "inge@klant.example")
        request._try_code(request._code())
        request.action_accept()
        self.assertEqual(self.partner.email, "new@klant.example")

    def test_contact_at_once(self):
        self.company.pom_contact_at_once = True
        request = self.receive("contact", new_zip="8000", new_channel="sms")
        self.assertEqual((self.partner.zip, self.partner.pom_channel), ("8000", "sms"))
        self.assertEqual(request.state, "accepted")

    def test_numbers_are_kept_as_the_world_dials_them(self):
        self.receive("contact", new_phone="0470/12.34.56").action_accept()
        self.assertEqual(self.partner.phone, "+32 470 12 34 56")

    def test_consents_are_kept_with_their_words(self):
        self.receive("contact", consents={"sms": True})
        self.receive("contact", consents={"sms": False})
        kept = self.env["pom.consent"].search([("partner_id", "=", self.partner.id)])
        self.assertEqual(kept.mapped("given"), [False, True])
        self.assertEqual(kept.mapped("wording"), ["No.", "Yes, you may."])
        self.assertTrue(self.partner._pom_refuses("sms"))

    def test_debtor_gets_a_mail_at_the_known_address(self):
        self.receive("question", text="Why?", email="stranger@else.example")
        mail = self.env["mail.mail"].search([], limit=1, order="id desc")
        self.assertEqual(mail.recipient_ids, self.partner)
        self.assertFalse(mail.email_to)

    def test_limit(self):
        self.company.pom_requests_per_day = 2
        self.assertTrue(self.requests._is_allowed(self.link))
        self.receive("question", text="1")
        self.receive("question", text="2")
        self.assertFalse(self.requests._is_allowed(self.link))

    def test_employees_without_rights_see_nothing(self):
        user = new_test_user(self.env, "nobody", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.requests.with_user(user).search([])


@tagged("standard", "post_install", "-at_install")
class TestStatement(PageCase):
    def test_one_live_statement_link(self):
        links = self.env["pom.paylink"]
        first = links._statement_of(self.partner, self.company)
        self.assertEqual(links._statement_of(self.partner, self.company), first)
        first.action_replace()
        second = links._statement_of(self.partner, self.company)
        self.assertNotEqual(second, first)
        self.assertEqual(second.debtor_id, self.partner)

    def test_credit_notes_are_netted(self):
        page_states.invoice(self.env, self.partner, 30, kind="out_refund")
        link = self.env["pom.paylink"]._statement_of(self.partner, self.company)
        signed = sum(link._documents().mapped("amount_residual_signed"))
        choice = link._choice()
        self.assertAlmostEqual(float(choice.amount), signed)
        self.assertEqual(choice.moves, link._documents())
        self.assertEqual(link.state, "open")

    def test_more_credit_than_debt(self):
        page_states.invoice(self.env, self.partner, 500, kind="out_refund")
        link = self.env["pom.paylink"]._statement_of(self.partner, self.company)
        self.assertEqual(link.state, "covered")
        self.assertFalse(any(move.pom_amount_asked for move in link._documents()))

    def test_control_falls_back_to_what_is_known(self):
        self.company.pom_control_question = "ref"
        self.assertEqual(self.link._control_question(), "ref")
        self.partner.ref = False
        self.assertEqual(self.link._control_question(), "number")
        key = self.link._control_key()
        self.assertTrue(self.link._control_passed(key))
        self.assertFalse(self.link._control_passed(key[:-1] + "x"))
        self.assertTrue(self.link._control_try(self.move.name.lower()))
