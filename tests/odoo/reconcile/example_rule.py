"""Run by tests/e2e/test_new_addons.py where the addon of the example is installed."""

import pytest

from odoo.addons.pom_reconcile.matching import RULES
from odoo.addons.pom_reconcile_example_rule.name_in_text import RULE

from tests.unit.matching.rules.any_rule import PROMISES
from tests.unit.matching.world import item, line

from .any_rule import AnyRuleOnTheBooks
from .common import ReconcileCase

SAID = line(100, "for my son Jan Peeters", name="An De Smet")
ITEMS = [item(1, 100, names=("Jan Peeters",), ibans=()), item(2, 70, "P2")]


@pytest.mark.parametrize("promise", PROMISES)
def test_promise(promise):
    promise(RULE.code, SAID, ITEMS, {**RULES, RULE.code: RULE})


class TestExample(ReconcileCase, AnyRuleOnTheBooks):
    code = RULE.code

    def _paid(self):
        return self._invoice(100.0), self._line(100.0, SAID.text, "Els Maes")

    def test_two_of_that_amount(self):
        invoice, line = self._paid()
        self._invoice(100.0, self.an)
        self.assertFalse(self._decision(line))
        self.assertEqual(invoice.payment_state, "not_paid")
