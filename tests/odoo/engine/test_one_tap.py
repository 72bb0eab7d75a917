"""Paying with one tap next time, on the debtor's page over real HTTP."""

from odoo.tests import HttpCase, tagged

from tests.odoo.pom_payment_mollie.test_mollie import MollieCase

AGREED = "Nothing is charged without that tap"
ONE_TAP = "/again"


class OneTapCase(MollieCase, HttpCase):
    """A browser, and what it keeps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.env.ref("payment.payment_method_card")
        cls.card.active = True
        cls.provider.payment_method_ids = cls.card
        cls.provider.write(
            {"allow_tokenization": True, "state": "enabled", "is_published": True}
        )
        cls.way = f"{cls.provider.id}-{cls.card.id}"
        cls.jan.write({"email": "jan@klant.example", "lang": "en_US"})

    def setUp(self):
        super().setUp()
        self.key = ""

    def _open(self, invoice, path="", key=None, **data):
        """Post to the page, or look at it; the answer."""
        self.env.flush_all()
        cookies = self.opener.cookies
        for cookie in [cookie for cookie in cookies if cookie.name == "pom_saved"]:
            cookies.clear(cookie.domain, cookie.path, cookie.name)
        if key := self.key if key is None else key:
            cookies.set("pom_saved", key)
        url = f"/p/{invoice.pom_paylink_id.token}{path}"
        if not path:
            return self.url_open(url)
        data = data or {"x": "1"}
        answer = self.url_open(url, data=data, allow_redirects=False)
        self.env.invalidate_all()
        return answer

    def _pay(self, invoice, **data):
        answer = self._open(invoice, "/pay", way=self.way, **data)
        self.assertEqual(answer.status_code, 303)
        attempt = invoice.transaction_ids.sorted("id")[-1:]
        self.assertTrue(attempt.provider_reference, answer.text)
        return answer, attempt

    def _saved(self):
        """A payer who agreed, in the browser that has the key."""
        invoice = self._invoice()
        answer, attempt = self._pay(invoice, remember="1")
        self.key = answer.cookies["pom_saved"]
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertEqual(invoice.payment_state, "paid")
        self.assertTrue(attempt.token_id)
        return attempt.token_id


@tagged("standard", "post_install", "-at_install")
class TestOneTap(OneTapCase):
    def test_nothing_is_saved_unless_ticked(self):
        invoice = self._invoice()
        self.assertIn(AGREED, self._open(invoice).text)
        answer, attempt = self._pay(invoice)
        self.assertNotIn("pom_saved", answer.cookies)
        self.assertNotIn(
            "customerId", self.psp.payment(attempt.provider_reference).asked
        )
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertFalse(attempt.token_id)

    def test_words_are_kept(self):
        token = self._saved()
        self.assertIn(AGREED, token.pom_consent)
        self.assertIn(self.company.name, token.pom_consent)

    def test_cookie_is_no_business_of_scripts_or_other_sites(self):
        answer, _attempt = self._pay(self._invoice(), remember="1")
        header = answer.headers["Set-Cookie"]
        for part in ("HttpOnly", "SameSite=Strict", "Path=/p"):
            self.assertIn(part, header)

    def test_one_tap(self):
        token = self._saved()
        invoice = self._invoice(70.0)
        page = self._open(invoice).text
        self.assertIn(ONE_TAP, page)
        self.assertIn("6787", page)
        self.assertNotIn(AGREED, page)
        self.assertEqual(self._open(invoice, "/again").status_code, 303)
        self.assertEqual(invoice.payment_state, "paid")
        attempt = invoice.transaction_ids
        self.assertEqual((attempt.token_id, attempt.amount), (token, 70.0))
        asked = self.psp.payment(attempt.provider_reference).asked
        self.assertEqual(asked["sequenceType"], "recurring")

    def test_twice_is_once(self):
        self._saved()
        invoice = self._invoice()
        for _tap in range(2):
            self._open(invoice, "/again")
        self.assertEqual(len(invoice.transaction_ids), 1)

    def test_not_whoever_holds_the_link(self):
        token = self._saved()
        mine = self.key
        invoice = self._invoice()
        other = self._invoice()
        forged = [
            "",
            "x",
            "1" * 40 + "-x",
            f"{other.id}-",
            mine[:-1] + ("0" if mine[-1] != "0" else "1"),
            f"{int(mine.partition('-')[0]) + 1}-{mine.partition('-')[2]}",
        ]
        for key in forged:
            self.assertNotIn(ONE_TAP, self._open(invoice, key=key).text, key)
            self._open(invoice, "/again", key=key)
            self._open(invoice, "/forget", key=key)
        self.assertFalse(invoice.transaction_ids)
        self.assertTrue(token.active)

    def test_not_for_another_debtor(self):
        self._saved()
        an = self.env["res.partner"].create({"name": "An", "lang": "en_US"})
        invoice = self._invoice(partner_id=an.id)
        self.assertNotIn(ONE_TAP, self._open(invoice).text)
        self._open(invoice, "/again")
        self.assertFalse(invoice.transaction_ids)

    def test_nothing_is_charged_without_the_tap(self):
        """By whoever else finds it under the debtor: in Odoo's own form, or in the back
        office.
        """
        token = self._saved()
        invoice = self._invoice()
        attempt = invoice.pom_paylink_id._create_attempt(
            self.provider, self.card, "offline"
        )
        attempt.token_id = token
        attempt._charge_with_token()
        self.assertEqual(attempt.state, "error")
        self.assertIn("by a tap", attempt.state_message)
        self.assertFalse(attempt.provider_reference)
        tokens = self.env["payment.token"]
        partners = (self.provider.ids, self.jan.id)
        self.assertNotIn(token, tokens._get_available_tokens(*partners))
        shown = tokens._get_available_tokens(*partners, is_validation=True)
        self.assertNotIn(token, shown, "it is the payer's, not the debtor's")

    def test_taken_back(self):
        token = self._saved()
        invoice = self._invoice()
        answer = self._open(invoice, "/forget")
        self.assertIn("pom_saved=;", answer.headers["Set-Cookie"])
        self.assertFalse(token.active)
        customer = self.psp.customer(token.pom_customer)
        self.assertFalse(customer.mandates[token.provider_ref])
        self.assertNotIn(ONE_TAP, self._open(invoice).text)
        self._open(invoice, "/again")
        self.assertFalse(invoice.transaction_ids)

    def test_agreement_is_not_finished_by_somebody_else(self):
        """Who began it in another browser must not have the payer agree unawares."""
        invoice = self._invoice()
        answer, attempt = self._pay(invoice, remember="1")
        page = self._open(invoice, key="")
        self.assertNotIn(attempt.pom_redirect_url, page.text)
        self.assertIn("give-up", page.text)
        page = self._open(invoice, key=answer.cookies["pom_saved"])
        self.assertIn(attempt.pom_redirect_url, page.text)

    def test_mandate_that_is_gone_over_there(self):
        token = self._saved()
        self.psp.customer(token.pom_customer).mandates[token.provider_ref] = ""
        invoice = self._invoice()
        answer = self._open(invoice, "/again")
        self.assertIn("problem=start", answer.headers["Location"])
        self.assertEqual(invoice.payment_state, "not_paid")

    def test_mandate_that_becomes_valid_a_day_later(self):
        """The account behind some first payments is known a day later."""
        self.psp.faults.inject("late_mandate", times=1)
        token = self._saved()
        invoice = self._invoice()
        answer = self._open(invoice, "/again")
        self.assertIn("problem=early", answer.headers["Location"])
        [attempt] = invoice.transaction_ids
        self.assertEqual((attempt.state, attempt.pom_failure), ("error", "soft"))
        self.assertFalse(attempt.provider_reference, "nothing was asked of the bank")
        page = self.url_open(answer.headers["Location"]).text
        self.assertIn("with one tap tomorrow", page)
        self.assertIn(ONE_TAP, page)
        self.assertTrue(token.active)
        self.psp.customer(token.pom_customer).pending.clear()
        self._open(invoice, "/again")
        self.assertEqual(invoice.payment_state, "paid")

    def test_not_tapped_while_the_provider_is_silent_about_it(self):
        self._saved()
        self.psp.faults.inject("api_error", 503, only="get_mandate")
        invoice = self._invoice()
        answer = self._open(invoice, "/again")
        self.assertIn("problem=start", answer.headers["Location"])
        [attempt] = invoice.transaction_ids
        self.assertEqual(attempt.state, "error")
        self.assertFalse(attempt.provider_reference)

    def test_not_offered_where_it_cannot_be(self):
        self.provider.allow_tokenization = False
        invoice = self._invoice()
        self.assertNotIn(AGREED, self._open(invoice).text)
        answer, attempt = self._pay(invoice, remember="1")
        self.assertNotIn("pom_saved", answer.cookies)
        self.assertFalse(attempt.tokenize)
