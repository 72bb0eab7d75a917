"""*Payments → Overview* in a browser: four languages, a desk and a phone, with nothing
and with ten debts; each number leads to its list. And the few counts that stand on the
card of the journal and in the list of invoices.

Pictures are kept in ``.dev/overview``.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.e2e.harness import DEV, Server, environment, log_in

pytestmark = pytest.mark.e2e
SHOTS = DEV / "overview"
LANGUAGES = ("en_US", "nl_BE", "fr_BE", "de_DE")
SIZES = {"desk": (1440, 900), "phone": (390, 844)}
#: Days ago of invoice and due date, and on which it's paid; some never are. None is
#: older than the last six months, which are 150 days on the first of July.
DEBTS = (
    (148, 140, 145), (145, 120, 100), (130, 100, 101), (100, 70, None),
    (90, 60, 89), (75, 45, 20), (60, 30, None), (40, 10, 39), (20, -10, None),
    (5, -25, None),
)  # fmt: skip


#: How often each of them was asked for, before it was paid.
ASKED = ("1",) * 6 + ("2",) * 4


def set_language(world, code):
    with environment(world) as env:
        env.ref("base.user_admin").lang = code


def make_debts(env):
    """Ten invoices of ten customers, asked by mail, some of them reminded and paid."""
    today = env.company._pom_today()
    partners = env["res.partner"].search([("bank_ids", "!=", False)], limit=4)
    partners += env["res.partner"].search([("email", "like", "%.example")], limit=10)
    for number, (invoiced, due, paid) in enumerate(DEBTS):
        move = env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partners[number % len(partners)].id,
                "invoice_date": today - timedelta(invoiced),
                "invoice_date_due": today - timedelta(due),
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    (0, 0, {"name": "Taart", "price_unit": 90 + 131 * number})
                ],
            }
        )
        move.action_post()
        tell(env, move, "email", "invoice", today - timedelta(invoiced))
        if (paid is None or paid < due) and due > 0:
            tell(env, move, "sms", "reminder", today - timedelta(due - 7))
        if paid is not None:
            env["account.payment.register"].with_context(
                active_model="account.move", active_ids=move.ids
            ).create({"payment_date": today - timedelta(paid)})._create_payments()


def tell(env, move, channel, kind, day):
    """A message that left on a day."""
    env["pom.delivery"].create(
        {
            "kind": kind,
            "channel": channel,
            "company_id": move.company_id.id,
            "partner_id": move.partner_id.id,
            "move_ids": [(6, 0, move.ids)],
            "paylink_id": move.pom_paylink_id.id,
            "state": "sent",
            "sent_date": f"{day} 08:00:00",
        }
    )


class Reader:
    """Somebody who looks at the page, and notes whatever the browser complains of."""

    def __init__(self, chromium, server, size):
        width, height = SIZES[size]
        self.size, self.url = size, server.url
        self.page = chromium.new_page(viewport={"width": width, "height": height})
        self.errors = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "console",
            lambda said: said.type == "error" and self.errors.append(said.text),
        )
        log_in(self.page, self.url)

    def look(self, name):
        page = self.page
        page.goto(f"{self.url}/odoo/payments-overview")
        page.wait_for_selector("[data-table=account]")
        page.wait_for_timeout(300)
        # It has its own looks, and nothing is wider than the screen, nor any table
        # than its place.
        style = "el => getComputedStyle(el).display"
        assert page.eval_on_selector(".o_pom_tiles", style) == "grid"
        wide = page.eval_on_selector_all(
            ".o_pom_overview, .o_pom_overview .table-responsive",
            "all => Math.max(...all.map(el => el.scrollWidth - el.clientWidth))",
        )
        assert wide <= 0, f"{name}: {wide} pixels too wide"
        SHOTS.mkdir(exist_ok=True)
        self.shoot(f"{name}-{self.size}")
        assert self.errors == []

    def shoot(self, name):
        """All of it, however long."""
        page, (width, height) = self.page, SIZES[self.size]
        tall = page.eval_on_selector(".o_pom_overview", "el => el.scrollHeight")
        page.set_viewport_size({"width": width, "height": tall + 120})
        page.wait_for_timeout(400)
        page.screenshot(path=SHOTS / f"{name}.png")
        page.set_viewport_size({"width": width, "height": height})

    def look_at_counts(self, name):
        """On the journal's card, and beside each invoice."""
        page = self.page
        page.goto(
            f"{self.url}/odoo/action-account.open_account_journal_dashboard_kanban"
        )
        lately = page.locator("[name=action_pom_overview]")
        expect(lately).to_have_count(1)
        # Of six in ninety days three were, after 1, 55 and 1 days.
        said = lately.inner_text()
        assert "50" in said and "19" in said, said
        self._fits(".o_kanban_renderer", name)
        page.screenshot(path=SHOTS / f"card-{name}-{self.size}.png")
        page.goto(f"{self.url}/odoo/action-account.action_move_out_invoice_type")
        if self.size == "phone":
            page.wait_for_selector(".o_kanban_record:not(.o_kanban_ghost)")
        else:
            page.wait_for_selector(".o_data_row")
            asked = page.locator(".o_data_row [name=pom_asked_count]").all_inner_texts()
            assert sorted(asked) == sorted(ASKED), asked
        page.wait_for_timeout(300)
        page.screenshot(path=SHOTS / f"list-{name}-{self.size}.png")
        assert self.errors == []

    def _fits(self, place, name):
        wide = self.page.eval_on_selector(
            place, "el => el.scrollWidth - el.clientWidth"
        )
        assert wide <= 0, f"{name}: {place} is {wide} pixels too wide"

    def number(self, door):
        return self.page.locator(f"[data-door='{door}'] .o_pom_number")


