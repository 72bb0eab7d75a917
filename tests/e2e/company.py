"""Short ways to set up and to ask, for tests against a real server."""

import time

import requests

from tests.company import collect_with, way_of
from tests.e2e.harness import environment, wake


def configure(name, server, psp):
    """Point the company at the simulated provider; id of it and of its method."""
    with environment(name) as env:
        env["ir.config_parameter"].set_param("web.base.url", server.url)
        env["ir.config_parameter"].set_param("report.url", server.url)
        return way_of(collect_with(env, psp))


def invoice(name, price=100.0):
    """A confirmed invoice: its id and the address of its payment page."""
    with environment(name) as env:
        partner = env["res.partner"].search([("email", "=", "marie@klant.example")])
        move = env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": "2026-11-01",
                "invoice_line_ids": [(0, 0, {"name": "Taart", "price_unit": price})],
            }
        )
        move.action_post()
        return move.id, move.pom_payment_url


def begin(url, way):
    """Tap *Pay*: the address that the debtor is sent to."""
    answer = requests.post(
        f"{url}/pay", data={"way": way}, allow_redirects=False, timeout=60
    )
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def payment_states(name, move_id):
    """(payment_state, states of its attempts, number of its payments)"""
    with environment(name) as env:
        move = env["account.move"].browse(move_id)
        return (
            move.payment_state,
            move.transaction_ids.sorted("id").mapped("state"),
            len(move.matched_payment_ids),
        )


def wait_until_paid(name, move_id, timeout=180):
    """By a server that has just started, too."""
    deadline = time.monotonic() + timeout
    while (states := payment_states(name, move_id))[0] != "paid":
        assert time.monotonic() < deadline, states
        wake(name)
        time.sleep(0.5)
    return states
