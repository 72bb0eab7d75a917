import secrets
import time
from datetime import datetime, timezone
from decimal import Decimal
from email.utils import parsedate_to_datetime

import requests

from odoo import fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..models.payment_provider import ProviderRefusal
from ..models.pom_webhook_event import TEST_PREFIX
from ..psp.values import PaymentOrder, PspError
from ..tools import outgoing

#: More than this between our clock and theirs makes signatures look wrong.
CLOCK_SECONDS = 60
#: How long the answer to the test payment is waited for.
WAIT_SECONDS = 6


class PomConnectionTest(models.TransientModel):
    """Makes a payment of one cent and gives it up at once: that proves the key, the
    profile and, by the event that follows, that the webhook arrives and is believed.
    Nobody ever sees that payment.
    """

    _name = "pom.connection.test"
    _description = "Connection Test of a Payment Provider"

    provider_id = fields.Many2one("payment.provider", required=True, readonly=True)
    line_ids = fields.One2many("pom.connection.test.line", "test_id", readonly=True)
    payment_reference = fields.Char(readonly=True)
    is_good = fields.Boolean(compute="_compute_is_good")

    def _compute_is_good(self):
        for test in self:
            test.is_good = "bad" not in test.line_ids.mapped("verdict")

    def action_run(self):
        """Test, and show what came out."""
        self.ensure_one()
        self.check_access("write")
        self.provider_id.check_access("write")
        self.line_ids.unlink()
        adapter = self.provider_id._pom_adapter()
        if not adapter.is_ready(self.provider_id._pom_credentials()):
            self._say("key", "bad", self.env._("Fill in the credentials first."))
            return self._show()
        self._check_clock()
        is_reachable = self._check_address()
        if self._check_payment() and is_reachable:
            self._check_event(WAIT_SECONDS)
        self._check_books()
        return self._show()

    def action_look_again(self):
        """Whether the event arrived meanwhile."""
        self.ensure_one()
        self.check_access("write")
        self.line_ids.filtered(
            lambda line: line.what == self._name_of("event")
        ).unlink()
        self._check_event(0)
        return self._show()

    def _show(self):
        return {
            "name": self.env._("Test Connection"),
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _say(self, what, verdict, message):
        self.env["pom.connection.test.line"].create(
            {
                "test_id": self.id,
                "what": self._name_of(what),
                "verdict": verdict,
                "message": message,
            }
        )

    def _name_of(self, what):
        return {
            "clock": self.env._("Clock"),
            "address": self.env._("Webhook address"),
            "connection": self.env._("Connection"),
            "key": self.env._("Key"),
            "profile": self.env._("Profile"),
            "event": self.env._("Signed event"),
            "books": self.env._("Books"),
        }[what]

    # -- checks ------------------------------------------------------------------------

    def _check_clock(self):
        try:
            date = self._their_date()
        except (ValidationError, requests.RequestException) as error:
            self._say("clock", "bad", self.env._("No connection: %s", error))
            return
        if not date:
            return
        off = round((datetime.now(timezone.utc) - date).total_seconds())
        if abs(off) > CLOCK_SECONDS:
            self._say(
                "clock",
                "bad",
                self.env._("This server's clock is %s seconds off. Correct it.", off),
            )
        else:
            self._say("clock", "good", self.env._("Correct."))

    def _their_date(self):
        provider = self.provider_id
        adapter = provider._pom_adapter()
        response = provider._pom_fetch_keys()
        if response is None:
            base = adapter.base_url(provider._pom_credentials())
            response = outgoing.send("HEAD", base, seconds=5)
        return _read_date(response.headers.get("Date"))

    def _check_address(self):
        """Whether the address that we give to providers leads to this very database."""
        provider, tried = self.provider_id, self.env["pom.provider.reach"]
        trouble = tried.new(tried._try(provider))._trouble()
        what = trouble or provider.pom_webhook_url
        self._say("address", "bad" if trouble else "good", what)
        # What the form says is brought up to date, too.
        provider._pom_reach_soon()
        return not trouble

    def _check_payment(self):
        """:return: whether the test payment was made and given up"""
        provider = self.provider_id
        adapter, credentials = provider._pom_adapter(), provider._pom_credentials()
        try:
            request = adapter.payment_request(self._test_order(), credentials)
            created = adapter.read_created(provider._pom_send(request))
            update = provider._pom_fetch(created.provider_reference)
        except (ProviderRefusal, PspError) as error:
            self._say("key", "bad", str(error))
            return False
        except ValidationError as error:
            self._say("connection", "bad", str(error))
            return False
        self._say("key", "good", self.env._("Accepted."))
        self._check_profile(update, credentials)
        self.payment_reference = created.provider_reference
        return self._give_up()

    def _give_up(self):
        provider = self.provider_id
        request = provider._pom_adapter().cancel_request(self.payment_reference)
        if not request:
            text = self.env._("The test payment stays open until it expires.")
            self._say("event", "note", text)
            return False
        try:
            provider._pom_send(request)
        except ValidationError as error:
            self._say("event", "note", str(error))
            return False
        return True

    def _test_order(self):
        provider = self.provider_id
        return PaymentOrder(
            amount=Decimal("0.01"),
            currency=self._test_currency(),
            reference=f"{TEST_PREFIX}{provider.id}-{secrets.token_hex(4)}",
            callback_url=provider.pom_webhook_url,
            return_url=provider.company_id._pom_base_url(),
            description="Odoo connection test",
        )

    def _test_currency(self):
        """The company's own where the provider takes it."""
        own = self.provider_id.company_id.currency_id.name
        taken = self.provider_id._pom_adapter().currencies
        return own if not taken or own in taken else min(taken)

    def _check_profile(self, update, credentials):
        ours, theirs = credentials.merchant_id, update.merchant_id
        if ours and theirs and ours != theirs:
            text = self.env._(
                "The key is of profile %(theirs)s, not of %(ours)s: no payment would "
                "be believed. Correct the profile.",
                theirs=theirs,
                ours=ours,
            )
            self._say("profile", "bad", text)
        else:
            self._say("profile", "good", theirs or ours or "–")

    def _check_event(self, seconds):
        deadline = time.monotonic() + seconds
        while not (arrived := self._event_arrived()) and time.monotonic() < deadline:
            time.sleep(0.3)
        if arrived:
            text = self.env._("Arrived, and the signature is right.")
            self._say("event", "good", text)
            return
        text = self.env._(
            "Hasn't arrived yet. Look again in a minute. If it stays away, the "
            "provider can't reach the address, or signs for another profile (see "
            "the log)."
        )
        self._say("event", "bad", text)

    def _event_arrived(self):
        """Looked for by a cursor of its own: this transaction sees what was before."""
        with self.env.registry.cursor() as cr:
            cr.execute(
                SQL(
                    "SELECT 1 FROM pom_webhook_event "
                    "WHERE provider_id = %s AND provider_reference = %s LIMIT 1",
                    self.provider_id.id,
                    self.payment_reference,
                )
            )
            return bool(cr.fetchone())

    def _check_books(self):
        provider = self.provider_id
        clearing = provider._pom_clearing_line().payment_account_id
        if provider.journal_id and clearing:
            text = f"{provider.journal_id.name}, {clearing.display_name}"
            self._say("books", "good", text)
        else:
            text = self.env._("Enable the provider, so that it gets its journal.")
            self._say("books", "note", text)


def _read_date(text):
    """Time in UTC, or None when a server tells none that can be read."""
    try:
        date = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=timezone.utc)
