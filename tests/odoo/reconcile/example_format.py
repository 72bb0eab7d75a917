"""Run by tests/e2e/test_new_addons.py where the addon of the example is installed."""

from odoo.addons.pom_reconcile_example_format.formats import example

from tests.unit.formats.any_format import AnyFormat
from tests.unit.formats.samples import DAY, EVE, IBAN, OLD, PAYMENTS, closing

from .any_format import AnyImport
from .common import ReconcileCase


def day(payments=PAYMENTS, gap=0):
    rows = [("EXAMPLE BANK", IBAN, "EUR", EVE, OLD)]
    rows += [(DAY, *one) for one in payments]
    rows += [("END", DAY, closing(payments, gap))]
    return "\n".join(";".join(map(str, row)) for row in rows).encode()


class TestExample(AnyFormat):
    format, day = example, staticmethod(day)


class TestExampleImport(ReconcileCase, AnyImport):
    day = staticmethod(day)

    def test_the_accountant_is_told_of_it(self):
        names = self.journal._get_bank_statements_available_import_formats()
        self.assertIn("Example", names)
