"""A Belgian company that collects with a simulated Bancontact Pro."""

import contextlib

from odoo import SUPERUSER_ID
from odoo.tests import tagged

from tests.company import collect_with
from tests.odoo.belgium import BelgianCase
from tests.simulators.bancontact_pro import BancontactPro


@tagged("standard", "post_install", "-at_install")
class EngineCase(BelgianCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.psp = BancontactPro(retry_delays=(), callback_timeout=60).start()
        cls.addClassCleanup(cls.psp.stop)
        company = cls.company_data["company"]
        # As the webhook and the crons: superuser, in the company.
        context = {**cls.env.context, "allowed_company_ids": company.ids}
        cls.env = cls.env(user=SUPERUSER_ID, context=context)
        cls.env.user.tz = "Europe/Brussels"
        cls.company = cls.env["res.company"].browse(company.id)
        cls.provider = collect_with(cls.env, cls.psp, cls.company)
        cls.events = cls.env["pom.webhook.event"]
        cls.jan = cls.env["res.partner"].create({"name": "Jan Peeters"})

    def setUp(self):
        super().setUp()
        self.addCleanup(self.psp.faults.clear)
        self.delivered = len(self.psp.callbacks)

    @classmethod
    def _invoice(cls, amount=45.73, company=None, **values):
        journal = cls.env["account.journal"].search(
            [("type", "=", "sale"), ("company_id", "=", (company or cls.company).id)],
            limit=1,
        )
        values = {"invoice_date": "2026-11-01", "journal_id": journal.id, **values}
        return cls._posted(cls.jan, amount, company, **values)

    def _begin(self, invoice, provider=None):
        """An attempt as the pay page makes it, committed nowhere."""
        provider = provider or self.provider
        method = provider.payment_method_ids[:1]
        link = invoice.pom_paylink_id
        attempt = link._create_attempt(provider, method, "online_redirect")
        attempt._pom_start("http://127.0.0.1:1/back")
        self.assertTrue(attempt.pom_redirect_url, attempt.state_message)
        return attempt

    def _news(self):
        """Callbacks that the provider sent since the last look."""
        self.psp.wait_idle()
        new = self.psp.callbacks[self.delivered :]
        self.delivered = len(self.psp.callbacks)
        return [callback for callback in new if not callback.dropped]

    def _deliver(self, *callbacks, provider=None):
        """Take callbacks in as the webhook does; return the events that were new."""
        provider = provider or self.provider
        before = self.events.search([])
        for callback in callbacks or self._news():
            verdict = self._check(provider, callback)
            if verdict and verdict.authentic:
                self.events._store(provider, verdict, callback.body, callback.headers)
        new = (self.events.search([]) - before).sorted("id")
        for event in new:
            event._apply_or_postpone()
        return new

    def _check(self, provider, callback):
        """Judged as the webhook does it; keys are fetched by a cursor of their own."""
        with contextlib.ExitStack() as stack:
            if not self._registry_patched:
                stack.enter_context(self.enter_registry_test_mode())
            return provider._pom_check_event(callback.body, callback.headers)

    def _paid(self, amount=45.73):
        """An invoice that was paid with Bancontact, and the attempt."""
        invoice = self._invoice(amount)
        attempt = self._begin(invoice)
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertEqual(invoice.payment_state, "paid")
        return invoice, attempt
