from odoo.tests import TransactionCase, tagged

from dev.addons import addons, manifest


@tagged("standard", "post_install", "-at_install")
class TestSmoke(TransactionCase):
    def test_installed(self):
        """All, but what installs itself beside an addon that isn't there."""
        modules = self.env["ir.module.module"].search([])
        there = set(
            modules.filtered(lambda one: one.state == "installed").mapped("name")
        )
        for name in addons():
            is_wanted = set(manifest(name)["depends"]) <= there
            self.assertEqual(name in there, is_wanted, name)
