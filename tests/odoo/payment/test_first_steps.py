"""From installing to the first invoice that is paid: each step looks for itself."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from tests.company import collect_with
from tests.simulators.bancontact_pro import BancontactPro

from .common import PaymentCase


@tagged("standard", "post_install", "-at_install")
class TestFirstSteps(PaymentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls.env.ref("base.user_admin")
        cls.boss.group_ids += cls.env.ref("account.group_account_manager")
        cls.fresh = cls.env["res.company"].create(
            {"name": "Fresh", "country_id": cls.env.ref("base.be").id}
        )
        cls.env["account.chart.template"].try_loading(
            "be_comp", cls.fresh, install_demo=False
        )
        cls.boss.company_ids += cls.fresh
        cls.boss.partner_id.company_id = False
        cls.model = (
            cls.env["pom.first.step"]
            .with_user(cls.boss)
            .with_company(cls.fresh)
            .with_context(allowed_company_ids=cls.fresh.ids)
        )

    def _list(self):
        return self.model.search(self.model._look()["domain"])

    def _done(self):
        return set(self._list().filtered("is_done").mapped("code"))

    def _step(self, code):
        return self._list().filtered(lambda step: step.code == code)

    def test_nothing_is_done_in_a_company_that_is_new(self):
        self.assertEqual(self._done(), set())
        self.assertEqual(
            self._list().mapped("code"),
            ["address", "provider", "look", "invoice", "statement", "reminders"],
        )

    def test_each_is_done_when_it_is_and_not_before(self):
        self.fresh.pom_base_url = "https://pay.fresh.example"
        self.assertEqual(self._done(), {"address"})
        self.fresh.pom_page_color = "#336699"
        self.assertEqual(self._done(), {"address", "look"})
        self.fresh.pom_base_url = False
        self.assertEqual(self._done(), {"look"})
        self._import()
        self.assertEqual(self._done(), {"look", "statement"})
        self._remind()
        self.assertEqual(self._done(), {"look", "statement", "reminders"})

    def _import(self):
        journals = self.env["account.journal"]
        bank = journals.search(
            [("company_id", "=", self.fresh.id), ("type", "=", "bank")], limit=1
        )
        self.env["account.bank.statement.line"].create(
            {"journal_id": bank.id, "payment_ref": "x", "amount": 1}
        )

    def _remind(self):
        setups = self.env["pom.reminder.setup"]
        mine = [("company_id", "=", self.fresh.id)]
        setup = setups.search(mine) or setups.create({"company_id": self.fresh.id})
        setup.state = "running"

    def test_a_provider_that_was_never_tried_is_not_done(self):
        with BancontactPro() as psp:
            provider = collect_with(self.env, psp, company=self.fresh)
        self.assertEqual(self._done(), set())
        event = self._event(provider)
        self.assertEqual(self._done(), set(), "nobody knows yet whether it's ours")
        event.state = "done"
        self.assertEqual(self._done(), {"provider"})
        provider.state = "disabled"
        self.assertEqual(self._done(), set())

    def _event(self, provider):
        return self.env["pom.webhook.event"].create(
            {"provider_id": provider.id, "event_key": "x", "provider_reference": "x"}
        )

    def test_whoever_is_a_contact_of_another_company_invoices_this_one(self):
        self.boss.partner_id.company_id = self.company
        move = self._invoice(self._step("invoice").action_go())
        self.assertEqual(move.partner_id, self.fresh.partner_id)
        self.assertEqual((move.company_id, move.state), (self.fresh, "posted"))

    def test_an_invoice_to_oneself_is_made_once_and_done_when_it_is_paid(self):
        step = self._step("invoice")
        move = self._invoice(step.action_go())
        self.assertEqual(move.amount_total, 1)
        self.assertEqual(move.partner_id, self.boss.partner_id)
        self.assertEqual(self._invoice(step.action_go()), move, "not another one")
        self.assertFalse(self._step("invoice").is_done)
        with BancontactPro() as psp:
            provider = collect_with(self.env, psp, company=self.fresh)
            transaction = self._begin(provider, move)
            self.assertFalse(self._step("invoice").is_done, "begun isn't paid")
            transaction._set_done()
        self.assertTrue(self._step("invoice").is_done)
        self.assertTrue(self._step("provider").is_done)

    def _begin(self, provider, move):
        return self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": provider.payment_method_ids.id,
                "operation": "online_redirect",
                "amount": 1,
                "currency_id": move.currency_id.id,
                "partner_id": move.partner_id.id,
                "invoice_ids": [(6, 0, move.ids)],
            }
        )

    def _invoice(self, action):
        token = action["url"].rpartition("/")[2]
        return self.env["pom.paylink"].search([("token", "=", token)]).move_id

    def test_each_leads_somewhere(self):
        for step in self._list():
            action = step.action_go()
            self.assertTrue(action["type"].startswith("ir.actions."), step.code)
            self.assertTrue(step.label and step.advice)

    def test_one_of_an_addon_that_is_gone_leads_nowhere(self):
        gone = self.model.create({"code": "gone", "company_id": self.fresh.id})
        self.assertEqual(
            (gone.label, gone.is_mine, gone.is_done), ("gone", False, False)
        )
        self.assertFalse(gone.action_go())

    def test_they_stand_on_the_card_until_somebody_knows_them(self):
        journal = self._journal(self.fresh).with_user(self.boss)
        journal = journal.with_context(allowed_company_ids=self.fresh.ids)
        self.assertEqual(self._words(journal), "First steps: 0 of 6")
        journal.action_pom_know_first_steps()
        self.assertFalse(self._words(journal))
        self.assertTrue(self._list(), "in the menu they stay")
        self.assertFalse(self.company.pom_knows_first_steps, "of one company")

    def _journal(self, company):
        return self.env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "=", "sale")], limit=1
        )

    def _words(self, journal):
        """What the card says."""
        data = journal._get_journal_dashboard_data_batched()[journal.id]
        return data.get("pom_first_steps")

    def test_the_dashboard_asks_little_and_nothing_when_all_is_done(self):
        journal = self._journal(self.fresh).with_user(self.boss)
        self._all_done_but_the_invoice()
        self._as_a_dashboard_is_read(journal)
        with self.assertQueryCount(3):
            words = journal._pom_first_steps(self.fresh)
        self.assertEqual(words, "First steps: 5 of 6")
        self.model._put_away()
        self.assertFalse(self.fresh.pom_knows_first_steps)
        self._pay(self._invoice(self._step("invoice").action_go()))
        self.assertFalse(journal._pom_first_steps(self.fresh))
        self.env["pom.first.step"]._put_away()
        self.assertTrue(self.fresh.pom_knows_first_steps)
        self._as_a_dashboard_is_read(journal)
        with self.assertQueryCount(0):
            self.assertFalse(journal._pom_first_steps(self.fresh))

    def _as_a_dashboard_is_read(self, journal):
        """Nothing but what it needs anyhow: the rights, and the company's name."""
        self.env.flush_all()
        self.env.invalidate_all()
        journal._pom_first_steps(self.fresh)
        self.env.invalidate_all()
        self.assertTrue(journal.company_id.name)

    def _all_done_but_the_invoice(self):
        self.fresh.pom_base_url = "https://pay.fresh.example"
        self.fresh.pom_page_color = "#336699"
        self._import()
        self._remind()
        with BancontactPro() as psp:
            self._event(collect_with(self.env, psp, company=self.fresh)).state = "done"

    def test_looking_at_the_list_puts_them_away_too(self):
        self._all_done_but_the_invoice()
        self._pay(self._invoice(self._step("invoice").action_go()))
        self.assertFalse(self.fresh.pom_knows_first_steps)
        self.assertEqual(len(self._done()), 6)
        self.assertTrue(self.fresh.pom_knows_first_steps)

    def _pay(self, move):
        provider = self.env["payment.provider"].search(
            [("company_id", "=", self.fresh.id), ("state", "=", "enabled")]
        )
        self._begin(provider, move)._set_done()

    def _person(self, *groups):
        return self.env["res.users"].create(
            {
                "name": "Somebody",
                "login": "-".join(groups),
                "company_ids": [(6, 0, (self.company + self.fresh).ids)],
                "group_ids": [(6, 0, [self.env.ref(group).id for group in groups])],
            }
        )

    def test_who_may_not_set_the_system_up_is_not_led_there(self):
        manager = self._person("base.group_user", "account.group_account_manager")
        self.model = self.model.with_user(manager)
        mine = self._list().filtered("is_mine").mapped("code")
        self.assertEqual(mine, ["invoice", "statement", "reminders"])
        journal = self._journal(self.fresh).with_user(manager)
        journal.action_pom_know_first_steps()
        self.assertTrue(self.fresh.pom_knows_first_steps)

    def test_who_does_not_administer_invoicing_sees_none(self):
        journal = self._journal(self.company)
        for person in (
            self._person("base.group_user", "account.group_account_invoice"),
            self._person(
                "base.group_user", "base.group_system", "account.group_account_invoice"
            ),
        ):
            theirs = journal.with_user(person).with_context(
                allowed_company_ids=self.company.ids
            )
            with self.assertRaises(AccessError):
                self.env["pom.first.step"].with_user(person)._look()
            self.assertFalse(self._words(theirs))
            with self.assertRaises(AccessError):
                theirs.action_pom_know_first_steps()
