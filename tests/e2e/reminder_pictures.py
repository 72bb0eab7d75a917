"""What an accountant does with reminders, in a browser, with pictures of every step:
set up a policy, dry run, approve, follow, read an A/B result, hand over.

dev/run python -m tests.e2e.reminder_pictures
"""

import datetime
import sys

from tests import clock
from tests.simulators.smtp import MailCatcher

from .harness import DEV, Server, browser, database, environment, log_in

NAME = "pom_e2e_reminder_pictures"
OUTPUT = DEV / "reminders"
NAMES = (
    "Marie Peeters", "Jan Janssens", "An De Smet", "Luc Dubois", "Café Central",
    "Bakkerij Van Damme", "Sophie Lambert", "Tom Claes",
)  # fmt: skip


def main():
    OUTPUT.mkdir(parents=True, exist_ok=True)
    database("world", NAME)
    with MailCatcher() as smtp:
        ids = prepare(smtp)
        with Server(NAME, crons=0) as server, browser() as chromium:
            Accountant(chromium, server, ids, smtp).work()
    database("drop", NAME)


# -- the company -----------------------------------------------------------------------


def prepare(smtp):
    with environment(NAME) as env:
        env["ir.mail_server"].search([]).active = False
        env["ir.mail_server"].create(
            {"name": "S", "smtp_host": smtp.host, "smtp_port": smtp.port}
        )
        env.company.write(
            {"company_registry": "0477472701", "email": "boek@dekat.example"}
        )
        env["res.lang"]._activate_lang("nl_BE")
        policies = env["pom.reminder.policy"].search([])
        policies.write({"hour_from": 0, "hour_to": 24, "working_days": False})
        env.company._pom_setup().bank_days = -1
        env.company.pom_policy_consumer_id = env.ref("pom_reminder.policy_consumer")
        env.company.pom_policy_business_id = env.ref("pom_reminder.policy_business")
        moves = invoices(env)
        moves._post()
        moves[3].partner_id.email = False
        moves[3].partner_id.street = False
        moves[6].write(
            {"pom_quiet_until": "9999-12-31", "pom_quiet_reason": "In hospital"}
        )
        test = ab_test(env, moves[0])
        return {"move": moves[0].id, "test": test.id}


def invoices(env):
    today = clock.today()
    partners = env["res.partner"].create(
        [
            {
                "name": name,
                "email": f"debtor{number}@klant.example",
                "phone": "+32 470 12 34 56",
                "street": "Marktplein 1",
                "zip": "9000",
                "city": "Gent",
                "country_id": env.ref("base.be").id,
                "lang": "nl_BE" if number % 2 else "en_US",
                "is_company": name.startswith(("Café", "Bakkerij")),
            }
            for number, name in enumerate(NAMES)
        ]
    )
    ages = (12, 8, 20, 35, 45, 70, 15, 100)
    return env["account.move"].create(
        [
            {
                "move_type": "out_invoice",
                "partner_id": partners[n % len(partners)].id,
                "invoice_date": today - datetime.timedelta(days=ages[n % 8] + 30),
                "invoice_date_due": today - datetime.timedelta(days=ages[n % 8]),
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    (0, 0, {"name": "Bread for a week", "price_unit": 45.5 + 31 * n})
                ],
            }
            for n in range(10)
        ]
    )


def ab_test(env, move):
    """A test that has run, with messages of some weeks ago."""
    test = env["pom.ab.test"].create(
        {
            "name": "Dry or warm subject",
            "level_id": env.ref("pom_reminder.level_friendly_first").id,
            "planned": 400,
            "variant_ids": [
                (0, 0, {"name": "Dry", "subject": "Reminder of {invoice}"}),
                (0, 0, {
                    "name": "Warm",
                    "subject": "Just two taps: {invoice}",
                    "button": "Pay in two taps",
                    "button_first": True,
                }),
            ],
        }
    )  # fmt: skip
    sent = env.cr.now() - datetime.timedelta(days=30)
    soon = sent + datetime.timedelta(days=2)
    debtors = env["res.partner"].create([{"name": f"Debtor {n}"} for n in range(400)])
    for variant, paid in zip(test.variant_ids, (168, 221), strict=True):
        env["pom.delivery"].create(
            [
                {
                    "kind": "reminder",
                    "channel": "email",
                    "company_id": env.company.id,
                    "partner_id": debtors[n].id,
                    "paylink_id": move.pom_paylink_id.id,
                    "variant_id": variant.id,
                    "state": "sent",
                    "sent_date": sent,
                    "seen_date": n < paid + 60 and soon,
                    "settled_date": n < paid and soon,
                }
                for n in range(400)
            ]
        )
    return test


# -- the accountant --------------------------------------------------------------------


