"""An accountant imports bank files in a browser, from the journal's card on.

dev/test tests/e2e/test_coda_import.py        pictures in .dev/coda_import
POM_IMPORT_LINES=20000 dev/test …             the size that large companies have
"""

import os
import time
from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from tests.e2e.gate import shut_after
from tests.e2e.harness import DEV, Client, Server, environment, log_in, wake
from tests.simulators.bank import Bank

pytestmark = pytest.mark.e2e

PICTURES = DEV / "coda_import"
LINES = int(os.environ.get("POM_IMPORT_LINES", "1000"))
#: From this on in the background; the default is 2,000.
BACKGROUND = min(500, LINES - 1)
IBAN, OTHER, THIRD = "BE68539007547034", "BE43068999999501", "BE02001234567140"
DAY = date(2026, 11, 2)
CAMT = "account_statement_import_camt"


class Accountant:
    """Someone with a browser, logged in."""

    def __init__(self, page, server):
        self.page, self.url = page, server.url
        log_in(page, self.url)

    def shoot(self, name: str):
        self.page.wait_for_timeout(700)
        self.page.screenshot(path=PICTURES / f"{name}.png")

    def choose(self, data: bytes, name: str):
        """Open the wizard and choose a file in it."""
        page = self.page
        page.goto(f"{self.url}/odoo/action-account_statement_import_file"
                  ".account_statement_import_action")  # fmt: skip
        page.wait_for_selector(".modal #statement_format")
        page.set_input_files(
            ".modal input.o_input_file",
            {"name": name, "mimeType": "application/octet-stream", "buffer": data},
        )
        page.wait_for_function(
            "name => [...document.querySelectorAll('.modal input')]"
            ".some(item => item.value === name)",
            arg=name,
        )

    def press(self, name: str):
        self.page.click(f".modal button[name={name}]")

    def send(self, data: bytes, name: str):
        self.choose(data, name)
        self.press("import_file_button")

    def said(self, words: str) -> str:
        """Wait for a message or a dialog with these words and return it."""
        box = self.page.locator(
            ".o_notification, .modal", has_text=words
        ).first  # fmt: skip
        box.wait_for()
        return box.inner_text()

    def close_message(self):
        """Close the dialog in front of the wizard."""
        self.page.locator(".modal", has_text="Ask your bank").get_by_text(
            "Close", exact=True
        ).click()
        self.page.wait_for_function("document.querySelectorAll('.modal').length == 1")


@contextmanager
def accountant(chromium, server):
    PICTURES.mkdir(exist_ok=True)
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    yield Accountant(page, server)
    page.close()


def counts(name: str) -> tuple[int, int]:
    """Return how many bank lines and statements there are."""
    with environment(name) as env:
        return (
            env["account.bank.statement.line"].search_count([]),
            env["account.bank.statement"].search_count([]),
        )


def test_import_in_browser(world, chromium):
    with environment(world) as env:
        env["ir.config_parameter"].set_param(
            "pom_reconcile.background_lines", str(BACKGROUND)
        )
    with Server(world) as server, accountant(chromium, server) as someone:
        bank = Bank(IBAN, opening_balance="1000.00", holder="Bakkerij De Kat BV")
        import_several_accounts(someone, bank, world)
        import_inconsistent(someone, bank, world)
        import_gap(someone, bank)
        import_empty(someone, bank, world)
        import_camt_twice(someone, server, world)
    import_large(world, chromium)


def day_of(bank: Bank, number: int, payments: int) -> bytes:
    when = DAY + timedelta(days=number)
    for count in range(payments):
        bank.receive(
            f"{10 + count}.00", f"Klant {number}.{count}", "BE62510007547061",
            f"bestelling {number * 1000 + count}", date=when,
        )  # fmt: skip
    return bank.statement(when)


