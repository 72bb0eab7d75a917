from odoo.tests import TransactionCase, tagged


@tagged("standard", "post_install", "-at_install")
class TestSmoke(TransactionCase):
    def test_installed(self):
        modules = self.env["ir.module.module"].search(
            [("name", "in", ("pom_payment", "pom_reconcile"))]
        )
        self.assertEqual(modules.mapped("state"), ["installed"] * 2)
