"""What customers who are logged in see, and what the issuer sees."""

from lxml import html

from odoo.tests import Form, HttpCase, new_test_user, tagged

from tests.e2e import page_states


class PortalCase(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.pom_base_url = cls.base_url()
        cls.partner = page_states.debtor(cls.env, "Kim Portaal")
        cls.partner.lang = "en_US"
        cls.moves = page_states.invoice(cls.env, cls.partner, 100)
        cls.moves += page_states.invoice(cls.env, cls.partner, 50, due=-5)
        new_test_user(
            cls.env, "kim", groups="base.group_portal", partner_id=cls.partner.id
        )

    def page(self, path, **options):
        answer = self.url_open(path, **options)
        self.assertEqual(answer.status_code, 200, path)
        return html.fromstring(answer.content)


@tagged("standard", "post_install", "-at_install")
class TestPortal(PortalCase):
    def setUp(self):
        super().setUp()
        self.authenticate("kim", "kim")

    def test_list_shows_icons_and_pays_on_our_page(self):
        page = self.page("/my/invoices")
        icons = page.xpath("//td[@name='invoice_status']/img")
        self.assertEqual(
            sorted(icon.get("alt") for icon in icons), ["Overdue", "To pay"]
        )
        for icon in icons:
            answer = self.url_open(icon.get("src"))
            self.assertEqual(answer.headers["Content-Type"], "image/svg+xml")
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
        links = {link for link in page.xpath("//table//a/@href") if "/p/" in link}
        self.assertEqual(links, set(self.moves.mapped("pom_payment_url")))

    def test_one_button_is_the_one_to_press(self):
        """All at once where there are several; a phone has a word on each."""
        page = self.page("/my/invoices")
        primary = page.xpath("//main//*[contains(@class, 'btn-primary')]")
        self.assertEqual(
            [one.text_content().strip() for one in primary], ["Pay all my invoices"]
        )
        self._has_words(page, 2)
        page_states.pay(self.env, self.moves[0], self.moves[0].amount_residual)
        page = self.page("/my/invoices")
        [primary] = page.xpath("//main//*[contains(@class, 'btn-primary')]")
        self.assertEqual(primary.get("href"), self.moves[1].pom_payment_url)
        self._has_words(page, 1)

    def _has_words(self, page, number):
        buttons = page.xpath("//table//a[contains(@href, '/p/')]")
        words = [one.xpath("string(span[@class='d-md-none'])") for one in buttons]
        self.assertEqual(words, ["Pay this"] * number)

    def test_invoice_has_the_button(self):
        page = self.page(self.moves[0].get_portal_url())
        links = page.xpath("//a[contains(text(), 'Pay or ask something')]/@href")
        self.assertEqual(links, [self.moves[0].pom_payment_url])
        page_states.pay(self.env, self.moves[0], self.moves[0].amount_residual)
        page = self.page(self.moves[0].get_portal_url())
        self.assertFalse(page.xpath("//a[contains(text(), 'Pay or ask something')]"))

    def tell(self, move):
        """The debtor says on the page that it's paid."""
        link = move.pom_paylink_id
        values = {"paid_on": self.company._pom_today()}
        requests = self.env["pom.payer.request"]
        request = requests._receive(link, "already_paid", values, move)
        self.env.flush_all()
        return request

    def overdue(self):
        """How many invoices core's home page calls overdue."""
        answer = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["overdue_invoice_count"]}
        )
        return answer["overdue_invoice_count"]

    def test_what_was_told_to_be_paid_is_not_asked(self):
        late = self.moves[1]
        self.assertEqual(self.overdue(), 1)
        request = self.tell(late)
        self.assertEqual(self.overdue(), 0)
        page = self.page("/my/invoices")
        icons = page.xpath("//td[@name='invoice_status']/img/@alt")
        self.assertEqual(sorted(icons), ["Reported as paid", "To pay"])
        self.assertFalse(page.xpath("//td[contains(@class, 'text-danger')]"))
        links = {link for link in page.xpath("//table//a/@href") if "/p/" in link}
        self.assertEqual(links, {self.moves[0].pom_payment_url})
        page = self.page(late.get_portal_url())
        status = page.xpath("string(//div[@name='pom_status'])")
        self.assertEqual(status.strip(), "Reported as paid")
        self.assertFalse(page.xpath("//*[contains(@class, 'sidebar_timeago')]"))
        self.assertTrue(page.xpath("//a[contains(text(), 'Pay or ask something')]"))
        request.action_refuse()
        self.assertEqual(self.overdue(), 1)

    def test_what_is_late_is_paid_on_our_page_too(self):
        answer = self.url_open("/my/invoices/overdue")
        self.assertIn("/p/", answer.url)
        self.assertEqual(answer.status_code, 200)

    def test_all_at_once_on_one_page(self):
        page = self.page("/my/invoices")
        form = page.xpath("//form[@action='/my/pom/statement']")[0]
        answer = self.url_open(
            "/my/pom/statement",
            data={"csrf_token": form.xpath("input/@value")[0]},
            allow_redirects=False,
        )
        self.assertEqual(answer.status_code, 303)
        statement = html.fromstring(self.url_open(answer.headers["Location"]).content)
        text = statement.text_content()
        for move in self.moves:
            self.assertIn(move.name, text)

    def test_a_statement_is_only_for_who_is_logged_in(self):
        self.authenticate(None, None)
        answer = self.url_open("/my/pom/statement", data={}, allow_redirects=False)
        self.assertNotEqual(answer.status_code, 200)
        self.assertFalse(
            self.env["pom.paylink"].search([("debtor_id", "=", self.partner.id)])
        )


