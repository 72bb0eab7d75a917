"""Every screen of the payment page, in every language, on three widths, in Chromium."""

import importlib.resources
import json

import pytest
import requests

from tests.e2e import page_states
from tests.e2e.harness import DEV, Server, browser, database, environment
from tests.simulators.bancontact_pro import BancontactPro

pytestmark = pytest.mark.e2e
DATABASE = "pom_page_states"
LANGUAGES = ("en_US", "nl_BE", "fr_BE", "de_DE")
WIDTHS = (360, 768, 1440)
FORMS = ("question", "dispute", "already_paid", "remind", "contact", "plan")
AXE = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
#: Sentences of the English page: seeing one elsewhere means that it isn't translated.
ENGLISH = ("asks you to pay", "Thank you", "bank transfer", "question", "wrong?")


@pytest.fixture(scope="module")
def pages():
    """Addresses of all screens, on a running server."""
    database("world", DATABASE)
    server = Server(DATABASE)
    with BancontactPro() as psp:
        with environment(DATABASE) as env:
            page_states.set_up(env, server.url, psp)
            addresses = page_states.build(env)
        forms = {f"ask_{kind}": f"{addresses['open']}/ask/{kind}" for kind in FORMS}
        with server:
            yield {**addresses, **forms}
    database("drop", DATABASE)


@pytest.fixture(scope="module")
def chromium():
    with browser() as running:
        yield running


def violations(page):
    page.evaluate(AXE.read_text())
    tags = json.dumps({"runOnly": RULES})
    found = page.evaluate(f"axe.run(document, {tags})")["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


def shoot(page, name):
    folder = DEV / "shots"
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", full_page=True)


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("scheme", ("light", "dark"))
@pytest.mark.parametrize("language", LANGUAGES)
def test_screens(pages, chromium, language, scheme):
    # axe needs eval, which the page's own policy forbids.
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    faults = []
    for name, address in pages.items():
        answer = page.goto(f"{address}?lang={language}")
        assert answer.status == 200, (name, answer.status)
        assert page.get_attribute("html", "lang") == language.replace("_", "-")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if overflow(page) > 0:
                faults.append((name, width, "overflow"))
            if language == "nl_BE" or width == 360:
                shoot(page, f"{name}_{language}_{width}_{scheme}")
        page.evaluate(
            "document.querySelectorAll('details').forEach(d => d.open = true)"
        )
        faults += [(name, *found) for found in violations(page)]
        if language != "en_US":
            text = page.inner_text("main")
            faults += [(name, language, word) for word in ENGLISH if word in text]
    context.close()
    assert not faults, faults


def test_zoom_400_percent(pages, chromium):
    """WCAG 1.4.10: 1280 pixels at 400 % are 320."""
    page = chromium.new_page(viewport={"width": 320, "height": 256})
    for name, address in pages.items():
        page.goto(address)
        assert overflow(page) <= 0, name
    page.close()


def test_policy_and_requests(pages, chromium):
    """Nothing inline runs, nobody else is asked, nothing is reported as blocked."""
    page = chromium.new_page()
    complaints, asked = [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    for address in pages.values():
        answer = page.goto(address, wait_until="networkidle")
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
    page.close()
    assert not complaints
    host = pages["open"].split("/p/")[0]
    assert {url for url in asked if not url.startswith((host, "data:"))} == set()


def digest(name):
    """The rows that a page could change, as they are."""
    tables_ = ("pom_paylink", "account_move", "account_move_line", "res_partner",
               "payment_transaction", "pom_payer_request", "pom_consent",
               "ir_attachment", "mail_message", "mail_mail")  # fmt: skip
    with environment(name) as env:
        found = {}
        for table in tables_:
            env.cr.execute(
                f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY id)) "
                f"FROM {table} t WHERE t::text NOT LIKE '%/web/assets/%'"
            )
            found[table] = env.cr.fetchone()
        return found


def test_scanners_change_nothing(pages):
    """Mail scanners open every address that they find, often."""
    files = ("status.json", "status.svg", "status.png", "qr.png", "transfer.png")
    addresses = [*pages.values(), *(f"{pages['open']}/{name}" for name in files)]
    before = digest(DATABASE)
    session = requests.Session()
    for number in range(100):
        session.get(addresses[number % len(addresses)], timeout=60)
    session.get(f"{pages['open']}/invoice.pdf", timeout=60)
    assert session.get(f"{pages['paid']}/receipt.pdf", timeout=60).ok
    assert digest(DATABASE) == before


def test_eyes_are_counted(pages):
    assert requests.post(f"{pages['open']}/seen", timeout=60).status_code == 204
    with environment(DATABASE) as env:
        token = pages["open"].rpartition("/")[2]
        assert env["pom.paylink"]._find(token).views == 1
