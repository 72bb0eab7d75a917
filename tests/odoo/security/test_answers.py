"""What strangers type never makes a traceback, and every answer is protected."""

from urllib.parse import quote

from odoo.tests import tagged

from odoo.addons.pom_payment.models import ir_http

from tests.odoo.payment.common import PayPageCase

LONG = "9" * 5000
HEADERS = (
    "Content-Security-Policy",
    "X-Frame-Options",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Robots-Tag",
)


@tagged("standard", "post_install", "-at_install")
class TestNothingBreaks(PayPageCase):
    def _refused(self, path, **options):
        with self.subTest(path[:60]):
            answer = self.url_open(path, allow_redirects=False, **options)
            self.assertIn(answer.status_code, (303, 400, 401, 403, 404, 422))

    def test_numbers_that_no_database_holds(self):
        for number in (2**31, 2**63, 10**30, LONG):
            for path in ("webhook/mollie/{}", "jwks/{}", "brand/{}/1/logo"):
                self._refused(f"/pom/{path.format(number)}")
            self._refused(f"/pom/brand/1/{number}/logo")
            self._refused(f"/pom/whatsapp/{number}")
            data = {"way": self.way, "item": number, "amount": number}
            self._refused(f"{self.path}/pay", data=data)
            plan = {"plan_count": number, "plan_first_on": "2026-01-01"}
            self._refused(f"{self.path}/ask/plan/send", data=plan)

    def test_nul(self):
        self._refused(f"{self.path}?d=%00")
        self._refused(f"{self.path}/seen", data={"d": "\0"})
        self._refused(f"{self.path}/ask/question/send", data={"text": "a\0b"})
        self._refused("/pom/api/v1/invoices?number=%00")
        self._refused(f"/p/{quote(chr(0))}")

    def test_large_bodies(self):
        """Core reads 128 MiB of whoever knocks, whatever the verb."""
        much = b"x" * (ir_http.MAX_BYTES + 1)
        form = {"Content-Type": "multipart/form-data; boundary=x"}
        for verb, path in (
            ("POST", f"{self.path}/pay"),
            ("POST", f"/pom/webhook/bancontact_pro/{self.provider.id}"),
            ("GET", self.path),
        ):
            answer = self.url_open(path, data=much, method=verb, headers=form)
            self.assertEqual(answer.status_code, 413, f"{verb} {path}")
        # Who has no key is sent away before anything is read.
        answer = self.url_open("/pom/api/v1/events", data=much, method="GET")
        self.assertEqual(answer.status_code, 401)
        files = {"file": ("x.pdf", b"%PDF-" + much)}
        answer = self.url_open(f"{self.path}/ask/question/send", files=files)
        self.assertEqual(answer.status_code, 422, "the text is missing, the file isn't")

    def test_a_verify_token_that_is_not_ascii(self):
        self.company.pom_whatsapp_verify = "verify-me"
        path = f"/pom/whatsapp/{self.company.id}?hub.challenge=1&hub.verify_token="
        for token in ("é", "%ED%A0%80", "%FF"):
            answer = self.url_open(path + token)
            self.assertIn(answer.status_code, (400, 403))
        self.assertEqual(self.url_open(path + "verify-me").text, "1")

    def test_every_answer_is_protected(self):
        answers = [
            self.url_open(path, allow_redirects=False)
            for path in (
                self.path,
                f"{self.path}/status.json",
                f"{self.path}/qr.png",
                f"{self.path}/ask/question",
                f"{self.path}/form?way={self.way}",
                f"{self.path}?d=%00",
                "/p/nothing",
                "/pom/jwks/1",
                f"/pom/webhook/bancontact_pro/{self.provider.id}",
                "/pom/api/v1/events",
                f"/pom/whatsapp/{self.company.id}",
                "/pom/brand/1/1/logo",
            )
        ]
        answers.append(self.post(f"{self.path}/renew"))
        answers.append(self.url_open(f"{self.path}/pay", method="OPTIONS"))
        for answer in answers:
            with self.subTest(answer.url):
                missing = [name for name in HEADERS if name not in answer.headers]
                self.assertFalse(missing)

    def test_cookies_are_secure_when_the_public_address_is(self):
        self.company.write(
            {"pom_control_question": "zip", "pom_base_url": "https://pay.example"}
        )
        self.marie.zip = "9000"
        answer = self.post(f"{self.path}/control", answer="9000")
        self.assertIn("; Secure", answer.headers["Set-Cookie"])
        self.company.pom_base_url = self.base_url()
        answer = self.post(f"{self.path}/control", answer="9000")
        self.assertNotIn("; Secure", answer.headers["Set-Cookie"])
