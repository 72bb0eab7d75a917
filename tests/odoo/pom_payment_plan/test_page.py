"""Paying in parts on the page: asked for, shown before anybody agrees, proposed."""

import re
from datetime import date, timedelta

from lxml import html

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from tests.odoo.payment.common import PayPageCase


@tagged("standard", "post_install", "-at_install")
class TestPlanOnThePage(PayPageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"pom_plan_at_once": "all", "pom_requests_per_day": 50})
        cls.plans = cls.env["pom.payment.plan"]

    def setUp(self):
        super().setUp()
        self.today = self.company._pom_today()

    # -- what the debtor does ----------------------------------------------------------

    def send(self, count=3, first_on=None, **data):
        first_on = (first_on or self.today).isoformat()
        return self.post(
            f"{self.path}/ask/plan/send",
            plan_count=count,
            plan_first_on=first_on,
            **data,
        )

    def ask(self, **wish):
        """Looks at the days and amounts, then agrees to those.

        :return: (day, amount) of what was shown, the answer
        """
        answer = self.send(**wish)
        self.assertEqual(answer.status_code, 200)
        page = html.fromstring(answer.text)
        seen = page.xpath("//input[@name='seen']/@value")[0]
        return self._rows(page), self.send(**wish, seen=seen)

    def look(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return html.fromstring(self.url_open(f"{self.path}?lang=en_US").text)

    def _rows(self, page):
        rows = page.xpath("//div[@class='note']//tr")
        return [" ".join(row.text_content().split()) for row in rows]

    def _amounts(self, rows):
        return [re.search(r"\d+[.,]\d\d\b", row)[0].replace(",", ".") for row in rows]

    def _plan(self):
        return self.plans.search([("move_ids", "in", self.move.ids)], limit=1)

    # -- asked for ---------------------------------------------------------------------

    def test_agreed_at_once_after_it_was_shown(self):
        self.send()
        self.assertFalse(self._plan())
        shown, answer = self.ask()
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self._amounts(shown), ["40.34", "40.33", "40.33"])
        plan = self._plan()
        self.assertEqual((plan.state, plan.wished_by), ("active", "debtor"))
        self.assertEqual(self.move.pom_plan_id, plan)
        self.assertEqual(plan.line_ids.mapped("amount"), [40.34, 40.33, 40.33])
        page = self.look()
        self.assertEqual(page.body.get("data-state"), "open")
        self.assertIn("40.34", page.xpath("//h1/span[@class='amount']")[0].text)
        self.assertFalse(page.xpath("//a[contains(@href, '/ask/plan')]"))

    def test_each_day_and_amount_is_in_the_mail(self):
        self.ask()
        delivery = self.move.pom_delivery_ids.filtered(lambda one: one.kind == "plan")
        [body] = delivery._mail_bodies()
        for line in self._plan().line_ids.with_context(lang=delivery.lang):
            self.assertIn(line._day_in_words(), body)
            self.assertRegex(body, f"{line.amount:.2f}".replace(".", "[.,]"))

    def test_a_day_written_otherwise(self):
        for day in (f" {self.today} ", self.today.strftime("%Y%m%d")):
            answer = self.post(
                f"{self.path}/ask/plan/send", plan_count=" 3 ", plan_first_on=day
            )
            self.assertEqual(answer.status_code, 200, day)
            self.assertEqual(len(self._rows(html.fromstring(answer.text))), 3)

    def test_a_second_wish_finds_no_form(self):
        self.ask()
        answer = self.send()
        self.assertIn("done=plan", answer.headers["Location"], "two taps: agreed")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE pom_payer_request SET create_date = create_date - interval '1 day'"
        )
        self.env.invalidate_all()
        answer = self.send()
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(len(self.move.pom_plan_ids), 1)

    def test_what_changed_meanwhile_is_shown_anew(self):
        page = html.fromstring(self.send().text)
        seen = page.xpath("//input[@name='seen']/@value")[0]
        self.register_payment(self.move, 21.0)
        answer = self.send(seen=seen)
        self.assertEqual(answer.status_code, 200)
        self.assertFalse(self._plan())

    def test_beyond_the_bounds_a_person_decides(self):
        tomorrow = self.today + timedelta(1)
        self.company.pom_plan_first_now = True
        for wish in ({"count": 4}, {"count": 2, "first_on": tomorrow}):
            self.ask(**wish)
            self.assertEqual(self._plan().state, "draft")
            self.assertFalse(self.move.pom_plan_id)
        self.assertEqual(self.look().body.get("data-state"), "open")

    def test_for_whom(self):
        self.company.pom_plan_at_once = "businesses"
        self.ask()
        self.assertEqual(self._plan().state, "draft")
        self.marie.is_company = True
        self.ask()
        self.assertEqual(self._plan().state, "active")

    def test_among_the_ways_to_pay(self):
        """121.00 in parts of 25 and more, all paid within 120 days."""
        for values, said in (
            ({}, ["In up to 3 parts"]),
            ({"pom_plan_most_parts": 9, "pom_plan_days": 200}, ["In up to 4 parts"]),
            ({"pom_plan_most": 100}, []),
            ({"pom_plan_most": 0, "pom_plan_at_once": "businesses"}, []),
            ({"pom_plan_at_once": "nobody"}, []),
        ):
            with self.subTest(**values):
                self.company.write(values)
                found = self.look().xpath(
                    "//a[@class='way'][contains(@href, '/ask/plan')]"
                )
                self.assertEqual([link.text_content().strip() for link in found], said)

    def test_who_broke_one_is_looked_at(self):
        self.ask()
        self._plan()._end("broken")
        self.ask()
        self.assertEqual(self._plan().state, "draft")

    def test_who_asks_again_wants_that_one(self):
        """The first wish isn't agreed to behind the debtor's back, nor answered."""
        self.company.pom_plan_at_once = "nobody"
        self.ask(count=2)
        first = self.move.pom_request_ids
        self.ask(count=4)
        second = self.move.pom_request_ids - first
        self.assertEqual((first.state, first.plan_id.state), ("refused", "stopped"))
        self.assertFalse(first.activity_ids)
        with self.assertRaisesRegex(UserError, "asked for another one"):
            first.plan_id.with_context(lang="en_US").action_agree()
        self.assertEqual((second.state, second.plan_id.state), ("new", "draft"))
        self.assertEqual(self.move.pom_quiet_until, date.max)
        second.plan_id.action_agree()
        self.assertEqual(second.state, "accepted")
        self.assertEqual(self.move.pom_plan_id, second.plan_id)
        kinds = self.move.pom_delivery_ids.mapped("kind")
        self.assertEqual(kinds, ["plan"])

    def test_who_gets_another_one_waits_for_no_answer(self):
        """Agreed to on the phone, while a wish waited."""
        self.company.pom_plan_at_once = "nobody"
        self.ask()
        request = self.move.pom_request_ids
        self.offer(100, 21).action_agree()
        self.assertEqual(request.state, "refused")
        self.assertNotEqual(self.move.pom_quiet_until, date.max)

    # -- proposed ----------------------------------------------------------------------

    def offer(self, *amounts):
        plan = self.plans.create(
            {
                "move_ids": [Command.set(self.move.ids)],
                "line_ids": [
                    Command.create(
                        {"day": self.today + timedelta(30 * n), "amount": amount}
                    )
                    for n, amount in enumerate(amounts)
                ],
            }
        )
        plan.action_offer()
        return plan

    def seen(self):
        return self.look().xpath("//input[@name='seen']/@value")[0]

    def test_agreeing_to_what_was_proposed(self):
        plan = self.offer(100, 21)
        page = self.look()
        self.assertEqual(self._amounts(self._rows(page)), ["100.00", "21.00"])
        self.assertEqual(plan.state, "offered")
        answer = self.post(f"{self.path}/plan/agree", seen=self.seen())
        self.assertEqual(answer.status_code, 303)
        self.assertEqual((plan.state, self.move.pom_plan_id), ("active", plan))
        # Once more.
        self.post(f"{self.path}/plan/agree", seen=plan._mark())
        self.assertEqual(plan.state, "active")

    def test_what_was_changed_is_not_agreed_to(self):
        plan = self.offer(100, 21)
        seen = self.seen()
        plan.line_ids[0].amount, plan.line_ids[1].amount = 61, 60
        self.post(f"{self.path}/plan/agree", seen=seen)
        self.assertEqual(plan.state, "offered")
        self.post(f"{self.path}/plan/agree", seen=self.seen())
        self.assertEqual(plan.state, "active")

    def test_what_was_asked_first_is_answered(self):
        self.company.pom_plan_at_once = "nobody"
        self.ask()
        request = self.move.pom_request_ids
        plan = request.plan_id
        plan.line_ids[0].day += timedelta(9)
        plan.action_offer()
        self.post(f"{self.path}/plan/agree", seen=self.seen())
        self.assertEqual((plan.state, request.state), ("active", "accepted"))
        kinds = self.move.pom_delivery_ids.mapped("kind")
        self.assertEqual(kinds, ["plan", "plan"])

    def test_declining(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        self.move.partner_id.lang = "en_US"
        self.move._pom_owner().lang = "nl_BE"
        plan = self.offer(100, 21)
        self.post(f"{self.path}/plan/decline", seen=self.seen())
        self.assertEqual(plan.state, "refused")
        # Of who is in charge, not of who declines.
        self.assertIn("gaat niet akkoord", self.move.activity_ids.summary)
        self.assertFalse(self.look().xpath("//input[@name='seen']"))

    def test_nothing_is_proposed_for_what_was_paid(self):
        plan = self.offer(100, 21)
        self.register_payment(self.move)
        self.assertEqual(self.look().body.get("data-state"), "paid")
        self.post(f"{self.path}/plan/agree", seen=plan._mark())
        self.assertEqual(plan.state, "offered")
        self.assertFalse(self.look().xpath("//input[@name='seen']"))

    def test_nobody_agrees_by_looking_or_by_another_link(self):
        plan = self.offer(100, 21)
        answer = self.url_open(f"{self.path}/plan/agree?seen={plan._mark()}")
        self.assertEqual(answer.status_code, 405)
        other = self.invoice()
        path = f"/p/{other.pom_paylink_id.token}"
        self.post(f"{path}/plan/agree", seen=plan._mark())
        self.assertEqual(plan.state, "offered")

    # -- paid --------------------------------------------------------------------------

    def test_a_part_is_paid_by_the_link(self):
        self.ask()
        attempt = self.begin()
        self.assertEqual(attempt.amount, 40.34)
        self.pay_and_relay(attempt)
        self.apply_events()
        self.env.invalidate_all()
        plan = self.move.pom_plan_id
        self.assertEqual(plan.line_ids.mapped("status"), ["paid", "coming", "coming"])
        self.assertIn("1 of 3", plan.with_context(lang="en_US").summary)
        page = self.look()
        self.assertEqual(page.body.get("data-state"), "planned")
        self.assertIn("paid", self._rows(page)[0])
        # Earlier, too.
        self.assertEqual(self.begin().amount, 40.33)

    # -- costs -------------------------------------------------------------------------

    def test_costs_are_shown_and_invoiced(self):
        product = self.env["product.product"].create(
            {"name": "Spreiding", "type": "service"}
        )
        self.company.write({"pom_plan_costs": 5, "pom_plan_product_id": product.id})
        answer = self.send()
        self.assertRegex(answer.text, r"\b5[.,]00\b")
        shown, _answer = self.ask()
        plan = self._plan()
        self.assertEqual(plan.line_ids.mapped("amount"), [42, 42, 42])
        self.assertEqual(plan.bill_id.amount_total, 5)
        self.assertEqual(plan.move_ids, self.move | plan.bill_id)
        self.assertEqual(plan.bill_id.pom_plan_id, plan)
        self.assertEqual(self._amounts(shown), 3 * ["42.00"])
        # Both together, on the statement.
        link = self.env["pom.paylink"]._statement_of(self.marie, self.company)
        self.path = f"/p/{link.token}"
        page = self.look()
        rows = page.xpath("//table[@class='parts']//tr")
        self.assertEqual(len(rows), 3)

    def test_costs_need_a_product(self):
        with self.assertRaises(ValidationError):
            self.company.pom_plan_costs = 5
