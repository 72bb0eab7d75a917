"""A Belgian company that writes to its debtors."""

import contextlib
from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.sms_twilio.tools import sms_api

from tests.odoo.belgium import BelgianCase
from tests.simulators.sms import SmsGateway
from tests.simulators.smtp import MailCatcher


@tagged("standard", "post_install", "-at_install")
class MessageCase(BelgianCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        cls.env = cls.env(
            context=dict(cls.env.context, allowed_company_ids=cls.company.ids)
        )
        cls.company = cls.company.with_env(cls.env)
        cls.company.write(
            {
                "name": "Slagerij De Hond BV",
                "email": "boekhouding@dekat.example",
                "company_registry": "0477472701",
                "pom_base_url": "https://pay.dekat.example",
            }
        )
        cls.company.partner_id.tz = "Europe/Brussels"
        for lang in ("nl_BE", "fr_BE"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.marie = cls._debtor("Marie Peeters", "marie@klant.example")

    @classmethod
    def _debtor(cls, name, email, **values):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "email": email,
                "phone": "+32 470 12 34 56",
                "lang": "nl_BE",
                "street": "Marktplein 1",
                "zip": "9000",
                "city": "Gent",
                "country_id": cls.env.ref("base.be").id,
                **values,
            }
        )

    @classmethod
    def _invoice(cls, due, amount=121.0, partner=None, **values):
        values = {
            "invoice_date": due - timedelta(days=30),
            "invoice_date_due": due,
            "invoice_payment_term_id": False,
            **values,
        }
        return cls._posted(partner or cls.marie, amount, **values)

    def _pay(self, move, amount=None):
        """Money that was booked."""
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        values = {"payment_date": self.company._pom_today()}
        if amount:
            values["amount"] = amount
        wizard.create(values)._create_payments()

    @classmethod
    def _agree(cls, partner, channel="whatsapp", given=True):
        """What a debtor says on the page."""
        cls.env["pom.consent"].sudo().create(
            {
                "partner_id": partner.id,
                "company_id": cls.company.id,
                "channel": channel,
                "given": given,
                "wording": "Yes, please" if given else "No, thank you",
            }
        )

    @contextlib.contextmanager
    def _smtp(self):
        server = self.env["ir.mail_server"]
        with (
            MailCatcher() as smtp,
            patch.object(type(server), "_disable_send", lambda *args: False),
        ):
            server.search([]).active = False
            server.create({"name": "S", "smtp_host": smtp.host, "smtp_port": smtp.port})
            yield smtp

    def _ask(self, move, channel, kind="invoice"):
        delivery = (
            self.env["pom.delivery"]
            .sudo()
            ._ask(
                [
                    {
                        "kind": kind,
                        "channel": channel,
                        "partner_id": move.partner_id.id,
                        "company_id": move.company_id.id,
                        "moves": move,
                    }
                ]
            )
        )
        delivery._send()
        return delivery

    def _mailed(self, smtp, address="marie@klant.example"):
        """What was sent to somebody, from the queue."""
        self.env["mail.mail"].sudo().search([("state", "=", "outgoing")]).send()
        return smtp.wait_for(address)[0]

    @contextlib.contextmanager
    def _twilio(self):
        with SmsGateway() as gateway:
            self.company.sudo().write(
                {
                    "sms_provider": "twilio",
                    "sms_twilio_account_sid": gateway.account,
                    "sms_twilio_auth_token": gateway.token,
                    "sms_twilio_number_ids": [
                        (0, 0, {
                            "number": "+3246000",
                            "country_id": self.env.ref("base.be").id,
                        })
                    ],
                }
            )  # fmt: skip
            with patch.object(sms_api.requests, "Session", gateway.session()):
                yield gateway
