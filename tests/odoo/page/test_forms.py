"""What debtors send, over HTTP: what is refused, and what is kept in which words."""

from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.tests import HttpCase, tagged

from tests.e2e import page_states

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


@tagged("standard", "post_install", "-at_install")
class TestForms(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.pom_requests_per_day = 50
        partner = page_states.debtor(cls.env, "Nora Smets")
        cls.move = page_states.invoice(cls.env, partner, 100)
        cls.link = cls.move.pom_paylink_id
        cls.path = f"/p/{cls.link.token}/ask"
        cls.received = [("paylink_id", "=", cls.link.id)]

    def send(self, kind, files=None, **data):
        return self.url_open(
            f"{self.path}/{kind}/send?lang=nl_BE",
            data=data or {"x": ""},
            files=files,
            allow_redirects=False,
        )

    def kept(self):
        return self.env["pom.payer.request"].search(self.received)

    def test_files_are_judged_by_their_content(self):
        today = self.company._pom_today().isoformat()
        for name, content in (
            ("bewijs.pdf", b"MZ\x90\x00"),
            ("bewijs.svg", b"<svg onload='alert(1)'/>"),
            ("bewijs.png", PNG + b"0" * 5 * 1024 * 1024),
        ):
            answer = self.send(
                "already_paid", files={"file": (name, content)}, paid_on=today
            )
            self.assertEqual(answer.status_code, 422, name)
            self.assertTrue(html.fromstring(answer.text).xpath("//*[@role='alert']"))
        self.assertFalse(self.kept())
        answer = self.send(
            "already_paid", files={"file": ("x.exe", PNG)}, paid_on=today
        )
        self.assertEqual(answer.status_code, 303)
        # The debtor's file alone: nothing of the mails that left stands beside it.
        [file] = self.kept().message_ids.attachment_ids
        self.assertEqual((file.name, file.mimetype), ("x.png", "image/png"))

    def test_more_than_the_server_takes(self):
        answer = self.url_open(
            f"{self.path}/question/send",
            data={"text": "x"},
            files={"file": ("x.png", PNG + b"0" * 17 * 1024 * 1024)},
        )
        self.assertEqual(answer.status_code, 413)
        self.assertFalse(self.kept())

    def test_consent_is_kept_in_the_words_that_were_shown(self):
        form = html.fromstring(self.url_open(f"{self.path}/contact?lang=nl_BE").text)
        shown = form.xpath(
            "//input[@name='consent_whatsapp'][@value='yes']/following-sibling::span"
        )[0].text_content()
        self.assertIn(self.company.name, shown)
        self.send("contact", consent_whatsapp="yes")
        consent = self.kept().consent_ids
        self.assertEqual((consent.channel, consent.given), ("whatsapp", True))
        self.assertEqual(consent.wording, shown)
        self.assertAlmostEqual(
            consent.date, fields.Datetime.now(), delta=timedelta(minutes=10)
        )

    def test_addresses_and_numbers_that_exist_nowhere(self):
        for name, wrong, right in (
            ("new_phone", "123 456", "0470 12 34 56"),
            ("new_phone", "+32 470 12 34", "+31 6 12345678"),
            ("new_email", "nora)@klant.example", "Nora@klant.example"),
        ):
            answer = self.send("contact", **{name: wrong})
            self.assertEqual(answer.status_code, 422, wrong)
            alert = html.fromstring(answer.text).xpath("//*[@role='alert']//li")
            self.assertEqual(len(alert), 1, wrong)
            self.assertEqual(self.send("contact", **{name: right}).status_code, 303)
        self.assertEqual(len(self.kept()), 3)

    def test_remind_within_the_bounds(self):
        # The company's day, not Greenwich's.
        zoned = self.link.with_context(tz="Europe/Brussels")
        today = fields.Date.context_today(zoned)
        for days, status in ((0, 422), (31, 422), (30, 303)):
            day = (today + timedelta(days=days)).isoformat()
            answer = self.send("remind", remind_on=day)
            self.assertEqual(answer.status_code, status, days)
        last = self.move._pom_day_to_remind(today + timedelta(days=30))
        self.assertEqual(self.kept().remind_on, last)

    def test_no_more_than_the_creditor_reads_in_a_day(self):
        self.company.pom_requests_per_day = 2
        codes = [
            self.send("question", text=f"{number}?").status_code for number in range(3)
        ]
        self.assertEqual(codes, [303, 303, 422])
        self.assertEqual(len(self.kept()), 2)

    def test_what_the_state_doesn_t_offer(self):
        page_states.pay(self.env, self.move, self.move.amount_residual)
        self.assertEqual(self.send("dispute", reason="faulty").status_code, 404)
        # Who looks for the form is told how it stands.
        answer = self.url_open(f"{self.path}/plan")
        self.assertEqual((answer.status_code, "/ask/" in answer.url), (200, False))
        self.assertFalse(self.kept())

    def test_only_the_creditor_s_name(self):
        """No vendor's brand on what debtors see."""
        for path in (f"/p/{self.link.token}", f"{self.path}/contact"):
            text = html.fromstring(self.url_open(path).content).text_content().lower()
            for brand in ("odoo", "pom for", "powered"):
                self.assertNotIn(brand, text)