def import_several_accounts(someone, bank, world):
    """Two accounts, one of them unknown: nothing, until its journal is created."""
    data = day_of(bank, 0, 3) + day_of(Bank(OTHER), 0, 2)
    someone.send(data, "two-accounts.cod")
    assert OTHER in someone.said("no bank journal")
    someone.shoot("unknown_account")
    assert counts(world) == (0, 0)
    someone.press("action_pom_create_journals")
    someone.page.wait_for_selector(".o_list_view .o_data_row")
    someone.shoot("several_accounts")
    assert counts(world) == (5, 2)
    someone.send(data, "two-accounts again.cod")
    someone.said("Nothing new in this file")
    someone.shoot("duplicate")
    assert counts(world) == (5, 2)


def import_inconsistent(someone, bank, world):
    data = day_of(bank, 1, 2).replace(b"000000000010000", b"000000000010010", 1)
    someone.send(data, "inconsistent.cod")
    text = someone.said("Ask your bank for the file again")
    assert "Line " in text
    assert "1054.01" in text
    someone.shoot("inconsistent")
    assert counts(world) == (5, 2)
    someone.close_message()
    someone.page.check(".modal .o_field_widget[name=pom_force] input")
    someone.shoot("inconsistent_forced")
    someone.press("import_file_button")
    someone.page.wait_for_selector(".o_list_view .o_data_row")
    assert counts(world) == (7, 3)
    with environment(world) as env:
        forced = env["pom.statement.received"].search([("forced", "=", True)])
        assert "1054.01" in forced.warnings


def import_gap(someone, bank):
    day_of(bank, 2, 2)  # Lost on its way.
    someone.send(day_of(bank, 3, 1), "after-the-gap.cod")
    someone.page.wait_for_selector(".o_list_view .o_data_row")
    someone.page.goto(
        f"{someone.url}/odoo/action-account.open_account_journal_dashboard_kanban"
    )
    gaps = someone.page.locator("[name=action_pom_gaps]").first
    gaps.wait_for()
    someone.shoot("gap")
    gaps.click()
    someone.page.wait_for_selector(".o_list_view .o_data_row")
    someone.shoot("gap_statements")


def import_empty(someone, bank, world):
    before = counts(world)
    someone.send(bank.statement(DAY + timedelta(days=4)), "empty.cod")
    someone.said("without transactions")
    someone.shoot("empty")
    assert counts(world) == before
    someone.page.goto(f"{someone.url}/odoo/action-pom_reconcile"
                      ".pom_statement_received_action")  # fmt: skip
    someone.page.wait_for_selector(".o_list_view .o_data_row:has-text('empty.cod')")
    someone.shoot("received")


def import_camt_twice(someone, server, world):
    """Through OCA's own module, which keeps no track of what it has imported."""
    client = Client(server)
    module = client.call("ir.module.module", "search", [("name", "=", CAMT)])
    assert module, "dev/setup has not installed OCA's addons"
    client.call("ir.module.module", "button_immediate_install", module)
    before = counts(world)
    someone.send(camt().encode(), "camt.xml")
    someone.page.wait_for_selector(".o_list_view .o_data_row")
    lines, statements = counts(world)
    assert (lines - before[0], statements - before[1]) == (3, 1)
    someone.send(camt().encode(), "camt again.xml")
    someone.said("Nothing new in this file")
    # The same day in a file of its own, one payment more, in another order.
    someone.send(camt(more=True).encode(), "camt more.xml")
    someone.page.wait_for_selector(".o_list_view .o_data_row")
    someone.shoot("camt")
    assert counts(world) == (lines + 1, statements + 1)


def entry(amount: str, name: str, text: str) -> str:
    return f"""
      <Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
        <BookgDt><Dt>2026-11-20</Dt></BookgDt><ValDt><Dt>2026-11-20</Dt></ValDt>
        <NtryDtls><TxDtls>
          <RltdPties><Dbtr><Nm>{name}</Nm></Dbtr></RltdPties>
          <RmtInf><Ustrd>{text}</Ustrd></RmtInf>
        </TxDtls></NtryDtls></Ntry>"""


