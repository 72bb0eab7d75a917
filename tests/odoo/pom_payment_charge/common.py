"""A debtor who agrees on the page of an invoice, and the days that follow."""

import contextlib
from datetime import date, datetime

from lxml import html

from odoo.tests import HttpCase, freeze_time, tagged

from tests.odoo.pom_payment_mollie.test_mollie import MollieCase

#: A Monday; whatever is agreed to is on this day.
MONDAY = date(2026, 11, 2)
#: A Friday.
DUE = date(2026, 11, 20)


class AgreeingCase(HttpCase):
    """What a payer does on the page, whoever the provider is."""

    @contextlib.contextmanager
    def on(self, day, hour=10):
        """It is this day, by the company's clock about so late."""
        if isinstance(day, str):
            day = date.fromisoformat(day)
        with freeze_time(datetime(day.year, day.month, day.day, hour)):
            yield

    def run_crons(self, *names):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            for name in names or ("plan", "confirm", "announce", "charge"):
                cron = self.env.ref(f"pom_payment_charge.cron_{name}")
                cron.method_direct_trigger()
        self.env.invalidate_all()

    def path(self, move, rest=""):
        return f"/p/{move.pom_paylink_id.token}{rest}"

    def look(self, move, rest=""):
        self.env.flush_all()
        self.env.invalidate_all()
        return html.fromstring(self.url_open(self.path(move, rest)).text)

    def post(self, move, rest, **data):
        self.env.flush_all()
        answer = self.url_open(
            self.path(move, rest), data=data or {"x": ""}, allow_redirects=False
        )
        self.env.invalidate_all()
        return answer

    def fields_of(self, move, kind, **typed):
        """Of the form, as a browser would send them when the first way is chosen."""
        query = "&".join(f"{name}={value}" for name, value in typed.items())
        page = self.look(move, f"/later/{kind}?{query}")
        [form] = page.xpath("//form[contains(@action, '/agree')]")
        fields = {**dict(form.fields), **typed}
        fields.pop("agree", None)
        fields["way"] = form.xpath(".//button/@value")[0]
        return fields

    def agree(self, move, kind="due", **typed):
        """Read, tick, and do what the provider asks.

        :return: the consent
        """
        fields = self.fields_of(move, kind, **typed)
        answer = self.post(move, f"/later/{kind}/agree", agree="1", **fields)
        self.assertEqual(answer.status_code, 303, answer.text)
        consent = self.consents(move)[:1]
        attempt = consent.transaction_ids
        self.assertTrue(attempt.provider_reference, answer.headers["Location"])
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        return consent

    def consents(self, move):
        return self.env["pom.charge.consent"].search([("move_id", "=", move.id)])

    def charges(self, move):
        return move.pom_charge_ids.sorted("id")

    def told(self, move):
        """Kinds of what was sent, in order."""
        return move.pom_delivery_ids.sorted("id").mapped("kind")


@tagged("standard", "post_install", "-at_install")
class ChargeCase(MollieCase, AgreeingCase):
    """Cards at Mollie."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.env.ref("payment.payment_method_card")
        cls.card.active = True
        cls.bancontact = cls.env.ref("payment.payment_method_bancontact")
        cls.provider.payment_method_ids = cls.card
        cls.provider.write(
            {"allow_tokenization": True, "state": "enabled", "is_published": True}
        )
        cls.company.write({"pom_charge_offered": True, "pom_charge_bank_days": -1})
        cls.company.partner_id.email = "bakkerij@example.com"
        cls.jan.write({"email": "jan@klant.example", "lang": "en_US"})

    def owed(self, amount=45.73, due=DUE, **values):
        return self._invoice(
            amount,
            invoice_date=MONDAY,
            invoice_date_due=due,
            invoice_payment_term_id=False,
            **values,
        )

    def asked(self, attempt):
        """What the provider was asked."""
        return self.psp.payment(attempt.provider_reference).asked

    def put_on_account(self, partner, amount):
        """What somebody paid without saying for what."""
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_id": partner.id,
                "amount": amount,
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        )
        payment.action_post()

    def number_of(self, consent):
        """Of the mandate, at the provider."""
        return consent.token_id.provider_ref


class RunningCase(ChargeCase):
    """The days after somebody agreed."""

    def days(self, *days):
        """The crons, once on each of these days of 2026."""
        for day in days:
            with self.on(f"2026-{day}"):
                self.run_crons()

    def agreed(self, **values):
        with self.on(MONDAY):
            move = self.owed(**values)
            return move, self.agree(move)

    def declined(self, consent, reason):
        self.psp.declines[self.number_of(consent)] = reason

    def states(self, move):
        return [
            (charge.state, charge.charged_on and charge.charged_on.isoformat())
            for charge in self.charges(move)
        ]

    def status(self, move, day):
        with self.on(f"2026-{day}"):
            self.env.invalidate_all()
            return move.pom_payment_status

    def charged(self):
        """What the provider was asked without the payer."""
        return [
            payment.amount
            for payment in self.psp.payments.values()
            if payment.sequence == "recurring"
        ]

    def setUp(self):
        super().setUp()
        self.psp.payments.clear()
