"""What waits for a decision on an invoice can be read and decided on a phone, in each
language: sentences have the width, and buttons are whole.

Pictures are kept in ``.dev/alerts``.
"""

import pytest

from tests.clock import today
from tests.e2e.harness import DEV, Server, environment, log_in

pytestmark = pytest.mark.e2e

SHOTS = DEV / "alerts"
LANGUAGES = ("nl_BE", "fr_BE", "de_DE")
PHONE = 390
#: What is noted of a payment, by what it then is on the invoice's form.
NOTED = {
    "held": {"state": "pending", "pom_problem": "amount,currency"},
    "unbooked": {"state": "done", "pom_booking_error": "The period is closed: " * 4},
}
FACTS = {"amount": ("1296.80", "1295.80"), "currency": ("EUR", "USD")}
#: Of each alert that is shown: how wide its words are, and where its buttons end.
ALERTS = """() => [...document.querySelectorAll(".o_form_view .alert")]
    .filter((alert) => alert.offsetParent)
    .map((alert) => ({
        words: alert.querySelector("div").getBoundingClientRect().width,
        ends: [...alert.querySelectorAll("button")]
            .map((button) => button.getBoundingClientRect().right),
    }))"""


def test_what_waits_fits_on_a_phone(world, chromium):
    SHOTS.mkdir(exist_ok=True)
    with environment(world) as env:
        # Of different amounts: core has an alert for what looks the same.
        ids = {
            name: noted(env, name, values, 1290 + n)
            for n, (name, values) in enumerate(NOTED.items())
        }
        for lang in LANGUAGES:
            clerk(env, lang)
    with Server(world, crons=0) as server:
        for lang in LANGUAGES:
            page = chromium.new_page(viewport={"width": PHONE, "height": 844})
            log_in(page, server.url, lang, lang)
            for name, number in ids.items():
                look(page, server.url, number, SHOTS / f"{name}-{lang}.png")
            page.close()


def look(page, url, number, picture):
    page.goto(f"{url}/odoo/action-account.action_move_out_invoice_type/{number}")
    page.wait_for_selector(".o_form_view .alert button")
    page.screenshot(path=picture)
    [alert] = page.evaluate(ALERTS)
    assert alert["words"] > PHONE * 0.7, (picture.name, alert)
    assert alert["ends"] and max(alert["ends"]) <= PHONE, (picture.name, alert)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def noted(env, name, values, price):
    """Id of an invoice with such a payment."""
    move = env["account.move"].create(
        {
            "move_type": "out_invoice",
            "partner_id": env["res.partner"].search([("email", "ilike", "marie@")]).id,
            "invoice_date": today(),
            "invoice_line_ids": [(0, 0, {"name": "Bread", "price_unit": price})],
        }
    )
    move.action_post()
    provider = env["payment.provider"].search([("code", "=", "demo")], limit=1)
    attempt = env["payment.transaction"].create(
        {
            "provider_id": provider.id,
            "payment_method_id": provider.payment_method_ids[:1].id,
            "reference": f"{move.name}-{name}",
            "amount": move.amount_total,
            "currency_id": move.currency_id.id,
            "partner_id": move.partner_id.id,
            "invoice_ids": [(6, 0, move.ids)],
        }
    )
    attempt.write(values)
    if name == "held":
        attempt._pom_note_problem(FACTS)
    return move.id


def clerk(env, lang):
    """Somebody who administers invoicing and reads that language."""
    groups = env.ref("base.group_user") | env.ref("account.group_account_manager")
    env["res.users"].with_context(no_reset_password=True).create(
        {
            "name": lang,
            "login": lang,
            "password": lang,
            "lang": lang,
            "group_ids": [(6, 0, groups.ids)],
        }
    )
