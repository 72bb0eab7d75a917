"""An accountant works off 200 bank lines without a mouse.

Pictures are kept in ``.dev/left``.
"""

from itertools import groupby

import pytest
from playwright.sync_api import expect

from tests.e2e import left_lines
from tests.e2e.harness import DEV, Server, environment, log_in

pytestmark = pytest.mark.e2e

LINES = 200
#: One line is taken back and answered anew.
REGRETTED = 7
SHOTS = DEV / "left"


class Desk:
    """The screen, by its keys alone; each waits for what the last one did."""

    def __init__(self, page, url):
        self.page = page
        expect.set_options(timeout=240_000)
        log_in(page, url)
        page.goto(f"{url}/odoo/bank-lines-to-match")

    def wait(self, line_id):
        self.page.wait_for_selector(f"[data-line='{line_id}']:not([data-busy='1'])")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def suggested(self, number):
        self.press("Enter")

    def second(self, number):
        self.press("2")

    def credit(self, number):
        self.press("Enter")
        self.page.wait_for_selector(".o_pom_asking")
        self.press("c")

    def searched(self, number):
        if number < len(left_lines.KINDS):
            # All of what came in is no fee: it's asked on which account it goes.
            self.press("f")
            self.page.wait_for_selector(".o_pom_search")
            self.press("Escape")
            expect(self.page.locator(".o_pom_search")).to_have_count(0)
        self.press("s")
        words = f"Klant {number:03d}"
        expect(self.page.locator(".o_pom_search input")).to_be_focused()
        self.page.keyboard.type(words)
        self.page.wait_for_selector(f".o_pom_search[data-asked='{words}']")
        self.press("Enter")
        self.page.wait_for_selector(".o_pom_basket")
        self.press("Enter")

    def fee(self, number):
        self.press("f")


@pytest.fixture
def page(chromium):
    window = chromium.new_page(viewport={"width": 1440, "height": 900})
    yield window
    window.close()


def test_200_lines_without_a_mouse(world, page):
    SHOTS.mkdir(exist_ok=True)
    with environment(world) as env:
        lines = left_lines.make(env, LINES)
        wanted = [
            (line.id, line.payment_ref.split()[0], number)
            for number, line in enumerate(lines.sorted("internal_index"))
        ]
        assert not lines.filtered("is_reconciled")
    with Server(world, crons=0) as server:
        work_off(Desk(page, server.url), wanted)
        page.wait_for_selector(f"[data-left='0'][data-done='{LINES}']")
        page.screenshot(path=SHOTS / "done.png")
    with environment(world) as env:
        check_books(env["account.bank.statement.line"].browse([w[0] for w in wanted]))


def work_off(desk, wanted):
    for line_id, kind, number in wanted:
        desk.wait(line_id)
        if number < len(left_lines.KINDS):
            desk.page.screenshot(path=SHOTS / f"{number}-{kind}.png")
        getattr(desk, kind)(number)
        if number == REGRETTED:
            desk.wait(wanted[number + 1][0])
            desk.press("u")
            desk.wait(line_id)
            getattr(desk, kind)(number)
    desk.wait(0)


def check_books(lines):
    """Each went where its accountant said, and nowhere else."""
    assert all(lines.mapped("is_reconciled"))
    assert all(
        lines.pom_match_ids.filtered(lambda m: m.state == "matched").mapped("by_hand")
    )
    kind_of = {line: line.payment_ref.split()[0] for line in lines}
    ordered = lines.sorted(lambda line: kind_of[line])
    for kind, same in groupby(ordered, kind_of.get):
        for line in same:
            CHECKS[kind](line, int(line.payment_ref.split()[1]))


def invoices(line, number):
    """Of the debtor that the line is about, the oldest first."""
    return line.env["account.move"].search(
        [
            ("move_type", "=", "out_invoice"),
            ("partner_id.name", "=", f"Klant {number:03d} BV"),
        ],
        order="id",
    )


def residuals(line, number):
    return [round(r, 2) for r in invoices(line, number).mapped("amount_residual")]


def check_first(line, number):
    assert residuals(line, number) == [0, left_lines.price(number)]


def check_second(line, number):
    assert residuals(line, number) == [left_lines.price(number), 0]


def check_credit(line, number):
    assert residuals(line, number) == [0]
    credit = line.move_id.line_ids.filtered(
        lambda item: item.account_type == "asset_receivable" and item.amount_residual
    )
    assert round(credit.amount_residual, 2) == -0.37


def check_part(line, number):
    assert residuals(line, number) == [0.5]


def check_fee(line, number):
    account = line.journal_id._pom_fee_account()
    booked = line.move_id.line_ids.filtered(lambda item: item.account_id == account)
    assert booked.balance == number


CHECKS = {
    "suggested": check_first,
    "second": check_second,
    "credit": check_credit,
    "searched": check_part,
    "fee": check_fee,
}
