"""The way of ten invoices: asked by mail, paid with Bancontact, by QR and by transfer.

Nothing is pretended: the server is Odoo, mail goes over SMTP, a browser opens the link,
the bank writes a CODA file. Only the provider and the bank are simulators, on loopback.
"""

import base64
import datetime
import json
import logging
import os
import re
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import psycopg2

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from dev.world import CUSTOMERS, IBAN  # noqa: E402
from tests import clock  # noqa: E402
from tests.company import collect_with  # noqa: E402
from tests.e2e.harness import (  # noqa: E402
    DEV,
    PHONE,
    Client,
    Server,
    browser,
    environment,
    log_in,
)
from tests.simulators.bancontact_pro import BancontactPro  # noqa: E402
from tests.simulators.bank import Bank  # noqa: E402
from tests.simulators.smtp import MailCatcher  # noqa: E402

DATABASE = "pom_demo"
OUTPUT = DEV / "demo"
BANK_TEST_FILE = ROOT.parent / "shared/samples/coda/kbc-test-111-movements.cod"
SYNTHETIC_FILE = ROOT / "tests/samples/coda/communications.cod"


class Story:
    def __init__(self, server, psp, smtp):
        self.server, self.psp, self.smtp = server, psp, smtp
        self.client = Client(server)
        self.bank = Bank(IBAN, holder="BAKKERIJ DE KAT BV", opening_balance="1000.00")
        self.invoices = []
        self.booking_times = []
        self.steps = {}

    # -- steps -------------------------------------------------------------------------

    def post(self):
        """Ten invoices, confirmed in one go."""
        partners = self.client.call(
            "res.partner",
            "search_read",
            [["email", "in", [email for _name, email, _lang, _iban in CUSTOMERS]]],
            ["name", "email"],
        )
        today = clock.today()
        ids = self.client.call(
            "account.move",
            "create",
            [self._invoice(partner, today, n) for n, partner in enumerate(partners, 1)],
        )
        self.client.call("account.move", "action_post", ids)
        fields = ["name", "partner_id", "amount_residual", "payment_reference"]
        rows = self.client.read("account.move", ids, [*fields, "pom_payment_url"])
        emails = {partner["id"]: partner["email"] for partner in partners}
        self.invoices = [
            {**row, "email": emails[row["partner_id"][0]], "asked": "", "paid": "open"}
            for row in rows
        ]
        return all(row["pom_payment_url"] for row in rows)

    def _invoice(self, partner, today, number):
        lines = [("Brood voor de week", 5, 3.2), ("Taart", number, 18.5)]
        return {
            "move_type": "out_invoice",
            "partner_id": partner["id"],
            "invoice_date": today.isoformat(),
            "invoice_date_due": (today + datetime.timedelta(days=30)).isoformat(),
            "invoice_line_ids": [
                [0, 0, {"name": name, "quantity": quantity, "price_unit": price}]
                for name, quantity, price in lines
            ],
        }

    def send(self):
        """Odoo's own Send, as the accountant clicks it, over SMTP."""
        for invoice in self.invoices:
            wizard = self.client.call(
                "account.move.send.wizard",
                "create",
                {"move_id": invoice["id"]},
                context={"active_model": "account.move", "active_ids": [invoice["id"]]},
            )
            self.client.call(
                "account.move.send.wizard", "action_send_and_print", wizard
            )
            invoice["asked"] = "e-mail"
        for invoice in self.invoices:
            mail = self.smtp.wait_for(to=invoice["email"], timeout=60)[0]
            invoice["mail"] = mail
            (OUTPUT / "mail.html").write_text(mail.html)
        pdf = next(iter(self.invoices[0]["mail"].attachments.values()))
        (OUTPUT / "invoice.pdf").write_bytes(pdf)
        return all(i["pom_payment_url"] in i["mail"].html for i in self.invoices)

    def pay_by_link(self, chromium):
        """The first debtor follows the link in the mail and pays with Bancontact."""
        invoice = self.invoices[0]
        link = re.search(r'href="(http[^"]+/p/[0-9A-Z]{26})[?"]', invoice["mail"].html)
        self._show_mail(chromium, invoice["mail"].html)
        return self._pay(chromium, invoice, link.group(1), "link in e-mail")

    def pay_by_qr(self, chromium):
        """The second scans the code on the PDF with a phone."""
        invoice = self.invoices[1]
        pdf = next(iter(invoice["mail"].attachments.values()))
        codes = decode(pdf, "invoice_scanned")
        link = next(code for code in codes if code.startswith("http"))
        return link == invoice["pom_payment_url"] and self._pay(
            chromium, invoice, link, "QR on the PDF"
        )

    def _pay(self, chromium, invoice, link, how):
        page = chromium.new_page(**PHONE)
        page.goto(link)
        page.screenshot(
            path=OUTPUT / f"page_{how[:2].lower()}_open.png", full_page=True
        )
        page.click("button.first")
        page.wait_for_url(f"{self.psp.url}/**")
        page.screenshot(path=OUTPUT / "bancontact.png")
        started = time.monotonic()
        with Watch(invoice["id"]) as watch:
            page.click("button[value=pay], button:has-text('Pay')")
            page.wait_for_selector(".state.paid", timeout=60_000)
        page.screenshot(
            path=OUTPUT / f"page_{how[:2].lower()}_paid.png", full_page=True
        )
        page.close()
        invoice["seconds"] = round(time.monotonic() - started, 2)
        invoice["paid"] = f"Bancontact, {how}"
        self.booking_times.append(watch.seconds())
        return self._state(invoice) == "paid"

    def _show_mail(self, chromium, html):
        page = chromium.new_page(viewport={"width": 700, "height": 1000})
        page.set_content(html)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=OUTPUT / "mail.png", full_page=True)
        page.close()

    def pay_by_transfer(self):
        """The third pays from the own bank; the day's CODA file is imported."""
        invoice = self.invoices[2]
        name, _email, _lang, iban = CUSTOMERS[2]
        self.bank.receive(
            f"{invoice['amount_residual']:.2f}",
            name,
            iban,
            invoice["payment_reference"],
        )
        started = time.monotonic()
        self._import(self.bank.statement(), "today.cod")
        invoice["seconds"] = round(time.monotonic() - started, 2)
        invoice["paid"] = "bank transfer, CODA"
        return self._state(invoice) == "paid"

    def import_bank_file(self):
        """A bank's own test file, or ours where that isn't at hand."""
        file = BANK_TEST_FILE
        if not file.exists():
            file = SYNTHETIC_FILE
        make_journals(file)
        before = self._lines()
        self._import(file.read_bytes(), file.name)
        self.steps["bank_file"] = {"file": file.name, "lines": self._lines() - before}
        return self._lines() > before

    def _lines(self):
        return self.client.call("account.bank.statement.line", "search_count", [])

    def _import(self, data, name):
        wizard = self.client.call(
            "account.statement.import",
            "create",
            {
                "statement_file": base64.b64encode(data).decode(),
                "statement_filename": name,
            },
        )
        self.client.call("account.statement.import", "import_file_button", [wizard])

    def _state(self, invoice):
        row = self.client.read("account.move", [invoice["id"]], ["payment_state"])[0]
        return row["payment_state"]

    def look(self, chromium):
        """Pictures of what the accountant sees."""
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        log_in(page, self.server.url)
        for name, address, mark in (
            (
                "list",
                "/odoo/action-account.action_move_out_invoice_type",
                ".o_data_row",
            ),
            (
                "form",
                f"/odoo/action-account.action_move_out_invoice_type/{self.invoices[0]['id']}",
                ".o_form_view .o_pom_payment_status",
            ),
        ):
            page.goto(self.server.url + address)
            page.wait_for_selector(mark, timeout=60_000)
            page.wait_for_timeout(500)
            page.screenshot(path=OUTPUT / f"{name}.png")
        page.close()
        return True

    # -- telling -----------------------------------------------------------------------

    def play(self):
        with browser() as chromium:
            for step, action in (
                ("posted", self.post),
                ("sent", self.send),
                ("paid_by_link", lambda: self.pay_by_link(chromium)),
                ("paid_by_qr", lambda: self.pay_by_qr(chromium)),
                ("paid_by_coda", self.pay_by_transfer),
                ("bank_file", self.import_bank_file),
                ("pictures", lambda: self.look(chromium)),
            ):
                held = bool(action())
                self.steps.setdefault(step, held)
                if not held:
                    self.steps[step] = False
                    break
        return self.result()

    def result(self):
        paid = [i for i in self.invoices if i["paid"] != "open"]
        states = {i["id"]: self._state(i) for i in self.invoices}
        return {
            "ok": all(self.steps.values()) and len(self.steps) == 7,
            "steps": self.steps,
            "paid_by_webhook": sum("link" in i["paid"] for i in paid),
            "paid_by_qr": sum("QR" in i["paid"] for i in paid),
            "paid_by_coda": sum("CODA" in i["paid"] for i in paid),
            "open": sum(state == "not_paid" for state in states.values()),
            "webhook_to_paid_s": self.webhook_to_paid(),
        }

    def webhook_to_paid(self):
        """Seconds between a stored event and the paid invoice, worst of all."""
        return max(self.booking_times, default=None)


