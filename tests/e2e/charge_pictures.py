"""Each way of paying through the page, on a phone and in every language: now, on its
day, in parts, every time; and what is told of it. Pictures of the page, of the mails,
of the PDF and of the office's forms.

    dev/run python -m tests.e2e.charge_pictures    leaves them in .dev/charge
"""

import contextlib
import itertools
import subprocess
import time
from datetime import timedelta

from odoo.fields import Command

from tests.clock import today
from tests.company import collect_with
from tests.odoo.pom_claim.common import claim, switch_on
from tests.simulators.mollie import Mollie
from tests.simulators.smtp import MailCatcher

from . import page_states
from .harness import DEV, PHONE, Server, browser, environment, log_in, own_world
from .mail_pages import LANGUAGES, SCHEMES, address, look, shown

NAME = "pom_charge_pictures"
OUTPUT = DEV / "charge"
OFFICE = (1440, 390)
#: Ways to pay, with the days until the invoice is due.
WAYS = {"now": 20, "due": 20, "plan": 20, "every": 0}
#: Of every invoice, what is typed as its limits.
LIMITS = {"most": "200", "month": "400", "until": "2028-12-31"}
ACTIVE = [("state", "=", "active")]
FORMS = (
    ("consents", "pom_payment_charge.action_pom_charge_consent"),
    ("charges", "pom_payment_charge.action_pom_charge"),
    ("plans", "pom_payment_plan.pom_payment_plan_action"),
    ("claims", "pom_claim.pom_claim_action"),
)


@contextlib.contextmanager
def house(name):
    """A server, not started yet, whose provider and post office are simulators."""
    with own_world(name), MailCatcher() as smtp, Mollie(retry_delays=(1, 2)) as psp:
        server = Server(name)
        server.psp, server.smtp = psp, smtp
        with environment(name) as env:
            set_up(env, server.url, psp, smtp)
        yield server


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
            "pom_plan_at_once": "all",
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


def owed(env, way, lang):
    """
    :return: the page's address
    """
    partner = page_states.debtor(env, "Marie-Christine Vandenbroucke")
    partner.write({"lang": lang, "email": address(f"{way}-{lang}")})
    return page_states.invoice(env, partner, 100, due=WAYS[way]).pom_payment_url


class Payer:
    """Somebody on a phone.

    :param look_at: called with each page and what it is called
    :ivar read: the words that were agreed to, as they stood on the page
    """

    def __init__(self, phone, way, lang, look_at):
        self.phone, self.way, self.lang = phone, way, lang
        self._look_at, self.read = look_at, ""

    def look(self, name):
        self._look_at(self.phone, f"{self.way}-{self.lang}-{name}")

    def pay(self, url):
        """
        :return: state of the page in the end
        """
        self.phone.goto(f"{url}?lang={self.lang}")
        self.look("1-choice")
        if self.way == "now":
            self.phone.click("button.first")
        else:
            if self.way == "plan":
                self._ask_for_parts()
            self._agree()
        self.phone.click("button[value=pay]")
        self.phone.wait_for_url(f"{url}*")
        self.phone.wait_for_selector(
            "body[data-state=collected], body[data-state=paid]"
        )
        self.look("9-after")
        return self.phone.get_attribute("body", "data-state")

    def _ask_for_parts(self):
        self.phone.click("a.way[href*='/ask/plan']")
        self.phone.fill("#plan_count", "3")
        first = today() + timedelta(WAYS["plan"])
        self.phone.fill("#plan_first_on", first.isoformat())
        self.look("2-wish")
        self.phone.click("form button.first")
        self.phone.wait_for_selector("form .note tr")
        self.look("3-parts")
        self.phone.click("form button.first")
        self.phone.wait_for_selector("table.parts")
        self.look("4-agreed")

    def _agree(self):
        kind = "every" if self.way == "every" else "due"
        self.phone.click(f"a[href*='/later/{kind}']")
        self.phone.wait_for_selector("input[name=agree]")
        if kind == "every":
            self._limit()
        self.look("5-words")
        self.read = self.phone.inner_text("form .note")
        assert not self.phone.is_checked("input[name=agree]")
        self.phone.check("input[name=agree]")
        self.phone.click("button[name=way]")

    def _limit(self):
        self.phone.click("details.part summary")
        for name, typed in LIMITS.items():
            self.phone.fill(f"#{name}", typed)
        self.phone.click("form[method=get] button.way")
        self.phone.wait_for_url(f"**most={LIMITS['most']}**")


