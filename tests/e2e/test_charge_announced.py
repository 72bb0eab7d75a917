"""What is mailed before a charge can be read everywhere, and each of its links leads to
where that is done: paying oneself, another day, stopping.
"""

from datetime import timedelta

import pytest
from lxml import html
from playwright.sync_api import expect

from tests.e2e import charge_pictures, page_states
from tests.e2e.charge_run import make
from tests.e2e.harness import DEV, PHONE, environment
from tests.e2e.mail_pages import LANGUAGES, SCHEMES, address, look, shown
from tests.e2e.test_mails import FAINT, OVERFLOW

pytestmark = pytest.mark.e2e

NAME = "pom_charge_announced"
SHOTS = DEV / "announced"
#: By place on the page, who clicks there; in French.
PLACES = {"charge-now": "Anna", "day": "Bert", "charge-stop": "Carl"}
WIDTHS = (360, 600)
#: What one may do instead, in each language.
INSTEAD = {
    "en_US": ["Pay it myself instead", "Choose another day", "Stop it"],
    "nl_BE": ["Liever zelf betalen", "Een andere dag kiezen", "Stoppen"],
    "fr_BE": ["Payer plutôt moi-même", "Choisir un autre jour", "Arrêter"],
    "de_DE": ["Lieber selbst zahlen", "Einen anderen Tag wählen", "Beenden"],
}


@pytest.fixture(scope="module")
def house():
    """The mails by who got them, and the server."""
    SHOTS.mkdir(exist_ok=True)
    with charge_pictures.house(NAME) as server:
        debtors = {lang: lang for lang in LANGUAGES}
        debtors |= dict.fromkeys(PLACES.values(), "fr_BE")
        with environment(NAME) as env:
            charges = [
                announced(env, server.psp, *debtor) for debtor in debtors.items()
            ]
            server.charges = dict(
                zip(debtors, (one.id for one in charges), strict=True)
            )
            env.cr.commit()
            for charge in charges:
                charge._announce_one()
            env["mail.mail"].search([("state", "=", "outgoing")]).send()
        server.mails = {
            debtor: shown(server.smtp.wait_for(address(debtor))[0])
            for debtor in debtors
        }
        with server:
            yield server


def announced(env, psp, debtor, lang):
    """A charge of which its payer is to be told now."""
    partner = page_states.debtor(env, "Marie-Christine Vandenbroucke")
    partner.write({"lang": lang, "email": address(debtor)})
    move = page_states.invoice(env, partner, 100, due=0)
    provider = env["payment.provider"].search([("code", "=", "mollie")], limit=1)
    card = env.ref("payment.payment_method_card")
    charge = make(env, psp, provider, card, move)
    charge.write({"state": "planned", "announce_on": charge.day})
    return charge


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_read_everywhere(house, chromium, lang):
    mail = house.mails[lang]
    for width in WIDTHS:
        for scheme in SCHEMES:
            with look(chromium, mail, width, scheme) as page:
                name = f"{lang}-{width}-{scheme}"
                page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
                assert page.evaluate(OVERFLOW) <= 0, name
                assert page.evaluate(FAINT) == [], name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_says_what_when_and_to_what(house, lang):
    mail = html.fromstring(house.mails[lang])
    said = " ".join(mail.text_content().split())
    links = mail.xpath("//a[contains(@href, '#')]")
    assert [link.text_content() for link in links] == INSTEAD[lang]
    with environment(NAME) as env:
        charge = env["pom.charge"].browse(house.charges[lang]).with_context(lang=lang)
        for what in (
            charge._day_in_words(charge.day),
            charge._amount_in_words(),
            charge.move_id.name,
            "••6787",
        ):
            assert " ".join(what.split()) in said


@pytest.fixture
def phone(chromium):
    context = chromium.new_context(**PHONE)
    yield context.new_page()
    context.close()


def follow(house, phone, place):
    """Tap the link of the mail; what it leads to is on the screen."""
    mail = html.fromstring(house.mails[PLACES[place]])
    [link] = mail.xpath(f"//a[contains(@href, '#{place}')]/@href")
    phone.goto(link)
    phone.locator(f"#{place}").wait_for(state="visible")
    phone.screenshot(path=SHOTS / f"page-{place}.png")
    top = phone.locator(f"#{place}").bounding_box()["y"]
    assert 0 < top < PHONE["viewport"]["height"]


def test_paying_it_oneself(house, phone):
    follow(house, phone, "charge-now")
    with phone.expect_navigation():
        phone.click("#charge-now button")
    phone.screenshot(path=SHOTS / "page-now-after.png", full_page=True)
    with environment(NAME) as env:
        charge = env["pom.charge"].browse(house.charges[PLACES["charge-now"]])
        assert (charge.state, charge.reason) == ("skipped", "payer")
        assert charge.consent_id.state == "active"
        amount = charge.amount
    phone.click("button.first")
    phone.click("button[value=pay]")
    phone.wait_for_selector("body[data-state=planned], body[data-state=collected]")
    with environment(NAME) as env:
        charge = env["pom.charge"].browse(house.charges[PLACES["charge-now"]])
        [attempt] = charge.move_id.transaction_ids
        assert (attempt.state, attempt.amount) == ("done", amount)
        assert not charge.transaction_ids


def test_another_day(house, phone):
    follow(house, phone, "day")
    with environment(NAME) as env:
        charge = env["pom.charge"].browse(house.charges[PLACES["day"]])
        day = charge.part_day + timedelta(14)
        told = len(charge.move_id.pom_delivery_ids)
    phone.fill("#day", day.isoformat())
    with phone.expect_navigation():
        phone.click("form:has(#day) button")
    phone.screenshot(path=SHOTS / "page-day-after.png", full_page=True)
    with environment(NAME) as env:
        charge = env["pom.charge"].browse(house.charges[PLACES["day"]])
        # The next working day, and it will be told anew.
        assert timedelta(0) <= charge.day - day < timedelta(5)
        assert (charge.state, charge.announced_on) == ("planned", False)
        assert len(charge.move_id.pom_delivery_ids) == told


def test_stopping(house, phone):
    follow(house, phone, "charge-stop")
    with phone.expect_navigation():
        phone.click("#charge-stop button")
    phone.screenshot(path=SHOTS / "page-stop-after.png", full_page=True)
    with environment(NAME) as env:
        charge = env["pom.charge"].browse(house.charges[PLACES["charge-stop"]])
        consent = charge.consent_id
        assert (consent.state, consent.reason) == ("stopped", "payer")
        assert set(consent.charge_ids.mapped("state")) == {"stopped"}
        assert not consent.token_id.active
    expect(phone.locator("#charge-now")).to_have_count(0)