def look_in_all(readers, world, name):
    for language in LANGUAGES:
        set_language(world, language)
        for reader in readers:
            reader.look(f"{name}-{language}")
            if name == "ten":
                reader.look_at_counts(language)
    set_language(world, "en_US")


def test_overview(world, chromium):
    with Server(world, crons=0) as server:
        readers = [Reader(chromium, server, size) for size in SIZES]
        look_in_all(readers, world, "nothing")
        with environment(world) as env:
            make_debts(env)
        look_in_all(readers, world, "ten")
        desk, phone = readers
        for reader in readers:
            reader.look("again")
        numbers_are_doors(desk)
        choosing_changes_it(desk)
        tables_stand_beside_charts(phone)
        assert desk.errors + phone.errors == []


def numbers_are_doors(reader):
    page = reader.page
    expect(reader.number("history.on_time")).to_have_text("50 %")
    page.click("[data-door='money.overdue']")
    expect(page.locator(".o_list_view .o_data_row")).to_have_count(2)
    page.go_back()
    page.wait_for_selector("[data-table=account]")
    page.click("[data-door='history.unreminded']")
    expect(page.locator(".o_list_view .o_data_row")).to_have_count(4)
    page.locator(".o_data_row").first.click()
    page.wait_for_selector(".o_form_view")
    page.go_back()
    page.wait_for_selector(".o_list_view")
    page.go_back()
    page.wait_for_selector("[data-table=account]")


def choosing_changes_it(reader):
    page = reader.page
    funnel = "[data-table=funnel] tbody"
    before = page.inner_text(funnel)
    page.select_option("select[name=period]", "month")
    # By the company's clock, which is an hour or two ahead of the server's.
    today = datetime.now(ZoneInfo("Europe/Brussels")).date()
    month = today.replace(day=1)
    since = sum(today - timedelta(row[0]) >= month for row in DEBTS)
    wait_for_text(page, "[data-door='history.asked']", since)
    page.select_option("select[name=period]", "half")
    wait_for_text(page, funnel, before)


def wait_for_text(page, place, text):
    """What is chosen is shown when its figures are there, and until then what was."""
    page.wait_for_function(
        "([place, text]) => document.querySelector(place)?.innerText === text",
        arg=[place, str(text)],
    )


def tables_stand_beside_charts(reader):
    """Whoever can't see a chart reads the table: a chart says nothing of its own."""
    page = reader.page
    expect(page.locator(".o_pom_chart")).to_have_count(7)
    for canvas in page.locator(".o_pom_chart").all():
        assert canvas.get_attribute("aria-hidden") == "true"
        figure = canvas.locator("xpath=ancestor::*[@data-table]")
        assert figure.locator("table tbody tr").count()
    page.wait_for_function(
        """() => [...document.querySelectorAll('.o_pom_chart canvas')].every(
            (one) => one.getContext('2d').getImageData(
                0, 0, one.width, one.height).data.some((byte) => byte))"""
    )
