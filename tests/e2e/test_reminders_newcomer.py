"""A newcomer's first five minutes with reminders, in a browser, with the rights of an
administrator of invoicing and none on the system: set up, tried, started, approved,
sent, answered. What a person would need is counted; how fast this machine is doesn't
matter.

Pictures are kept in ``.dev/newcomer``.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.clock import today
from tests.e2e.harness import DEV, Server, database, environment, log_in
from tests.e2e.human import Human
from tests.simulators.smtp import MailCatcher

pytestmark = pytest.mark.e2e

SHOTS = DEV / "newcomer"
LOGIN = "an@dekat.example"
#: The longest that a triggered action waits.
CRON = 60
FIVE_MINUTES = 300
#: Name, e-mail, days late, VAT number.
DEBTORS = (
    ("Marie Peeters", "marie@klant.example", 12, ""),
    ("Jan Janssens", "jan@klant.example", 30, ""),
    ("Café Central", "bar@klant.example", 20, "BE0403019261"),
    ("Long Ago", "ago@klant.example", 900, ""),
    ("No Address", "", 15, ""),
)
ANSWER = "One is for March, the other for April."
#: How much of the window is below a form.
ROOM = """() => window.innerHeight
    - document.querySelector('.o_form_sheet').getBoundingClientRect().bottom"""
REPLY = """From: Marie Peeters <marie@klant.example>
To: {to}
Subject: Re: {subject}
In-Reply-To: {reference}
References: {reference}
Message-Id: <reply@klant.example>

Why twice?
"""


@pytest.fixture
def fresh():
    """Name of a database that nobody has set any reminder in."""
    name = "pom_newcomer"
    database("new", name)
    yield name
    database("drop", name)


def test_from_nothing_to_an_answered_debtor(fresh, chromium):
    SHOTS.mkdir(exist_ok=True)
    with MailCatcher() as smtp:
        prepare(fresh, smtp)
        with Server(fresh, crons=0) as server:
            page = chromium.new_page(viewport={"width": 1440, "height": 900})
            log_in(page, server.url, LOGIN, "an")
            an = Human(page, SHOTS)
            page.goto(f"{server.url}/odoo/accounting")
            see_what_to_do(an)
            set_up(an)
            try_it(an)
            start(an)
            approve(an)
            send(fresh, an, smtp)
            reply(fresh, smtp)
            answer(an, server.url)
            send_answers(fresh)
            # And, apart from that, that her question arrived.
            told = [mail.text for mail in smtp.sent_to("marie@klant.example")]
            assert sum(ANSWER in text for text in told) == 1, told
            # Grouped and summed, as only a browser asks for it.
            page.goto(f"{server.url}/odoo/action-pom_reminder.pom_debtors_action")
            page.wait_for_selector(".o_group_header")
            page.close()
            look_on_a_phone(chromium, server.url)
    took = f"{an.steps} steps, {an.seconds:.0f} s"
    print(took)
    assert an.seconds < FIVE_MINUTES, took


# -- a company with debtors ------------------------------------------------------------


def prepare(name, smtp):
    with environment(name) as env:
        company = env.company
        belgium = env.ref("base.be")
        company.write(
            {"country_id": belgium.id, "account_fiscal_country_id": belgium.id}
        )
        env["account.chart.template"].try_loading(
            "be_comp", company, install_demo=False
        )
        company.write(
            {"name": "De Kat", "vat": "BE0477472701", "email": "boek@dekat.example"}
        )
        env["ir.mail_server"].search([]).active = False
        env["ir.mail_server"].create(
            {"name": "S", "smtp_host": smtp.host, "smtp_port": smtp.port}
        )
        env["mail.alias.domain"].search([]).unlink()
        domain = env["mail.alias.domain"].create({"name": "dekat.example"})
        company.alias_domain_id = domain
        # So that it doesn't matter when this runs.
        env["pom.reminder.policy"].search([]).write(
            {"hour_from": 0, "hour_to": 24, "working_days": False}
        )
        an(env)
        for debtor in DEBTORS:
            invoice(env, *debtor)


def an(env):
    groups = env.ref("base.group_user") | env.ref("account.group_account_manager")
    user = env["res.users"].with_context(no_reset_password=True).create(
        {
            "name": "An",
            "login": LOGIN,
            "password": "an",
            "email": LOGIN,
            "group_ids": [(6, 0, groups.ids)],
        }
    )  # fmt: skip
    assert not user.has_group("base.group_system")


def invoice(env, name, email, late, vat):
    due = today() - timedelta(days=late)
    partner = env["res.partner"].create({"name": name, "email": email, "vat": vat})
    row = {"name": "Bread", "price_unit": 50 + late, "tax_ids": [(5,)]}
    move = env["account.move"].create(
        {
            "move_type": "out_invoice",
            "partner_id": partner.id,
            "invoice_date": due - timedelta(days=30),
            "invoice_date_due": due,
            "invoice_payment_term_id": False,
            "invoice_line_ids": [(0, 0, row)],
        }
    )
    move.action_post()


# -- what An does ----------------------------------------------------------------------


def menu(an, *names):
    """Open a menu and choose in it."""
    an.click(f".o_menu_sections button:has-text('{names[0]}')")
    an.click(f".o-dropdown--menu .dropdown-item:text-is('{names[-1]}')")


def see_what_to_do(an):
    """An empty list isn't the end: it says what to do, and leads there."""
    an.look(".o_menu_sections")
    menu(an, "Payments", "Reminders")
    an.look(".o_view_nocontent:has-text('5 invoices are late')", "1-empty")
    an.click(".o_view_nocontent a:has-text('Configuration')")