@tagged("standard", "post_install", "-at_install")
class TestPreview(PortalCase):
    def test_issuer_sees_message_page_and_document(self):
        new_test_user(self.env, "clerk", groups="account.group_account_invoice")
        self.authenticate("clerk", "clerk")
        move = self.moves[0]
        page = self.page(f"/pom/preview/{move.id}")
        frames = page.xpath("//iframe/@src")
        self.assertEqual(len(frames), 2)
        texts = [self.url_open(source).text for source in frames]
        for text in texts:
            self.assertIn(move.name, text)
        self.assertIn("sandbox", self.policy(frames[0]))
        document = page.xpath("//a[contains(@href, 'invoice.pdf')]/@href")[0]
        # In tests core draws pages instead of paper.
        self.assertIn(move.name, self.url_open(document).text)

    def policy(self, path):
        return self.url_open(path).headers["Content-Security-Policy"]

    def test_page_with_colours_that_are_not_saved(self):
        new_test_user(self.env, "clerk", groups="account.group_account_invoice")
        self.authenticate("clerk", "clerk")
        path = f"/pom/preview/page/{self.company.id}"
        before = self.company.pom_page_color
        text = self.url_open(f"{path}?color=%23aa3300&font=serif").text
        self.assertIn("--brand:#aa3300", text)
        self.assertIn("font-family:Charter, Bitstream Charter", text)
        self.assertIn("frame-ancestors 'self'", self.policy(path))
        self.assertEqual(self.company.pom_page_color, before)
        evil = self.url_open(f"{path}?color=red;}}body{{display:none").text
        self.assertNotIn("display:none", evil)

    def test_previews_are_for_accountants(self):
        for login in ("kim", None):
            self.authenticate(login, login)
            for path in (
                f"/pom/preview/{self.moves[0].id}",
                f"/pom/preview/message/{self.moves[0].id}",
                f"/pom/preview/page/{self.company.id}",
            ):
                answer = self.url_open(path, allow_redirects=False)
                self.assertIn(answer.status_code, (303, 404), (login, path))

    def test_settings_lead_to_the_preview(self):
        settings = Form(self.env["res.config.settings"])
        settings.pom_page_color = "#aa3300"
        settings.pom_page_font = "serif"
        self.assertEqual(
            settings.pom_page_preview,
            f"/pom/preview/page/{self.company.id}?color=%23aa3300&font=serif",
        )


@tagged("standard", "post_install", "-at_install")
class TestBackOffice(PortalCase):
    def test_accountants_read_and_answer(self):
        clerk = new_test_user(self.env, "clerk", groups="account.group_account_invoice")
        link = self.moves[0].pom_paylink_id
        values = {"reason": "faulty", "text": "Wet.", "amount": 20}
        received = self.env["pom.payer.request"]._receive(
            link, "dispute", values, self.moves[0]
        )
        request = received.with_user(clerk)
        for name in ("pom.payer.request", "pom.paylink", "pom.consent"):
            self.env[name].with_user(clerk).get_views([(False, "list")])
        with Form(request) as form:
            form.user_id = clerk
        action = request.action_answer()
        composer = Form(
            self.env[action["res_model"]]
            .with_user(clerk)
            .with_context(**action["context"])
        )
        self.assertIn(self.moves[0].name, composer.subject)
        composer.save()._action_send_mail()
        self.assertEqual(request.state, "in_progress")
        self.assertIn(self.partner, request.message_ids[:1].partner_ids)
        request.action_accept()
        # The debtor is right: that part isn't asked until the credit note.
        self.assertEqual(self.moves[0].with_user(clerk).pom_disputed_amount, 20)
