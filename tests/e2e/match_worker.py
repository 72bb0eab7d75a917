"""One of several who work on the same open items, in a process of its own.

``python -m tests.e2e.match_worker DATABASE ACTION [ARGUMENT]``; says ``ready``, and
begins when a line comes in. What PostgreSQL refuses because someone else was first is
tried again, as Odoo does with a request.
"""

import sys
from datetime import date, timedelta

from odoo.service.model import retrying

from tests.e2e.harness import environment

DAY = date(2026, 2, 10)


def bank_journal(env):
    return env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", env.company.id)], limit=1
    )


def invoices(env):
    return env["account.move"].search([("ref", "=", "shared")], order="id")


def line_vals(env, moves, text="{}"):
    journal = bank_journal(env)
    return [
        {
            "journal_id": journal.id,
            "date": DAY + timedelta(days=number % 5),
            "amount": move.amount_total,
            "payment_ref": text.format(move.payment_reference),
            "partner_name": move.partner_id.name,
        }
        for number, move in enumerate(moves)
    ]


def import_file(env, word):
    """A statement with a payment of every invoice, five lines at a time."""
    moves = invoices(env)
    for start in range(0, len(moves), 5):
        vals_list = line_vals(env, moves[start : start + 5], f"{word} {{}}")

        def create(vals_list=vals_list):
            env["account.bank.statement.line"]._pom_create_matched(
                [dict(vals) for vals in vals_list]
            )

        retried(env, create)


def match_again(env, batch="5"):
    """The scheduled action on open lines."""
    env["account.bank.statement.line"]._cron_pom_auto_match(int(batch))


def register(env, _argument):
    """A payment through a provider, or a person's, on every other invoice."""
    for move in invoices(env)[::2]:
        retried(env, lambda move=move: pay(move))


def pay(move):
    """As a webhook does: under a lock, and only what is still open."""
    move._pom_lock_debts()
    if move.amount_residual:
        wizard = move.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        wizard.create({})._create_payments()


def person(env, _argument):
    """Someone who books open lines by hand, in the reconciliation screen."""
    Line = env["account.bank.statement.line"]
    for line in Line.search([("payment_ref", "like", "hand %")], order="id"):
        retried(env, lambda line=line: by_hand(line))


def by_hand(line):
    reference = line.payment_ref.split(" ")[1]
    domain = [("ref", "=", "shared"), ("payment_reference", "=", reference)]
    debt = (
        line.env["account.move"]
        .search(domain)
        .line_ids.filtered(lambda item: item.display_type == "payment_term")
    )
    if not line.is_reconciled and not debt.reconciled:
        line._add_account_move_line(debt)
        line.reconcile_bank_line()


def retried(env, action):
    env.invalidate_all()
    retrying(action, env)
    env.cr.commit()  # pylint: disable=invalid-commit


ACTIONS = {
    function.__name__: function
    for function in (import_file, match_again, register, person)
}


def main(name, action, argument="5"):
    with environment(name) as env:
        company = env.ref("base.main_company")
        env = env(context={**env.context, "allowed_company_ids": company.ids})
        print("ready", flush=True)
        sys.stdin.readline()
        ACTIONS[action](env, argument)


if __name__ == "__main__":
    main(*sys.argv[1:])
