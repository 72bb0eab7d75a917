"""Each way to pay that the page offers, on a phone: now, on the due day, in parts,
every time. What is booked and kept of it, and what is mailed: one language is gone
through whole, of the others the choice and the words that are agreed to.
"""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from odoo.fields import Datetime

from tests.clock import today
from tests.e2e import charge_pictures
from tests.e2e.charge_pictures import LIMITS, WAYS, Payer, owed
from tests.e2e.harness import DEV, PHONE, environment
from tests.e2e.mail_pages import address
from tests.e2e.test_page_states import VISITS, overflow

pytestmark = pytest.mark.e2e

NAME = "pom_charge_ways"
SHOTS = DEV / "ways"
WHOLE = "nl_BE"
OTHERS = [language for language, _phone in VISITS if language != WHOLE]
#: Of 121.00, with the odd cents in the first.
PARTS = [40.34, 40.33, 40.33]
#: What one chooses from, but for now: on its day, in parts, every time.
CHOICES = {
    "en_US": ("automatically", "In up to 3 parts", "Automatically, every time"),
    "fr_BE": (
        "Automatiquement le",
        "En 3 fois au maximum",
        "Automatiquement, à chaque fois",
    ),
    "de_DE": ("Automatisch am", "In bis zu 3 Raten", "Automatisch, jedes Mal"),
}
#: What must be in the words, in each language: that a bank gives it back for so long.
REFUND = {
    "en_US": "within eight weeks",
    "nl_BE": "binnen acht weken",
    "fr_BE": "huit semaines",
    "de_DE": "acht Wochen",
}


@pytest.fixture(scope="module")
def house(chromium):
    """A server; somebody in Dutch has paid in each way, and is told of it."""
    SHOTS.mkdir(exist_ok=True)
    with charge_pictures.house(NAME) as server:
        with environment(NAME) as env:
            urls = {way: owed(env, way, WHOLE) for way in WAYS}
            urls |= {lang: owed(env, "due", lang) for lang in OTHERS}
        server.urls, server.payers, server.began = urls, {}, Datetime.now()
        with server:
            for way in WAYS:
                server.payers[way] = pay(chromium, server, way)
            yield server


def pay(chromium, server, way):
    phone = chromium.new_context(**PHONE).new_page()
    payer = Payer(phone, way, WHOLE, look_at)
    payer.state = payer.pay(server.urls[way])
    phone.context.close()
    return payer


def look_at(page, name):
    assert overflow(page) <= 0, name
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


@pytest.fixture
def env(house):
    with environment(NAME) as env:
        yield env


def debt(env, url):
    token = url.rpartition("/")[2]
    return env["pom.paylink"].search([("token", "=", token)]).move_id


def consent_of(move):
    return move.env["pom.charge.consent"].search([("move_id", "=", move.id)])


def asked(house, attempt):
    """What the provider was asked for."""
    return house.psp.payment(attempt.provider_reference).asked


def words(text):
    return " ".join(text.split())


# -- what is booked --------------------------------------------------------------------


def test_now(house, env):
    move = debt(env, house.urls["now"])
    [attempt] = move.transaction_ids
    assert house.payers["now"].state == move.payment_state == "paid"
    assert (attempt.state, attempt.amount) == ("done", 121)
    assert asked(house, attempt)["amount"]["value"] == "121.00"
    assert not attempt.token_id
    assert not consent_of(move)
    assert not move.pom_charge_ids


def test_on_the_due_day(house, env):
    move = debt(env, house.urls["due"])
    consent, [charge] = consent_of(move), move.pom_charge_ids
    assert house.payers["due"].state == move.pom_payment_status == "collected"
    assert move.payment_state == "not_paid"
    assert (consent.kind, consent.state, consent.hint) == ("due", "active", "6787")
    assert asked(house, consent.transaction_ids)["amount"]["value"] == "0.00"
    assert charge.amount == 121
    # The next working day.
    late = charge.day - (today() + timedelta(WAYS["due"]))
    assert timedelta(0) <= late < timedelta(5)
    assert consent.with_context(lang=WHOLE)._day(charge.day) in consent.wording


