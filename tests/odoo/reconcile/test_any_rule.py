from .any_rule import AnyRuleOnTheBooks
from .common import ReconcileCase


class TestExactReference(ReconcileCase, AnyRuleOnTheBooks):
    code = "exact_reference"

    def _paid(self):
        invoice = self._invoice(100.0)
        return invoice, self._line(100.0, invoice.payment_reference)


class TestInvoiceNumber(ReconcileCase, AnyRuleOnTheBooks):
    code = "invoice_number"

    def _paid(self):
        invoice = self._invoice(100.0)
        return invoice, self._line(100.0, invoice.name)


class TestKnownAccount(ReconcileCase, AnyRuleOnTheBooks):
    code = "known_account"

    def _paid(self):
        return self._invoice(100.0), self._line(100.0, number="BE71096123456769")


class TestName(ReconcileCase, AnyRuleOnTheBooks):
    code = "name_amount"

    def _paid(self):
        partner = self._customer("Piet Janssens")
        return self._invoice(100.0, partner), self._line(100.0, "-", "Piet Janssens")