def set_up(an):
    an.look(".o_form_view .o_field_widget[name=since]", "2-setup")
    assert an.page.evaluate(ROOM) > 0, "all of it on one screen"
    an.choose("consumer_policy_id", "Belgium, consumers")
    an.choose("business_policy_id", "Belgium, businesses")
    an.click(
        ".o_field_widget[name=sending] select, .o_field_widget[name=sending] input"
    )
    approve = "after somebody approved each reminder"
    field = an.page.locator(".o_field_widget[name=sending] select")
    if field.count():
        field.select_option(label=approve)
    else:
        an.click(f".o_select_menu_item:has-text('{approve}')")
    # No statement has been imported yet, as the page says.
    an.type(".o_field_widget[name=bank_days] input", "-1")
    an.page.screenshot(path=SHOTS / "3-chosen.png")


def try_it(an):
    an.click("button[name=action_try]:visible")
    an.look(".o_field_widget[name=now_ids] .o_data_row", "4-dry-run")
    rows = an.page.locator(".o_field_widget[name=now_ids] .o_data_row")
    expect(rows).to_have_count(3)
    an.click(".o_field_widget[name=now_ids] .o_data_row:has-text('Marie') "
             "button[name=action_preview]")  # fmt: skip
    an.look(".modal .o_field_widget[name=body]", "5-preview")
    body = an.page.locator(".modal .o_field_widget[name=body]")
    expect(body).to_contain_text("Marie Peeters")
    an.click(".modal footer button:has-text('Close')")
    an.click(".nav-link:has-text('Left Out')")
    an.look(".o_field_widget[name=left_out_ids] .o_data_row", "6-left-out")
    left = an.page.locator(".o_field_widget[name=left_out_ids]")
    expect(left).to_contain_text("Due before the day from which you remind")
    expect(left).to_contain_text("No address")


def start(an):
    an.click("button[name=action_start]:visible")
    an.click(".modal footer .btn-primary")
    an.look(".o_list_view .o_data_row:has-text('Marie Peeters')", "7-worklist")


def approve(an):
    an.click(".o_list_view thead .o_list_record_selector input")
    an.click("button[name=action_approve]:visible")
    marie = ".o_data_row:has-text('Marie Peeters')"
    an.page.wait_for_selector(f"{marie} td[name=approved]:has-text('1')")
    an.page.screenshot(path=SHOTS / "8-approved.png")


def send(name, an, smtp):
    with environment(name) as env:
        env["pom.reminder"]._cron_send()
        env["mail.mail"].process_email_queue()
    an.wait(CRON)
    wrote = {mail.recipients[0] for mail in smtp.sent_to()}
    assert wrote == {address for _n, address, late, _v in DEBTORS[:3]}


def reply(name, smtp):
    """Marie answers the mail, as one answers mails."""
    mail = smtp.sent_to("marie@klant.example")[0]
    raw = REPLY.format(
        to=mail.message["Reply-To"] or mail.message["From"],
        subject=" ".join(mail.subject.split()),
        reference=mail.message["Message-Id"].strip(),
    )
    smtp.clear()
    with environment(name) as env:
        env["mail.thread"].message_process(False, raw)


def answer(an, url):
    menu(an, "Payments", "Requests of Debtors")
    an.look(".o_data_row:has-text('Marie Peeters')", "9-requests")
    an.click(".o_data_row:has-text('Marie Peeters') td[name=partner_id]")
    an.look("button[name=action_answer]", "10-request")
    expect(an.page.locator(".o_form_view")).to_contain_text("Why twice?")
    an.click("button[name=action_answer]")
    an.look(".modal .o_mail_send, .modal button[name=action_send_mail]")
    an.write(".modal .o_field_widget[name=body] p:has(> br:only-child)", ANSWER)
    an.page.screenshot(path=SHOTS / "11-answer.png")
    an.click(".modal .o_mail_send, .modal button[name=action_send_mail]")
    an.page.wait_for_selector(".modal", state="detached")


def send_answers(name):
    with environment(name) as env:
        env["mail.mail"].process_email_queue()
        request = env["pom.payer.request"].search([])
        assert (request.kind, request.state) == ("question", "answered")
        assert not any(move.pom_quiet_until for move in request.move_ids)


def look_on_a_phone(chromium, url):
    """The same screens at 390 pixels, without sideways scrolling of the whole."""
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    log_in(page, url, LOGIN, "an")
    for name, action in (
        ("12-setup", "pom_reminder_setup_open"),
        ("13-worklist", "pom_reminder_customer_action"),
    ):
        page.goto(f"{url}/odoo/action-pom_reminder.{action}")
        page.wait_for_selector(".o_form_view, .o_kanban_record:has-text('Marie')")
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
