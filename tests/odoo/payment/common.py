"""The Belgian company of dev/world.py, and short ways to invoices."""

from datetime import timedelta
from urllib.parse import urlencode

from lxml.html import fromstring

from odoo import Command
from odoo.tests import HttpCase, TransactionCase

from tests.company import collect_with
from tests.simulators.bancontact_pro import BancontactPro

COUNTERS = ("account_move", "payment_transaction", "pom_paylink", "pom_webhook_event")


class World:
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        # As whoever works there has it: core's forms look at the user's clock.
        cls.env.user.tz = "Europe/Brussels"
        cls.env.user.group_ids += cls.env.ref("account.group_account_manager")
        cls.marie = cls.env["res.partner"].search(
            [("email", "=", "marie@klant.example")]
        )

    @classmethod
    def draft(cls, amount=121.0, **values):
        return cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.marie.id,
                "invoice_date": cls.days(0),
                "invoice_date_due": cls.days(30),
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Taart", "price_unit": amount, "tax_ids": [(5,)]}
                    )
                ],
                **values,
            }
        )

    @classmethod
    def invoice(cls, amount=121.0, **values):
        move = cls.draft(amount, **values)
        move.action_post()
        return move

    @classmethod
    def register_payment(cls, move, amount=None):
        wizard = (
            cls.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"amount": amount or move.amount_residual})
        )
        wizard.action_create_payments()

    @classmethod
    def days(cls, number):
        """A day of the creditor's: about midnight it isn't that of the server."""
        return cls.company._pom_today() + timedelta(days=number)


class PaymentCase(World, TransactionCase):
    pass


class PayPageCase(World, HttpCase):
    """With a simulated Bancontact Pro, whose callbacks are handed on by the test: only
    requests of the test itself share its transaction.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.psp = cls.enterClassContext(BancontactPro())
        cls.psp.faults.inject("drop_callbacks")
        cls.provider = collect_with(cls.env, cls.psp, cls.company)
        cls.method = cls.provider.payment_method_ids
        cls.company.pom_base_url = cls.base_url()

    def setUp(self):
        super().setUp()
        # No session, no login: a debtor just opens the link.
        self.move = self.invoice()
        self.path = f"/p/{self.move.pom_paylink_id.token}"
        self.way = f"{self.provider.id}-{self.method.id}"

    def post(self, path, **data):
        return self.url_open(path, data=data or {"x": ""}, allow_redirects=False)

    def page_of(self, path):
        return fromstring(self.url_open(path).text)

    def fields_of(self, move, **asked):
        """What the form on the page brings along, as its own browser would.

        :param asked: of the page's address
        """
        path = f"/p/{move.pom_paylink_id.token}?{urlencode(asked)}"
        form = self.page_of(path).xpath("//form[@class='ways']")[0]
        return dict(form.fields)

    def pay_from_page(self, move, **asked):
        """Look, and tap Pay; the answer."""
        fields = {**self.fields_of(move, **asked), "way": self.way}
        fields.pop("remember", None)
        return self.post(f"/p/{move.pom_paylink_id.token}/pay", **fields)

    def begin(self, move=None):
        """Tap Pay; the transaction, which is at the provider now."""
        move = move or self.move
        self.post(f"/p/{move.pom_paylink_id.token}/pay", way=self.way)
        return move.transaction_ids.sorted("id")[-1:]

    def relay(self, callback):
        """Hand a callback on to our webhook, byte by byte."""
        return self.url_open(
            f"/pom/webhook/bancontact_pro/{self.provider.id}",
            data=callback.body,
            headers=callback.headers,
            method="POST",
        )

    def pay_and_relay(self, transaction):
        self.psp.pay(transaction.provider_reference)
        return self.relay(self.last_callback())

    def last_callback(self):
        self.psp.wait_idle()
        return self.psp.callbacks[-1]

    def apply_events(self):
        with self.enter_registry_test_mode():
            for shard in range(4):
                cron = self.env.ref(f"pom_payment.cron_apply_events_{shard}")
                cron.method_direct_trigger()

    def counts(self):
        self.env.flush_all()
        return {
            table: self.env.execute_query(
                self._count(table)  # names of our own, above
            )[0]
            for table in COUNTERS
        }

    @staticmethod
    def _count(table):
        from odoo.tools import SQL

        return SQL(
            "SELECT count(*), max(write_date), max(xmin::text::bigint) FROM %s",
            SQL.identifier(table),
        )