class Watch(threading.Thread):
    """Sees in the database when the provider's event arrives and when the invoice is
    paid: Odoo's own times are in whole seconds.
    """

    EVENTS = "SELECT count(*) FROM pom_webhook_event"
    PAID = "SELECT payment_state = 'paid' FROM account_move WHERE id = %s"
    EVERY = 0.005

    def __init__(self, move_id):
        super().__init__(daemon=True)
        self.move_id = move_id
        self.stored = self.paid = None
        self.over = threading.Event()

    def run(self):
        with closing(psycopg2.connect(dbname=DATABASE)) as connection:
            connection.autocommit = True
            cursor = connection.cursor()
            before = self._ask(cursor, self.EVENTS)
            while not (self.paid or self.over.wait(self.EVERY)):
                if not self.stored and self._ask(cursor, self.EVENTS) > before:
                    self.stored = time.monotonic()
                if self.stored and self._ask(cursor, self.PAID, self.move_id):
                    self.paid = time.monotonic()

    def _ask(self, cursor, query, *values):
        cursor.execute(query, values)
        return cursor.fetchone()[0]

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.over.set()
        self.join()

    def seconds(self):
        return self.paid and round(self.paid - self.stored, 3)


def decode(pdf, name):
    """Texts of the QR codes on the first page, as a scanner sees it at 150 dpi."""
    file = OUTPUT / f"{name}.pdf"
    file.write_bytes(pdf)
    base = str(file.with_suffix(""))
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-singlefile", str(file), base], check=True
    )
    scan = subprocess.run(
        ["zbarimg", "-q", "--raw", f"{base}.png"],
        capture_output=True,
        text=True,
        check=True,
    )
    return scan.stdout.splitlines()


