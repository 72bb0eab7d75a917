"""Fills a database with one record of each model and one in each state that a record
can be in, reminders that were set up, and invoices that were paid online and at the
bank, by the code of a release: ``python tests/releases/fill.py DATABASE``, in that
release's folder, or here.

Records that belong to no company are there already, from the addons' data.
"""

import logging
import sys
from pathlib import Path

# The release's, not what lies beside this file.
sys.path[0] = str(Path.cwd())

import psycopg2  # noqa: E402

import odoo.init  # noqa: E402, F401
from odoo.exceptions import UserError, ValidationError  # noqa: E402

from tests.company import collect_with  # noqa: E402
from tests.e2e.harness import environment  # noqa: E402
from tests.odoo.security.records import FOUND, Records  # noqa: E402
from tests.odoo.security.sweep import our_models  # noqa: E402
from tests.simulators.bancontact_pro import BancontactPro  # noqa: E402

#: What can't be made of just anything: another record is in the way, or it is refused.
REFUSED = (psycopg2.Error, UserError, ValidationError, ValueError, TypeError)
#: What was told the company about reminders before they had a set-up of their own.
REMINDERS = {"pom_postage": 1.25, "pom_remind_days": 21}


def main(name):
    # What is refused here is expected.
    logging.getLogger("odoo.sql_db").setLevel(logging.CRITICAL)
    with BancontactPro() as psp, environment(name) as env:
        marie = env["res.partner"].search([("email", "=", "marie@klant.example")])
        records = Several(env.company, marie)
        pay(records.another_invoice(), collect_with(env, psp))
        pay_at_the_bank(records)
        models = [
            env[model]
            for model in our_models(env)
            if not env[model]._transient and env[model]._auto
        ]
        set_up_reminders(env)
        records.bank_line.flush_recordset()
        for model in models:
            first(records, model)
        for model in models:
            each_state(records, model)


class Several(Records):
    """More than one of each model: none has what another may not have, too."""

    count = 0

    @property
    def mark(self):
        self.count += 1
        return f"{super().mark}{self.count}-"

    def _value(self, field):
        if getattr(field, "comodel_name", "") == "account.bank.statement.line":
            return self.bank_line.copy({"payment_ref": self.mark}).id
        if getattr(field, "comodel_name", "") == "account.move":
            return self.another_invoice().id
        return super()._value(field)

    def another_invoice(self):
        move = self.invoice.copy({"invoice_date": self.invoice.invoice_date})
        move.action_post()
        return move


def set_up_reminders(env):
    """As a company has them that sends some."""
    policies = env["pom.reminder.policy"].search([], limit=2)
    if "pom_postage" in env.company._fields:
        policies[0].bank_days, policies[1].bank_days = 5, 3
        env.company.write(REMINDERS)
    env.company.pom_policy_consumer_id = policies[0]
    env.company.pom_policy_business_id = policies[1]


def first(records, model):
    """One record; of what others have made already, that one."""
    try:
        with model.env.cr.savepoint():
            records.of(model._name)
    except REFUSED:
        model.env.invalidate_all()
        records.made[model._name] = model.sudo().search([], limit=1)


def each_state(records, model):
    """One record more for each word that a field of it can have."""
    env = model.env(su=True)
    if model._name in FOUND or hasattr(records, model._name.replace(".", "_")):
        return
    for field in model._fields.values():
        if field.type != "selection" or not field.store or field.related:
            continue
        for word in field.get_values(env):
            try:
                with env.cr.savepoint():
                    other = records._make(model._name)
                    env.flush_all()
                    # Whatever leads there: this is how it's kept.
                    column = field.name
                    env.cr.execute(
                        f'UPDATE "{model._table}" SET "{column}" = %s WHERE id = %s',
                        [word, other.id],
                    )
            except REFUSED:
                env.invalidate_all()


def pay(move, provider):
    """As its provider reports it: payment and entry are those of core."""
    transaction = move.env["payment.transaction"].create(
        {
            "provider_id": provider.id,
            "payment_method_id": provider.payment_method_ids[:1].id,
            "operation": "online_redirect",
            "reference": "PAID-ONLINE",
            "provider_reference": "0123456789abcdef01234567",
            "amount": move.amount_residual,
            "currency_id": move.currency_id.id,
            "partner_id": move.partner_id.id,
            "invoice_ids": [(6, 0, move.ids)],
        }
    )
    transaction._set_done()
    transaction._post_process()
    assert move.payment_state in ("paid", "in_payment"), move.payment_state


def pay_at_the_bank(records):
    """As its statement tells it, with the reference that was asked for."""
    move = records.another_invoice()
    line = records.bank_line.copy({"payment_ref": move.payment_reference})
    line._pom_auto_match()
    assert line.is_reconciled and move.payment_state == "paid", move.payment_state


if __name__ == "__main__":
    main(sys.argv[1])
