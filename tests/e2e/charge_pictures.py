"""Agreeing to charges on a phone, in every language, and what is told of it: pictures
of the page, the mails, the PDF and the forms of the office.

    dev/run python -m tests.e2e.charge_pictures    leaves them in .dev/charge
"""

import subprocess
from datetime import timedelta

from odoo.fields import Command

from tests.company import collect_with
from tests.odoo.pom_claim.common import claim, switch_on
from tests.simulators.mollie import Mollie
from tests.simulators.smtp import MailCatcher

from . import page_states
from .harness import DEV, PHONE, Server, browser, database, environment, log_in
from .mail_pages import LANGUAGES, address, look, shown

NAME = "pom_charge_pictures"
OUTPUT = DEV / "charge"
OFFICE = {"width": 1440, "height": 1000}
KINDS = ("due", "plan", "every")
FORMS = (
    ("consents", "pom_payment_charge.action_pom_charge_consent"),
    ("charges", "pom_payment_charge.action_pom_charge"),
    ("plans", "pom_payment_plan.pom_payment_plan_action"),
    ("claims", "pom_claim.pom_claim_action"),
)


def set_up(env, url, psp, smtp):
    mails = env["ir.mail_server"]
    mails.search([]).active = False
    mails.create({"name": "S", "smtp_host": smtp.host, "smtp_port": smtp.port})
    parameters = env["ir.config_parameter"]
    parameters.set_param("web.base.url", url)
    parameters.set_param("report.url", url)
    env.company.write(
        {
            "pom_base_url": url,
            "pom_charge_offered": True,
            "pom_charge_bank_days": -1,
            "pom_charge_from": 0,
            "pom_charge_to": 24,
        }
    )
    methods = env.ref("payment.payment_method_card") | env.ref(
        "payment.payment_method_bancontact"
    )
    collect_with(
        env,
        psp,
        payment_method_ids=[Command.set(methods.ids)],
        allow_tokenization=True,
    )


def owed(env, kind, lang):
    """
    :return: the page's address
    """
    partner = page_states.debtor(env, "Marie-Christine Vandenbroucke")
    partner.write({"lang": lang, "email": address(f"{kind}-{lang}")})
    move = page_states.invoice(env, partner, 121, due=0 if kind == "every" else 20)
    if kind == "plan":
        plan = env["pom.payment.plan"].create(
            {
                "move_ids": [Command.set(move.ids)],
                "first_on": env.company._pom_today() + timedelta(20),
            }
        )
        plan.line_ids = [Command.create(row) for row in plan._equal_lines()]
        plan._agree()
    return move.pom_payment_url


def agree(phone, url, kind, lang):
    """From the page to the provider's and back."""

    def picture(name):
        phone.screenshot(path=OUTPUT / f"{kind}-{lang}-{name}.png", full_page=True)

    phone.goto(f"{url}?lang={lang}")
    picture("1-choice")
    phone.click(f"a[href*='/later/{'every' if kind == 'every' else 'due'}']")
    picture("2-words")
    phone.check("input[name=agree]")
    phone.click("button[name=way]")
    phone.click("button[value=pay]")
    phone.wait_for_url(f"{url}*")
    picture("3-back")
    phone.wait_for_selector(
        "body[data-state=collected], body[data-state=paid]", timeout=60_000
    )
    picture("4-agreed")


def tell(env):
    """Confirmations, and what is to be announced: as if its day had come."""
    consents = env["pom.charge.consent"].search([("state", "=", "active")])
    for consent in consents.filtered(lambda one: not one.told_on):
        consent._confirm_one()
    for charge in env["pom.charge"].search([("state", "=", "planned")]):
        charge._announce_one()
    env.cr.commit()
    env["mail.mail"].search([("state", "=", "outgoing")]).send()


def keep(smtp, chromium):
    """Each mail as a phone shows it, and what is attached."""
    for kind in KINDS:
        for lang in LANGUAGES:
            mails = [m for m in smtp.mails if m.is_to(address(f"{kind}-{lang}"))]
            for number, mail in enumerate(mails):
                name = OUTPUT / f"{kind}-{lang}-mail{number}"
                with look(chromium, shown(mail), 390, "light") as page:
                    page.screenshot(path=f"{name}.png", full_page=True)
                for content in mail.attachments.values():
                    name.with_suffix(".pdf").write_bytes(content)
                    subprocess.run(
                        ["pdftoppm", "-r", "70", "-png", f"{name}.pdf", f"{name}.pdf"],
                        check=True,
                    )


def look_at_the_office(chromium, url):
    office = chromium.new_page(viewport=OFFICE)
    log_in(office, url)
    for name, action in FORMS:
        office.goto(f"{url}/odoo/action-{action}")
        office.wait_for_selector(".o_data_row")
        office.screenshot(path=OUTPUT / f"office-{name}.png")
        office.click(".o_data_row .o_data_cell")
        office.wait_for_selector(".o_form_view .o_form_sheet")
        office.wait_for_timeout(500)
        office.screenshot(path=OUTPUT / f"office-{name}-form.png", full_page=True)
    office.close()


def main():
    OUTPUT.mkdir(parents=True, exist_ok=True)
    database("world", NAME)
    server = Server(NAME)
    with MailCatcher() as smtp, Mollie(retry_delays=(1, 2)) as psp:
        with environment(NAME) as env:
            set_up(env, server.url, psp, smtp)
            pages = {
                (kind, lang): owed(env, kind, lang)
                for kind in KINDS
                for lang in LANGUAGES
            }
            switch_on(env.company)
            partner = page_states.debtor(env, "Greet Baert")
            claim(page_states.invoice(env, partner, 100, due=-40))
        with server, browser() as chromium:
            for (kind, lang), url in pages.items():
                phone = chromium.new_context(**PHONE).new_page()
                agree(phone, url, kind, lang)
                phone.context.close()
            with environment(NAME) as env:
                tell(env)
            keep(smtp, chromium)
            look_at_the_office(chromium, server.url)
    database("drop", NAME)
    print(f"{len(list(OUTPUT.iterdir()))} files in {OUTPUT}")


if __name__ == "__main__":
    main()
