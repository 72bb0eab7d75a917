"""*Payments → Overview* in a browser: each number is clicked, and the list behind it
has as many rows, or adds up to as much, as the number says. Of two choices, one soon
after the other, the last is shown.
"""

import re
from statistics import median_low

import pytest

from tests.e2e.harness import Server, environment
from tests.e2e.overview_books import SMS, make_books
from tests.e2e.test_overview import Reader, wait_for_text

pytestmark = pytest.mark.e2e

#: What stands in each row of a list, by the names of its columns.
ROWS = """() => [...document.querySelectorAll('.o_list_view .o_data_row')].map(
    (row) => Object.fromEntries([...row.querySelectorAll('td[name]')].map(
        (cell) => [cell.getAttribute('name'), cell.innerText.trim()])))"""
#: All doors of the page, and what is written on each.
NUMBERS = """() => [...document.querySelectorAll('[data-door]')].map((one) => [
    one.dataset.door, (one.querySelector('.o_pom_number') || one).innerText.trim()])"""
SECTIONS = {"to_do", "money", "account", "history", "late"}
#: Of which the list shows the sum that is told in parts of something else.
REMINDERS = ("history.reminded", "history.cost")
#: These are shown without decimals.
PERCENTS = ("history.on_time", "history.quick", "history.unreminded", REMINDERS[0])
ROUNDED = 0.5


def test_each_number_is_a_door(world, chromium):
    with environment(world) as env:
        make_books(env)
    with Server(world, crons=0) as server:
        reader = Reader(chromium, server, "desk")
        page = reader.page
        page.goto(f"{server.url}/odoo/payments-overview")
        page.wait_for_selector("[data-table=account]")
        said = {}
        for door, text in page.evaluate(NUMBERS):
            said.setdefault(door, []).append(number(text))
        assert {door.split(".")[0] for door in said} == SECTIONS
        assert len(said) > 40, sorted(said)
        behind = {door: enter(page, door) for door in said}
        whole = Whole(world, behind)
        told = {door: whole.told_by(door, rows) for door, rows in behind.items()}
        assert {
            door: (numbers, told[door])
            for door, numbers in said.items()
            if numbers != pytest.approx(told[door], abs=whole.within(door))
        } == {}
        last_choice_is_shown(page)
        assert reader.errors == []


def enter(page, door):
    """Click, read what is behind it, and go back.

    :rtype: list[dict]
    """
    page.locator(f"[data-door='{door}']").first.click()
    page.wait_for_selector(".o_list_view .o_list_table, .o_pom_queue [data-left]")
    rows = page.evaluate(ROWS)
    if page.locator(".o_pom_queue").count():
        # One line at a time, and how many are left.
        rows = [{}] * int(page.get_attribute(".o_pom_queue [data-left]", "data-left"))
    page.go_back()
    page.wait_for_selector("[data-table=account]")
    return rows


def number(text):
    """Of "€ 1,234.50", "50 %", "12 days" or "–"."""
    return float(re.sub(r"[^\d.-]", "", text) or 0)


def total(rows, column):
    return round(sum(number(row[column]) for row in rows), 2)


class Whole:
    """The period's rows, of which those behind most doors are a part."""

    def __init__(self, world, behind):
        rows = behind["history.all"]
        self.count = len(rows)
        self.asked = len(behind["history.asked"])
        self.recovered = total(behind["history.recovered"], "amount")
        self.paid = sum(bool(row["paid_date"]) for row in rows)
        self.invoices = len({row["move_id"] for row in rows})
        names = [row["move_id"].split(" ")[0] for row in rows]
        with environment(world) as env:
            today = env.company._pom_today()
            moves = env["account.move"].search([("name", "in", names)])
            self.unripe = sum(
                move.amount_residual > 0 and move.invoice_date_due >= today
                for move in moves
            )
        days = [
            number(row["days_to_pay"]) if row["paid_date"] else 10_000 for row in rows
        ]
        self.days = median_low(days)

    def within(self, door):
        return ROUNDED if door in PERCENTS else 0.006

    def told_by(self, door, rows):
        """What is to be read on a door.

        :rtype: list[float]
        """
        section, name = door.split(".")[:2]
        if door in (*PERCENTS, *REMINDERS):
            return self._shares(door, rows)
        if door == "history.all":
            return [self.days]
        if (section, name) == ("money", "age"):
            return [total(rows, "residual"), len(rows)]
        if door == "account.balance":
            return [total(rows, "debit") - total(rows, "credit")]
        sums = {"money.disputed": "disputed", "history.recovered": "amount",
                "history.claimed": "claimed"}  # fmt: skip
        if door in sums or section in ("money", "account", "late"):
            return [total(rows, sums.get(door, "residual"))]
        return [len(rows)]

    def _shares(self, door, rows):
        """Of doors on which a part of something is told."""
        reminders = total(rows, "reminders") if door in REMINDERS else 0
        ripe = self.count - self.unripe
        return {
            "history.on_time": [100 * len(rows) / ripe],
            "history.quick": [100 * len(rows) / self.asked],
            "history.unreminded": [100 * len(rows) / self.paid],
            "history.reminded": [100 * reminders / self.invoices],
            "history.cost": [100 * SMS * reminders / self.recovered],
        }[door]


def last_choice_is_shown(page):
    """The answer to the first comes after that to the second."""
    held = []

    def hold(route):
        if route.request.post_data_json["params"]["args"][0]["period"] == "month":
            held.append(route)
        else:
            route.continue_()

    page.route("**/pom.overview/load", hold)
    # Busy from the next drawing on: not before there is an answer.
    with page.expect_response("**/pom.overview/load"):
        page.evaluate(
            """() => {
                const choice = document.querySelector('select[name=period]');
                for (const period of ['month', 'all']) {
                    choice.value = period;
                    choice.dispatchEvent(new Event('change'));
                }
            }"""
        )
    page.wait_for_selector("main[data-busy='0']")
    shown = page.inner_text("[data-table=funnel] tbody")
    assert page.input_value("select[name=period]") == "all"
    with page.expect_response("**/pom.overview/load"):
        held[0].continue_()
    page.wait_for_timeout(300)
    wait_for_text(page, "[data-table=funnel] tbody", shown)
    assert page.input_value("select[name=period]") == "all"
    page.unroute("**/pom.overview/load")
