"""E-mails as they arrive, of every kind and in every language: sent by Odoo, caught,
and shown in a browser that has the place and the colours of a phone or a computer.

dev/run python -m tests.e2e.mail_pages    leaves pictures in .dev/mails
"""

import base64
import contextlib
import datetime
import itertools
import re

from tests import clock
from tests.simulators.smtp import MailCatcher

from .harness import DEV, browser, database, environment

NAME = "pom_e2e_mails"
OUTPUT = DEV / "mails"
LANGUAGES = ("en_US", "nl_BE", "fr_BE", "de_DE")
WIDTHS = (320, 360, 600, 1024)
SCHEMES = ("light", "dark")
KINDS = (
    "invoice", "thanks", "received", "answered", "confirmation", "plan", "plan_late",
    "receipt", "first", "second", "formal", "group", "code",
)  # fmt: skip
LEVELS = {
    "first": "pom_reminder.level_consumer_first",
    "second": "pom_reminder.level_consumer_second",
    "formal": "pom_reminder.level_business_last",
}
#: What is asked on top.
COSTS = {"second": {"fee": 7.5}, "formal": {"interest": 12.34, "penalty": 40}}


def caught() -> dict[str, str]:
    """HTML by kind and language; pictures stand in it."""
    database("world", NAME)
    with MailCatcher() as smtp, environment(NAME) as env:
        server = env["ir.mail_server"]
        server.search([]).active = False
        server.create({"name": "S", "smtp_host": smtp.host, "smtp_port": smtp.port})
        env.company.pom_base_url = "https://pay.dekat.be"
        keys = [key for lang in LANGUAGES for key in _write(env, lang)]
        env.cr.commit()
        env["mail.mail"].search([("state", "=", "outgoing")], order="id").send()
        # Of several, what came last: that something arrived is told first.
        found = {key: shown(smtp.wait_for(address(key))[-1]) for key in keys}
    database("drop", NAME)
    return found


def address(key: str) -> str:
    return f"{key.lower()}@klant.example"


def _write(env, lang):
    """Messages of every kind to debtors of one language; each has an address."""
    for kind in KINDS:
        key = f"{kind}-{lang}"
        debtor = env["res.partner"].create(
            {
                "name": "Marie-Christine Vandenbroucke",
                "email": address(key),
                "lang": lang,
            }
        )
        moves = env["account.move"].create(
            [_invoice(debtor, n) for n in range(3 if kind == "group" else 1)]
        )
        moves._post()
        WAYS.get(kind, _message)(env, kind, moves)
        yield key


def _message(env, kind, moves):
    """Of ours, with what a level asks where it's a reminder."""
    values = {
        "kind": kind,
        "channel": "email",
        "partner_id": moves.partner_id.id,
        "company_id": env.company.id,
        "moves": moves,
    }
    if kind in ("group", *LEVELS):
        level = env.ref(LEVELS.get(kind, LEVELS["first"]))
        values |= {
            "kind": "reminder",
            "level_id": level.id,
            "policy_id": level.policy_id.id,
            "first_move_ids": [(6, 0, [] if kind in COSTS else moves.ids)],
            "deadline": kind not in COSTS and datetime.date(2026, 12, 24),
            **COSTS.get(kind, {}),
        }
    env["pom.delivery"]._ask([values])._send()


def _thanked(env, kind, moves):
    """What was paid, and that it was."""
    _pay(env, moves)
    _message(env, kind, moves)


def _sent(env, kind, moves):
    sender = env["account.move.send"].with_context(force_report_rendering=True)
    sender._generate_and_send_invoices(moves, sending_methods={"email"})


def _coded(env, kind, moves):
    template = env.ref("pom_payment.mail_template_control_code")
    template.with_context(pom_code="12345678").send_mail(moves.pom_paylink_id.id)


def _received(env, kind, moves):
    """What somebody wants to know is on somebody's list."""
    requests = env["pom.payer.request"].sudo()
    requests._receive(moves.pom_paylink_id, "question", {"text": "?"}, moves)


