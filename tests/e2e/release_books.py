"""Fills a database with one record of each model and an invoice that was paid online,
by the code and tests of wherever it is run: ``python release_books.py DATABASE``, in
a release's folder, or here.

Records that belong to no company are there already, from the addons' data.
"""

import sys
from pathlib import Path

# The release's, not what lies beside this file.
sys.path[0] = str(Path.cwd())

from odoo import Command  # noqa: E402

from tests.company import collect_with  # noqa: E402
from tests.e2e.harness import environment  # noqa: E402
from tests.odoo.security.records import Records  # noqa: E402
from tests.odoo.security.sweep import our_models  # noqa: E402
from tests.simulators.bancontact_pro import BancontactPro  # noqa: E402


def main(name):
    with BancontactPro() as psp, environment(name) as env:
        marie = env["res.partner"].search([("email", "=", "marie@klant.example")])
        records = Records(env.company, marie)
        for model in our_models(env):
            if not env[model]._transient and env[model]._auto:
                records.of(model)
        pay(records.invoice.copy({"invoice_date": False}), collect_with(env, psp))


def pay(move, provider):
    """As its provider reports it: payment and entry are those of core."""
    move.action_post()
    transaction = move.env["payment.transaction"].create(
        {
            "provider_id": provider.id,
            "payment_method_id": provider.payment_method_ids[:1].id,
            "reference": "PAID-ONLINE",
            "provider_reference": "0123456789abcdef01234567",
            "amount": move.amount_residual,
            "currency_id": move.currency_id.id,
            "partner_id": move.partner_id.id,
            "invoice_ids": [Command.set(move.ids)],
        }
    )
    transaction._set_done()
    transaction._post_process()
    assert move.payment_state in ("paid", "in_payment"), move.payment_state


if __name__ == "__main__":
    main(sys.argv[1])
