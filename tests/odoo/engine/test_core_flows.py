"""What core's own providers do with our addons installed: whatever runs in somebody
else's request works for whoever pays.
"""

from odoo import Command
from odoo.tests import HttpCase, tagged

from tests.company import provider_of

from .common import EngineCase

#: By code, the ways in which each of core's providers here ends.
DEMO = {
    "done": "done",
    "pending": "pending",
    "cancel": "cancel",
    "error": "error",
}
PEOPLE = ("nobody", "portal", "employee")


class CoreFlowsCase(EngineCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param(
            "account_payment.enable_portal_payment", True
        )
        cls.env["ir.config_parameter"].set_param("pom_payment.trial", "True")
        groups = {"portal": "base.group_portal", "employee": "base.group_user"}
        cls.people = {
            person: cls.env["res.users"].create(
                {
                    "name": person,
                    "login": f"pays-as-{person}",
                    "password": f"pays-as-{person}",
                    "email": f"{person}@klant.example",
                    "company_id": cls.company.id,
                    "company_ids": [Command.set(cls.company.ids)],
                    "group_ids": [Command.set(cls.env.ref(group).ids)],
                }
            )
            for person, group in groups.items()
        }
        cls.demo, cls.wire = (
            cls._switched_on(provider_of(cls.env, code, cls.company))
            for code in ("demo", "custom")
        )
        cls.journal = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.demo.journal_id = cls.journal

    @classmethod
    def _switched_on(cls, provider):
        provider.write({"state": "test", "is_published": True})
        methods = provider.with_context(active_test=False).payment_method_ids
        methods[:1].active = True
        return provider

    def _as(self, person):
        """A browser of this person's, logged in or not."""
        self.env.flush_all()
        self.opener.cookies.clear()
        self.authenticate(
            *([f"pays-as-{person}"] * 2 if person in self.people else [None, None])
        )

    def _call(self, path, **params):
        call = {"jsonrpc": "2.0", "params": params}
        url = f"{self.base_url()}{path}"
        answer = self.opener.post(url, json=call, timeout=60).json()
        self.assertNotIn("error", answer, answer)
        self.env.invalidate_all()
        return answer.get("result")

    def _begin_at(self, path, provider, **values):
        """As core's form does it; the transaction."""
        method = provider.payment_method_ids.filtered("active")[:1]
        self._call(
            path,
            **{
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "token_id": None,
                "flow": "direct" if provider.code == "demo" else "redirect",
                "tokenization_requested": False,
                **values,
            },
        )
        return self.env["payment.transaction"].search([], order="id DESC", limit=1)

    def _from_portal(self, person, provider):
        invoice = self._invoice(partner_id=self._debtor(person).id)
        self._as(person)
        attempt = self._begin_at(
            f"/invoice/transaction/{invoice.id}",
            provider,
            access_token=invoice._portal_ensure_token(),
            amount=invoice.amount_residual,
            landing_route=f"/my/invoices/{invoice.id}",
        )
        self.assertEqual(attempt.invoice_ids, invoice)
        return invoice, attempt

    def _from_page(self, person, provider):
        invoice = self._invoice(partner_id=self._debtor(person).id)
        self._as(person)
        token = invoice.pom_paylink_id.token
        attempt = self._begin_at(f"/p/{token}/transaction", provider)
        self.assertEqual(attempt.pom_paylink_id, invoice.pom_paylink_id)
        return invoice, attempt

    def _debtor(self, person):
        user = self.people.get(person)
        return user.partner_id if user else self.jan

    def _tells(self, attempt, state):
        """The demo provider's news, in the payer's own request."""
        self._call(
            "/payment/demo/simulate_payment",
            reference=attempt.reference,
            payment_details="1234",
            simulated_state=state,
        )
        self.assertEqual(attempt.state, DEMO[state])


@tagged("standard", "post_install", "-at_install")
class TestCoreFlows(CoreFlowsCase):
    def test_demo_from_the_portal(self):
        for person in PEOPLE:
            for state in DEMO:
                with self.subTest(person=person, state=state):
                    invoice, attempt = self._from_portal(person, self.demo)
                    self._tells(attempt, state)
                    polled = self._call("/payment/status/poll")
                    self.assertEqual(polled["state"], DEMO[state])
                    paid = invoice.payment_state == "paid"
                    self.assertEqual(paid, state == "done", attempt.pom_booking_error)

    def test_demo_from_our_page(self):
        """Whatever the news, the payer lands on our page, which says it."""
        words = {
            "done": "Paid",
            "pending": "in progress",
            "cancel": "Nothing was charged",
            "error": "Nothing was charged",
        }
        for person in PEOPLE:
            for state, said in words.items():
                with self.subTest(person=person, state=state):
                    invoice, attempt = self._from_page(person, self.demo)
                    self._tells(attempt, state)
                    answer = self.url_open("/payment/status", allow_redirects=False)
                    self.assertEqual(answer.status_code, 303)
                    landing = answer.headers["Location"]
                    self.assertTrue(
                        landing.endswith(f"/p/{attempt.pom_paylink_id.token}")
                    )
                    self.env.invalidate_all()
                    text = self.url_open(f"{landing}?lang=en_US").text
                    self.assertIn(said, text)
                    paid = invoice.payment_state == "paid"
                    self.assertEqual(paid, state == "done", attempt.pom_booking_error)

    def test_back_before_the_news(self):
        """Nobody begins anew while the provider's news is under way."""
        invoice, attempt = self._from_page("nobody", self.demo)
        attempt.pom_expires_at = False
        self.assertTrue(invoice.pom_standing.can_be_paid)
        answer = self.url_open("/payment/status", allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.env.invalidate_all()
        self.assertEqual(invoice.pom_standing.word, "in_progress")

    def test_wire_transfer(self):
        for person in PEOPLE:
            for begin in (self._from_portal, self._from_page):
                with self.subTest(person=person, begin=begin.__name__):
                    invoice, attempt = begin(person, self.wire)
                    answer = self.url_open(
                        "/payment/custom/process",
                        data={"reference": attempt.reference},
                        allow_redirects=False,
                    )
                    self.assertEqual(answer.status_code, 303)
                    self.env.invalidate_all()
                    self.assertEqual(attempt.state, "pending")
                    self._call("/payment/status/poll")
                    self.assertTrue(invoice.pom_standing.can_be_paid)

    def test_without_any_document(self):
        """Core's own payment link: no invoice, and no link of ours."""
        for person in PEOPLE:
            for state in DEMO:
                with self.subTest(person=person, state=state):
                    attempt = self.env["payment.transaction"].create(
                        {
                            "provider_id": self.demo.id,
                            "payment_method_id": self.demo.payment_method_ids[:1].id,
                            "reference": f"GENERIC {person} {state}",
                            "amount": 12,
                            "currency_id": self.company.currency_id.id,
                            "partner_id": self._debtor(person).id,
                            "operation": "online_direct",
                        }
                    )
                    self._as(person)
                    self._tells(attempt, state)

    def test_our_own_providers(self):
        """Bancontact by core's form."""
        for person in PEOPLE:
            with self.subTest(person=person):
                invoice, attempt = self._from_portal(person, self.provider)
                self.assertTrue(attempt.pom_redirect_url)
                self.psp.pay(attempt.provider_reference)
                self._deliver()
                self._call("/payment/status/poll")
                self.assertEqual(invoice.payment_state, "paid")
