"""Faults that users of other payment software reported in public.

Each has a test here, in whichever folder, which shows that these addons don't have it
and names the reports in its docstring: ``odoo/odoo#1``, or the address of an issue on
GitHub. This test sees to it that none of those tests is lost.
"""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
GITHUB = "https://github.com/"

#: What was reported, and where.
COMPLAINTS = {
    "one invoice is paid twice: two tabs, a double click": [
        "odoo/odoo#287890",
        "odoo/odoo#23650",
        "odoo/odoo#155348",
    ],
    "a request that is repeated becomes a second payment": [
        "odoo/odoo#29297",
        "odoo/odoo#238688",
    ],
    "a second invoice counts as paid by a payment of the first": [
        "odoo/odoo#155045",
    ],
    "webhook, scheduler and payer's page book the same payment": [
        "odoo/odoo#268268",
        "odoo/odoo#274010",
        "odoo/odoo#255611",
        "mollie/mollie-odoo/issues/138",
    ],
    "paid, but nobody knows unless the payer comes back": [
        "mollie/mollie-odoo/issues/81",
        "mollie/mollie-odoo/issues/90",
        "mollie/mollie-odoo/issues/10",
        "odoo/odoo#69809",
        "odoo/odoo#71674",
        "odoo/odoo#52754",
    ],
    "only the last of several attempts is looked at": [
        "mollie/mollie-odoo/issues/145",
        "mollie/magento2/issues/143",
        "mollie/magento2/issues/114",
    ],
    "an order is cancelled although it's paid": [
        "mollie/PrestaShop/issues/424",
        "mollie/magento2/issues/468",
    ],
    "an attempt that is over stays pending": [
        "mollie/magento2/issues/449",
    ],
    "an attempt that was given up can still be paid": [
        "mollie/magento2/issues/865",
    ],
    "the page says that nothing was paid, right after the payment": [
        "mollie/mollie-api-php/issues/412",
    ],
    "a status that the software doesn't know is an error": [
        "odoo/odoo#225875",
    ],
    "an event about something else is an error, and the provider stops sending": [
        "odoo/odoo#245777",
        "odoomates/odooapps/issues/149",
    ],
    "the provider has stopped sending, and nobody notices": [
        "wevote/WeVoteServer/issues/969",
    ],
    "events can't reach the database": [
        "odoo/odoo#162156",
        "mollie/WooCommerce/issues/142",
    ],
    "a set-up that is said to be incomplete although it isn't": [
        "odoo/odoo#76525",
    ],
    "signatures that can be got round, or fail when they are right": [
        "odoo/odoo#279417",
        "optiosteam/payconiq-client-php/issues/2",
    ],
    "money between payer and bank is on no account of its own": [
        "odoo/odoo#210860",
    ],
    "a refund isn't seen in the books": [
        "odoo/odoo#98154",
        "invoiceninja/invoiceninja/issues/11442",
    ],
    "a debt stays paid although the payer's bank took the money back": [
        "OCA/account-payment/issues/283",
        "Project60/org.project60.sepa/issues/709",
        "killbill/killbill-adyen-plugin/issues/79",
        "OCA/bank-payment/issues/162",
    ],
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


@pytest.mark.parametrize("complaint", COMPLAINTS)
def test_complaint_has_a_test_that_names_its_reports(complaint, named):
    missing = [link for link in COMPLAINTS[complaint] if link not in named]
    assert not missing, f"no test names {', '.join(missing)}"
