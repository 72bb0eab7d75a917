"""The doors that strangers can knock at: webhook, key document, pay page."""

import json
from unittest.mock import patch

from odoo.modules.neutralize import neutralize_database
from odoo.tests import HttpCase, tagged

from odoo.addons.pom_payment.controllers import webhook

from tests.company import collect_with
from tests.odoo.security.elsewhere import in_one_minute
from tests.simulators.bancontact_pro import BancontactPro

from .common import EngineCase


@tagged("standard", "post_install", "-at_install")
class TestWebhook(EngineCase, HttpCase):
    def _paid_callback(self, **faults):
        attempt = self._begin(self._invoice())
        for name, value in faults.items():
            self.psp.faults.inject(name, value, times=1)
        self.psp.pay(attempt.provider_reference)
        return attempt, self._news()[-1]

    def _post(self, callback, provider=None, **headers):
        provider = provider or self.provider
        return self.url_open(
            f"/pom/webhook/{provider.code}/{provider.id}",
            data=callback.body,
            headers={**callback.headers, **headers},
            timeout=30,
        ).status_code

    def setUp(self):
        super().setUp()
        # It works after the answer, when the test has its one cursor back; the tests of
        # several processes look at it.
        self.patch(type(self.events), "_apply_after_answer", lambda *args: None)

    def _state(self, attempt):
        """What the attempt is when the stored events were applied."""
        self.env.invalidate_all()
        for event in self.events.search([("state", "=", "new")], order="id"):
            event._apply_or_postpone()
        return attempt.state

    def test_genuine_event_pays_the_invoice_right_away(self):
        attempt, callback = self._paid_callback()
        self.assertEqual(self._post(callback), 200)
        self.assertEqual(self._state(attempt), "done")
        self.assertEqual(attempt.invoice_ids.payment_state, "paid")

    def test_payer_is_back_before_the_news(self):
        """https://github.com/mollie/mollie-api-php/issues/412: the page said "open".
        It says that the payment is under way, and follows.
        """
        attempt, callback = self._paid_callback()
        page = f"/p/{attempt.pom_paylink_id.token}"
        shown = self.url_open(page)
        self.assertEqual(shown.status_code, 200)
        self.assertTrue("/pay.js" in shown.text, "the page follows by itself")
        state = f"{page}/status.json"
        self.assertEqual(self.url_open(state).json()["state"], "in_progress")
        self.assertEqual(attempt.state, "draft", "looking changes nothing")
        self._post(callback)
        self.assertEqual(self._state(attempt), "done")
        self.assertEqual(self.url_open(state).json()["state"], "paid")

    def test_copies_are_taken_once(self):
        """odoo/odoo#238688: a provider repeats itself."""
        _attempt, callback = self._paid_callback()
        codes = [self._post(callback) for _time in range(3)]
        self.assertEqual(codes, [200] * 3)
        number = callback.payment_id
        events = self.events.search([("provider_reference", "=", number)])
        self.assertEqual(len(events), 1)

    def test_forgeries_change_nothing(self):
        """odoo/odoo#279417, https://github.com/optiosteam/payconiq-client-php/issues/2:
        changed bodies, other keys, other merchants, no signature.
        """
        for fault, value in (
            ("tamper_body", True),
            ("forged", True),
            ("foreign_ppid", "f" * 24),
            ("other_path", "https://elsewhere.example/hook"),
            ("no_signature", True),
        ):
            with self.subTest(fault):
                attempt, callback = self._paid_callback(**{fault: value})
                self.provider.pom_keys_try = False
                self.assertEqual(self._post(callback), 403)
                self.assertEqual(self._state(attempt), "draft")
                self.assertFalse(
                    self.events.search(
                        [("provider_reference", "=", callback.payment_id)]
                    )
                )

    def test_no_parameter_opens_the_door(self):
        """odoo/odoo#279417: a 'mode=test' in the address skipped the check."""
        attempt, callback = self._paid_callback(no_signature=True)
        code = self.url_open(
            f"/pom/webhook/bancontact_pro/{self.provider.id}?mode=test&ppid=x",
            data=callback.body,
        ).status_code
        self.assertEqual(code, 403)
        self.assertEqual(self._state(attempt), "draft")

    def test_spelling_of_the_issuer(self):
        """odoo/odoo#279417: its case changed."""
        for spelling in ("payconiq", "Payconiq"):
            attempt, callback = self._paid_callback(iss=spelling)
            self.assertEqual(self._post(callback), 200)
            self.assertEqual(self._state(attempt), "done")

    def test_well_signed_but_wrong_amount_is_not_believed(self):
        """The news may say what it likes: the provider is asked."""
        attempt, callback = self._paid_callback(callback_amount=-100)
        self.assertEqual(self._post(callback), 200)
        self.assertEqual(self._state(attempt), "done")
        self.assertEqual(attempt.invoice_ids.payment_state, "paid")

    def test_other_amount_paid_is_held_and_shown(self):
        attempt, callback = self._paid_callback(wrong_amount=-100)
        self.assertEqual(self._post(callback), 200)
        self.assertEqual(self._state(attempt), "draft")
        self.assertIn("amount", attempt.pom_problem)
        self.assertTrue(attempt.invoice_ids.activity_ids)
        event = self.events.search([("provider_reference", "=", callback.payment_id)])
        self.assertEqual(event.state, "held")

    def test_without_a_secret_nothing_is_believed(self):
        """odoo/odoo#76525, and the opposite of going on unsigned: fail closed."""
        attempt, callback = self._paid_callback()
        for values in ({"bancontact_ppid": False}, {"bancontact_api_key": False}):
            with self.subTest(values):
                keep = {name: self.provider[name] for name in values}
                # A provider that is enabled can't be emptied in the form.
                self.env.cr.execute(
                    f"UPDATE payment_provider SET {next(iter(values))} = NULL "
                    "WHERE id = %s",
                    [self.provider.id],
                )
                self.provider.invalidate_recordset()
                self.assertEqual(self._post(callback), 403)
                self.provider.write(keep)
        self.assertEqual(self._state(attempt), "draft")

    def test_switched_off_provider_listens_no_more(self):
        attempt, callback = self._paid_callback()
        self.provider.state = "disabled"
        self.assertEqual(self._post(callback), 403)
        self.assertEqual(self._state(attempt), "draft")

    def test_unknown_address_is_404(self):
        _attempt, callback = self._paid_callback()
        for path in ("bancontact_pro/999999", f"stripe/{self.provider.id}"):
            answer = self.url_open(f"/pom/webhook/{path}", data=callback.body)
            self.assertEqual(answer.status_code, 404)

    def test_renewed_keys_are_fetched(self):
        self._paid_callback()
        self.provider._pom_refresh_keys()
        self.psp.rotate_keys()
        self.provider.pom_keys_try = False
        attempt, callback = self._paid_callback()
        self.assertEqual(self._post(callback), 200)
        self.assertEqual(self._state(attempt), "done")

    def test_keys_out_of_reach_ask_for_another_try(self):
        """Only what a retry can mend gets a 5xx."""
        _attempt, callback = self._paid_callback()
        self.provider.write(
            {
                "pom_keys": False,
                "pom_keys_try": False,
                "bancontact_jwks_url": "http://127.0.0.1:1/",
            }
        )
        self.assertEqual(self._post(callback), 503)

    def test_no_secret_of_a_sender_is_kept(self):
        _attempt, callback = self._paid_callback()
        self._post(callback, Authorization="Bearer s3cret", Cookie="session_id=abc")
        event = self.events.search([], limit=1)
        self.assertNotIn("s3cret", json.dumps(event.headers))
        self.assertNotIn("abc", json.dumps(event.headers))

    def test_address_proves_its_database(self):
        """odoo/odoo#162156: several databases behind one address."""
        url = f"/pom/webhook/bancontact_pro/{self.provider.id}?nonce=17"
        expected = webhook.proof(self.env, self.provider.id, "17")
        self.assertEqual(self.url_open(url).text, expected)

    def test_keys_of_ours_are_published_without_the_private_half(self):
        url = f"/pom/jwks/{self.provider.id}"
        self.assertEqual(self.url_open(url).status_code, 404)
        self.provider.action_pom_make_signing_key()
        document = self.url_open(url).json()
        self.assertEqual(document["keys"][0]["kid"], self.provider.pom_signing_key_id)
        self.assertNotIn("d", document["keys"][0])

    def test_refused_senders_are_slowed_down(self):
        """The limit is in the database: other workers and restarts know it."""
        _attempt, callback = self._paid_callback(no_signature=True)
        in_one_minute()
        with patch.object(webhook, "REFUSALS_PER_MINUTE", 2):
            codes = [self._post(callback) for _time in range(4)]
        self.assertEqual(codes, [403, 403, 429, 429])
        self.assertTrue(self.env["pom.rate.limit"].search([("hits", ">=", 3)]))

    def test_pressing_pay_is_limited_per_link(self):
        link = self._invoice().pom_paylink_id
        path = f"/p/{link.token}/pay"
        in_one_minute()
        codes = {self.url_open(path, data={"way": "x"}).status_code for _ in range(32)}
        self.assertIn(429, codes)
        other = self._invoice().pom_paylink_id
        answer = self.url_open(f"/p/{other.token}/pay", data={"way": "x"})
        self.assertEqual(answer.status_code, 200)


