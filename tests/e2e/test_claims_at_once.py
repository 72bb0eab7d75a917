"""Two payments at the same moment, through a provider and through the bank, of a debt
with costs on top: the costs are income once.
"""

import threading
from contextlib import suppress
from unittest.mock import patch

import pytest

from odoo.service.model import retrying

from tests.e2e import page_states
from tests.e2e.harness import environment
from tests.odoo.pom_claim.common import claim, income, switch_on

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("module_world")]
NAME = "pom_e2e_claims_at_once"


def owed():
    """121.00 and 7.50: the payment that a provider took, and a bank line, of all.

    :return: ids of invoice, payment and line
    """
    with environment(NAME) as env:
        switch_on(env.company)
        move = page_states.invoice(env, page_states.debtor(env, "Greet Baert"), 100)
        claim(move)
        provider = env["payment.provider"].search([("code", "=", "demo")])[:1]
        method = provider.payment_method_ids[:1]
        link = move.pom_paylink_id.sudo()
        attempt = link._create_attempt(provider, method, "online_redirect")
        assert attempt.amount == 128.5
        line = env["account.bank.statement.line"].create(
            {
                "journal_id": env.company.bank_journal_ids[:1].id,
                "date": env.company._pom_today(),
                "amount": 128.5,
                "payment_ref": move.payment_reference,
            }
        )
        return move.id, attempt.id, line.id


def pay(env, attempt_id):
    attempt = env["payment.transaction"].browse(attempt_id)
    attempt._set_done()
    attempt._post_process()


def match(env, line_id):
    env["account.bank.statement.line"].browse(line_id)._pom_auto_match()


def at_once(*works):
    """Each in a transaction of its own, played again where another was first; both are
    about to take the claim when the first one does.
    """
    meet, faults = threading.Barrier(len(works)), []
    with environment(NAME) as env:
        model = type(env["pom.claim"])
    take = model._take

    def wait_and_take(claims):
        with suppress(threading.BrokenBarrierError):
            meet.wait(20)
        return take(claims)

    def run(work, number):
        try:
            with environment(NAME) as env:
                retrying(lambda: work(env, number), env)
        except Exception as error:
            faults.append(error)

    with patch.object(model, "_take", wait_and_take):
        threads = [threading.Thread(target=run, args=work) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
    assert not faults, faults


def test_the_costs_are_paid_once():
    move_id, attempt_id, line_id = owed()
    at_once((pay, attempt_id), (match, line_id))
    with environment(NAME) as env:
        move = env["account.move"].browse(move_id)
        claims = move.pom_claim_ids
        assert (claims.state, claims.paid) == ("paid", 7.5)
        assert income(claims) == {"costs": 7.5}
        assert move.pom_payment_status == "paid"
        # What came twice is there: as credit, or on the line that a person looks at.
        attempt = env["payment.transaction"].browse(attempt_id)
        line = env["account.bank.statement.line"].browse(line_id)
        assert attempt.pom_surplus == 128.5 or line.pom_flag or not line.is_reconciled