def test_in_three_parts(house, env):
    move = debt(env, house.urls["plan"])
    plan, consent = move.pom_plan_id, consent_of(move)
    assert house.payers["plan"].state == "collected"
    assert (plan.state, plan.wished_by) == ("active", "debtor")
    assert plan.line_ids.mapped("amount") == PARTS
    charges = move.pom_charge_ids.sorted("day")
    assert charges.mapped("amount") == PARTS
    assert charges.mapped("part_day") == plan.line_ids.mapped("day")
    spoken = consent.with_context(lang=WHOLE)
    for charge in charges:
        assert spoken._day(charge.day) in consent.wording
        assert spoken._money(charge.amount, charge.currency_id) in consent.wording


def test_every_time(house, env):
    move = debt(env, house.urls["every"])
    consent = consent_of(move)
    assert house.payers["every"].state == move.payment_state == "paid"
    assert (consent.kind, consent.state) == ("every", "active")
    limits = (consent.most, consent.most_a_month, consent.until.isoformat())
    assert limits == (200, 400, LIMITS["until"])
    assert asked(house, consent.transaction_ids)["sequenceType"] == "first"
    # What is invoiced from now on is charged on its day.
    following = move.copy({"invoice_date": today()})
    following.action_post()
    [charge] = following.pom_charge_ids
    assert (charge.consent_id, charge.amount) == (consent, 121)
    assert following.pom_payment_status == "collected"


# -- what is kept, and mailed ----------------------------------------------------------


@pytest.mark.parametrize("way", ("due", "plan", "every"))
def test_the_words_are_kept_as_they_were_read(house, env, way):
    consent = consent_of(debt(env, house.urls[way]))
    assert words(consent.wording) == words(house.payers[way].read)
    assert REFUND[WHOLE] in consent.wording
    assert (consent.lang, consent.version) == (WHOLE, "2026-11-29")
    assert house.began <= consent.agreed_on <= Datetime.now()
    assert "Android" in consent.agent
    assert consent.ip


@pytest.mark.parametrize("way", ("due", "plan", "every"))
def test_they_are_mailed_on_paper(house, env, way):
    consent = consent_of(debt(env, house.urls[way]))
    # Of the plan itself another one was sent before.
    count = 2 if way == "plan" else 1
    mail = house.smtp.wait_for(address(f"{way}-{WHOLE}"), count)[count - 1]
    assert consent.move_id.name in mail.subject
    [content] = mail.attachments.values()
    (SHOTS / f"{way}.pdf").write_bytes(content)
    pages = PdfReader(io.BytesIO(content)).pages
    printed = words(" ".join(page.extract_text() for page in pages))
    for paragraph in consent.wording.split("\n"):
        assert words(paragraph) in printed
    when = consent._signed_at()
    for what in (
        consent.partner_id.name,
        f"{when:%H:%M}",
        consent.hint,
        consent.token_id.provider_ref,
        consent.version,
        house.urls[way],
    ):
        assert what in printed, what


# -- in the other languages ------------------------------------------------------------


@pytest.mark.parametrize("lang", OTHERS)
def test_what_is_chosen_and_agreed_to_elsewhere(house, env, chromium, lang):
    phone = chromium.new_context(**PHONE).new_page()
    url, said = house.urls[lang], {}
    for name in ("", "/later/due", "/later/every"):
        phone.goto(f"{url}{name}?lang={lang}")
        look_at(phone, f"{lang}{name.replace('/', '-')}")
        said[name] = words(phone.inner_text("main"))
    assert not phone.is_checked("input[name=agree]")
    phone.context.close()
    consents, move = env["pom.charge.consent"].with_context(lang=lang), debt(env, url)
    for choice in CHOICES[lang]:
        assert choice in said[""]
    # The day and amount as one writes them there.
    parts = move.pom_paylink_id.with_context(lang=lang)._later_parts()
    wording = consents._wording_due(move.company_id, move, parts)
    assert words(wording) in said["/later/due"]
    for name in ("/later/due", "/later/every"):
        assert REFUND[lang] in said[name]
        assert move.company_id.name in said[name]
    assert words(consents._money(150, move.currency_id)) in said["/later/every"]
