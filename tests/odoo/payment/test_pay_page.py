import tempfile

from freezegun import freeze_time
from lxml import html

from odoo.tests import tagged

from odoo.addons.pom_payment.tools import qr

from .common import PayPageCase
from .test_invoice_document import decode

PHONE = "Mozilla/5.0 (Linux; Android 16; Pixel 9) Chrome/140.0 Mobile Safari/537.36"
COMPUTER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36"


@tagged("standard", "post_install", "-at_install")
class TestPayPage(PayPageCase):
    def page(self, agent="python"):
        answer = self.url_open(self.path, headers={"User-Agent": agent})
        return html.fromstring(answer.content)

    def test_says_all_that_matters(self):
        text = self.page().text_content()
        for wanted in (
            self.company.name,
            "0477.472.701",
            self.move.name,
            self.move.payment_reference,
            "121,00",
            "Taart",
            "BE68 5390 0754 7034",
        ):
            self.assertIn(wanted, text)

    def test_shows_what_is_due_now(self):
        self.register_payment(self.move, 75.27)
        text = self.page().text_content()
        self.assertIn("45,73", text)

    def test_needs_no_script_and_no_third_party(self):
        page = self.page()
        sources = page.xpath("//@src | //link/@href")
        self.assertTrue(sources)
        for source in sources:
            self.assertTrue(source.startswith(("/", "data:image/")), source[:60])
        self.assertEqual(page.xpath("//script[not(@src)]"), [])

    def test_style_is_kept_by_browsers_until_it_changes(self):
        (style,) = self.page().xpath("//link[@rel='stylesheet']/@href")
        answer = self.url_open(style)
        self.assertIn("--brand", answer.text)
        self.assertIn("immutable", answer.headers["Cache-Control"])
        answer = self.url_open("/pom/style/00000000/pay.css")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_unknown_links_all_get_the_same_answer(self):
        answers = {
            (answer.status_code, answer.content)
            for answer in (
                self.url_open("/p/0000000000000000000000000Z"),
                self.url_open("/p/x"),
                self.url_open("/p/0000000000000000000000000Z/invoice.pdf"),
            )
        }
        self.assertEqual(len(answers), 1)
        self.assertEqual(answers.pop()[0], 404)

    def test_the_address_can_t_name_the_link_itself(self):
        for path in ("", "/status.json", "/qr.png", "/invoice.pdf"):
            answer = self.url_open(f"{self.path}{path}?link=1&token=x")
            self.assertEqual(answer.status_code, 200, path)

    def test_names_of_documents_in_any_letters(self):
        self.move.name = 'Φ"7'
        self.register_payment(self.move, 75.27)
        answer = self.url_open(f"{self.path}/receipt.pdf")
        self.assertEqual(answer.status_code, 200)
        self.assertIn(
            "filename*=UTF-8''Betaalbewijs%20%CE%A6%227.pdf",
            answer.headers["Content-Disposition"],
        )

    def test_settings_show_at_once(self):
        """What is remembered of providers is forgotten when they are changed."""
        self.assertIn(self.way, self.page().xpath("//button/@value"))
        link = self.move.pom_paylink_id
        for values, offered in (
            ({"is_published": False}, False),
            ({"is_published": True, "maximum_amount": 100}, False),
            ({"maximum_amount": 121}, True),
            ({"available_country_ids": self.env.ref("base.fr").ids}, False),
            ({"available_country_ids": [(5,)], "state": "disabled"}, False),
            ({"state": "enabled"}, True),
        ):
            self.provider.write(values)
            choice = link._choice()
            self.assertEqual(
                [way.key for way in link._ways_offered(choice)],
                [p._pom_way_key(m) for p, m in link._ways_to_pay(choice)],
            )
            self.assertEqual(
                self.way in self.page().xpath("//button/@value"), offered, values
            )
        self.method.active = False
        self.assertNotIn(self.way, self.page().xpath("//button/@value"))

    def test_the_browser_isn_t_taken_for_an_old_one(self):
        self.assertTrue(self.url_open(self.path).text.startswith("<!DOCTYPE html>"))

    def test_language_of_the_debtor_or_the_browser(self):
        browser = {"Accept-Language": "sv, fr-CH;q=0.8, de;q=0.5"}

        def language(query=""):
            answer = self.url_open(self.path + query, headers=browser)
            return html.fromstring(answer.content).get("lang")

        self.marie.lang = "nl_BE"
        self.assertEqual(language(), "nl-BE")
        self.assertEqual(language("?lang=de_DE"), "de-DE")
        self.marie.lang = False
        self.assertEqual(language(), "fr-BE")
        unknown = self.url_open("/p/x", headers=browser)
        self.assertEqual(html.fromstring(unknown.content).get("lang"), "fr-BE")

    def test_headers_guard_the_secret_in_the_address(self):
        headers = self.url_open(self.path).headers
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(headers["Cache-Control"], "no-store")
        self.assertEqual(headers["X-Frame-Options"], "DENY")
        self.assertIn("default-src 'none'", headers["Content-Security-Policy"])
        self.assertNotIn("unsafe", headers["Content-Security-Policy"])
        self.assertNotIn("Set-Cookie", headers)

    def test_looking_changes_nothing(self):
        self.url_open(self.path)
        before = self.counts()
        for path in ("", "/status.json", "/qr.png", "/pay", "/give-up", "/renew"):
            self.url_open(self.path + path, allow_redirects=False)
        self.assertEqual(self.counts(), before)

    def test_pay_goes_to_the_provider(self):
        answer = self.post(f"{self.path}/pay", way=self.way)
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(answer.headers["Location"].startswith(self.psp.url))
        transaction = self.move.transaction_ids
        self.assertEqual(transaction.amount, 121.0)
        asked = self.psp.payment(transaction.provider_reference).asked
        self.assertEqual(asked["amount"], 12100)
        self.assertIn(self.move.payment_reference, asked["description"])

    def test_only_one_attempt_at_a_time(self):
        first = self.begin()
        answer = self.post(f"{self.path}/pay", way=self.way)
        self.assertTrue(answer.headers["Location"].endswith(self.path))
        self.assertEqual(self.move.transaction_ids, first)
        page = self.page()
        self.assertEqual(page.xpath("//body/@data-state"), ["in_progress"])
        self.assertIn(first.pom_redirect_url, page.xpath("//main//a/@href"))

    def test_phones_go_to_the_app(self):
        answer = self.pay_from(PHONE)
        transaction = self.move.transaction_ids
        self.assertTrue(transaction.pom_deeplink)
        self.assertEqual(answer.headers["Location"], transaction.pom_deeplink)
        page = self.page(PHONE)
        self.assertEqual(
            page.xpath("//a[contains(@class, 'first')]/@href"),
            [transaction.pom_deeplink],
        )
        self.assertFalse(page.xpath("//figure"), "a phone can't scan itself")

    def test_computers_show_the_code_that_a_phone_scans(self):
        answer = self.pay_from(COMPUTER)
        self.assertTrue(answer.headers["Location"].endswith(self.path))
        transaction = self.move.transaction_ids
        self.assertEqual(transaction.state, "draft")
        page = self.page(COMPUTER)
        drawn = qr.data_uri(qr.svg(transaction.pom_qr_payload))
        self.assertIn(drawn, page.xpath("//figure/img/@src"))
        self.assertIn(transaction.pom_redirect_url, page.xpath("//main//a/@href"))

    def pay_from(self, agent):
        return self.url_open(
            f"{self.path}/pay",
            data={"way": self.way},
            headers={"User-Agent": agent},
            allow_redirects=False,
        )

    def test_giving_up_makes_room_for_another(self):
        first = self.begin()
        self.post(f"{self.path}/give-up")
        self.assertEqual(first.state, "cancel")
        self.assertEqual(self.psp.payment(first.provider_reference).status, "CANCELLED")
        self.assertNotEqual(self.begin(), first)

    def test_a_provider_that_is_down_leaves_bank_transfer(self):
        self.psp.faults.inject("api_error", 503, times=1)
        answer = self.post(f"{self.path}/pay", way=self.way)
        self.assertIn("problem=start", answer.headers["Location"])
        page = html.fromstring(self.url_open(answer.headers["Location"]).content)
        self.assertTrue(page.xpath("//*[@role='alert']"))
        self.assertTrue(page.xpath("//section[contains(@class, 'transfer')]"))
        self.assertEqual(page.xpath("//body/@data-state"), ["open"])

    def test_a_way_that_is_not_offered_is_refused(self):
        for way in ("", "0-0", "1-1; DROP", f"{self.provider.id}-0"):
            answer = self.post(f"{self.path}/pay", way=way)
            self.assertIn("problem=choose", answer.headers["Location"])
        self.assertFalse(self.move.transaction_ids)

    def test_a_part_within_the_bounds_of_the_creditor(self):
        self.company.pom_part_minimum = 10
        for allowed, typed, paid in (
            (False, "50", None),
            (True, "9.99", None),
            (True, "121.01", None),
            (True, "-20", None),
            (True, "10,00", 10.0),
        ):
            self.company.pom_part_allowed = allowed
            answer = self.post(f"{self.path}/pay", way=self.way, amount=typed)
            if paid:
                answer = self.pay_from_page(self.move, amount=typed)
            transaction = self.move.transaction_ids
            self.assertEqual(transaction.mapped("amount"), [paid] if paid else [])
            refused = "amount=" in answer.headers["Location"]
            self.assertEqual(refused, not paid, typed)
            if refused:
                page = html.fromstring(self.url_open(answer.headers["Location"]).text)
                self.assertTrue(page.xpath("//*[@role='alert']"), typed)
                self.assertNotIn("problem=", answer.headers["Location"])

    def test_paid(self):
        self.register_payment(self.move)
        page = self.page()
        self.assertEqual(page.xpath("//body/@data-state"), ["paid"])
        self.assertFalse(page.xpath("//form[contains(@action, '/pay')]"))
        self.post(f"{self.path}/pay", way=self.way)
        self.assertFalse(self.move.transaction_ids)

    def test_expired_is_renewed_by_the_debtor(self):
        with freeze_time(self.days(91)):
            self.assertEqual(self.page().xpath("//body/@data-state"), ["expired"])
            self.post(f"{self.path}/pay", way=self.way)
            self.assertFalse(self.move.transaction_ids)
            self.post(f"{self.path}/renew")
            self.assertEqual(self.page().xpath("//body/@data-state"), ["open"])

    def test_withdrawn_tells_nothing_of_the_debt(self):
        self.move.pom_paylink_id.action_withdraw()
        text = self.page().text_content()
        self.assertNotIn("121,00", text)
        self.assertNotIn("Taart", text)
        self.assertEqual(self.url_open(f"{self.path}/invoice.pdf").status_code, 404)

    def test_code_of_the_link_as_a_picture(self):
        answer = self.url_open(f"{self.path}/qr.png")
        self.assertEqual(answer.headers["Content-Type"], "image/png")
        self.assertEqual(answer.content[:4], b"\x89PNG")

    def test_bank_code_to_save(self):
        """For who reads the page on the phone that pays."""
        self.register_payment(self.move, 21.0)
        answer = self.url_open(f"{self.path}/transfer.png")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        with tempfile.NamedTemporaryFile(suffix=".png") as file:
            file.write(answer.content)
            file.flush()
            (payload,) = decode(file.name)
        lines = payload.split("\n")
        self.assertEqual(lines[6:8], ["BE68539007547034", "EUR100.00"])
        self.register_payment(self.move)
        self.assertEqual(self.url_open(f"{self.path}/transfer.png").status_code, 404)

    def test_cards_through_core_s_form(self):
        demo = self.env["payment.provider"].search(
            [("code", "=", "demo"), ("company_id", "=", self.company.id)]
        )
        card = demo.payment_method_ids.filtered("active")[:1]
        way = f"{demo.id}-{card.id}"
        answer = self.post(f"{self.path}/pay", way=way)
        self.assertIn(f"{self.path}/form?way={way}", answer.headers["Location"])
        form = self.url_open(f"{self.path}/form?way={way}")
        self.assertIn("o_payment_form", form.text)
        values = self.make_jsonrpc_request(
            f"{self.path}/transaction",
            {
                "provider_id": demo.id,
                "payment_method_id": card.id,
                "flow": "direct",
                # Only what we say counts.
                "amount": 0.01,
            },
        )
        self.assertEqual(values["amount"], 121.0)
        transaction = self.move.transaction_ids
        self.make_jsonrpc_request(
            "/payment/demo/simulate_payment",
            {
                "reference": transaction.reference,
                "payment_details": "1234",
                "simulated_state": "done",
            },
        )
        transaction._post_process()
        self.assertEqual(self.move.payment_state, "paid")
