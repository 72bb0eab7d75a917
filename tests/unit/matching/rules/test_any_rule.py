"""The promises hold for the rules that there are, in every case that they decide."""

from collections import defaultdict

import pytest

from odoo.addons.pom_reconcile.matching import RULES

from . import (
    test_account,
    test_account_name,
    test_number,
    test_payment_payout,
    test_payment_waiting,
    test_reference,
    test_reference_exact,
    test_returned,
    test_twice,
)
from .any_rule import PROMISES

TABLES = (
    test_account,
    test_account_name,
    test_number,
    test_payment_payout,
    test_payment_waiting,
    test_reference,
    test_reference_exact,
    test_returned,
    test_twice,
)


def cases():
    """Lines and items by code of the rule that decides them."""
    found = defaultdict(list)
    for module in TABLES:
        for table in vars(module).values():
            if isinstance(table, dict):
                for row in table.values():
                    if isinstance(row, tuple) and len(row) == 3 and row[2][0]:
                        said, items, (code, *_rest) = row
                        found[code].append((said, items))
    return found


CASES = cases()


def test_there_is_a_case_of_each():
    assert set(CASES) == set(RULES)


@pytest.mark.parametrize("promise", PROMISES)
@pytest.mark.parametrize("code", RULES)
def test_promise(code, promise):
    for said, items in CASES[code]:
        promise(code, said, items, RULES)
