"""One customer as a whole: one message and one link for all that is open, what the
customer refused, who collects in the end.
"""

import base64
import csv
import io
import re
import zipfile
from datetime import date, timedelta

from odoo.exceptions import UserError
from odoo.tests import HttpCase, freeze_time, tagged

from .common import Days, ReminderCase

DUE = date(2026, 3, 31)
FIRST_DAY = date(2026, 4, 7)
NOW = "2026-04-07 08:00:00"


@tagged("standard", "post_install", "-at_install")
class TestCustomer(HttpCase, ReminderCase):
    # -- one link for all --------------------------------------------------------------

    def _ask_for_two(self):
        self.moves = self._invoice(DUE, 100) + self._invoice(DUE, 50)
        self.coming = self._invoice(date(2036, 5, 31), 30)
        with freeze_time(NOW):
            self.env["pom.reminder"].sudo()._plan_now(self.moves)._send_here()
        self.delivery = self.moves.pom_delivery_ids
        # The page is looked at today, by whatever calendar.
        self.delivery.paylink_id.sudo().valid_until = "2099-12-31"

    def test_one_link_for_all(self):
        self._ask_for_two()
        link = self.delivery.paylink_id
        self.assertEqual(link.debtor_id, self.marie)
        self.assertTrue(self.delivery.url.startswith(link.url))
        tokens = set(re.findall(r"/p/(\w{26})", self.delivery._mail_bodies()[0]))
        self.assertEqual(tokens, {link.token})

    def test_the_page_has_chosen_what_was_asked(self):
        """Not what is to come as well, though it can be chosen."""
        self._ask_for_two()
        path = self.delivery.url.partition(self.company.pom_base_url)[2]
        page = self.url_open(path).text
        for move in self.moves + self.coming:
            self.assertIn(move.name, page)
        self.assertIn("150.00", page.replace(",", "."))
        link = self.delivery.paylink_id.sudo()
        asked = link._asked_by(self.delivery.code)
        self.assertEqual(sorted(asked), sorted(self.moves.ids))
        self.assertEqual(link._choice(asked).amount, 150)
        self.assertEqual(link._asked_by("0123456789"), [])

    def test_seen_and_paid_by_this_message(self):
        self._ask_for_two()
        path = self.delivery.url.partition(self.company.pom_base_url)[2]
        seen = path.replace("?", "/seen?").partition("?")
        self.url_open(seen[0], data={"d": self.delivery.code})
        self.delivery.invalidate_recordset()
        self.assertTrue(self.delivery.seen_date)
        with freeze_time(NOW):
            self.delivery.sudo()._note_sent()
        self._pay(self.moves[0])
        self.assertFalse(self.delivery.paid_date)
        self._pay(self.moves[1])
        self.assertTrue(self.delivery.paid_date)

    def test_the_link_is_made_once(self):
        self._ask_for_two()
        with freeze_time("2026-04-23 08:00:00"):
            self.delivery.sudo()._note_sent()
            self.delivery.sudo().reminder_ids.done_date = FIRST_DAY
            self.env["pom.reminder"].sudo()._plan_now(self.moves)._send_here()
        deliveries = self.moves.pom_delivery_ids
        self.assertEqual(len(deliveries), 2)
        self.assertEqual(len(deliveries.paylink_id), 1)

    # -- somebody else collects --------------------------------------------------------

    def _files(self, action):
        number = int(action["url"].split("/")[3].partition("?")[0])
        packed = self.env["ir.attachment"].browse(number).raw
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def _rows(self, content):
        text = content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text), delimiter=";"))

    def test_by_a_person(self):
        an = self._debtor("=An()", "an@klant.example", ref="C7")
        moves = self._invoice(DUE) + self._invoice(DUE, 50, an)
        with freeze_time(NOW):
            self.env["pom.reminder"].sudo()._plan_now(moves[0])._send_here()
            moves.sudo().pom_delivery_ids._note_sent()
            moves[0].invoice_pdf_report_file = base64.b64encode(b"%PDF-1")
            files = self._files(moves.action_pom_hand_over())
        debts = {row["Invoice"]: row for row in self._rows(files["debts.csv"])}
        self.assertEqual(set(debts), set(moves.mapped("name")))
        marie = debts[moves[0].name]
        self.assertEqual(marie["Open"], "121.00")
        self.assertEqual(marie["Last level"], "First reminder")
        self.assertEqual(marie["Communication"], moves[0].payment_reference)
        # A name that a spreadsheet would reckon with.
        self.assertEqual(debts[moves[1].name]["Contact"], "'=An()")
        said = self._rows(files["messages.csv"])
        self.assertIn("0477472701", said[0]["Statutory information"])
        name = moves[0].name.replace("/", "-")
        self.assertIn(f"invoices/{name}.pdf", files)
        with freeze_time(NOW), self.assertRaises(UserError):
            moves.action_pom_hand_over()

    def test_no_reminders_afterwards_until_taken_back(self):
        move = self._invoice(DUE)
        with Days(self, FIRST_DAY) as days:
            with freeze_time(NOW):
                move.action_pom_hand_over()
            self.assertFalse(days.until(date(2026, 4, 9)))
            self.assertEqual(move.pom_reminder_ids.reason, "handed_over")
            move.action_pom_take_back()
            self.assertEqual(len(days.until(date(2026, 4, 10))), 1)

    def test_as_the_last_level(self):
        self._levels(self.consumer, "call")[0].channel = "collector"
        move = self._invoice(DUE)
        levels = self._levels(self.consumer, "first", "second", "last")
        self.env["pom.reminder"].sudo().create(
            [
                {
                    "move_id": move.id,
                    "due_date": DUE,
                    "company_id": self.company.id,
                    "partner_id": self.marie.id,
                    "policy_id": self.consumer.id,
                    "level_id": level.id,
                    "number": number,
                    "planned_date": FIRST_DAY,
                    "state": "sent",
                    "done_date": FIRST_DAY,
                }
                for number, level in enumerate(levels, 1)
            ]
        )
        with Days(self, date(2026, 5, 26)) as days:
            days.until(date(2026, 5, 26))
            case = move.pom_delivery_ids
            self.assertEqual((case.channel, case.state), ("collector", "by_hand"))
            self.assertFalse(move.pom_handed_over)
            with freeze_time("2026-05-27 08:00:00"):
                files = self._files(case.action_do())
        self.assertIn("debts.csv", files)
        self.assertEqual(str(move.pom_handed_over), "2026-05-27")
        self._pay(move)
        self.assertIn("Paid after", move.activity_ids.summary)

    # -- wishes and differences --------------------------------------------------------

    def _plan(self, moves, day=FIRST_DAY):
        with freeze_time(f"{day} 08:00:00"):
            return self.env["pom.reminder"].sudo()._plan_for(moves, day)

    def _consent(self, channel, given):
        self.env["pom.consent"].sudo().create(
            {
                "partner_id": self.marie.id,
                "company_id": self.company.id,
                "channel": channel,
                "given": given,
                "wording": "…",
            }
        )

    def test_a_channel_that_was_refused(self):
        self._consent("email", False)
        reminder = self._plan(self._invoice(DUE))
        self.assertEqual(reminder.channel, "letter")
        self._consent("email", True)
        self.assertEqual(self._plan(reminder.move_id).channel, "email")

    def test_a_hold_of_the_company_holds_for_its_people(self):
        shop = self._debtor("Café Central", "bar@x.example", is_company=True)
        cook = self._debtor("Cook", "cook@x.example", parent_id=shop.id)
        move = self._invoice(DUE, partner=cook)
        shop.pom_quiet_until = "2026-04-10"
        self.assertEqual(self._plan(move).reason, "hold")
        shop.pom_quiet_until = False
        shop.pom_no_reminders = True
        self.assertEqual(self._plan(move).reason, "opted_out")

    def test_direct_debit(self):
        move = self._invoice(DUE)
        line = self.company_data["default_journal_bank"].inbound_payment_method_line_ids
        move.preferred_payment_method_line_id = line[0]
        self.assertFalse(move._pom_is_collected())
        self.env.cr.execute(
            "UPDATE account_payment_method SET code = 'sdd' WHERE id = %s",
            [line[0].payment_method_id.id],
        )
        self.env.invalidate_all()
        self.assertTrue(move._pom_is_collected())
        self.assertFalse(self._plan(move).filtered(lambda r: r.state != "left_out"))
        self.assertEqual(move.pom_reminder_ids.reason, "mandate")

    def test_another_currency(self):
        """A law's euros aren't asked in dollars, and small is what is small here."""
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": dollar.id,
                "company_id": self.company.id,
                "name": "2026-01-01",
                "rate": 100,
            }
        )
        move = self._invoice(DUE, 1000, currency_id=dollar.id)
        small = self._invoice(DUE, 200, currency_id=dollar.id)
        self.assertEqual(self._plan(small).reason, "small")
        self._levels(self.consumer, "second")[0].with_penalty = True
        reminders = self.env["pom.reminder"].sudo()
        for day in ("2026-04-07 08:00:00", "2026-05-07 08:00:00"):
            with freeze_time(day):
                reminders._plan_now(move)._send_here()
                move.sudo().pom_delivery_ids._note_sent()
        delivery = move.pom_delivery_ids.sorted("id")[-1]
        self.assertEqual(delivery.total, 1000)
        self.assertIn("$", delivery.text)

    def test_policies_of_two_companies(self):
        """The customer's own policy is one in each company."""
        other = self.env["res.company"].sudo().create({"name": "Other"})
        self.marie.with_company(self.company).pom_policy_id = self.business
        move = self._invoice(DUE).sudo()
        self.assertFalse(self.marie.sudo().with_company(other).pom_policy_id)
        self.assertEqual(move.with_company(other)._pom_policy(), self.business)

    def test_language_of_the_company_when_the_customer_has_none(self):
        self.company.partner_id.lang = "fr_BE"
        self.marie.lang = False
        move = self._invoice(DUE)
        with freeze_time(NOW):
            self.env["pom.reminder"].sudo()._plan_now(move)._send_here()
        self.assertEqual(move.pom_delivery_ids.lang, "fr_BE")

    def test_names_are_no_markup(self):
        self.marie.name = "<b>Marie</b> & Co"
        move = self._invoice(DUE)
        with freeze_time(NOW):
            self.env["pom.reminder"].sudo()._plan_now(move)._send_here()
        body = str(move.pom_delivery_ids._mail_bodies()[0])
        self.assertIn("&lt;b&gt;Marie&lt;/b&gt; &amp; Co", body)
        preview = self.env["pom.reminder.preview"].create(
            {
                "level_id": self._levels(self.consumer, "first")[0].id,
                "move_id": move.id,
                "channel": "sms",
            }
        )
        preview.level_id.with_context(lang="nl_BE").short_text = "Beste {name}"
        self.assertIn("Beste &lt;b&gt;", preview.body)

    @freeze_time("2026-04-09 08:00:00")
    def test_expected_cash_by_week(self):
        """From Monday to Sunday: each sum has a name, whatever is known of its day."""
        days = (
            (-400, "0"), (-1, "0"), (0, "1"), (3, "1"), (4, "2"), (10, "2"), (11, "3"),
            (18, "4"), (25, "5"), (31, "5"), (32, "6"), (300, "6"),
        )  # fmt: skip
        today = self.company._pom_today()
        expected = {self._invoice(today + timedelta(n), 5): word for n, word in days}
        held = self._invoice(today - timedelta(30), 5)
        held.pom_quiet_until = date.max
        contested = self._invoice(today - timedelta(30), 5)
        contested.pom_disputed_amount = 5
        later = self._invoice(today - timedelta(30), 5)
        later.pom_quiet_until = today + timedelta(12)
        expected |= {held: "7", contested: "7", later: "3"}
        self.env.flush_all()
        report = self.env["pom.debtor.report"]
        rows = report.search([("partner_id", "=", self.marie.id)])
        self.assertEqual({row.move_id: row.expected for row in rows}, expected)
        groups = report._read_group(
            [("partner_id", "=", self.marie.id)], ["expected"], ["residual:sum"]
        )
        self.assertEqual([key for key, _sum in groups], list("01234567"))

    def test_aged_list_and_expected_cash(self):
        today = self.company._pom_today()
        late = self._invoice(today - timedelta(60), 100)
        with freeze_time(today - timedelta(50)):
            self._pay(late)
        move = self._invoice(today, 50)
        self.env["pom.debtor.habit"].sudo()._cron_learn()
        report = self.env["pom.debtor.report"]
        rows = report.search([("partner_id", "=", self.marie.id)])
        row = rows.filtered(lambda r: r.move_id == move)
        self.assertEqual((row.age, row.residual, row.usual_delay), ("0", 50, 10))
        self.assertEqual((row.expected_date - today).days, 10)
        # Later than this customer ever paid: nobody knows.
        hopeless = self._invoice(today - timedelta(30), 5)
        self.env.flush_all()
        row = report.search([("move_id", "=", hopeless.id)])
        self.assertEqual((row.age, row.expected_date), ("1", False))
        self.assertEqual(row.expected, "0", "late, and not in a heap without a name")
        self.assertNotIn(late, rows.move_id)
