"""Two companies, and people who may see some of what is in them."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import TransactionCase

from tests.odoo.security import sweep
from tests.odoo.security.records import Records

EMPLOYEE = "base.group_user"
#: Rights by name: in the first company, but for the last two.
PEOPLE = {
    "portal": ("base.group_portal",),
    "employee": (EMPLOYEE,),
    "auditor": (EMPLOYEE, "account.group_account_readonly"),
    "billing": (EMPLOYEE, "account.group_account_invoice"),
    "accountant": (EMPLOYEE, "account.group_account_user"),
    "manager": (EMPLOYEE, "account.group_account_manager"),
    "system": (EMPLOYEE, "account.group_account_manager", "base.group_system"),
    "billing_b": (EMPLOYEE, "account.group_account_invoice"),
    "manager_b": (
        EMPLOYEE,
        "account.group_account_user",
        "account.group_account_manager",
    ),
}


class SecurityCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.other = cls._second_company()
        cls.people = {name: cls._person(name) for name in PEOPLE}
        cls.luc = cls._customer("Luc", cls.company)
        cls.bob = cls._customer("Bob", cls.other)
        cls.ours = Records(cls.company, cls.luc)
        cls.theirs = Records(cls.other, cls.bob)
        # Now, not when asked for: a test's end takes back what it made.
        for name in sweep.our_models(cls.env) + sweep.core_models(cls.env):
            cls.ours.of(name)
            cls.theirs.of(name)

    @classmethod
    def _second_company(cls):
        company = cls.env["res.company"].create(
            {
                "name": "Firma B",
                "country_id": cls.env.ref("base.be").id,
                "currency_id": cls.company.currency_id.id,
            }
        )
        cls.env.user.company_ids += company
        chart = cls.env["account.chart.template"]
        chart.try_loading("be_comp", company, install_demo=False)
        return company

    @classmethod
    def _person(cls, name):
        company = cls.other if name.endswith("_b") else cls.company
        users = cls.env["res.users"].with_context(no_reset_password=True)
        return users.create(
            {
                "name": name,
                "login": f"security_{name}",
                "email": f"{name}@people.example",
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [
                    Command.set([cls.env.ref(group).id for group in PEOPLE[name]])
                ],
            }
        )

    @classmethod
    def _customer(cls, name, company):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "email": f"{name.lower()}@customer.example",
                "company_id": company.id,
                "country_id": cls.env.ref("base.be").id,
            }
        )

    def rpc(self, name, record, method, *args, **kwargs):
        """Call as anybody can who has a login: by the dispatcher of remote calls."""
        model = self.seen_by(name, record)
        if not getattr(getattr(model, method), "_api_model", False):
            args = (record.ids, *args)
        return call_kw(model.browse(), method, list(args), kwargs)

    def seen_by(self, name, record):
        """The record for somebody; what others read before doesn't answer."""
        self.env.invalidate_all()
        return record.with_env(
            record.env(user=self.people[name].id, su=False, context={})
        )

    def refuses(self, name, record, method, *args, **kwargs):
        """Whether that isn't allowed; undone either way."""
        savepoint = self.env.cr.savepoint()
        try:
            self.rpc(name, record, method, *args, **kwargs)
            self.env.flush_all()
        except AccessError:
            return True
        finally:
            self.env.invalidate_all(flush=False)
            savepoint.close(rollback=True)
        return False
