"""How a company sets its reminders up, without rights on the system."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import ReminderCase

DUE = date(2026, 3, 31)
NOW = "2026-04-07 08:00:00"


@tagged("standard", "post_install", "-at_install")
class TestSetup(ReminderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.an = cls._user("An", "account.group_account_manager")
        cls.setup.write(
            {
                "state": "draft",
                "consumer_policy_id": False,
                "business_policy_id": False,
            }
        )
        cls.mine = cls.setup.with_user(cls.an)

    @classmethod
    def _user(cls, name, group):
        groups = (cls.env.ref("base.group_user") | cls.env.ref(group)).ids
        return (
            cls.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": name,
                    "login": f"{name}@dekat.example",
                    "email": f"{name}@dekat.example",
                    "company_id": cls.company.id,
                    "company_ids": [Command.set(cls.company.ids)],
                    "group_ids": [Command.set(groups)],
                }
            )
        )

    def _plan(self, move):
        with freeze_time(NOW):
            self.env["pom.reminder"].sudo()._plan(self.company)
        return move.pom_reminder_ids

    def test_by_an_administrator_of_invoicing(self):
        self.assertFalse(self.an.has_group("base.group_system"))
        move = self._invoice(DUE)
        with freeze_time(NOW):
            action = self.env["pom.reminder.setup"].with_user(self.an).action_open()
            self.assertEqual(action["res_id"], self.setup.id)
            with Form(self.mine) as form:
                form.consumer_policy_id = self.consumer
                self.assertEqual(form.since, date(2026, 1, 7))
                form.sending = "approve"
            self.assertFalse(self._plan(move))
            self.mine.action_start()
        self.assertEqual(self.company.pom_policy_consumer_id, self.consumer)
        self.assertEqual(move.pom_reminder_ids.state, "planned")
        move.pom_reminder_ids.with_user(self.an).action_approve()
        move.pom_reminder_ids.with_user(self.an).action_take_back()
        self.assertEqual(move.pom_reminder_ids.state, "planned")
        with self.assertRaises(UserError):
            move.pom_reminder_ids.with_user(self.an).action_take_back()
        self.mine.action_stop()
        self.assertTrue(self.company.pom_reminders_stopped)

    def test_where_things_are(self):
        """What is done daily in one section, reports and settings where Odoo has its
        own.
        """
        menus = self.env["ir.ui.menu"].with_user(self.an)
        shown = menus.browse(menus._visible_menu_ids())
        ours = self.env["ir.model.data"].search(
            [
                ("model", "=", "ir.ui.menu"),
                ("module", "in", ("pom_message", "pom_reminder")),
            ]
        )
        sections = {}
        for menu in shown & menus.browse(ours.mapped("res_id")):
            name = menu.get_external_id()[menu.id].partition(".")[2]
            above = menu.parent_id
            sections.setdefault(above.get_external_id()[above.id], set()).add(name)
        self.assertEqual(
            sections,
            {
                "pom_payment.menu_payments": {
                    "pom_delivery_menu",
                    "pom_reminder_customer_menu",
                    "pom_reminder_menu",
                    "pom_debtors_menu",
                },
                "account.account_reports_partners_reports_menu": {
                    "pom_debtor_report_menu",
                    "pom_expected_cash_menu",
                },
                "account.account_invoicing_menu": {
                    "pom_reminder_setup_menu",
                    "pom_reminder_policy_menu",
                    "pom_ab_test_menu",
                },
            },
        )
        reports = self.env.ref("account.account_reports_partners_reports_menu")
        self.assertEqual(
            reports.parent_id, self.env.ref("account.menu_finance_reports")
        )

    def test_stopped_and_started_without_any_policy(self):
        """What debtors asked for goes out again."""
        self.mine.action_stop()
        self.mine.action_start()
        self.assertEqual(self.setup.state, "draft")
        self.assertFalse(self.company.pom_reminders_stopped)

    def test_not_by_who_only_bills(self):
        billing = self._user("Bert", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.setup.with_user(billing).action_stop()
        with self.assertRaises(AccessError):
            self.setup.with_user(billing).write({"bank_days": -1})

    def test_what_is_missing_is_said(self):
        with self.assertRaisesRegex(UserError, "Choose a policy first"):
            self.mine.action_start()
        with self.assertRaisesRegex(UserError, "Choose a policy first"):
            self.mine.action_try()
        self.mine.consumer_policy_id = self.consumer
        self.company.email = False
        with self.assertRaisesRegex(UserError, "has no e-mail address"):
            self.mine.action_start()

    def test_who_may_not_write_the_company_says_who_writes(self):
        """A second company's, too: it isn't the first one's address that is used."""
        self.mine.write({"consumer_policy_id": self.consumer.id, "since": "2026-01-01"})
        self.company.email = False
        with self.assertRaises(AccessError):
            self.company.with_user(self.an).email = "an@dekat.example"
        with self.assertRaisesRegex(ValidationError, "isn't an e-mail address"):
            self.mine.mail_from = "bakery"
        with Form(self.mine) as form:
            self.assertFalse(form.sender)
            form.mail_from = "Hond@dehond.example"
        self.assertIn("<hond@dehond.example>", self.mine.sender)
        self.mine.action_start()
        move = self._invoice(DUE)
        with freeze_time(NOW), self._smtp() as smtp:
            self.env["pom.reminder"].sudo()._plan_now(move)._send_here()
            mail = self._mailed(smtp)
        self.assertIn("<hond@dehond.example>", mail.message["From"])
        self.assertIn("hond@dehond.example", mail.html)
        other = self.env["res.company"].create({"name": "Third"})
        self.assertFalse(other.pom_sender)
        # What an administrator of the system enters comes first.
        self.company.pom_mail_from = "pay@dehond.example"
        self.assertIn("<pay@dehond.example>", self.mine.sender)

    def test_each_company_has_one(self):
        company = self.env["res.company"].create({"name": "New"})
        self.assertEqual(company._pom_setup().state, "draft")
        company._pom_setup().unlink()
        self.env["pom.reminder.setup"]._make_missing()
        self.assertTrue(company._pom_setup())

    # -- who counts as what ------------------------------------------------------------

    def test_a_number_makes_a_business(self):
        self.setup.write(
            {
                "state": "running",
                "consumer_policy_id": self.consumer.id,
                "business_policy_id": self.business.id,
                "business_by": "number",
            }
        )
        doctor = self._debtor("Dr. Janssens", "dr@x.example", vat="BE0477472701")
        club = self._debtor("Chess Club", "club@x.example", is_company=True)
        shop = self._debtor("Shop", "s@x.example", is_company=True, vat="BE0403019261")
        exempt = self._debtor("Nobody", "n@x.example", vat="/")
        policies = [
            self._invoice(DUE, partner=one)._pom_policy()
            for one in (doctor, club, shop, exempt)
        ]
        self.assertEqual(
            policies, [self.business, self.consumer, self.business, self.consumer]
        )
        self.setup.business_by = "company"
        self.assertEqual(self._invoice(DUE, partner=club)._pom_policy(), self.business)

    def test_remind_now_says_what_to_do_first(self):
        move = self._invoice(DUE)
        self.setup.consumer_policy_id = self.consumer
        for state, words in (
            ("draft", "can't be reminded now: .* Press Start under"),
            ("stopped", "All reminders are stopped"),
        ):
            self.setup.state = state
            with self.assertRaisesRegex(UserError, words), freeze_time(NOW):
                move.action_pom_remind_now()
        self.setup.write({"state": "running", "consumer_policy_id": False})
        with self.assertRaisesRegex(UserError, "Choose one on the invoice"):
            move.action_pom_remind_now()
        with self.assertRaisesRegex(UserError, "None of these"):
            (move + self._invoice(DUE)).action_pom_remind_now()

    # -- from which due date on --------------------------------------------------------

    def test_debts_of_years_ago_are_left_in_peace(self):
        old = self._invoice(date(2023, 2, 1))
        new = self._invoice(DUE)
        self.setup.write(
            {
                "state": "running",
                "consumer_policy_id": self.consumer.id,
                "since": "2026-03-31",
            }
        )
        self._plan(new)
        self.assertEqual(old.pom_reminder_ids.reason, "before")
        self.assertEqual(new.pom_reminder_ids.state, "approved")
        # Unless somebody wants it.
        with freeze_time(NOW):
            old.action_pom_remind_now()
        self.assertEqual(old.pom_reminder_ids.state, "sent")

    # -- how fresh the bank is ---------------------------------------------------------

    def test_of_the_journal_that_the_invoice_names(self):
        self.setup.write(
            {
                "state": "running",
                "consumer_policy_id": self.consumer.id,
                "bank_days": 3,
            }
        )
        journals = self.env["account.journal"]
        named = self.company_data["default_journal_bank"]
        named.bank_acc_number = "BE68539007547034"
        other = journals.create(
            {
                "name": "Savings",
                "type": "bank",
                "code": "SAV",
                "bank_acc_number": "BE71096123456769",
                "company_id": self.company.id,
            }
        )
        self._line(named, "2026-03-01")
        self._line(other, "2026-04-06")
        move = self._invoice(DUE, partner_bank_id=named.bank_account_id.id)
        self.assertEqual(self._plan(move).reason, "stale_bank")
        self._line(named, "2026-04-05")
        self.assertFalse(self._plan(move).reason)
        with freeze_time(NOW):
            self.assertIn("2 days old", self.setup.bank_summary)
            self.assertIn("BE71", self.setup.bank_summary)

    def test_of_any_where_the_account_is_not_ours(self):
        self.setup.write(
            {
                "state": "running",
                "consumer_policy_id": self.consumer.id,
                "bank_days": 3,
            }
        )
        self._line(self.company_data["default_journal_bank"], "2026-04-06")
        self.assertFalse(self._plan(self._invoice(DUE)).reason)

    def _line(self, journal, day):
        self.env["account.bank.statement.line"].create(
            {"journal_id": journal.id, "date": day, "amount": 1, "payment_ref": "?"}
        )

    # -- an empty list says what to do -------------------------------------------------

    def test_an_empty_list_says_what_to_do(self):
        for model in ("pom.reminder", "pom.reminder.customer"):
            with self.subTest(model), freeze_time(NOW):
                self._check_words(model)

    def _check_words(self, model):
        xmlid = f"pom_reminder.{model.replace('.', '_')}_action"
        action = self.env.ref(xmlid)

        def words():
            return action.read(["help", "res_model", "context"])[0]["help"]

        moves = self.env["account.move"].search([("company_id", "=", self.company.id)])
        moves.filtered(lambda m: m.state == "posted").button_draft()
        self.assertIn("No invoice is late", words())
        self._invoice(DUE)
        self.setup.state = "draft"
        self.assertIn("1 invoice is late", words())
        self.assertIn("start them under", words())
        self.assertIn("pom_reminder_setup_open", words())
        self.setup.state = "stopped"
        self.assertIn("All reminders are stopped", words())
        self.setup.state = "running"
        self.assertIn("Nothing is to be sent", words())

    def test_strangers_are_told_nothing(self):
        portal = self._user("Portal", "account.group_account_readonly")
        portal.group_ids = self.env.ref("base.group_portal")
        for model in ("pom.reminder", "pom.reminder.customer"):
            words = self.env[model].with_user(portal).get_empty_list_help("Nothing")
            self.assertEqual(words, "Nothing")

    def test_a_policy_of_our_own(self):
        """Who administers invoicing writes no policy of all companies, but a copy."""
        shared = self.consumer.with_user(self.an)
        with self.assertRaises(AccessError):
            shared.write({"hour_from": 10})
        ours = self.env["pom.reminder.policy"].browse(
            shared.action_make_ours()["res_id"]
        )
        self.assertEqual(ours.company_id, self.company)
        self.assertEqual(len(ours.level_ids), len(shared.level_ids))
        ours.with_user(self.an).level_ids[0].days = -4

    def test_what_a_law_allows_is_said(self):
        words = self.consumer.law_summary
        self.assertIn("14 days", words)
        self.assertIn("news.economie.fgov.be", words)
        after = self.friendly.level_ids.filtered(lambda level: level.days >= 0)
        after[0].channel_2 = "letter"
        for rule in ("nl_consumer", "fr_consumer", "de_consumer", "lu_business"):
            self.friendly.rule = rule
            self.assertIn("no legal advice", self.friendly.law_summary)
        self.friendly.rule = "none"
        self.assertFalse(self.friendly.law_summary)

    def test_where_a_law_was_read_is_said_in_the_own_language(self):
        titles = {
            "nl_BE": "XIX.2, berekening van de termijn",
            "fr_BE": "XIX.2, calcul du délai",
            "de_DE": "XIX.2, Berechnung der Frist",
        }
        for lang, title in titles.items():
            self.assertIn(title, self.consumer.with_context(lang=lang).law_summary)
