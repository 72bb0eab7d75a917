"""What debtors do on the page, from the first look to the receipt."""

import io
import re
import time

import pytest
import requests
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.e2e import page_states
from tests.e2e.harness import PHONE, Client, environment
from tests.scanning import scanned

pytestmark = pytest.mark.e2e
DATABASE = "pom_page"


@pytest.fixture
def server(page_server):
    return page_server


def new_invoice(*prices, name="Dora Maes"):
    with environment(DATABASE) as env:
        partner = page_states.debtor(env, name)
        partner.lang = "en_US"
        move = page_states.invoice(env, partner, *prices)
        return move.id, move.pom_payment_url, move.amount_total


def ask(question):
    with environment(DATABASE) as env:
        env.company.pom_control_question = question


@pytest.fixture(autouse=True)
def no_question(server):
    yield
    ask(False)


def pay_with_bancontact(page, psp):
    page.click("button.first")
    page.wait_for_url(f"{psp.url}/**")
    page.click("button[value=pay], button:has-text('Pay')")
    page.wait_for_selector(".state.paid")


def test_debtor_disputes_and_pays(server, chromium):
    """Open, control question, dispute, answer, pay the rest, receipt."""
    move_id, url, total = new_invoice(100, 50)
    ask("ref")
    page = chromium.new_page(**PHONE)
    page.goto(url)
    assert "100" not in page.inner_text("main")
    page.fill("#answer", "K-9999")
    page.click("button.first")
    page.wait_for_selector("text=That answer isn't right")
    page.fill("#answer", "k 0042")
    page.click("button.first")
    page.click("text=I don't agree")
    page.check("input[value=faulty]")
    page.fill("#amount", "60,50")
    page.fill("#text", "One of them was broken.")
    page.set_input_files(
        "#file",
        {"name": "photo.png", "mimeType": "image/png",
         "buffer": b"\x89PNG\r\n\x1a\n" + b"0" * 200},
    )  # fmt: skip
    page.click("button.first")
    page.wait_for_selector(".note.good")
    expect(page.locator(".facts")).to_contain_text("60.50")
    expect(page.locator("button.first")).to_contain_text(f"{total - 60.5:.2f}")
    answer_dispute(server, move_id)
    page.goto(url)
    expect(page.locator("button.first")).to_contain_text(f"{total:.2f}")
    pay_with_bancontact(page, server.psp)
    receipt = page.get_attribute("text=Download the receipt", "href")
    pdf = page.request.get(server.url + receipt).body()
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert f"{total:.2f}" in text
    page.close()


def answer_dispute(server, move_id):
    client = Client(server)
    row = client.call(
        "pom.payer.request",
        "search_read",
        [["move_ids", "in", [move_id]]],
        ["kind", "amount", "deadline", "partner_id", "message_attachment_count"],
    )[0]
    assert (row["kind"], row["amount"]) == ("dispute", 60.5)
    assert row["message_attachment_count"] == 1 and row["deadline"]
    assert client.read("account.move", [move_id], ["pom_disputed_amount"])[0][
        "pom_disputed_amount"
    ] == pytest.approx(60.5)
    write_answer(client, row["id"], "We looked at it: nothing was broken.")
    client.call("pom.payer.request", "action_refuse", [row["id"]])
    wait_for_mail(server, "dora@klant.example", "nothing was broken")


def write_answer(client, request, text):
    """The button *Answer*, a sentence in the message that it proposes, and *Send*."""
    action = client.call("pom.payer.request", "action_answer", [request])
    model, context = action["res_model"], action["context"]
    composer = client.call(model, "create", [{}], context=context)
    proposed = client.read(model, composer, ["body"])[0]["body"]
    body = re.sub(r"<p><br ?/?></p>", f"<p>{text}</p>", proposed)
    assert text in body and "Dora" in body
    client.call(model, "write", composer, {"body": body}, context=context)
    client.call(model, "action_send_mail", composer, context=context)


def wait_for_mail(server, address, text, timeout=180):
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        mails = server.smtp.wait_for(to=address, timeout=timeout)
        if any(text in mail.html for mail in mails):
            return
        time.sleep(0.5)
    raise AssertionError(f"no mail to {address} says {text!r}")


def test_computer_shows_the_code_for_the_phone(server, chromium):
    """One tap on a computer, a scan with the phone, and the page follows by itself."""
    move_id, url, total = new_invoice(60, name="Eva Nys")
    page = chromium.new_page()
    page.goto(url)
    page.click("button.first")
    page.wait_for_selector(".attempt-qr img")
    page.wait_for_load_state()  # The picture is there, too.
    assert page.url.startswith(url)
    with environment(DATABASE) as env:
        attempt = env["account.move"].browse(move_id).transaction_ids
        assert attempt.amount == total
        assert (
            scanned(page.locator(".attempt-qr img").screenshot())
            == attempt.pom_qr_payload
        )
        server.psp.pay(attempt.provider_reference)
    page.wait_for_selector(".state.paid")
    page.close()


