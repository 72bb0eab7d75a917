"""A debt that lives elsewhere is worked on like any other."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from tests.odoo.pom_status_api.api_case import ORDER, ApiCase


@tagged("standard", "post_install", "-at_install")
class TestLikeAnyOther(ApiCase):
    def setUp(self):
        super().setUp()
        self.today = self.company._pom_today()

    def _told(self, answer):
        return self.api.getRequest(id=answer.data["id"]).data

    def test_its_transfer_is_matched(self):
        """By the reference that its answer gave, and told of."""
        answer = self._new()
        move, reference = self._move(answer), answer.data["invoice"]["reference"]
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "date": self.today,
                "amount": 121,
                "payment_ref": reference,
            }
        )
        line.action_pom_match()
        self.assertTrue(line.is_reconciled)
        self.assertEqual(move.payment_state, "paid")
        told = self._told(answer)["invoice"]
        self.assertEqual((told["status"], told["amount_due"]), ("paid", "0.00"))
        self.assertEqual([one["by"] for one in told["payments"]], ["bank"])

    def test_it_is_reminded(self):
        """When it's late, by the company's own calendar; not once it's taken back."""
        policy = self.env.ref("pom_reminder.policy_consumer")
        policy.automatic = True
        self.company.pom_policy_consumer_id = policy
        self.company.pom_reminders_stopped = False
        # Which Belgian law wants a reminder to state.
        self.company.company_registry = "0477472701"
        self.company._pom_setup().write(
            {"bank_days": -1, "grace_days": 1000, "has_clause": True}
        )
        day = (self.today - timedelta(5)).isoformat()
        late, withdrawn = self._new(due_date=day), self._new(due_date=day)
        self.assertEqual(late.data["invoice"]["status"], "overdue")
        self.api.withdrawRequest(id=withdrawn.data["id"])
        moves = self._move(late) + self._move(withdrawn)
        self.env["pom.reminder"]._plan_for(moves, self.today + timedelta(20))
        reminders = self.env["pom.reminder"].search([("move_id", "in", moves.ids)])
        said = [(one.move_id, one.state, one.reason) for one in reminders]
        planned = reminders.filtered(lambda one: one.state in ("planned", "approved"))
        self.assertEqual(planned.move_id, self._move(late), said)

    def test_a_plan_is_told(self):
        """Its state, its parts, and what is asked of it."""
        answer = self._new()
        self.assertIsNone(answer.data["invoice"]["plan"])
        plan = self.env["pom.payment.plan"].create(
            {
                "move_ids": [Command.set(self._move(answer).ids)],
                "line_ids": [
                    Command.create(
                        {"day": self.today + timedelta(30 * number), "amount": part}
                    )
                    for number, part in enumerate((60, 61), 1)
                ],
            }
        )
        self.assertEqual(self._told(answer)["invoice"]["plan"], "draft")
        plan.action_agree()
        told = self._told(answer)["invoice"]
        self.assertEqual((told["plan"], told["status"]), ("active", "planned"))
        self.assertEqual([one["amount"] for one in told["parts"]], ["60.00", "61.00"])
        self.assertEqual(
            [one["due_date"] for one in told["parts"]],
            [(self.today + timedelta(days)).isoformat() for days in (30, 60)],
        )
        [listed] = self.api.listInvoices(status="planned").data["invoices"]
        self.assertEqual(listed, told)
        plan.action_stop()
        self.assertEqual(self._told(answer)["invoice"]["plan"], "stopped")

    def test_sent_when_it_is_asked(self):
        """By the channels that it names, in the customer's language."""
        answer = self._new(channels=["email"])
        [told] = self.api.listMessages().data["messages"]
        self.assertEqual(
            (told["channel"], told["kind"], told["customer"]),
            ("email", "invoice", ORDER["customer"]["ref"]),
        )
        self.assertEqual(
            [one["id"] for one in told["invoices"]], [answer.data["invoice"]["id"]]
        )

    def test_what_is_typed_leads_there(self):
        """The short address, as one reads it from paper, and the button's."""
        told = self._new().data
        scheme = told["page"].partition("://")[0]
        for address in (told["short_address"], told["short_address"].lower()):
            answer = self._request("GET", f"{scheme}://{address}")
            self.assertEqual(answer.status_code, 200)
            self.assertIn("121", answer.text)
        self.assertIn(f'href="{told["page"]}', told["button"])

    def test_refused_in_the_callers_language(self):
        """What Odoo says, by Accept-Language; where that says nothing, the company's.
        What the customer gets is in their own.
        """
        answer = self._new()
        move = self._move(answer)
        self.company.sudo().fiscalyear_lock_date = move.date
        said = set()
        for asked, language in (
            ("fr", "fr_BE"),
            ("de-AT, de;q=0.8, en;q=0.1", "de_DE"),
            ("nl-BE", "nl_BE"),
            ("tlh", self.company.partner_id.lang),
            ("", self.company.partner_id.lang),
        ):
            with self.assertRaises(UserError) as own, self.env.cr.savepoint():
                move.with_context(lang=language).button_draft()
            with self._refused(422) as refused:
                self.api.changeRequest(
                    {"amount": "7.00"}, id=answer.data["id"], Accept_Language=asked
                )
            self.assertEqual(refused.problem["detail"], str(own.exception), asked)
            said.add(refused.problem["detail"])
        self.assertGreaterEqual(len(said), 3)
        self.api.sendRequest(
            {"channel": "email"}, id=answer.data["id"], Accept_Language="fr"
        )
        mail = self.env["mail.mail"].search([("res_id", "=", move.id)], limit=1)
        self.assertEqual(move.partner_id.lang, "nl_BE")
        self.assertIn("betalen", mail.body_html.lower())
