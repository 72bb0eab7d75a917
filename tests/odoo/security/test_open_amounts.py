"""Links for open amounts: strangers begin debts with them, in whatever name."""

from odoo.tests import HttpCase, tagged

from tests.odoo.security.common import SecurityCase

from .test_third_systems import ThirdCase

ODD_AMOUNTS = (
    "-25",
    "0",
    "1e2",
    "25.001",
    "NaN",
    "Infinity",
    "0x19",
    "9" * 5000,
    "25;10",
    "1001",
)


class OpenCase(HttpCase, ThirdCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.email = "shop@company.example"
        cls.company.pom_base_url = cls.base_url()
        cls.shop = cls._subscriber(False)
        cls.link = cls._link(cls.shop)

    @classmethod
    def _link(cls, shop):
        return cls.env["pom.open.link"].create(
            {"name": "A new roof", "subscriber_id": shop.id, "least": 5}
        )

    def _give(self, amount="25", name="Marie", link=None, **given):
        self.env.flush_all()
        data = {"amount": amount, "name": name, "email": "victim@elsewhere.example"}
        path = f"/pom/open/{(link or self.link).token}"
        answer = self.url_open(path, data={**data, **given}, allow_redirects=False)
        self.env.invalidate_all()
        return answer

    def _begun(self, **given):
        answer = self._give(**given)
        self.assertEqual(answer.status_code, 303, answer.text)
        return self.link.move_ids.sorted("id")[-1:], answer.headers["Location"]


@tagged("standard", "post_install", "-at_install")
class TestOpenAmounts(OpenCase):
    def test_nobody_is_written_to_in_our_name(self):
        """The address may be anybody's, the name whatever one wants to tell."""
        name = "You have won: https://evil.example/"
        move, path = self._begun(name=name)
        page = self.url_open(path).text
        self.assertNotIn(f"{path}/ask/", page)
        day = self.company._pom_today().isoformat()
        for kind, form in (
            ("question", {"text": "Hello"}),
            ("plan", {"plan_count": "2", "plan_first_on": day}),
            ("contact", {"new_email": "other@elsewhere.example"}),
            ("already_paid", {"paid_on": day}),
        ):
            answer = self.url_open(f"{path}/ask/{kind}/send", data=form)
            self.assertEqual(answer.status_code, 404, kind)
        for what in ("receipt", "code", "renew"):
            self.url_open(f"{path}/{what}", data={"a": "b"})
        self.env.invalidate_all()
        mails = self.env["mail.mail"].search([])
        self.assertNotIn("elsewhere.example", str(mails.mapped("email_to")))
        self.assertFalse(mails.recipient_ids & move.partner_id)
        self.assertFalse(
            self.env["pom.delivery"].search([("move_ids", "in", move.ids)])
        )

    def test_who_paid_may_ask(self):
        move, path = self._begun()
        attempt = self._begin(move)
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertEqual(move.payment_state, "paid")
        answer = self.url_open(f"{path}/ask/question/send", data={"text": "Thanks"})
        self.assertEqual(answer.status_code, 200)
        asked = [("paylink_id", "=", move.pom_paylink_id.id)]
        self.assertTrue(self.env["pom.payer.request"].search(asked))

    def test_no_question_that_nobody_can_answer(self):
        self.company.pom_control_question = "ref"
        _move, path = self._begun()
        self.assertIn("25", self.url_open(path).text)

    def test_a_name_is_one_line(self):
        move, _path = self._begun(name="Marie\r\nBcc: all@shop.example\x01\x0b\ufffe")
        self.assertEqual(move.partner_id.name, "Marie Bcc: all@shop.example")

    def test_addresses_that_are_none(self):
        for number, typed in enumerate(
            ("a@b.example\nBcc: c@d.example", "a@b.example, c@d.example", "<x>", "@")
        ):
            move, _path = self._begun(name=f"Marie {number}", email=typed)
            self.assertNotIn("d.example", move.partner_id.email or "")
            self.assertNotIn("\n", move.partner_id.email or "")

    def test_amounts_that_are_none(self):
        for typed in ODD_AMOUNTS:
            answer = self._give(typed)
            self.assertEqual(answer.status_code, 200, typed[:20])
            self.assertIn('role="alert"', answer.text)
        self.assertFalse(self.link.move_ids)

    def test_parts_that_a_currency_does_not_have(self):
        yen = self.env.ref("base.JPY")
        yen.active = True
        company = self.env["res.company"].create(
            {"name": "Tokyo", "currency_id": yen.id}
        )
        link = self._link(self._subscriber(False, company_id=company.id))
        answer = self._give("12.50", link=link)
        self.assertEqual(answer.status_code, 200)
        self.assertIn('role="alert"', answer.text)

    def test_html_stays_text(self):
        html = '"><script>alert(1)</script>'
        answer = self._give("much", name=html, email=html)
        self.assertNotIn("<script>alert", answer.text)
        _move, path = self._begun(name=html)
        self.assertNotIn("<script>alert", self.url_open(path).text)

    def test_only_what_is_declared(self):
        path = f"/pom/open/{self.link.token}"
        for verb in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
            for place in (path, f"{path}/poster"):
                answer = self.url_open(place, method=verb)
                self.assertEqual(answer.status_code, 405, (verb, place))
        for place in ("/pom/open/x", "/pom/open/" + "7" * 3000, "/pom/open/%00"):
            self.assertIn(self.url_open(place).status_code, (400, 404))
        big = {"name": "x" * 300_000}
        self.assertEqual(self.url_open(path, data=big).status_code, 413)

    def test_nobody_says_where_it_goes(self):
        """Whatever else stands in the form."""
        answer = self._give(
            next="https://evil.example", move_id="1", partner_id="1", lang="../../x"
        )
        self.assertEqual(answer.status_code, 303)
        self.assertNotIn("evil", answer.headers["Location"])


@tagged("standard", "post_install", "-at_install")
class TestOpenLinkTokens(SecurityCase):
    def test_nobody_chooses_a_token(self):
        link = self.ours.of("pom.open.link")
        theft = {"token": "7ZK30011ABCDEFGHJKMNPQRSTV"}
        self.assertTrue(self.refuses("manager", link, "write", theft))
        values = {"name": "x", "subscriber_id": link.subscriber_id.id}
        self.assertFalse(self.refuses("manager", link, "write", {"name": "Other"}))
        self.assertFalse(self.refuses("manager", link.browse(), "create", values))
        stolen = {**values, **theft}
        self.assertTrue(self.refuses("manager", link.browse(), "create", stolen))
