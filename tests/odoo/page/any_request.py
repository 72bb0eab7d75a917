"""What the page promises of each kind of request: tests for each of them."""

from lxml import html

from odoo.tests import HttpCase

from tests.e2e import page_states

ALERTS = "//*[@role='alert']//li"


class AnyRequest(HttpCase):
    """A class has the ``code`` of the kind, and ``right``: what a debtor fills in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partner = page_states.debtor(cls.env, "Nora Smets")
        cls.move = page_states.invoice(cls.env, partner, 100)
        cls.link = cls.move.pom_paylink_id
        cls.today = cls.env.company._pom_today()

    def look(self, path=""):
        answer = self.url_open(f"/p/{self.link.token}{path}?lang=en_US")
        return html.fromstring(answer.text)

    def send(self, **data):
        path = f"/p/{self.link.token}/ask/{self.code}/send?lang=en_US"
        return self.url_open(path, data=data or {"x": ""}, allow_redirects=False)

    def send_right(self):
        answer = self.send(**self.right)
        seen = answer.text and html.fromstring(answer.text).xpath("//*[@name='seen']")
        # What must have been shown before is shown, and sent once more.
        return self.send(**self.right, seen=seen[0].get("value")) if seen else answer

    def kept(self):
        return self.env["pom.payer.request"].search(
            [("paylink_id", "=", self.link.id), ("kind", "=", self.code)]
        )

    def test_the_form_is_headed_as_the_page_offers_it(self):
        [offer] = self.look().xpath(f"//a[contains(@href, '/ask/{self.code}')]")
        [heading] = self.look(f"/ask/{self.code}").xpath("//h1")
        self.assertEqual(heading.text_content().strip(), offer.text_content().strip())
        self.assertFalse(self.kept())

    def test_what_is_wrong_is_said(self):
        answer = self.send()
        self.assertEqual(answer.status_code, 422)
        said = [
            line.text_content() for line in html.fromstring(answer.text).xpath(ALERTS)
        ]
        self.assertTrue(said and all(line.strip() for line in said), said)
        self.assertFalse(self.kept())

    def test_what_is_typed_stays(self):
        answer = self.send(**self.right, email="nobody")
        form = html.fromstring(answer.text)
        for name, typed in self.right.items():
            if form.xpath(f"//input[@name='{name}'][@type!='radio']"):
                [field] = form.xpath(f"//input[@name='{name}']")
                self.assertEqual(field.get("value"), typed)

    def test_kept_and_told(self):
        answer = self.send_right()
        self.assertEqual(answer.status_code, 303)
        request = self.kept()
        self.assertEqual(request.move_ids, self.move)
        kinds = dict(request._fields["kind"]._description_selection(self.env))
        self.assertIn(kinds[self.code], request.display_name)
        # Either somebody has to look at it, or it was done.
        self.assertEqual(bool(request.activity_ids), request.state == "new")

    def test_the_debtor_is_told_that_it_arrived(self):
        there = self.send_right().headers["Location"].partition("/p/")[2]
        page = html.fromstring(self.url_open(f"/p/{there}").text)
        self.assertTrue(page.xpath("//*[@role='status']") or page.xpath("//form"))

    def test_not_when_it_makes_no_sense_any_more(self):
        [kind] = [
            one for one in self.link._all_request_kinds() if one.code == self.code
        ]
        page_states.pay(self.env, self.move, self.move.amount_residual)
        offered = self.look().xpath(f"//a[contains(@href, '/ask/{self.code}')]")
        self.assertEqual(bool(offered), "paid" in kind.states)
        if "paid" not in kind.states:
            self.assertEqual(self.send_right().status_code, 404)
