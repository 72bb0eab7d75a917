"""Letters to debtors as an accountant prints them: chosen in the list of messages, one
file for the printer, each on one page with its address in the window. With the style
sheets that a running server hands to the PDF engine.
"""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from tests.clock import today
from tests.e2e.harness import DEV, Server, environment, log_in
from tests.odoo.paper import place_of

pytestmark = pytest.mark.e2e

ROWS = ".o_data_row:has(td[name=channel]:text-is('Letter'))"


def test_letters_are_printed_from_the_list_of_messages(world, chromium):
    with environment(world) as env:
        letters(env)
    with Server(world, crons=0) as server:
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        log_in(page, server.url)
        page.goto(f"{server.url}/odoo/action-pom_message.pom_delivery_action")
        page.wait_for_selector(ROWS)
        assert page.locator(ROWS).count() == 2
        assert nothing_cut(page) == []
        for box in page.locator(f"{ROWS} .o_list_record_selector input").all():
            box.click()
        with page.expect_download() as download:
            page.click("button[name=action_print_letters]")
        file = DEV / "letters_printed.pdf"
        download.value.save_as(file)
        page.wait_for_selector(f"{ROWS}:has-text('Sent')")
        page.screenshot(path=DEV / "letters_printed.png")
        page.close()
    pdf = file.read_bytes()
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 2, "one each"
    left, top = place_of(pdf, "Jan", below=40)
    assert (abs(left - 110) < 3, abs(top - 45) < 3) == (True, True), (left, top)
    left, _top = place_of(pdf, "Marktplein")
    assert abs(left - 110) < 3, left
    with environment(world) as env:
        assert set(env["pom.delivery"].search([]).mapped("state")) == {"sent"}


def letters(env):
    """One about an invoice, one about four of a debtor with a long name and street."""
    env["pom.delivery"]._ask(
        [
            asked(env, "Gegroepeerd Peeters-Vandenbroucke", 4),
            asked(env, "Jan Janssens", 1),
        ]
    )._send()


def asked(env, name, count):
    partner = env["res.partner"].create(
        {
            "name": name,
            "lang": "nl_BE",
            "street": "Marktplein 117 bus 0401",
            "zip": "9000",
            "city": "Gent",
            "country_id": env.ref("base.be").id,
        }
    )
    due = today() - timedelta(days=20)
    moves = env["account.move"].create(
        [
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": due,
                "invoice_date_due": due,
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    (0, 0, {"name": "Brood", "price_unit": 50 + n, "tax_ids": [(5,)]})
                ],
            }
            for n in range(count)
        ]
    )
    moves._post()
    level = env.ref("pom_reminder.level_consumer_second")
    return {
        "kind": "reminder",
        "channel": "letter",
        "partner_id": partner.id,
        "company_id": env.company.id,
        "moves": moves,
        "level_id": level.id,
        "policy_id": level.policy_id.id,
        "fee": 7.5,
    }


def nothing_cut(page):
    """What of days and states doesn't fit into its column."""
    return page.evaluate(
        """() => [...document.querySelectorAll(
            "td[name=create_date], td[name=state], td[name=state] .badge")]
            .filter((cell) => cell.scrollWidth > cell.clientWidth)
            .map((cell) => cell.innerText)"""
    )
