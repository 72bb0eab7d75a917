"""Whoever follows the documentation finds the menu, and the setting, that it names."""

import re

from lxml import etree

from odoo.tests import TransactionCase, tagged

from dev.addons import ROOT, addons
from tests.docs import PAGES, emphasised

SETTINGS = "Settings"
#: What isn't in the menu itself, but on the screen that it opens: a record.
PROVIDERS = "Payment Providers"


def paths():
    """
    :return: (file, path) of each, such as ``["Payments", "Overview"]``
    """
    pages = [ROOT / "README.md", *PAGES]
    pages += [page for addon in addons() for page in ROOT.glob(f"{addon}/readme/*.md")]
    return {
        (page.relative_to(ROOT).as_posix(), tuple(one.split(" → ")))
        for page in pages
        for one in emphasised(page, whole=True)
        if " → " in one
    }


@tagged("standard", "post_install", "-at_install")
class TestWaysThere(TransactionCase):
    def test_each_leads_there(self):
        found = paths()
        self.assertGreater(len(found), 20)
        menus = self.env["ir.ui.menu"].with_context(lang="en_US").search([])
        # What has others below it is a heading: a click on it opens nothing.
        leaves = menus.filtered(lambda menu: not menu.child_id)
        chains = [menu.complete_name.split("/") for menu in leaves]
        words = self._words_of_settings()
        lost = [
            (page, path)
            for page, path in sorted(found)
            if not self._is_there(path, chains, words)
        ]
        self.assertEqual(lost, [])

    def test_nothing_of_ours_makes_a_heading_of_a_screen(self):
        """What was opened by a click isn't any more, once something is below it."""
        menus = self.env["ir.ui.menu"].with_context(lang="en_US").search([])
        ours = menus.filtered(
            lambda menu: (menu.get_external_id()[menu.id] or "")[:4] == "pom_"
        )
        above = ours.parent_id.filtered("action")
        self.assertEqual(above.mapped("complete_name"), [])

    def _words_of_settings(self):
        """Titles and labels of the settings."""
        view = self.env["res.config.settings"].with_context(lang="en_US").get_view()
        tree = etree.fromstring(view["arch"])
        names = tree.xpath("//@string | //@title")
        fields = self.env["res.config.settings"].fields_get(attributes=["string"])
        labels = [fields[name]["string"] for name in tree.xpath("//field/@name")]
        return {re.sub(r"\s+", " ", word) for word in (*names, *labels)}

    def _is_there(self, path, chains, words):
        if SETTINGS in path and path != (SETTINGS, "Users"):
            at = path.index(SETTINGS)
            named = path[at + 1 :]
            return set(named) <= words and self._is_menu(path[: at + 1], chains)
        if PROVIDERS in path:
            path = path[: path.index(PROVIDERS) + 1]
        return self._is_menu(path, chains)

    @staticmethod
    def _is_menu(path, chains):
        """Whether a menu is called so, below others in this order."""
        for *above, name in chains:
            rest = iter(above)
            if name == path[-1] and all(one in rest for one in path[:-1]):
                return True
        return False
