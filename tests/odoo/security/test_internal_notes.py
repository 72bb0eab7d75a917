from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from tests.odoo.security.common import SecurityCase

#: What the addons add to what customers and employees read, and they may know.
SHOWN = {
    "account.move": {
        "pom_standing",  # Goes over no wire.
        "pom_amount_asked",
        "pom_day_asked",
        "pom_payment_status",
        "pom_payment_url",
        "pom_payment_button",
        "pom_payment_qr",
        "pom_goods",
        "pom_payment_picture",
        "pom_disputed_amount",
        "pom_days_overdue",
        "pom_amount_overdue",
        "pom_age",
    },
    "res.partner": {"pom_channel", "pom_addressee"},
}
ACCOUNTING = ("auditor", "billing", "accountant", "manager")


@tagged("standard", "post_install", "-at_install")
class TestInternalNotes(SecurityCase):
    """What is noted about debtors, they don't read, and colleagues neither; whoever
    works with it sees it on the screens.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.move = cls.ours.invoice
        cls.move.write({"pom_quiet_until": "2030-01-01", "pom_quiet_reason": "lawyer"})
        cls.luc.write({"pom_quiet_reason": "bad payer", "company_id": False})
        portal = cls.people["portal"]
        portal.write({"partner_id": cls.luc.id})
        # As core does it for customers.
        cls.move.message_subscribe(portal.partner_id.ids)
        cls.people["employee"].group_ids = [
            Command.link(cls.env.ref("base.group_partner_manager").id)
        ]

    def _ours(self, model):
        fields = self.env[model]._fields
        return sorted(name for name in fields if name.startswith("pom_"))

    def _read_by(self, person, record, names):
        return {
            name for name in names if not self.refuses(person, record, "read", [name])
        }

    def test_customers_read_what_they_may_know(self):
        for record in (self.move, self.luc):
            self.assertFalse(self.refuses("portal", record, "read", ["name"]))
            names = self._ours(record._name)
            self.assertLess(len(SHOWN[record._name]), len(names))
            found = self._read_by("portal", record, names)
            self.assertEqual(found, SHOWN[record._name])

    def test_employees_too(self):
        found = self._read_by("employee", self.luc, self._ours("res.partner"))
        self.assertEqual(found, SHOWN["res.partner"])

    def test_nor_do_they_find_by_it(self):
        for record in (self.move, self.luc):
            for name in set(self._ours(record._name)) - SHOWN[record._name]:
                domain = [("id", "=", record.id), (name, "!=", False)]
                for person in ("portal", "employee"):
                    with self.assertRaises(AccessError, msg=f"{person} {name}"):
                        self.rpc(person, record, "search_count", domain)

    def test_employees_work_with_contacts_as_before(self):
        self.rpc("employee", self.luc, "write", {"comment": "Rings often"})
        copy = self.rpc("employee", self.luc, "copy")
        self.assertTrue(copy)
        self._open_form("employee", self.luc)

    def test_who_works_with_it_sees_it(self):
        for person in ACCOUNTING:
            shown = self._open_form(person, self.move)
            for name in ("pom_quiet_until", "pom_request_count", "pom_held_id"):
                self.assertIn(name, shown, person)
            self.assertEqual(str(shown["pom_quiet_until"]), "2030-01-01", person)
            self._open_form(person, self.luc)
        for person in ("billing", "manager"):
            self._save(person, self.move, {"narration": "Thanks"})

    def test_every_form_opens(self):
        """Of each model of ours, for whoever may read it."""
        for name in (
            "pom.payer.request",
            "pom.delivery",
            "pom.reminder",
        ):
            for person in ("auditor", "billing"):
                self._open_form(person, self.ours.of(name))
        for name in ("pom.reminder.policy", "pom.ab.test", "pom.subscriber"):
            self._open_form("manager", self.ours.of(name))

    def _open_form(self, person, record):
        """What the form shows of it, as the web client asks for it."""
        views = self.rpc(person, record, "get_views", [(False, "form")])
        arch = etree.fromstring(views["views"]["form"]["arch"])
        names = {
            node.get("name")
            for node in arch.iter("field")
            if not any(parent.tag == "field" for parent in node.iterancestors())
        }
        asked = {name: {} for name in names if name in record._fields}
        return self.rpc(person, record, "web_read", asked)[0]

    def _save(self, person, record, values):
        found = self.rpc(person, record, "web_save", values, {"id": {}})
        self.assertEqual(found[0]["id"], record.id)
