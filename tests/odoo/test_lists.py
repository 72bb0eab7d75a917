"""A list that is empty says what it is for, in the language of whoever looks."""

from odoo.tests import TransactionCase, tagged

from dev.addons import addons

#: What shows several records, or sums of them.
SEVERAL = {"list", "kanban", "pivot", "graph", "calendar", "activity"}
LANGUAGES = ("nl_BE", "fr_BE", "de_DE")


@tagged("standard", "post_install", "-at_install")
class TestLists(TransactionCase):
    def _lists(self):
        """Window actions of ours that show one, by external id."""
        actions = self.env["ir.actions.act_window"].search([])
        names = actions.get_external_id()
        ours = actions.filtered(
            lambda action: names[action.id].partition(".")[0] in addons()
        )
        return {
            names[action.id]: action
            for action in ours
            if action.view_mode.partition(",")[0] in SEVERAL
        }

    def test_none_is_empty_without_a_word(self):
        lists = self._lists()
        self.assertGreater(len(lists), 20)
        for name, action in lists.items():
            said = self._said(action, "en_US")
            self.assertIn("o_view_nocontent_smiling_face", said, name)
            for lang in LANGUAGES:
                other = self._said(action, lang)
                self.assertIn("o_view_nocontent_smiling_face", other, name)
                self.assertNotEqual(other, said, f"{name}, {lang}")

    def _said(self, action, lang):
        """As the browser gets it."""
        [read] = action.with_context(lang=lang).read(["help", "res_model", "context"])
        return str(read["help"] or "")