def wait_until_agreed(count, timeout=60):
    """What a payer did is stored, answered, and then worked on."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        with environment(NAME) as env:
            if env["pom.charge.consent"].search_count(ACTIVE) >= count:
                return
        time.sleep(0.5)
    raise TimeoutError(f"Not all {count} are active")


def tell(env):
    """Confirmations, and what is to be announced: as if its day had come."""
    consents = env["pom.charge.consent"].search(ACTIVE)
    for consent in consents.filtered(lambda one: not one.told_on):
        consent._confirm_one()
    for charge in env["pom.charge"].search([("state", "=", "planned")]):
        charge._announce_one()
    env.cr.commit()
    env["mail.mail"].search([("state", "=", "outgoing")]).send()


def keep(smtp, chromium):
    """Each mail as a small phone and a computer show it, and what is attached."""
    for way in WAYS:
        for lang in LANGUAGES:
            mails = [m for m in smtp.mails if m.is_to(address(f"{way}-{lang}"))]
            for number, mail in enumerate(mails):
                name = OUTPUT / f"mail-{way}-{lang}-{number}"
                for width, scheme in itertools.product((320, 600), SCHEMES):
                    with look(chromium, shown(mail), width, scheme) as page:
                        page.screenshot(
                            path=f"{name}-{width}-{scheme}.png", full_page=True
                        )
                for content in mail.attachments.values():
                    name.with_suffix(".pdf").write_bytes(content)
                    subprocess.run(
                        ["pdftoppm", "-r", "70", "-png", f"{name}.pdf", f"{name}.pdf"],
                        check=True,
                    )


def look_at_the_office(chromium, url):
    for width in OFFICE:
        office = chromium.new_page(viewport={"width": width, "height": 1000})
        log_in(office, url)
        for name, action in FORMS:
            office.goto(f"{url}/odoo/action-{action}")
            office.wait_for_selector(".o_data_row, .o_kanban_record")
            office.screenshot(path=OUTPUT / f"office-{width}-{name}.png")
            office.locator(
                ".o_data_row .o_data_cell:visible, .o_kanban_record:visible"
            ).first.click()
            office.wait_for_selector(".o_form_view .o_form_sheet")
            office.wait_for_timeout(500)
            file = OUTPUT / f"office-{width}-{name}-form.png"
            office.screenshot(path=file, full_page=True)
        office.close()


def picture(page, name):
    page.screenshot(path=OUTPUT / f"{name}.png", full_page=True)


def main():
    OUTPUT.mkdir(parents=True, exist_ok=True)
    with house(NAME) as server:
        with environment(NAME) as env:
            pages = {
                (way, lang): owed(env, way, lang) for way in WAYS for lang in LANGUAGES
            }
            switch_on(env.company)
            partner = page_states.debtor(env, "Greet Baert")
            asked = page_states.invoice(env, partner, 100, due=-40)
            claim(asked)
            asked = asked.pom_payment_url
        with browser() as chromium:
            with server:
                for (way, lang), url in pages.items():
                    phone = chromium.new_context(**PHONE).new_page()
                    Payer(phone, way, lang, picture).pay(url)
                    if way == "now":
                        phone.goto(f"{asked}?lang={lang}")
                        picture(phone, f"claims-{lang}")
                    phone.context.close()
                wait_until_agreed(len(LANGUAGES) * (len(WAYS) - 1))
            # A server would send them, too, at the same moment.
            with environment(NAME) as env:
                tell(env)
            keep(server.smtp, chromium)
            with server:
                look_at_the_office(chromium, server.url)
    print(f"{len(list(OUTPUT.iterdir()))} files in {OUTPUT}")


if __name__ == "__main__":
    main()
