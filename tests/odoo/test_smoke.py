from odoo.tests import TransactionCase, tagged

from dev.addons import addons


@tagged("standard", "post_install", "-at_install")
class TestSmoke(TransactionCase):
    def test_installed(self):
        modules = self.env["ir.module.module"].search([("name", "in", addons())])
        self.assertEqual(modules.mapped("state"), ["installed"] * len(addons()))
