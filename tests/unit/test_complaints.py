"""What users of other products complained about: each row has a test that names it.

The rows are those of our survey of rivals: 1-23 double or lost payments, 71-79 what
concerns refunds and safety. A test names a row by its links, in its docstring.
"""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
GITHUB = "https://github.com/"

#: Row: links, as the docstrings have them.
ROWS = {
    1: ["odoo/odoo#287890"],
    2: ["odoo/odoo#155045"],
    3: ["odoo/odoo#29297"],
    4: ["odoo/odoo#23650"],
    5: ["odoo/odoo#155348"],
    6: ["odoo/odoo#268268"],
    7: ["odoo/odoo#274010"],
    8: ["odoo/odoo#255611"],
    9: ["odoo/odoo#238688"],
    10: ["mollie/mollie-odoo/issues/138"],
    11: ["mollie/mollie-odoo/issues/81"],
    12: ["mollie/mollie-odoo/issues/90"],
    13: ["mollie/mollie-odoo/issues/10"],
    14: ["mollie/mollie-odoo/issues/145"],
    15: ["mollie/magento2/issues/143"],
    16: ["mollie/magento2/issues/114"],
    17: ["odoo/odoo#225875"],
    18: ["odoo/odoo#69809", "odoo/odoo#71674", "odoo/odoo#52754"],
    19: ["odoo/odoo#245777"],
    20: ["wevote/WeVoteServer/issues/969"],
    21: ["odoo/odoo#162156"],
    22: ["odoomates/odooapps/issues/149"],
    23: ["odoo/odoo#76525"],
    71: ["odoo/odoo#210860"],
    72: ["odoo/odoo#98154", "invoiceninja/invoiceninja/issues/11442"],
    74: [
        "OCA/account-payment/issues/283",
        "Project60/org.project60.sepa/issues/709",
        "killbill/killbill-adyen-plugin/issues/79",
        "OCA/bank-payment/issues/162",
    ],
    75: ["odoo/odoo#279417", "optiosteam/payconiq-client-php/issues/2"],
    76: ["mollie/PrestaShop/issues/424"],
    77: ["mollie/magento2/issues/468", "mollie/magento2/issues/449"],
    78: ["mollie/magento2/issues/865"],
    79: ["mollie/mollie-api-php/issues/412", "mollie/WooCommerce/issues/142"],
}
LINK = re.compile(
    r"(odoo/odoo#|https://github\.com/[\w./-]+?/issues/)(\d+)((?:, /\d+)*)"
)


def links(docstring: str):
    """
    >>> sorted(links("odoo/odoo#1, /2 and https://github.com/a/b/issues/3"))
    ['a/b/issues/3', 'odoo/odoo#1', 'odoo/odoo#2']
    """
    text = " ".join(docstring.split())
    for where, first, others in LINK.findall(text):
        for number in (first, *re.findall(r"\d+", others)):
            yield where.removeprefix(GITHUB) + number


def all_tests():
    """(file, name, docstring) of every test function there is."""
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield path.name, node.name, ast.get_docstring(node) or ""


@pytest.fixture(scope="module")
def named():
    """Names of the tests by the links that they name."""
    found: dict[str, list[str]] = {}
    for file, name, docstring in all_tests():
        for link in links(docstring):
            found.setdefault(link, []).append(f"{file}::{name}")
    return found


@pytest.mark.parametrize("row", ROWS)
def test_row_has_a_test_that_names_it(row, named):
    missing = [link for link in ROWS[row] if link not in named]
    assert not missing, f"no test names {', '.join(missing)}"


def test_no_row_of_double_or_lost_payments_is_left_out():
    assert set(range(1, 24)) <= set(ROWS)