def camt(more: bool = False) -> str:
    """A statement with two equal payments and another one, or one more, reordered."""
    entries = [
        entry("10.00", "Marie", "the same"),
        entry("10.00", "Marie", "the same"),
        entry("25.50", "Luc", "another"),
    ]
    if more:
        entries = [*reversed(entries), entry("1.00", "Omer", "one more")]
    end = "5046.50" if more else "5045.50"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>
  <GrpHdr><MsgId>1</MsgId><CreDtTm>2026-11-20T18:00:00</CreDtTm></GrpHdr>
  <Stmt><Id>2026-{"2" if more else "1"}</Id><CreDtTm>2026-11-20T18:00:00</CreDtTm>
    <Acct><Id><IBAN>{OTHER}</IBAN></Id><Ccy>EUR</Ccy></Acct>
    {balance("OPBD", "5000.00")}{balance("CLBD", end)}
    {"".join(entries)}
  </Stmt></BkToCstmrStmt></Document>"""


def balance(code: str, amount: str) -> str:
    return f"""<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>
      <Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>
      <Dt><Dt>2026-11-20</Dt></Dt></Bal>"""


def import_large(world, chromium):
    """In the background; the server is killed in the middle and started again."""
    with environment(world) as env:
        env["account.journal"].create(
            {"name": "Large", "type": "bank", "bank_acc_number": THIRD}
        )
    bank, before = Bank(THIRD), counts(world)
    for number in range(LINES):
        bank.receive("10.00", f"Klant {number % 97}", text_of(number), date=DAY)
    data = bank.statement(DAY)
    server = Server(world).start()
    half = shut_after(world, "account_bank_statement_line", LINES // 2)
    try:
        with accountant(chromium, server) as someone, half:
            someone.send(data, "large.cod")
            someone.page.wait_for_selector(".o_form_view [name=progress]")
            done = wait_for(world, lambda job: job.done_lines >= LINES // 10)
            server.kill()
            someone.shoot("progress")
        killed = counts(world)[0] - before[0]
        assert 0 < killed < LINES, (killed, done)
        server.start()
        with accountant(chromium, server) as someone:
            someone.page.goto(f"{server.url}/odoo/action-pom_reconcile"
                              ".pom_statement_import_action")  # fmt: skip
            someone.page.click(".o_data_row:has-text('large.cod')")
            someone.page.wait_for_selector(".o_form_view [name=progress]")
            someone.shoot("resumed")
            wait_for(world, lambda job: job.state not in ("waiting", "running"))
            # The form follows by itself.
            someone.page.wait_for_selector(
                ".o_statusbar_status .o_arrow_button_current:has-text('Done')"
            )
            someone.shoot("done")
    finally:
        server.stop()
    with environment(world) as env:
        job = env["pom.statement.import"].search([])
        assert (job.state, job.done_lines) == ("done", LINES)
        assert not job.message
        lines = env["account.bank.statement.line"].search(
            [("journal_id.bank_account_id.sanitized_acc_number", "=", THIRD)]
        )
        assert len(lines) == len(set(lines.mapped("unique_import_id"))) == LINES
        assert lines.statement_id == job.statement_ids
        assert job.statement_ids.is_complete
        assert sum(lines.mapped("amount")) == 10 * LINES
        print(f"{LINES} lines: {killed} before the kill, {job.rate:.0f} a second")


def text_of(number: int) -> str:
    return f"FACTUUR {number:06d}"


def wait_for(world, holds, timeout=1800):
    """Wait until the only background import is as asked for; return its lines."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        with environment(world) as env:
            job = env["pom.statement.import"].search([])
            if job and holds(job):
                return job.done_lines
        wake(world)
        time.sleep(0.1)
    raise AssertionError("the import in the background doesn't get on")
