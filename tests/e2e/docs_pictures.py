"""Pictures for the documentation: the debtor's page in four languages, and what people
see in the back office. Of a running Odoo.

dev/run python -m tests.e2e.docs_pictures
"""

import sys

from tests.e2e import left_lines, page_states
from tests.e2e.harness import (
    DEV,
    PHONE,
    Server,
    browser,
    database,
    environment,
    log_in,
)
from tests.e2e.test_overview import make_debts
from tests.simulators.bancontact_pro import BancontactPro

NAME = "pom_e2e_docs"
OUTPUT = DEV / "pictures"
DESK = {"viewport": {"width": 1280, "height": 800}}
LANGUAGES = {"en": "en_US", "nl": "nl_BE", "fr": "fr_BE", "de": "de_DE"}
#: Screens of the back office: name, address below /odoo/, and what they wait for.
SCREENS = (
    ("overview", "payments-overview", "[data-table=account]"),
    ("match", "bank-lines-to-match", "[data-line]"),
    ("trouble", "action-pom_payment.pom_trouble_look", ".o_data_row"),
)


def main():
    OUTPUT.mkdir(parents=True, exist_ok=True)
    database("world", NAME)
    server = Server(NAME, crons=0)
    with BancontactPro() as psp:
        urls, invoice = prepare(server.url, psp)
        with server, browser() as chromium:
            look_as_debtor(chromium, urls, psp)
            look_as_accountant(chromium, server.url, invoice)
    database("drop", NAME)


def prepare(url, psp, name=NAME):
    """:return: addresses of pages by language, and the id of an invoice"""
    with environment(name) as env:
        page_states.set_up(env, url, psp)
        env.ref("base.user_admin").group_ids += env.ref(
            "account.group_account_user"
        ) | env.ref("account.group_account_manager")
        moves = {}
        for code, lang in LANGUAGES.items():
            partner = page_states.debtor(env, f"Marie Peeters {code}")
            partner.write({"name": "Marie Peeters", "lang": lang})
            moves[code] = page_states.invoice(env, partner, 128.4, 31.7)
        make_debts(env)
        left_lines.make(env, 15)
        trouble(env, moves["en"])
        urls = {code: move.pom_payment_url for code, move in moves.items()}
        return urls, moves["nl"].id


def trouble(env, move):
    """What an administrator might find on a bad morning."""
    provider = env["payment.provider"].search([("code", "=", "bancontact_pro")])[:1]
    provider.pom_key_until = env.company._pom_today()
    now = env.cr.now()
    for number in range(2):
        env["pom.webhook.event"].create(
            {
                "provider_id": provider.id,
                "event_key": f"given up {number}",
                "state": "dead",
            }
        )
    env["pom.subscriber"].create(
        {"name": "Webshop", "failing_since": now.replace(hour=0, microsecond=0)}
    )
    env.cr.execute("UPDATE ir_cron SET nextcall = now() + interval '1 day'")


def look_as_debtor(chromium, urls, psp):
    page = chromium.new_page(**PHONE)
    page.set_default_timeout(120_000)

    def shoot(name):
        page.screenshot(path=OUTPUT / f"{name}.png", full_page=True)

    for code, url in urls.items():
        page.goto(url)
        shoot(f"page.{code}")
    page.goto(f"{urls['en']}/ask/question")
    shoot("ask.en")
    page.goto(urls["en"])
    page.click("button.first")
    page.wait_for_url(f"{psp.url}/**")
    page.click("button[value=pay], button:has-text('Pay')")
    page.wait_for_selector(".state.paid")
    shoot("paid.en")
    page.close()


def look_as_accountant(chromium, url, invoice):
    page = chromium.new_page(**DESK)
    log_in(page, url)

    def shoot(name, address, selector):
        page.goto(f"{url}/odoo/{address}")
        page.wait_for_selector(selector)
        page.wait_for_timeout(1500)
        page.screenshot(path=OUTPUT / f"{name}.png")

    form = f"action-account.action_move_out_invoice_type/{invoice}"
    shoot("invoice_form", form, "button[name=action_pom_open_page]")
    for name, address, selector in SCREENS:
        shoot(name, address, selector)
    page.close()


if __name__ == "__main__":
    sys.exit(main())
