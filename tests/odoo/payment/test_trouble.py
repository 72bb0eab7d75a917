"""What needs an administrator: found, told, and gone when it's mended."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.pom_payment.models.pom_trouble_telling import TROUBLE

from tests.odoo.payment.common import World
from tests.odoo.security.elsewhere import in_one_minute
from tests.odoo.security.records import Records


class Troubles(World, HttpCase):
    """
    A way to make each thing that may go wrong, by code: the method of that name.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.troubles = cls.env["pom.trouble"].with_user(cls.env.ref("base.user_admin"))
        # This database was made days ago, and none of its crons ran since then.
        cls.env.cr.execute(
            "UPDATE ir_cron SET nextcall = now() + interval '1 day', active = TRUE"
        )
        cls.cron = cls.env.ref("pom_payment.cron_watch")
        cls.admin = new_test_user(
            cls.env, "a", "base.group_system", email="a@a.example"
        )

    def setUp(self):
        super().setUp()
        self.records = Records(self.company, self.marie)

    @staticmethod
    def ago(**spent):
        return fields.Datetime.now() - timedelta(**spent)

    def change(self, record, **values):
        """As it would be, whatever the ORM makes of it today."""
        self.env.flush_all()
        for name, value in values.items():
            self.env.cr.execute(
                f'UPDATE "{record._table}" SET "{name}" = %s WHERE id = %s',
                [value, record.id],
            )
        self.env.invalidate_all()

    def found(self):
        self.troubles.action_look()
        return {one.code: one for one in self.troubles.search([])}

    # -- what may go wrong -------------------------------------------------------------

    def actions_late(self):
        self.change(self.cron, nextcall=self.ago(hours=2))

    def actions_failing(self):
        values = {"failure_count": 2, "first_failure_date": self.ago(hours=1)}
        self.change(self.cron, **values)

    def actions_off(self):
        self.change(self.cron, active=False)

    def events_late(self):
        event = self.records.of("pom.webhook.event")
        self.change(event, state="new", next_try=self.ago(hours=1))

    def events_given_up(self):
        self.change(self.records.of("pom.webhook.event"), state="dead")

    def payments_unbooked(self):
        self.change(self.records.of("payment.transaction"), pom_booking_error="Locked")

    def webhooks_silent(self):
        self.change(self.records.provider, pom_silence_date=self.ago(hours=1))

    def keys_ending(self):
        self.change(self.records.provider, pom_key_until=self.days(7))

    def messages_failed(self):
        delivery = self.records.of("pom.delivery")
        self.change(delivery, state="failed", channel="email")

    def whatsapp_failed(self):
        delivery = self.records.of("pom.delivery")
        self.change(delivery, state="failed", channel="whatsapp")

    def letters_unprinted(self):
        delivery = self.records.of("pom.delivery")
        self.change(delivery, state="by_hand", create_date=self.ago(days=4))

    def systems_failing(self):
        subscriber = self.records.of("pom.subscriber")
        self.change(subscriber, failing_since=self.ago(hours=2))

    def statements_missing(self):
        for number in range(3):
            self.env["pom.statement.received"].create(
                {
                    "journal_id": self.records.journal.id,
                    "currency_id": self.company.currency_id.id,
                    "key": str(number),
                    "date_to": self.days(-20 - number),
                }
            )

    def imports_failed(self):
        self.change(self.records.of("pom.statement.import"), state="failed")

    def payouts_unknown(self):
        values = {"pom_payouts_problem": "401", "pom_payouts_asked": self.ago(hours=1)}
        self.change(self.records.provider, **values)


