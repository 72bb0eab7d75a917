from unittest.mock import patch

from odoo import api
from odoo.tests import tagged

from odoo.addons.pom_payment.models.pom_paylink import PomPaylink

from tests.odoo.security import sweep
from tests.odoo.security.common import SecurityCase

#: Who may do nothing with whose records. Portal users and employees have no right to
#: anybody's; what they own themselves isn't among these.
STRANGERS = (
    ("portal", "ours"),
    ("portal", "theirs"),
    ("employee", "ours"),
    ("employee", "theirs"),
    ("auditor", "theirs"),
    ("billing", "theirs"),
    ("manager_b", "ours"),
)
#: What core lets every employee read anyhow; and currencies, of all companies, which
#: whoever administers invoicing may write.
OPEN_IN_CORE = {("employee", "res.partner.bank"), ("manager_b", "res.currency")}


@tagged("standard", "post_install", "-at_install")
class TestPublicMethods(SecurityCase):
    """Whatever can be called from outside checks who calls."""

    def _findings(self, methods, strangers=STRANGERS):
        found = []
        for name, method in methods:
            for person, whose in strangers:
                if (person, name) in OPEN_IN_CORE:
                    continue
                what = self._finding(name, method, person, getattr(self, whose))
                if what:
                    found.append(f"{person}, {whose}: {name}.{method} {what}")
        return found

    def _finding(self, name, method, person, records):
        user, model = self.people[person], self.env[name].sudo()
        if not model._abstract:
            return sweep.finding(records.of(name), user, method)
        # On no record of its own: what it's asked about, and tells, is what counts.
        what = sweep.finding(model, user, method, {"line_id": records.bank_line.id})
        return what if records.mark in what or "writes 0" not in what else ""

    def test_all_refuse_strangers(self):
        found = self._findings(sweep.public_methods(self.env))
        self.assertFalse(found, "\n".join(["", *found]))

    def test_all_are_found(self):
        """Of each addon that has any, one that is known to be there."""
        methods = sweep.public_methods(self.env)
        for known in (
            ("account.move", "action_pom_open_page"),
            ("account.move", "action_pom_messages"),
            ("account.move", "action_pom_hand_over"),
            ("pom.subscriber", "action_test"),
            ("account.journal", "action_pom_gaps"),
            ("payment.provider", "action_pom_make_signing_key"),
            ("account.statement.import", "import_file_button"),
        ):
            self.assertIn(known, methods)
        self.assertNotIn(("pom.paylink", "_renew"), methods)

    def test_a_new_one_without_a_check_is_caught(self):
        def peek(self):
            return self.sudo().token

        def drop(self):
            self.sudo().valid_until = "2020-01-01"

        for method in (peek, drop):
            with patch.object(PomPaylink, method.__name__, method, create=True):
                methods = sweep.public_methods(self.env)
                self.assertIn(("pom.paylink", method.__name__), methods)
                found = self._findings([("pom.paylink", method.__name__)])
            self.assertEqual(len(found), len(STRANGERS), found)

    def test_a_private_one_is_none_of_its_business(self):
        @api.private
        def peek(self):
            return self.sudo().token

        with patch.object(PomPaylink, "peek", peek, create=True):
            self.assertNotIn(("pom.paylink", "peek"), sweep.public_methods(self.env))
