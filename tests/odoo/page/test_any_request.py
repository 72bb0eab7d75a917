from datetime import timedelta

from odoo.tests import TransactionCase, tagged

from tests.e2e import page_states

from . import any_request


@tagged("standard", "post_install", "-at_install")
class TestQuestion(any_request.AnyRequest):
    code, right = "question", {"text": "Why?"}


@tagged("standard", "post_install", "-at_install")
class TestDispute(any_request.AnyRequest):
    code, right = "dispute", {"reason": "faulty", "amount": "40"}


@tagged("standard", "post_install", "-at_install")
class TestAlreadyPaid(any_request.AnyRequest):
    code = "already_paid"

    @property
    def right(self):
        return {"paid_on": self.today.isoformat()}


@tagged("standard", "post_install", "-at_install")
class TestMoneyBack(any_request.AnyRequest):
    code, right = "money_back", {"text": "The second one"}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        page_states.pay_twice(cls.env, cls.move)

    def test_not_when_it_makes_no_sense_any_more(self):
        """It was given back."""
        back = self.move.transaction_ids._create_child_transaction(
            self.move.amount_total, is_refund=True
        )
        back._set_pending()
        self.assertFalse(self.look().xpath("//a[contains(@href, '/ask/money_back')]"))
        self.assertEqual(self.send_right().status_code, 404)


@tagged("standard", "post_install", "-at_install")
class TestContact(any_request.AnyRequest):
    code, right = "contact", {"new_city": "Gent"}


@tagged("standard", "post_install", "-at_install")
class TestRemind(any_request.AnyRequest):
    code = "remind"

    @property
    def right(self):
        return {"remind_on": (self.today + timedelta(days=9)).isoformat()}


@tagged("standard", "post_install", "-at_install")
class TestPlan(any_request.AnyRequest):
    code = "plan"

    @property
    def right(self):
        first_on = self.today + timedelta(days=9)
        return {"plan_count": "3", "plan_first_on": first_on.isoformat()}


@tagged("standard", "post_install", "-at_install")
class TestAll(TransactionCase):
    def test_there_is_a_test_of_each(self):
        tested = {one.code for one in any_request.AnyRequest.__subclasses__()}
        kinds = self.env["pom.paylink"]._all_request_kinds()
        self.assertLessEqual({kind.code for kind in kinds}, tested)
