"""Pictures of what an administrator and an accountant see of the engine.

dev/run python -m tests.e2e.engine_pictures
"""

import sys

from tests.simulators.bancontact_pro import BancontactPro

from . import fault_run
from .harness import DEV, Server, browser, database, environment, log_in

NAME = "pom_e2e_pictures"
OUTPUT = DEV / "engine"


def main():
    OUTPUT.mkdir(parents=True, exist_ok=True)
    database("world", NAME)
    with BancontactPro(retry_delays=(1, 2)) as psp:
        server = Server(NAME, workers=2)
        fault_run.prepare(NAME, psp, server.url, 4)
        with server:
            ids = make_history(psp)
            with browser() as chromium:
                look(chromium, server, ids, psp)
    database("drop", NAME)


def make_history(psp):
    """One paid, one paid twice, one that was paid otherwise, one that was given up."""
    with environment(NAME) as env:
        provider = env["payment.provider"].search(
            [("code", "=", "bancontact_pro"), ("company_id", "=", env.company.id)]
        )
        provider.action_pom_make_signing_key()
        provider.action_pom_make_signing_key()
        method = provider.payment_method_ids[:1]
        links = env["pom.paylink"].search([], order="id")
        attempts = [begin(link, provider, method) for link in links]
        attempts.insert(1, begin(links[0], provider, method))
        numbers = [attempt.provider_reference for attempt in attempts]
        env.cr.commit()
        psp.faults.inject("wrong_amount", -100, only=numbers[2])
        psp.faults.inject("api_error", 503, only=numbers[3])
        for number in numbers[:4]:
            psp.pay(number)
            psp.wait_idle(20)
        ids = {
            "provider": provider.id,
            "invoice": links[0].move_id.id,
            "held": links[1].move_id.id,
        }
    fault_run.time.sleep(5)
    with environment(NAME) as env:
        event = env["pom.webhook.event"].search(
            [("provider_reference", "=", numbers[3])]
        )
        for _try in range(10):
            event.action_apply()
        ids["dead"] = event.id
    psp.faults.clear("api_error")
    return ids


def begin(link, provider, method):
    attempt = link._create_attempt(provider, method, "online_redirect")
    attempt._pom_start("http://127.0.0.1:1/")
    return attempt


def look(chromium, server, ids, psp):
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    log_in(page, server.url)

    def shoot(name):
        page.wait_for_timeout(1500)
        page.screenshot(path=OUTPUT / f"{name}.png")

    def open_invoice(number, button):
        page.goto(f"{base}account.action_move_out_invoice_type/{number}")
        page.wait_for_selector(f"button[name={button}]", timeout=120_000)

    base = f"{server.url}/odoo/action-"
    page.goto(f"{base}payment.action_payment_provider/{ids['provider']}")
    page.wait_for_selector("button[name=action_pom_test_connection]", timeout=120_000)
    shoot("provider")
    page.click("button[name=action_pom_test_connection]")
    page.wait_for_selector(".modal .o_list_view", timeout=120_000)
    shoot("test_connection")
    with environment(NAME) as env:
        provider = env["payment.provider"].browse(ids["provider"])
        provider.bancontact_ppid = "f" * 24
    page.click(".modal button[name=action_run]")
    page.wait_for_timeout(9000)
    shoot("test_connection_wrong")
    with environment(NAME) as env:
        env["payment.provider"].browse(ids["provider"]).bancontact_ppid = psp.ppid
    page.goto(f"{base}pom_payment.pom_webhook_event_action")
    page.wait_for_selector(".o_data_row", timeout=120_000)
    shoot("events")
    page.goto(f"{base}pom_payment.pom_webhook_event_action/{ids['dead']}")
    page.wait_for_selector("button[name=action_apply]", timeout=120_000)
    shoot("dead_letter")
    page.click("button[name=action_apply]")
    page.wait_for_timeout(3000)
    shoot("dead_letter_applied")
    open_invoice(ids["held"], "action_pom_accept_held")
    shoot("held")
    page.click("button[name=action_pom_accept_held]")
    page.wait_for_selector(".modal .btn-primary", timeout=120_000)
    shoot("held_confirm")
    page.click(".modal .btn-primary")
    page.wait_for_timeout(4000)
    shoot("held_booked")
    open_invoice(ids["invoice"], "action_pom_refund_double")
    shoot("paid_twice")
    page.click("button[name=action_pom_refund_double]")
    page.wait_for_selector(".modal button[name=action_refund]", timeout=120_000)
    shoot("refund")
    page.click(".modal button[name=action_refund]")
    page.wait_for_timeout(4000)
    shoot("refunded")


if __name__ == "__main__":
    sys.exit(main())
