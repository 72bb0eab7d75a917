"""Every screen of the payment page, in every language, on three widths, in Chromium.

``POM_SHOTS=1`` keeps pictures of all of them in ``.dev/shots``.
"""

import contextlib
import importlib.resources
import json
import os

import pytest
import requests
from playwright.sync_api import expect

from tests.e2e import page_states
from tests.e2e.harness import DEV, PHONE, Server, database, environment
from tests.simulators.bancontact_pro import BancontactPro

pytestmark = pytest.mark.e2e
DATABASE = "pom_page_states"
#: Language of the page, and whether a phone asks for it: what it shows differs a bit.
VISITS = (("en_US", False), ("nl_BE", True), ("fr_BE", False), ("de_DE", True))
WIDTHS = (1440, 768, 360)
FORMS = ("question", "dispute", "already_paid", "remind", "contact", "plan")
AXE = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
#: Words with a hyphen that nobody ends a line at, and which are on two.
TORN = """
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const torn = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (const word of node.textContent.matchAll(/e[-\u2011]mails?/gi)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map((one) => one.top)).size > 1)
        torn.push(node.textContent.trim());
    }
  }
  return torn;
}
"""
#: Elements that show less than the text in them. What only a screen reader says shows
#: none, and in a field one moves along.
CUT = """
() => [...document.querySelectorAll("body *")].filter((one) => {
  const hides = /hidden|clip/.test(getComputedStyle(one).overflowX);
  const shown = !one.matches(".hear, input, select, textarea, svg *");
  return hides && shown && one.scrollWidth > one.clientWidth;
}).map((one) => one.outerHTML.slice(0, 80))
"""
#: Sentences of the English page: seeing one elsewhere means that it isn't translated.
ENGLISH = ("asks you to pay", "Thank you", "bank transfer", "a question", "wrong?")
SHOTS = DEV / "shots" if os.environ.get("POM_SHOTS") else None


@pytest.fixture(scope="module")
def pages():
    """Addresses of all screens, on a running server."""
    database("world", DATABASE)
    # No cron may touch a row while it is watched whether the visitors' requests do.
    server = Server(DATABASE, crons=0)
    with BancontactPro() as psp:
        with environment(DATABASE) as env:
            page_states.set_up(env, server.url, psp)
            addresses = page_states.build(env)
        forms = {f"ask_{kind}": f"{addresses['open']}/ask/{kind}" for kind in FORMS}
        forms["ask_money_back"] = f"{addresses['paid_twice']}/ask/money_back"
        notices = {
            "refused": f"{addresses['open']}?problem=start",
            "much": f"{addresses['open']}?amount=9999",
            "unticked": f"{addresses['statement']}?ticked=1",
            "unknown": f"{server.url}/p/0000000000000000000000000Z",
        }
        with server:
            yield {**addresses, **forms, **notices}
    database("drop", DATABASE)


@pytest.mark.parametrize("language,phone", VISITS)
def test_screens(pages, chromium, language, phone):
    faults = []
    with visit(chromium, phone) as page:
        for name, address in pages.items():
            go(page, name, address, language)
            faults += [(name, *fault) for fault in look_at(page, name, language)]
    assert not faults, faults


@contextlib.contextmanager
def visit(chromium, phone):
    agent = {"user_agent": PHONE["user_agent"]} if phone else {}
    # axe needs eval, which the page's own policy forbids.
    context = chromium.new_context(bypass_csp=True, **agent)
    context.add_init_script(path=AXE)
    yield context.new_page()
    context.close()


def go(page, name, address, language):
    mark = "&" if "?" in address else "?"
    answer = page.goto(f"{address}{mark}lang={language}")
    assert answer.status == (404 if name == "unknown" else 200), (name, answer.status)
    assert page.evaluate("document.compatMode") == "CSS1Compat"
    if name != "unknown":
        assert page.get_attribute("html", "lang") == language.replace("_", "-")


def look_at(page, name, language):
    """What is wrong with this screen, folded and unfolded, light and dark."""
    page.emulate_media(color_scheme="light")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if overflow(page) > 0:
            yield width, "overflow"
        shoot(page, f"{name}_{language}_{width}")
    if language != "en_US":
        text = page.inner_text("main")
        yield from ((language, word) for word in ENGLISH if word in text)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    if overflow(page) > 0:
        yield WIDTHS[-1], "overflow unfolded"
    for width in (WIDTHS[-1], 320):
        page.set_viewport_size({"width": width, "height": 800})
        yield from ((width, text) for text in page.evaluate(TORN))
    yield from large_letters(page, name, language)
    page.set_viewport_size({"width": WIDTHS[-1], "height": 800})
    yield from violations(page, {"type": "tag", "values": RULES})
    page.emulate_media(color_scheme="dark")
    shoot(page, f"{name}_{language}_360_dark")
    yield from violations(page, {"type": "rule", "values": ["color-contrast"]})


