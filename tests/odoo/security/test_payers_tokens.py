from odoo.tests import tagged

from tests.odoo.engine import test_one_tap


@tagged("standard", "post_install", "-at_install")
class TestPayersTokens(test_one_tap.OneTapCase):
    """What a payer with a link has remembered is that browser's payer's: nothing of it
    is the debtor's, here or at the provider.
    """

    def test_no_token_on_the_debtors_contact(self):
        token = self._saved()
        tokens = self.env["payment.token"].search([])
        debtors = tokens.filtered(
            lambda one: one.partner_id.commercial_partner_id == self.jan
        )
        self.assertNotIn(token, debtors)
        self.assertFalse(token.partner_id.active, "in no list of contacts")
        self.assertEqual(token.pom_customer[:4], "cst_")

    def test_never_the_debtors_customer(self):
        """Of whom the provider may know mandates that were given elsewhere."""
        own = self.env["payment.token"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.card.id,
                "partner_id": self.jan.id,
                "provider_ref": "mdt_debtor",
                "pom_customer": "cst_debtor",
            }
        )
        _answer, attempt = self._pay(self._invoice(), remember="1")
        asked = self.psp.payment(attempt.provider_reference).asked
        self.assertNotEqual(asked["customerId"], own.pom_customer)

    def test_the_provider_is_told_nothing_about_the_debtor(self):
        token = self._saved()
        told = self.psp.customer(token.pom_customer)
        self.assertNotIn(self.jan.name, str(told.asked))
        self.assertNotIn(self.jan.email, str(told.asked))

    def test_two_browsers_are_two_payers(self):
        first = self._saved()
        self.key = ""
        second = self._saved()
        self.assertNotEqual(first.pom_customer, second.pom_customer)
        self.assertNotEqual(first.partner_id, second.partner_id)
