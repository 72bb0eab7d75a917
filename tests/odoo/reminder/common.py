"""A Belgian company that reminds its debtors, with a clock that the tests turn."""

import contextlib
from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import freeze_time, tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.addons.sms_twilio.tools import sms_api

from tests.simulators.sms import SmsGateway
from tests.simulators.smtp import MailCatcher


@tagged("standard", "post_install", "-at_install")
class ReminderCase(AccountTestInvoicingCommon):
    @classmethod
    @AccountTestInvoicingCommon.setup_country("be")
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
        cls.friendly = cls.env.ref("pom_payment.policy_friendly")
        cls.consumer = cls.env.ref("pom_payment.policy_consumer")
        cls.business = cls.env.ref("pom_payment.policy_business")
        (cls.consumer | cls.business).write({"automatic": True, "bank_days": -1})
        cls.company.pom_policy_consumer_id = cls.consumer
        cls.company.pom_policy_business_id = cls.business
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
        """A posted invoice without tax."""
        move = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": (partner or cls.marie).id,
                "invoice_date": due - timedelta(days=30),
                "invoice_date_due": due,
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Brood voor de week",
                            "price_unit": amount,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
                **values,
            }
        )
        move.action_post()
        return move

    def _pay(self, move, amount=None):
        """Money that was booked."""
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        values = {"payment_date": fields.Date.today()}
        if amount:
            values["amount"] = amount
        wizard.create(values)._create_payments()

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

    def _levels(self, policy, *names):
        prefix = {
            self.consumer: "consumer",
            self.business: "business",
            self.friendly: "friendly",
        }[policy]
        return [self.env.ref(f"pom_payment.level_{prefix}_{name}") for name in names]


class Days(contextlib.ExitStack):
    """Lets days pass: each morning the crons plan and send, and mail really goes out.

    :param events: what else happens on a day, before the crons run.
    """

    def __init__(self, case, start):
        super().__init__()
        self.case, self.day = case, start
        self.events = {}
        self.smtp = MailCatcher()
        self.sms = None
        #: Day on which each message was made.
        self.made = {}

    def __enter__(self):
        super().__enter__()
        env = self.case.env
        self.enter_context(self.smtp)
        self.sms = self.enter_context(self.case._twilio())
        self.enter_context(self.case.enter_registry_test_mode())
        server = env["ir.mail_server"]
        self.enter_context(
            patch.object(type(server), "_disable_send", lambda *args: False)
        )
        env["ir.mail_server"].search([]).active = False
        server.create(
            {"name": "S", "smtp_host": self.smtp.host, "smtp_port": self.smtp.port}
        )
        return self

    def on(self, day, action):
        self.events.setdefault(date.fromisoformat(day), []).append(action)

    def until(self, end, hour=10):
        """
        :return: what went out: (day, address, subject) of each mail, and (day, number,
            text) of each SMS
        """
        log = []
        while self.day <= end:
            moment = datetime.combine(self.day, datetime.min.time())
            # 10 o'clock in Brussels is 8 or 9 in Greenwich: both within the hours.
            with freeze_time(moment + timedelta(hours=hour - 1)):
                for action in self.events.get(self.day, ()):
                    action()
                self.run_crons()
                self._note_made()
                log += [
                    (self.day.isoformat(), mail.recipients[0], unfolded(mail.subject))
                    for mail in self.smtp.sent_to()
                ]
                log += [
                    (self.day.isoformat(), sms.to, sms.body)
                    for sms in self.sms.messages
                ]
            self.smtp.clear()
            self.sms.messages.clear()
            self.day += timedelta(days=1)
        return log

    def run_crons(self):
        env = self.case.env
        env.flush_all()
        for name in ("plan", "send"):
            cron = env.ref(f"pom_payment.cron_{name}_reminders")
            cron.method_direct_trigger()
        for queue, cron in (
            ("mail.mail", "mail.ir_cron_mail_scheduler_action"),
            ("sms.sms", "sms.ir_cron_sms_scheduler_action"),
        ):
            if env[queue].sudo().search_count([("state", "=", "outgoing")], limit=1):
                env.ref(cron).method_direct_trigger()
        env.invalidate_all()

    def _note_made(self):
        new = self.case.env["pom.delivery"].search(
            [("id", ">", max(self.made, default=0))]
        )
        self.made.update(dict.fromkeys(new.ids, self.day.isoformat()))


def unfolded(subject):
    """A long subject is folded on its way, with a blank more here and there."""
    return " ".join(subject.split())
