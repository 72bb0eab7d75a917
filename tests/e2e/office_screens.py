"""Every screen of ours in the back office: what each menu of ours opens, and the first
record behind it; the settings, the dashboard, and what an invoice, a customer and a
provider look like with us.

dev/run python -m tests.e2e.office_screens [LANGUAGE…]: a picture of each, at the width
of a desk and of a phone, below .dev/screens, and what is wrong with it.
"""

import ast
import sys
from typing import NamedTuple

from tests.e2e import page_states
from tests.e2e.docs_pictures import LANGUAGES, prepare
from tests.e2e.harness import DEV, Server, browser, database, environment, log_in
from tests.simulators.bancontact_pro import BancontactPro

NAME = "pom_e2e_screens"
OUTPUT = DEV / "screens"
WIDTHS = {"desk": (1440, 900), "phone": (390, 844)}
#: Of Odoo's own, with something of ours on them: name, and what their record is.
THEIRS = {
    "account.action_move_out_invoice_type": (
        "account.move",
        [("move_type", "=", "out_invoice"), ("state", "=", "posted")],
    ),
    "account.action_account_config": (None, None),
    "account.open_account_journal_dashboard_kanban": (None, None),
    "payment.action_payment_provider": (
        "payment.provider",
        [("code", "=", "bancontact_pro")],
    ),
    "account.res_partner_action_customer": (
        "res.partner",
        [("name", "=", "Marie Peeters")],
    ),
}
MENUS = """
    SELECT DISTINCT menu.action
      FROM ir_ui_menu menu
      JOIN ir_model_data data ON data.model = 'ir.ui.menu' AND data.res_id = menu.id
     WHERE data.module LIKE 'pom\\_%' AND menu.action IS NOT NULL AND menu.active
     ORDER BY menu.action"""
#: Whether anything is shown, and all of it.
THERE = """() => document.querySelector('.o_action_manager')?.innerText.trim()
    && !document.querySelector('.o_loading_indicator')"""
#: How far the whole page has to be scrolled sideways, or is cut off.
SIDEWAYS = """() => Math.max(
    document.documentElement.scrollWidth,
    document.querySelector('.o_action_manager')?.scrollWidth ?? 0,
) - window.innerWidth"""
#: In the customer's list.
STANDING = "img[src*='status.svg']:visible"
#: Where one of the buttons is the one to press.
PRIMARY = ", ".join(
    f"{place} .btn-primary:visible"
    for place in (".o_form_statusbar", ".o_form_view footer")
)


#: Titles of columns and of states that end in dots, and buttons beyond the edge; how
#: many pixels they want. On a phone a list is scrolled sideways.
CUT = """() => [
    ...document.querySelectorAll('.o_list_renderer th .text-truncate'),
    ...document.querySelectorAll('.o_list_renderer td .badge'),
].filter((one) => one.scrollWidth > one.clientWidth)
    .map((one) => `${one.innerText.trim()} wants ${one.scrollWidth} px`)"""
BEYOND = """() => [...document.querySelectorAll('.o_list_renderer td button')]
    .filter((one) => one.getBoundingClientRect().right > window.innerWidth)
    .map((one) => one.innerText.trim())"""
#: What one of our menus opens, and is Odoo's own: with several buttons to press.
NOT_OURS = {"pom_reminder.pom_debtors_action.form"}


class Screen(NamedTuple):
    """
    :param name: external id of its action
    :param path: address below /odoo
    """

    name: str
    path: str


def screens(env):
    """
    :rtype: list[Screen]
    """
    env.cr.execute(MENUS)
    ours = [row[0].split(",") for row in env.cr.fetchall()]
    found = []
    for model, action_id in ours:
        action = env[model].browse(int(action_id))
        found += of_action(env, action, None)
    for name, (model, domain) in THEIRS.items():
        record = model and env[model].search(domain, limit=1)
        found += of_action(env, env.ref(name), record)
    return found


def of_action(env, action, record):
    """The list, and a record of it."""
    name = action.get_external_id()[action.id]
    path = f"action-{name}"
    yield Screen(name, path)
    model = action._name == "ir.actions.act_window" and action.res_model
    if record is None and model and not env[model]._transient:
        record = env[model].search(ast.literal_eval(action.domain or "[]"), limit=1)
    if record and "form" in (action.view_mode or ""):
        yield Screen(f"{name}.form", f"{path}/{record.id}")