@tagged("standard", "post_install", "-at_install")
class TestApart(EngineCase):
    def test_two_companies_never_mix(self):
        """Keys, journals, addresses and events of two companies."""
        other = self._create_company(name="Andere BV")
        self.env = self.env(
            context={
                **self.env.context,
                "allowed_company_ids": [self.company.id, other.id],
            }
        )
        other.pom_base_url = "https://pay.andere.example"
        merchant = self.psp.add_merchant()
        second = collect_with(self.env, self.psp, other, merchant)
        self.assertNotEqual(
            second.pom_clearing_account_id, self.provider.pom_clearing_account_id
        )
        self.assertEqual(second.journal_id.company_id, other)
        self.assertTrue(second.pom_webhook_url.startswith("https://pay.andere.example"))
        attempt = self._begin(self._invoice())
        self.psp.pay(attempt.provider_reference)
        callback = self._news()[-1]
        verdict = self._check(second, callback)
        self.assertFalse(verdict.authentic)
        self.assertTrue(self._deliver(callback))
        self.assertEqual(attempt.payment_id.company_id, self.company)

    def test_set_up_makes_the_books(self):
        """odoo/odoo#210860: money between payer and bank has an account of its own."""
        provider = self.provider
        clearing = provider.pom_clearing_account_id
        self.assertTrue(clearing.reconcile)
        self.assertEqual(clearing.account_type, "asset_current")
        self.assertEqual(provider.pom_fee_account_id.account_type, "expense")
        self.assertEqual(provider.journal_id.name, provider.name)
        _invoice, attempt = self._paid()
        payment = attempt.payment_id
        self.assertEqual(payment.outstanding_account_id, clearing)
        journal = provider.journal_id
        provider.write({"state": "test"})
        self.assertEqual(provider.journal_id, journal)

    def test_copied_database_collects_nothing(self):
        provider = self.provider
        provider.action_pom_make_signing_key()
        self._begin(self._invoice())
        self.env.flush_all()
        neutralize_database(self.env.cr)
        self.env.invalidate_all()
        for name in ("bancontact_api_key", "bancontact_ppid", "pom_signing_key"):
            self.assertFalse(provider[name], name)
        self.assertFalse(
            self.env["payment.transaction"].search([("pom_next_ask", "!=", False)])
        )

    def test_secrets_are_in_no_export(self):
        accountant = self.env["res.users"].create(
            {
                "name": "Accountant",
                "login": "accountant@engine.example",
                "group_ids": [
                    (4, self.env.ref("account.group_account_manager").id),
                    (4, self.env.ref("base.group_user").id),
                ],
            }
        )
        fields = self.env["payment.provider"].with_user(accountant).fields_get()
        for name in ("bancontact_api_key", "pom_signing_key", "pom_keys"):
            self.assertNotIn(name, fields)

    def test_another_psp_of_the_world(self):
        """A simulator with other keys is believed nothing."""
        attempt = self._begin(self._invoice())
        with BancontactPro(retry_delays=(), callback_timeout=1) as stranger:
            stranger.merchants[0].ppid = self.psp.ppid
            asked = {
                "amount": 4573,
                "reference": attempt.reference,
                "callbackUrl": self.provider.pom_webhook_url,
            }
            payment = stranger.create(stranger.merchants[0], asked)
            stranger.pay(payment.id)
            stranger.wait_idle()
            callback = stranger.callbacks[-1]
        self.assertFalse(self._deliver(callback))
        self.assertEqual(attempt.state, "draft")