def make_journals(file):
    """A bank journal for every account in the file that has none."""
    from odoo.addons.pom_reconcile.formats import read_any  # noqa: PLC0415

    with environment(DATABASE) as env:
        journals = env["account.journal"]
        known = {
            account.sanitized_acc_number
            for account in journals.search([("type", "=", "bank")]).bank_account_id
        }
        for statement in read_any(file.read_bytes(), file.name):
            if statement.account in known:
                continue
            known.add(statement.account)
            journals.create(
                {
                    "name": f"Bank {statement.account[-4:]}",
                    "type": "bank",
                    "code": f"B{len(known):03d}",
                    "currency_id": env["res.currency"]
                    .with_context(active_test=False)
                    .search([("name", "=", statement.currency)])
                    .id,
                    "bank_acc_number": statement.account,
                }
            )


def configure(server, psp, smtp):
    """Point the company at the simulators, as an administrator would."""
    with environment(DATABASE) as env:
        env["ir.config_parameter"].set_param("web.base.url", server.url)
        env["ir.config_parameter"].set_param("report.url", server.url)
        env["ir.mail_server"].create(
            {"name": "SMTP", "smtp_host": smtp.host, "smtp_port": smtp.port}
        )
        collect_with(env, psp, state="test")


def tell(story, result):
    for invoice in story.invoices:
        seconds = invoice.get("seconds")
        print(
            f"{invoice['name']:<16} {invoice['partner_id'][1]:<28} "
            f"{invoice['amount_residual']:>9.2f}  asked by {invoice['asked']:<7} "
            f"{invoice['paid']}" + (f", {seconds} s" if seconds else "")
        )
    print(f"Pictures, mail and PDF: {OUTPUT}")
    return result


def main():
    OUTPUT.mkdir(parents=True, exist_ok=True)
    port = int(os.environ.get("PORT", 0))
    headless = os.environ.get("HEADLESS")
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    server = Server(DATABASE, port=port or (0 if headless else 8069))
    with BancontactPro() as psp, MailCatcher() as smtp:
        configure(server, psp, smtp)
        with server:
            story = Story(server, psp, smtp)
            result = tell(story, story.play())
            if not headless:
                linger(server, story)
    print(json.dumps(result))
    return 0 if result["ok"] else 1


def linger(server, story):
    still_open = next(i for i in story.invoices if i["paid"] == "open")
    print(
        f"\nBack office:  {server.url}/odoo   (login admin, password admin)\n"
        f"A debtor:     {still_open['pom_payment_url']}\n"
        "Ctrl-C ends it."
    )
    try:
        while server.process.poll() is None:
            time.sleep(1)
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    sys.exit(main())
