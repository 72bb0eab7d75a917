"""A Belgian company that reminds its debtors, with a clock that the tests turn."""

import contextlib
from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from tests.odoo.pom_message.common import MessageCase
from tests.simulators.smtp import MailCatcher


@tagged("standard", "post_install", "-at_install")
class ReminderCase(MessageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.friendly = cls.env.ref("pom_reminder.policy_friendly")
        cls.consumer = cls.env.ref("pom_reminder.policy_consumer")
        cls.business = cls.env.ref("pom_reminder.policy_business")
        (cls.consumer | cls.business).write({"automatic": True})
        cls.setup = cls.company._pom_setup()
        # Whatever the age of the bank's statements; the debtors have no numbers.
        cls.setup.write(
            {
                "bank_days": -1,
                "business_by": "company",
                "has_clause": True,
                "grace_days": 1000,
            }
        )
        cls.company.pom_policy_consumer_id = cls.consumer
        cls.company.pom_policy_business_id = cls.business

    def _levels(self, policy, *names):
        prefix = {
            self.consumer: "consumer",
            self.business: "business",
            self.friendly: "friendly",
        }[policy]
        return [self.env.ref(f"pom_reminder.level_{prefix}_{name}") for name in names]


class Days(contextlib.ExitStack):
    """Lets days pass: each morning the crons plan and send, and mail really goes out.

    :param events: what else happens on a day, before the crons run.
    :param judge: is given the messages of each day, as they are on it.
    """

    def __init__(self, case, start, judge=None):
        super().__init__()
        self.case, self.day, self.judge = case, start, judge
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
        for name in (
            "pom_payment_plan.cron_look_at_plans",
            "pom_claim.cron_look_at_claims",
            "pom_reminder.cron_plan_reminders",
            "pom_reminder.cron_send_reminders",
        ):
            env.ref(name).method_direct_trigger()
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
        if self.judge:
            self.judge(self.day, new)


def unfolded(subject):
    """A long subject is folded on its way, with a blank more here and there."""
    return " ".join(subject.split())