def large_letters(page, name, language):
    """WCAG 1.4.4: what doesn't fit when letters are twice as large, on each width."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if overflow(page) > 0:
            yield width, "overflow at 200 %"
        yield from ((width, "cut at 200 %", text) for text in page.evaluate(CUT))
        shoot(page, f"{name}_{language}_{width}_large")
    page.evaluate("document.documentElement.style.fontSize = ''")


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def shoot(page, name):
    if SHOTS:
        SHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


def violations(page, rules):
    found = page.evaluate(f"axe.run(document, {json.dumps({'runOnly': rules})})")
    return [
        (rule["id"], [node["html"] for node in rule["nodes"]])
        for rule in found["violations"]
    ]


def test_control_question_in_all_languages(pages, chromium):
    """It hides everything else, so it comes and goes for this test only."""
    ask("zip")
    faults = []
    try:
        for language, phone in VISITS:
            with visit(chromium, phone) as page:
                go(page, "control", pages["partial"], language)
                assert "159" not in page.inner_text("body")
                faults += look_at(page, "control", language)
                page.fill("#answer", "1")
                page.click("button.first")
                expect(page.locator(".note.bad")).to_have_attribute("role", "alert")
                page.wait_for_load_state()
                faults += look_at(page, "control_wrong", language)
    finally:
        ask(False)
    assert not faults, faults


def ask(question):
    with environment(DATABASE) as env:
        env.company.pom_control_question = question


def test_wrong_forms_say_so(pages, chromium):
    """What was typed stays, the mistake is told to everybody."""
    with visit(chromium, False) as page:
        page.goto(f"{pages['open']}/ask/dispute?lang=nl_BE")
        page.check("input[value=faulty]")
        page.fill("#amount", "9999")
        page.fill("#text", "De taart was nat.")
        page.click("button.first")
        expect(page.locator(".note.bad")).to_have_attribute("role", "alert")
        page.wait_for_load_state()
        assert page.input_value("#text") == "De taart was nat."
        assert page.is_checked("input[value=faulty]")
        assert list(look_at(page, "ask_dispute_wrong", "nl_BE")) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_ticked(pages, chromium, scripts):
    """All boxes unticked is nothing to pay, not all of it; and back again."""
    context = chromium.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{pages['statement']}?lang=en_US")
    choose(page, scripts, False)
    request = page.locator("#request")
    expect(request).to_contain_text("Tick what you want to pay.")
    expect(request.locator("form.ways")).to_have_count(0)
    expect(page.locator(".transfer")).not_to_contain_text("IBAN")
    choose(page, scripts, True)
    expect(request.locator("form.ways")).to_have_count(1)
    expect(page.locator(".transfer")).to_contain_text("IBAN")
    context.close()


def choose(page, scripts, wanted):
    """Tick all boxes or none; without scripts, press the button then."""
    for box in page.locator(".choose input[name=item]:enabled").all():
        if box.is_checked() == wanted:
            continue
        with (
            page.expect_response("**ticked**") if scripts else contextlib.nullcontext()
        ):
            box.set_checked(wanted)
    if not scripts:
        page.click(".choose button")


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
    for name, address in pages.items():
        if name == "unknown":
            continue
        before = len(asked)
        answer = page.goto(address, wait_until="networkidle")
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        files = [url for url in asked[before:] if not url.startswith("data:")]
        files = [url for url in files if not url.endswith("/status.json")]
        assert len(files) <= 5, (name, files)
    page.close()
    assert not complaints
    host = pages["open"].split("/p/")[0]
    assert {url for url in asked if not url.startswith((host, "data:"))} == set()


def digest(name):
    """The rows that a page could change, as they are."""
    tables_ = ("pom_paylink", "account_move", "account_move_line", "res_partner",
               "payment_transaction", "pom_payer_request", "pom_consent",
               "pom_delivery", "pom_rate_limit",
               "ir_attachment", "mail_message", "mail_mail")  # fmt: skip
    with environment(name) as env:
        found = {}
        for table in tables_:
            env.cr.execute(
                f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY id)) "
                f"FROM {table} t WHERE t::text NOT LIKE '%/web/assets/%'"
                # What was drawn is kept, so that nobody can have it drawn for ever.
                " AND t::text NOT LIKE '%pom.drawn.document%'"
            )
            found[table] = env.cr.fetchone()
        return found


def test_scanners_change_nothing(pages):
    """Mail scanners open every address that they find, often: 100 times what is behind
    the open link, and once everything else.
    """
    files = ("status.json", "status.svg", "status.png", "qr.png", "transfer.png")
    asks = [f"ask/{kind}" for kind in FORMS]
    acts = ("pay", "give-up", "renew", "control", "seen", "form", "transaction")
    mine = ["", *(f"/{name}" for name in (*files, *asks, *acts))]
    before = digest(DATABASE)
    session = requests.Session()
    for number in range(100):
        address = f"{pages['open']}{mine[number % len(mine)]}"
        session.get(address, timeout=60, allow_redirects=False)
    for address in pages.values():
        session.get(address, timeout=60)
    assert digest(DATABASE) == before
    assert session.get(f"{pages['open']}/invoice.pdf", timeout=60).ok
    assert session.get(f"{pages['paid']}/receipt.pdf", timeout=60).ok
    # How often documents are drawn is counted; all the rest stays as it is.
    assert {**digest(DATABASE), "pom_rate_limit": before["pom_rate_limit"]} == before


def test_eyes_are_counted(pages):
    assert requests.post(f"{pages['open']}/seen", timeout=60).status_code == 204
    with environment(DATABASE) as env:
        token = pages["open"].rpartition("/")[2]
        assert env["pom.paylink"]._find(token).views == 1
