"""Who may decide on plans, and on what."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from tests.odoo.security.common import SecurityCase


@tagged("standard", "post_install", "-at_install")
class TestDecisions(SecurityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.move = cls.ours.invoice
        cls.today = cls.company._pom_today()

    def _values(self, *amounts, moves=None):
        return {
            "move_ids": [Command.set((moves or self.move).ids)],
            "line_ids": [
                Command.create({"day": self.today + timedelta(30 * n), "amount": part})
                for n, part in enumerate(amounts)
            ],
        }

    def _plan(self, *amounts, person="billing"):
        plans = self.env["pom.payment.plan"]
        number = self.rpc(person, plans, "create", self._values(*amounts))
        return plans.browse(number)

    def test_billing_decides(self):
        plan = self._plan(50, 49)
        self.rpc("billing", plan.line_ids[0], "write", {"amount": 60})
        self.rpc("billing", plan.line_ids[1], "write", {"amount": 39})
        self.rpc("billing", plan, "action_agree")
        self.assertEqual((plan.state, self.move.pom_plan_id), ("active", plan))
        self.rpc("billing", plan, "action_stop")
        self.assertEqual(plan.state, "stopped")
        self.assertFalse(self.move.pom_plan_id)

    def test_what_changed_while_somebody_looked(self):
        """Each button carries what its form showed."""
        plan = self._plan(50, 49)
        seen = {"pom_seen": plan.mark}
        self.rpc("accountant", plan.line_ids[0], "write", {"amount": 60})
        self.rpc("accountant", plan.line_ids[1], "write", {"amount": 39})
        for method in ("action_agree", "action_offer"):
            with self.assertRaisesRegex(UserError, "while you looked at it"):
                self.rpc("billing", plan, method, context=seen)
        self.assertEqual(plan.state, "draft")
        seen = {"pom_seen": plan.mark}
        self.rpc("billing", plan, "action_agree", context=seen)
        self.assertEqual(plan.state, "active")

    def _wished(self):
        """A wish for two parts, with the plan that somebody changes."""
        requests = self.env["pom.payer.request"].sudo()
        values = {"plan_count": 2, "plan_first_on": self.today, "text": ""}
        link = self.move.pom_paylink_id
        request = requests._receive(link, "plan", values, self.move)
        return request, request._wished_plan()

    def test_what_changed_on_the_request_while_somebody_looked(self):
        """The debtor's form has a button of its own, and looks the same."""
        request, plan = self._wished()
        seen = {"pom_request_seen": request.mark}
        first, second = plan.line_ids
        amounts = first.amount + 1, second.amount - 1
        for line, amount in zip(plan.line_ids, amounts, strict=True):
            self.rpc("accountant", line, "write", {"amount": amount})
        for method in ("action_accept", "action_refuse"):
            with self.assertRaisesRegex(UserError, "while you looked at it"):
                self.rpc("billing", request, method, context=seen)
        self.assertEqual((request.state, plan.state), ("new", "draft"))
        seen = {"pom_request_seen": request.mark}
        self.rpc("billing", request, "action_accept", context=seen)
        self.assertEqual((request.state, plan.state), ("accepted", "active"))

    def test_a_request_that_a_colleague_decided_on(self):
        request, plan = self._wished()
        seen = {"pom_request_seen": request.mark}
        self.rpc("accountant", request, "action_refuse", context=seen)
        with self.assertRaisesRegex(UserError, "while you looked at it"):
            self.rpc("billing", request, "action_accept", context=seen)
        self.assertEqual((request.state, plan.state), ("refused", "refused"))

    def test_the_plan_of_a_request_is_agreed_to(self):
        """On its own form, whose mark is another."""
        request, plan = self._wished()
        self.rpc("billing", plan, "action_agree", context={"pom_seen": plan.mark})
        self.assertEqual((request.state, plan.state), ("accepted", "active"))

    def test_agreed_to_twice(self):
        """Two at once: the debtor is told one time."""
        plan = self._plan(50, 49)
        self.rpc("billing", plan, "action_agree")
        told = self.move.pom_delivery_ids
        with self.assertRaises(UserError):
            self.rpc("accountant", plan, "action_agree")
        self.assertEqual(self.move.pom_delivery_ids, told)

    def test_others_do_not(self):
        plan = self._plan(50, 49)
        for person in ("portal", "employee", "auditor", "billing_b"):
            for method in ("action_agree", "action_offer", "action_refuse"):
                self.assertTrue(
                    self.refuses(person, plan, method), f"{person} {method}"
                )
        for person in ("portal", "employee", "billing_b"):
            self.assertTrue(self.refuses(person, plan, "read", ["amount"]), person)
            self.assertTrue(
                self.refuses(person, plan.line_ids[0], "read", ["amount"]), person
            )
        self.assertEqual(plan.state, "draft")

    def test_what_was_agreed_to_is_not_changed(self):
        plan = self._plan(50, 49)
        self.rpc("billing", plan, "action_agree")
        for record, values in (
            (plan, {"count": 2}),
            (plan, {"move_ids": [Command.clear()]}),
            (plan.line_ids[0], {"amount": 1}),
            (plan.line_ids[0], {"day": "2030-01-01"}),
        ):
            self.assertTrue(self.refuses("billing", record, "write", values), values)
        line = {"plan_id": plan.id, "day": "2030-01-01", "amount": 1}
        self.assertTrue(self.refuses("billing", plan.line_ids, "create", line))
        self.assertTrue(self.refuses("billing", plan.line_ids[0], "unlink"))
        with self.assertRaises(UserError):
            self.rpc("billing", plan, "unlink")

    def test_nobody_makes_one_that_runs(self):
        for values in ({"state": "active"}, {"booked_until": 9}):
            with self.assertRaises(AccessError):
                plans = self.env["pom.payment.plan"]
                self.rpc("billing", plans, "create", {**self._values(99), **values})

    def test_the_last_parts_make_up_for_what_is_open(self):
        plan = self._plan(50, 60)
        self.rpc("billing", plan, "action_agree")
        self.assertEqual(plan.line_ids.mapped("amount"), [50, 49])
        plan = self._plan(50, 30)
        self.rpc("billing", plan, "action_agree")
        self.assertEqual(plan.line_ids.mapped("amount"), [50, 49])

    def test_of_one_customer(self):
        with self.assertRaises(UserError):
            both = self.move | self.theirs.invoice
            self.env["pom.payment.plan"].create(self._values(99, moves=both))

    def test_of_what_is_open(self):
        plan = self._plan(99)
        self.move.button_draft()
        with self.assertRaises(UserError):
            self.rpc("billing", plan, "action_agree")

    def test_parts_of_nothing(self):
        with self.assertRaises(UserError):
            self.rpc("billing", self._plan(), "action_agree")

    def test_costs_need_a_product(self):
        plan = self._plan(99)
        plan.costs = 5
        with self.assertRaises(UserError):
            self.rpc("billing", plan, "action_agree")

    # -- many --------------------------------------------------------------------------

    def test_looking_asks_no_more_of_many(self):
        plans = self.env["pom.payment.plan"]
        made = plans
        for _number in range(6):
            move = self.move.copy({"invoice_date": self.today})
            move.action_post()
            made += plans.create(self._values(50, 49, moves=move))
            made[-1]._agree()
        self._queries(made)
        few = self._queries(made[:2])
        self.assertEqual(self._queries(made), few)

    def _queries(self, plans):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        plans._look()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
