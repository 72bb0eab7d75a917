"""One record of every model of the addons, in whichever company: made from what each
field demands, so that a new model is in by itself.
"""

from base64 import b64encode
from datetime import timedelta
from functools import cached_property

from odoo import Command

from tests.clock import today
from tests.company import provider_of

#: What ties a record to its company where nothing demands it.
TIES = (
    "company_id",
    "provider_id",
    "journal_id",
    "move_id",
    "partner_id",
    "paylink_id",
    "policy_id",
    "level_id",
    "user_id",
)
#: Models that are filled by others.
FOUND = (
    "pom.paylink",
    "pom.debt.figure",
    "pom.debtor.report",
    "pom.match.rule",
    "pom.reminder.customer",
)
#: Texts that have to be of some form.
FORMS = {"data": b"QQ==", "body": "{}"}


class Records:
    """
    :param company: in which all of them are
    :param partner: who owes them
    """

    def __init__(self, company, partner):
        self.env = company.env(su=True)["base"].with_company(company).env
        self.company, self.partner = company, partner
        self.made = {}

    def of(self, name):
        """One record of a model, made when there is none yet."""
        if name not in self.made:
            special = getattr(self, name.replace(".", "_"), None)
            self.made[name] = special if special is not None else self._make(name)
        return self.made[name]

    def _make(self, name):
        model = self.env[name]
        if name in FOUND:
            return self._find(model)
        values = {
            field.name: self._value(field)
            for field in model._fields.values()
            if self._is_wanted(model, field)
        }
        return model.create(values)

    def _find(self, model):
        self.invoice.flush_model()
        ties = {
            "pom.match.rule": ("journal_id", self.journal),
            "pom.reminder.customer": ("partner_id", self.partner),
        }
        field, record = ties.get(model._name, ("move_id", self.invoice))
        return model.search([(field, "=", record.id)], limit=1)

    def _is_wanted(self, model, field):
        if field.compute or field.related or not field.store:
            return False
        return field.name in TIES or field.required and not self._has_default(field)

    def _has_default(self, field):
        return field.default and field.name not in TIES

    def _value(self, field):
        if field.name in FORMS:
            return FORMS[field.name]
        if field.type == "many2one":
            return self.of(field.comodel_name).id
        if field.type == "many2many":
            return [Command.set(self.of(field.comodel_name).ids)]
        if field.type == "selection":
            return field.get_values(self.env)[0]
        return VALUES.get(field.type, f"{self.mark}{field.name}")

    @property
    def mark(self):
        """What only this company's texts have in them, whatever another's number."""
        return f"SECRET-OF-{self.company.id}-"

    # -- of core -----------------------------------------------------------------------

    @cached_property
    def invoice(self):
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.partner.id,
                "journal_id": self._journal("sale").id,
                "invoice_date": today() - timedelta(60),
                "invoice_date_due": today() - timedelta(30),
                "invoice_line_ids": [
                    Command.create(
                        {"name": "SECRET", "price_unit": 99, "tax_ids": [(5,)]}
                    )
                ],
            }
        )
        move.action_post()
        return move

    def _journal(self, kind):
        return self.env["account.journal"].search(
            [("type", "=", kind), ("company_id", "=", self.company.id)], limit=1
        )

    @cached_property
    def journal(self):
        return self._journal("bank")

    @cached_property
    def bank_line(self):
        return self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.journal.id,
                "payment_ref": self.mark,
                "amount": 99,
                "date": today(),
            }
        )

    @cached_property
    def token(self):
        provider, method = self.provider, self.env["payment.method"].search([], limit=1)
        return self.env["payment.token"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "partner_id": self.partner.id,
                "provider_ref": "SECRET",
            }
        )

    @cached_property
    def provider(self):
        return provider_of(self.env, "demo", self.company)

    account_move = property(lambda self: self.invoice)
    account_journal = property(lambda self: self.journal)
    account_bank_statement_line = property(lambda self: self.bank_line)
    payment_provider = property(lambda self: self.provider)
    payment_token = property(lambda self: self.token)
    payment_transaction = property(lambda self: self._transaction)
    res_company = property(lambda self: self.company)
    # Made with its company.
    pom_reminder_setup = property(lambda self: self.company._pom_setup())
    # Of the law, and of no company.
    pom_interest_rate = property(
        lambda self: self.env["pom.interest.rate"].search([], limit=1)
    )
    res_partner = property(lambda self: self.partner)
    res_users = property(lambda self: self.env.ref("base.user_admin"))
    res_currency = property(lambda self: self.company.currency_id)
    payment_method = property(lambda self: self.token.payment_method_id)
    res_bank = property(lambda self: self.env["res.bank"].search([], limit=1))

    @cached_property
    def _transaction(self):
        return self.env["payment.transaction"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.token.payment_method_id.id,
                "reference": self.mark,
                "amount": 99,
                "currency_id": self.company.currency_id.id,
                "partner_id": self.partner.id,
                "invoice_ids": [Command.set(self.invoice.ids)],
            }
        )

    @cached_property
    def res_partner_bank(self):
        return self.env["res.partner.bank"].create(
            {
                "acc_number": f"BE{self.company.id:02}SECRET",
                "partner_id": self.partner.id,
                "company_id": self.company.id,
            }
        )


VALUES = {
    "date": today(),
    "datetime": f"{today()} 12:00:00",
    "integer": 1,
    "float": 1.0,
    "monetary": 1.0,
    "boolean": True,
    "binary": b64encode(b"SECRET").decode(),
}