class Accountant:
    def __init__(self, chromium, server, ids, smtp):
        self.page = chromium.new_page(viewport={"width": 1440, "height": 900})
        self.server, self.ids, self.smtp = server, ids, smtp

    def work(self):
        self.log_in()
        self.set_up_a_policy()
        self.dry_run()
        self.approve()
        self.follow()
        self.read_the_test()
        self.look_at_debtors()
        self.hand_over()

    def log_in(self):
        page = self.page
        log_in(page, self.server.url)

    def open(self, action, ready):
        self.page.goto(f"{self.server.url}/odoo/action-{action}")
        self.page.wait_for_selector(ready)

    def shoot(self, name):
        self.page.wait_for_timeout(1200)
        self.page.screenshot(path=OUTPUT / f"{name}.png")

    def set_up_a_policy(self):
        page = self.page
        self.open("pom_reminder.pom_reminder_setup_open", "div[name=since]")
        self.shoot("01_setup")
        self.open("pom_reminder.pom_reminder_policy_action", ".o_data_row")
        self.shoot("02_policies")
        page.click(".o_data_row >> text=Belgium, consumers")
        page.wait_for_selector("div[name=level_ids] .o_data_row")
        self.shoot("03_policy")
        page.click("div[name=level_ids] .o_data_row >> text=Second reminder")
        page.wait_for_selector(".modal div[name=short_text]")
        self.shoot("04_level")
        page.fill(".modal div[name=fee] input", "9")
        page.click(".modal .o_form_button_save")
        page.click(".o_form_button_save")
        page.wait_for_selector(".modal:has-text('7.50')")
        self.shoot("05_law_refuses")
        page.click(".modal .modal-footer button >> nth=0")
        page.goto(page.url)
        page.wait_for_selector("div[name=level_ids] .o_data_row")
        first = page.locator("div[name=level_ids] .o_data_row").nth(1)
        first.locator("button[name=action_preview]").click()
        page.wait_for_selector(".modal div[name=body]")
        self.shoot("06_preview_email")
        for channel in ("SMS", "Letter"):
            page.click(".modal div[name=channel] input")
            page.click(f".o_select_menu_item:has-text('{channel}')")
            self.shoot(f"07_preview_{channel.lower()}")
        page.click(".modal button:has-text('Close')")

    def dry_run(self):
        page = self.page
        page.click("button[name=action_try]:visible")
        page.wait_for_selector("div[name=now_ids] .o_data_row")
        self.shoot("08_dry_run")
        assert not self.smtp.sent_to(), "A dry run sends nothing."

    def approve(self):
        page = self.page
        with environment(NAME) as env:
            env["pom.reminder"]._plan(env.company)
        self.open("pom_reminder.pom_reminder_customer_action", ".o_data_row")
        page.click("thead .o_list_record_selector input")
        page.wait_for_selector("button[name=action_approve]")
        self.shoot("09_selected")
        page.click("button[name=action_approve]")
        page.wait_for_timeout(2000)
        self.shoot("10_approved")
        with environment(NAME) as env:
            env["pom.reminder"]._cron_send()
            env["mail.mail"].process_email_queue()
        assert self.smtp.sent_to("debtor0@klant.example"), "Approved, so it was sent."

    def follow(self):
        page = self.page
        self.open("pom_message.pom_delivery_action", ".o_data_row")
        self.shoot("11_messages")
        page.goto(
            f"{self.server.url}/odoo/action-account.action_move_out_invoice_type/"
            f"{self.ids['move']}"
        )
        page.click("a[name=pom_messages]")
        page.wait_for_selector("div[name=pom_delivery_ids] .o_data_row")
        self.shoot("12_timeline")
        page.click("button[name=action_pom_keep_quiet]")
        page.wait_for_selector(".modal div[name=reason]")
        page.fill(".modal div[name=reason] input", "Waits for a credit note")
        self.shoot("13_hold")
        page.click(".modal button[name=action_keep_quiet]")
        page.wait_for_selector("button[name=action_pom_end_quiet]")

    def read_the_test(self):
        page = self.page
        page.goto(
            f"{self.server.url}/odoo/action-pom_reminder.pom_ab_test_action/"
            f"{self.ids['test']}"
        )
        page.wait_for_selector(".alert-success:has-text('Warm')")
        self.shoot("14_ab_test")
        page.click("button[name=action_use_winner]")
        page.click(".modal .btn-primary")
        page.wait_for_selector(".ribbon >> text=Over")
        self.shoot("15_winner_taken")

    def look_at_debtors(self):
        self.open("pom_reminder.pom_debtors_action", ".o_group_header")
        for header in self.page.locator(".o_group_header").all()[:3]:
            header.click()
            self.page.wait_for_timeout(400)
        self.shoot("16_debtors")
        self.open("pom_reminder.pom_debtor_report_action", ".o_pivot table")
        self.shoot("17_aged")
        self.open("pom_reminder.pom_expected_cash_action", ".o_graph_renderer")
        self.shoot("18_expected_cash")

    def hand_over(self):
        page = self.page
        self.open("pom_reminder.pom_debtors_action", ".o_group_header")
        page.locator(".o_group_header").first.click()
        page.wait_for_selector(".o_data_row .o_list_record_selector input")
        page.click("thead .o_list_record_selector input")
        with page.expect_download() as download:
            page.click("button[name=action_pom_hand_over]")
            page.click(".modal .btn-primary")
        file = download.value
        file.save_as(OUTPUT / file.suggested_filename)
        self.shoot("19_handed_over")


if __name__ == "__main__":
    sys.exit(main())
