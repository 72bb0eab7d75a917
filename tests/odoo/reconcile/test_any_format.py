from odoo.addons.pom_reconcile.formats import camt, coda, mt940

from tests.unit.formats.samples import DAYS

from .any_format import AnyImport
from .common import ReconcileCase


class TestCoda(ReconcileCase, AnyImport):
    day = staticmethod(DAYS[coda])


class TestCamt(ReconcileCase, AnyImport):
    day = staticmethod(DAYS[camt])


class TestMt940(ReconcileCase, AnyImport):
    day = staticmethod(DAYS[mt940])