@tagged("standard", "post_install", "-at_install")
class TestTrouble(Troubles):
    def test_each_is_found_alone_and_goes_when_it_is_mended(self):
        self.assertEqual(self.found(), {})
        for code in self.troubles._checks():
            self.records = Records(self.company, self.marie)
            with self.subTest(code), self.env.cr.savepoint() as savepoint:
                getattr(self, code)()
                [(found, trouble)] = self.found().items()
                self.assertEqual((found, trouble.count), (code, 1))
                self.assertLess(trouble.since, fields.Datetime.now() + timedelta(30))
                self.assertNotEqual(trouble.label, code)
                self.assertTrue(trouble.advice)
                action = trouble.action_open()
                self.assertEqual(len(action["domain"][0][2]), 1)
                savepoint.rollback()
                self.env.invalidate_all()
            self.assertEqual(self.found(), {})

    def test_it_keeps_its_line_while_it_lasts(self):
        self.events_given_up()
        before = self.found()["events_given_up"]
        self.keys_ending()
        after = self.found()
        self.assertEqual(after["events_given_up"], before)
        self.assertEqual(len(after), 2)

    def test_none_but_an_administrator_sees_it(self):
        self.events_given_up()
        self.found()
        billing = new_test_user(self.env, "b", "account.group_account_manager")
        with self.assertRaises(AccessError):
            self.troubles.with_user(billing).action_look()

    def test_another_companys_administrator_sees_the_own_and_the_systems(self):
        self.events_given_up()
        self.actions_off()
        self.found()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        values = {"company_id": other.id, "company_ids": other.ids}
        theirs = new_test_user(self.env, "c", "base.group_system", **values)
        seen = self.env["pom.trouble"].with_user(theirs).search([])
        self.assertEqual(seen.mapped("code"), ["actions_off"])

    def mails(self):
        return self.env["mail.mail"].search([("email_to", "ilike", "a@a.example")])

    def activity(self):
        kind = self.env.ref(TROUBLE)
        return self.env["mail.activity"].search(
            [("activity_type_id", "=", kind.id), ("user_id", "=", self.admin.id)]
        )

    def test_one_mail_and_one_activity(self):
        """A mail each day, an activity as long as there is something, in the reader's
        own language; and none when there is nothing.
        """
        self.admin.lang = "fr_BE"
        self.env["pom.trouble"]._cron_tell()
        self.assertFalse(self.mails())
        self.assertFalse(self.activity())
        self.events_given_up()
        self.env["pom.trouble"]._cron_tell()
        [mail] = self.mails()
        advice = self.troubles.with_context(lang="fr_BE")._checks()["events_given_up"]
        self.assertIn(advice.label, mail.body_html)
        self.assertIn("/odoo/action-pom_payment.pom_trouble_look", mail.body_html)
        activity = self.activity()
        self.assertEqual(len(activity), 1)
        self.keys_ending()
        self.env["pom.trouble"]._cron_tell()
        self.assertEqual(len(self.mails()), 2)
        self.assertEqual(self.activity(), activity)
        self.assertIn("2", activity.summary)
        event, provider = self.records.of("pom.webhook.event"), self.records.provider
        self.change(event, state="done")
        self.change(provider, pom_key_until=None)
        self.env["pom.trouble"]._cron_tell()
        self.assertEqual(len(self.mails()), 2)
        self.assertFalse(self.activity())

    def test_a_provider_that_is_heard_again_is_silent_no_more(self):
        self.webhooks_silent()
        self.records.of("pom.webhook.event")
        self.env["payment.provider"]._pom_cron_watch()
        self.assertEqual(self.found(), {})


@tagged("standard", "post_install", "-at_install")
class TestHealth(Troubles):
    def ask(self, **headers):
        return self.url_open("/pom/health", headers=headers)

    def allow(self, name, value):
        self.env["ir.config_parameter"].set_param(f"pom_payment.health_{name}", value)

    def test_anybody_gets_the_word_alone(self):
        self.assertEqual(self.ask().json(), {"status": "ok"})
        self.events_given_up()
        answer = self.ask()
        self.assertEqual(
            (answer.status_code, answer.json()), (200, {"status": "attention"})
        )
        self.actions_late()
        answer = self.ask()
        self.assertEqual(
            (answer.status_code, answer.json()), (503, {"status": "failing"})
        )
        self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_who_has_the_token_or_the_place_gets_each_check(self):
        self.events_given_up()
        self.allow("token", "s3cret")
        for given in ("", "Bearer", "Bearer ", "Bearer s3cret2", "s3cret"):
            self.assertNotIn("checks", self.ask(Authorization=given).json())
        told = self.ask(Authorization="Bearer s3cret").json()
        self.assertEqual(set(told["checks"]), set(self.troubles._checks()))
        row = told["checks"]["events_given_up"]
        self.assertEqual((row["status"], row["count"]), ("attention", 1))
        self.assertLess(row["age"], 3600)
        self.allow("token", False)
        self.assertNotIn("checks", self.ask(Authorization="Bearer ").json())
        self.allow("networks", "127.0.0.0/8")
        self.assertIn("checks", self.ask().json())
        self.allow("networks", "no network")
        self.assertNotIn("checks", self.ask().json())

    def test_no_name_and_no_text_is_told(self):
        """Everything that goes wrong at once."""
        self.allow("networks", "127.0.0.0/8")
        for code in self.troubles._checks():
            getattr(self, code)()
        text = self.ask().text
        self.assertIn("failing", text)
        for secret in ("SECRET", self.company.name, self.marie.name, "Locked", "http"):
            self.assertNotIn(secret, text)

    def test_who_asks_too_often_waits(self):
        in_one_minute()
        answers = [self.ask().status_code for _time in range(32)]
        self.assertEqual(answers, [200] * 30 + [429] * 2)

    def test_a_look_takes_a_few_queries(self):
        checks = len(self.troubles._checks())
        self.env["pom.trouble"]._find()
        self.env.invalidate_all()
        with self.assertQueryCount(checks + 2):
            self.env["pom.trouble"]._find()