def test_who_waits_for_a_slow_provider_sees_and_hears_it(server, chromium):
    _move_id, url, _total = new_invoice(30, name="Ilse Wyns")
    page = chromium.new_page(**PHONE)
    page.goto(url)
    button, heard = page.locator("button.first"), page.locator("p.hear[role=status]")
    before = button.inner_text()
    # Nothing answers: the browser stays where it is.
    page.evaluate("addEventListener('submit', (event) => event.preventDefault())")
    button.click()
    expect(button).to_have_text("One moment…")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(heard).to_have_text("One moment…")
    # The browser's own way back, to the page as it was left.
    page.evaluate(
        "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"
    )
    expect(button).to_have_text(before)
    expect(heard).to_have_text("")
    button.click()
    page.wait_for_url(f"{server.psp.url}/**")
    page.close()


def test_without_scripts(server, chromium):
    """Pay a part, ask, and pay the rest, with scripts off."""
    _move_id, url, total = new_invoice(80, name="Els Claes")
    context = chromium.new_context(java_script_enabled=False, **PHONE)
    page = context.new_page()
    page.goto(url)
    page.click("text=Pay another amount")
    page.fill("#amount", "25,00")
    page.click("text=Choose")
    expect(page.locator("button.first")).to_contain_text("25.00")
    page.click("button.first")
    page.wait_for_url(f"{server.psp.url}/**")
    page.click("button[value=pay], button:has-text('Pay')")
    page.wait_for_selector("text=A part of this is settled")
    expect(page.locator("button.first")).to_contain_text(f"{total - 25:.2f}")
    page.click("text=I have a question")
    page.fill("#text", "May I pay the rest next week?")
    page.click("button.first")
    page.wait_for_selector("text=You asked a question")
    context.close()


def test_statement_pays_what_is_chosen(server, chromium):
    with environment(DATABASE) as env:
        partner = page_states.debtor(env, "Fien Aerts")
        partner.lang = "en_US"
        first = page_states.invoice(env, partner, 100)
        second = page_states.invoice(env, partner, 200)
        note = page_states.invoice(env, partner, 30, kind="out_refund")
        link = env["pom.paylink"]._statement_of(partner, env.company)
        url, ids = link.url, (first + second + note).ids
        due = first.amount_residual - note.amount_residual
    page = chromium.new_page(**PHONE)
    page.goto(url)
    with page.expect_response(re.compile("item=")):
        page.uncheck(f"input[type=checkbox][value='{ids[1]}']")
    # The page's own policy forbids to poll with a script.
    page.locator("button.first", has_text=f"{due:.2f}").wait_for()
    page.click("button.first")
    page.wait_for_url(f"{server.psp.url}/**")
    page.click("button[value=pay], button:has-text('Pay')")
    page.wait_for_selector(
        f".choose:not(:has(input[value='{ids[0]}'])) input[value='{ids[1]}']"
    )
    page.close()
    wait_for_states(ids, ["paid", "not_paid", "paid"])


def wait_for_states(ids, wanted, timeout=180):
    """The page comes back before the provider's event has been applied."""
    deadline = time.monotonic() + timeout
    while True:
        with environment(DATABASE) as env:
            states = env["account.move"].browse(ids).mapped("payment_state")
        if states == wanted:
            return
        assert time.monotonic() < deadline, states
        time.sleep(0.5)


def test_control_question_locks(server):
    """Five wrong answers, and the right one no longer helps for a while."""
    _move_id, url, _total = new_invoice(10, name="Gert Baert")
    ask("zip")
    for _ in range(5):
        wrong = requests.post(f"{url}/control", {"answer": "1234"}, timeout=60)
        assert wrong.status_code == 403
    right = requests.post(
        f"{url}/control", {"answer": "9000"}, timeout=60, allow_redirects=False
    )
    assert right.status_code == 403
    for path in ("", "/status.json", "/invoice.pdf", "/ask/question"):
        assert "12.10" not in requests.get(url + path, timeout=60).text


def test_requests_are_limited(server):
    _move_id, url, _total = new_invoice(10, name="Hilde Bogaert")
    codes = [
        requests.post(
            f"{url}/ask/question/send",
            {"text": f"Question {number}"},
            timeout=60,
            allow_redirects=False,
        ).status_code
        for number in range(6)
    ]
    assert codes == [303] * 5 + [422]