def people(env):
    """One administrator for each language, login and password are its code; and one
    customer of whom there are three invoices, whose login begins with "my-".
    """
    admin, portal = env.ref("base.user_admin"), env.ref("base.group_portal")
    for code, lang in LANGUAGES.items():
        admin.copy(
            {"name": f"Boss {code}", "login": code, "password": code, "lang": lang}
        )
        customer = page_states.debtor(env, f"Kim Portaal {code}")
        customer.lang = lang
        for due in (9, -5, 20):
            page_states.invoice(env, customer, 1128.4, due=due)
        paid = page_states.invoice(env, customer, 50)
        page_states.pay(env, paid, paid.amount_residual)
        login = {"login": f"my-{code}", "password": f"my-{code}"}
        env["res.users"].create(
            {**login, "partner_id": customer.id, "group_ids": [(6, 0, portal.ids)]}
        )


class Eye:
    """Somebody who looks, in one language and at one width."""

    def __init__(self, chromium, url, code, width):
        wide, high = WIDTHS[width]
        options = {"viewport": {"width": wide, "height": high}}
        if width == "phone":
            options |= {"is_mobile": True, "has_touch": True}
        self.page, self.options = chromium.new_page(**options), options
        self.errors = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.url, self.code, self.width = url, code, width
        log_in(self.page, url, code, code)

    def look(self, screen):
        """Open it, and take its picture.

        :return: sentences: what is wrong with it
        """
        self.errors.clear()
        self.page.goto(f"{self.url}/odoo/{screen.path}")
        self.page.wait_for_function(THERE)
        # What it asks for beside that, such as figures of the dashboard; that it does
        # is only shown when it takes a while.
        self.page.wait_for_timeout(700)
        self.page.wait_for_function(THERE)
        self._shoot(self.page, screen.name)
        return list(self._wrong(screen))

    def _wrong(self, screen):
        where = f"{screen.name}, {self.code}, {self.width}"
        for error in self.errors:
            yield f"{where}: {error}"
        if self.page.locator(".o_error_dialog").count():
            yield f"{where}: {self.page.locator('.o_error_dialog').inner_text()}"
        if (over := self.page.evaluate(SIDEWAYS)) > 0:
            yield f"{where}: {over} pixels too wide"
        if self.width == "desk" and screen.name.startswith("pom_"):
            for name in sorted(set(self.page.evaluate(CUT))):
                yield f"{where}: {name}"
            for name in sorted(set(self.page.evaluate(BEYOND))):
                yield f"{where}: the button {name} is beyond the edge"
        primary = self.page.locator(PRIMARY)
        ours = screen.name.startswith("pom_") and screen.name not in NOT_OURS
        if ours and primary.count() > 1:
            yield f"{where}: {primary.all_inner_texts()} are all primary"

    def look_as_customer(self):
        """As one who is logged in sees the list of invoices.

        :return: sentences: what is wrong with it
        """
        customer = self.page.context.browser.new_page(
            **self.options, locale=LANGUAGES[self.code].replace("_", "-")
        )
        customer.goto(f"{self.url}/web/login?redirect=/my/invoices")
        customer.fill("input[name=login]", f"my-{self.code}")
        customer.fill("input[name=password]", f"my-{self.code}")
        customer.click("button[type=submit]")
        customer.wait_for_selector(f"table {STANDING}")
        self._shoot(customer, "portal")
        where = f"portal, {self.code}, {self.width}"
        if (over := customer.evaluate(SIDEWAYS)) > 0:
            yield f"{where}: {over} pixels too wide"
        if (primary := customer.locator("main .btn-primary:visible")).count() > 1:
            yield f"{where}: {primary.all_inner_texts()} are all primary"
        wide = WIDTHS[self.width][0]
        for row in customer.locator("table tbody tr").all()[:3]:
            for part in (STANDING, "a[href*='/p/']"):
                box = row.locator(part).bounding_box()
                if not box or box["x"] + box["width"] > wide:
                    yield f"{where}: {part} is beyond the edge"
            if not row.locator("a[href*='/p/']").inner_text().strip():
                yield f"{where}: a button without a word"
        customer.close()

    def _shoot(self, page, name):
        folder = OUTPUT / self.width / self.code
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png")

    def close(self):
        self.page.close()


def tell(sentences):
    for sentence in sentences:
        print(sentence, flush=True)


def main(*codes):
    database("world", NAME)
    server = Server(NAME, crons=0)
    try:
        with BancontactPro() as psp:
            prepare(server.url, psp, NAME)
            with environment(NAME) as env:
                people(env)
                all_screens = screens(env)
            with server, browser() as chromium:
                for code in codes or LANGUAGES:
                    for width in WIDTHS:
                        eye = Eye(chromium, server.url, code, width)
                        for screen in all_screens:
                            tell(eye.look(screen))
                        tell(eye.look_as_customer())
                        eye.close()
    finally:
        database("drop", NAME)


if __name__ == "__main__":
    main(*sys.argv[1:])