def _answered(env, kind, moves):
    """Somebody writes to who asked something."""
    requests = env["pom.payer.request"].sudo()
    request = requests._receive(moves.pom_paylink_id, "question", {"text": "?"}, moves)
    context = {**request.action_answer()["context"], "mail_notify_force_send": False}
    env["mail.compose.message"].with_context(context).create({})._action_send_mail()


def _granted(env, kind, moves):
    """The debtor contests a part, and is right."""
    values = {"reason": "faulty", "text": "?", "amount": 200.0}
    requests = env["pom.payer.request"].sudo()
    requests._receive(moves.pom_paylink_id, "dispute", values, moves).action_accept()


def _planned(env, kind, moves):
    """The debtor wants to pay in parts, and may."""
    first = clock.today() + datetime.timedelta(days=10)
    values = {"plan_count": 3, "plan_first_on": first, "text": ""}
    requests = env["pom.payer.request"].sudo()
    requests._receive(moves.pom_paylink_id, "plan", values, moves).action_accept()


def _behind(env, kind, moves):
    """What was agreed isn't kept."""
    _planned(env, kind, moves)
    plan = moves.pom_plan_id.sudo()
    plan.line_ids[:1].day = clock.today() - datetime.timedelta(days=8)
    # Just answered debtors are left in peace.
    moves.pom_quiet_until = False
    plan._look()
    assert plan.late_told_on, plan.state


def _receipted(env, kind, moves):
    """The debtor paid, and wants to have it on paper."""
    _pay(env, moves)
    link = moves.pom_paylink_id.with_context(force_report_rendering=True)
    assert link._mail_receipt()


def _pay(env, moves):
    context = {"active_model": "account.move", "active_ids": moves.ids}
    env["account.payment.register"].with_context(**context).create(
        {}
    )._create_payments()


#: What writes messages of a kind, where they aren't just sent.
WAYS = {
    "invoice": _sent,
    "thanks": _thanked,
    "received": _received,
    "answered": _answered,
    "confirmation": _granted,
    "plan": _planned,
    "plan_late": _behind,
    "receipt": _receipted,
    "code": _coded,
}


def _invoice(debtor, number):
    today = clock.today()
    line = {"name": "Brood voor de week", "price_unit": 1200 + number}
    return {
        "move_type": "out_invoice",
        "partner_id": debtor.id,
        "invoice_date": today - datetime.timedelta(days=60),
        "invoice_date_due": today - datetime.timedelta(days=30 - number),
        "invoice_payment_term_id": False,
        "invoice_line_ids": [(0, 0, line)],
    }


def shown(mail) -> str:
    """The HTML with what it calls by ``cid:``, and nothing from elsewhere."""
    html = mail.html
    for part in mail.message.walk():
        name = (part["Content-ID"] or "").strip("<>")
        if name:
            data = base64.b64encode(part.get_payload(decode=True)).decode()
            html = html.replace(
                f"cid:{name}", f"data:{part.get_content_type()};base64,{data}"
            )
    return re.sub(r'src="http[^"]+"', 'src=""', html)


@contextlib.contextmanager
def look(chromium, html, width, scheme):
    """The mail in a window of that width."""
    page = chromium.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page.set_content(html)
    yield page
    page.close()


def leaf(chromium, mails, width, scheme):
    """All of them in one window, one after the other: key and page."""
    with look(chromium, "", width, scheme) as page:
        for key, html in mails.items():
            page.set_content(html)
            yield key, page


def main():
    OUTPUT.mkdir(parents=True, exist_ok=True)
    mails = caught()
    for key, html in mails.items():
        (OUTPUT / f"{key}.html").write_text(html)
    with browser() as chromium:
        for width, scheme in itertools.product(WIDTHS, SCHEMES):
            for key, page in leaf(chromium, mails, width, scheme):
                file = OUTPUT / f"{key}-{width}-{scheme}.png"
                page.screenshot(path=file, full_page=True)


if __name__ == "__main__":
    main()
