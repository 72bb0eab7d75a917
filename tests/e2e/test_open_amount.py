"""A link for an open amount, from the poster on a wall to the thanks: its code is
scanned as a camera reads it, on the screen and from the printed page, and whoever
follows it chooses an amount and pays, in each language.

Pictures are kept in ``.dev/open_amount``.
"""

import subprocess

import pytest
import requests

from tests.e2e import company
from tests.e2e.harness import DEV, PHONE, Server, environment
from tests.e2e.test_webshop import subscribe
from tests.scanning import scanned
from tests.simulators.bancontact_pro import BancontactPro

pytestmark = pytest.mark.e2e
SHOTS = DEV / "open_amount"
#: By language: what is said of whose payment it is, and what an invoice is called.
WORDS = {
    "en_US": ("Your payment to", "Invoice"),
    "nl_BE": ("Uw betaling aan", "Factuur"),
    "fr_BE": ("Votre paiement à", "Facture"),
    "de_DE": ("Ihre Zahlung an", "Rechnung"),
}
PURPOSE = "Een nieuw dak"


def make_link(server, key):
    answer = requests.post(
        f"{server.url}/pom/api/v1/open-links",
        json={"name": PURPOSE, "least": "5", "most": "250", "suggested": ["10", "25"]},
        headers={"Authorization": f"Bearer {key}"},
        timeout=60,
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


def printed(page, folder):
    """The page as the printer gets it.

    :return: its first sheet, as PNG
    """
    paper = folder / "poster.pdf"
    paper.write_bytes(page.pdf(format="A4", print_background=True))
    sheet = folder / "poster"
    subprocess.run(
        ["pdftoppm", "-png", "-r", "150", "-singlefile", paper, sheet], check=True
    )
    return sheet.with_suffix(".png").read_bytes()


def test_from_the_poster_to_the_thanks(world, chromium, tmp_path):
    SHOTS.mkdir(exist_ok=True)
    with BancontactPro() as psp, Server(world) as server:
        way = company.configure(world, server, psp)
        link = make_link(server, subscribe(world, False))
        for size in ({"viewport": {"width": 1440, "height": 900}}, PHONE):
            page = chromium.new_page(**size)
            page.goto(link["poster"])
            assert scanned(page.screenshot(full_page=True)) == link["page"]
            page.screenshot(
                path=SHOTS / f"poster-{size['viewport']['width']}.png", full_page=True
            )
            assert scanned(printed(page, tmp_path)) == link["page"]
            page.close()
        for language in WORDS:
            give(chromium, link, language)
        paid(world, server, psp, way)


def give(chromium, link, language):
    """Choose an amount, and read what the page says that one gets to."""
    ours, invoice = WORDS[language]
    page = chromium.new_page(**{**PHONE, "locale": language.replace("_", "-")})
    page.goto(f"{link['page']}?lang={language}")
    page.screenshot(path=SHOTS / f"amount-{language}.png", full_page=True)
    page.fill("input[name=amount]", "25")
    page.fill("input[name=name]", f"Marie {language}")
    page.click("button[type=submit]")
    page.wait_for_selector("#request")
    page.screenshot(path=SHOTS / f"pay-{language}.png", full_page=True)
    card = page.inner_text("#request")
    assert ours in card, card
    assert card.count(PURPOSE) == 1, card
    assert invoice not in card, card
    page.close()


def paid(world, server, psp, way):
    """Each of them is a debt of its own, of which one is paid here."""
    with environment(world) as env:
        moves = env["pom.open.link"].search([]).move_ids.sorted("id")
        assert len(moves) == len(WORDS)
        assert len(moves.partner_id) == len(WORDS)
        first, url = moves[0].id, moves[0].pom_payment_url
    psp.pay(company.begin(url, way).rpartition("/")[2])
    states = company.wait_until_paid(world, first)
    assert states[0] == "paid"
