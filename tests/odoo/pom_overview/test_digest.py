"""The weekly mail about payments: through the queue and a server to who reads it."""

from datetime import date
from unittest.mock import patch

from lxml import html

from odoo import Command
from odoo.tests import freeze_time, new_test_user, tagged

from tests.simulators.smtp import MailCatcher

from .test_overview import OverviewCase

NOW = "2026-05-15 10:00:00"
DUE = date(2026, 4, 30)
#: What came in, by day: today, this week, this month, and longer ago.
PAID = {
    date(2026, 5, 15): 100,
    date(2026, 5, 11): 200,
    date(2026, 4, 20): 400,
    date(2026, 3, 2): 800,
}
ACCOUNTANT, SELLER = "accountant@office.example", "seller@office.example"


@tagged("standard", "post_install", "-at_install")
@freeze_time(NOW)
class TestDigest(OverviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.digest = cls.env.ref("pom_overview.digest_payments").sudo()
        readers = cls._reader(ACCOUNTANT, "account.group_account_manager", "nl_BE")
        readers |= cls._reader(SELLER, "base.group_user", "en_US")
        cls.digest.user_ids = [Command.set(readers.ids)]
        cls.digest.next_run_date = date(2026, 5, 15)

    @classmethod
    def _reader(cls, email, group, lang):
        return new_test_user(
            cls.env,
            email,
            groups=group,
            email=email,
            lang=lang,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def _sent(self):
        """Mails by address, as the scheduled actions and a mail server bring them."""
        server = self.env["ir.mail_server"]
        crons = (
            "digest.ir_cron_digest_scheduler_action",
            "mail.ir_cron_mail_scheduler_action",
        )
        with (
            MailCatcher() as smtp,
            self.enter_registry_test_mode(),
            patch.object(type(server), "_disable_send", lambda *args: False),
        ):
            server.search([]).active = False
            server.create({"name": "S", "smtp_host": smtp.host, "smtp_port": smtp.port})
            self.env.flush_all()
            for name in crons:
                self.env.ref(name).method_direct_trigger()
            self.env.invalidate_all()
            return {to: smtp.sent_to(to) for to in (ACCOUNTANT, SELLER)}

    def _figures(self, mail):
        """By field: what the three columns say, of a day, a week and a month."""
        tree = html.fromstring(mail.html)
        return {
            table.get("data-field"): [
                " ".join(cell.text_content().split())
                for cell in table.xpath(".//*[contains(@class, 'kpi_value')][1]")
            ]
            for table in tree.xpath("//table[@data-field]")
        }

    def test_what_came_in_and_what_is_late(self):
        for day, amount in PAID.items():
            move = self._invoice(DUE, amount, invoice_date=date(2026, 2, 1))
            self._transfer(move, day)
        self._invoice(DUE, 45, invoice_date=date(2026, 4, 1))
        self._invoice(date(2026, 6, 30), 1000, invoice_date=date(2026, 4, 1))
        # What a credit note settled was paid by nobody.
        credited = self._invoice(DUE, 70, invoice_date=date(2026, 4, 1))
        credited._reverse_moves([{"invoice_date": date(2026, 5, 14)}], cancel=True)
        mails = self._sent()
        [mail] = mails[ACCOUNTANT]
        self.assertEqual(
            self._figures(mail),
            {"kpi_pom_paid": ["100€", "300€", "700€"], "kpi_pom_late": ["45€"] * 3},
        )
        self.assertEqual(mail.subject, f"{self.company.name}: Betalingen van de week")
        words = html.fromstring(mail.html).text_content()
        for word in ("Betaalde facturen", "Nu te laat"):
            self.assertIn(word, words)
        # Who may not see the figures gets a mail without.
        [other] = mails[SELLER]
        self.assertEqual(self._figures(other), {})
        self.assertNotRegex(html.fromstring(other.html).text_content(), r"\d00\s*€")

    def test_every_week_also_to_who_never_logs_in(self):
        self.assertEqual(len(self._sent()[ACCOUNTANT]), 1)
        self.assertEqual(self.digest.periodicity, "weekly")
        self.assertEqual(self.digest.next_run_date, date(2026, 5, 22))
        self.assertEqual(self._sent(), {ACCOUNTANT: [], SELLER: []}, "not twice")
        with freeze_time("2026-05-22 10:00:00"):
            self.assertEqual(len(self._sent()[ACCOUNTANT]), 1)
