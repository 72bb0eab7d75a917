"""The promises hold for the formats that there are."""

from odoo.addons.pom_reconcile.formats import FORMATS, camt, coda, mt940

from .any_format import AnyFormat
from .samples import DAYS


class TestCoda(AnyFormat):
    format, day = coda, staticmethod(DAYS[coda])


class TestCamt(AnyFormat):
    format, day = camt, staticmethod(DAYS[camt])


class TestMt940(AnyFormat):
    format, day = mt940, staticmethod(DAYS[mt940])


def test_there_is_a_file_of_each():
    assert set(DAYS) == set(FORMATS)
