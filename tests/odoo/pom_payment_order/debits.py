"""Run by tests/e2e/test_direct_debit.py where OCA's mandates and payment orders are
installed: from the mandate to the bank's file, its statement, and back.
"""

import base64
from datetime import timedelta
from unittest.mock import patch

from lxml import etree
from stdnum.eu import at_02

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.pom_overview.models import pom_debt_figure_keeping as keeping

from tests.odoo.debt.case import TruthCase
from tests.odoo.debt.readers import Said
from tests.simulators.bank import Bank

IBAN, HIS_IBAN = "BE68539007547034", "BE41063012345610"
#: Of CODA: a domiciliation, paid to the creditor, and sent back.
COLLECTED, SENT_BACK = "05501000", "05505000"


class DebitCase(TruthCase):
    """Els gave a mandate."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        number = "BE00ZZZ0477472701"
        cls.company.write(
            {
                "sepa_creditor_identifier": "BE"
                + at_02.calc_check_digits(number)
                + number[4:],
                "initiating_party_identifier": "0477472701",
                "initiating_party_issuer": "KBO-BCE",
            }
        )
        cls.els.write({"email": "els@klant.example", "lang": "en_US"})
        cls.journal = cls.company.bank_journal_ids[:1]
        method = cls.env.ref("account_banking_sepa_direct_debit.sepa_direct_debit")
        cls.mode = cls.env["account.payment.mode"].create(
            {
                "name": "Direct debit",
                "company_id": cls.company.id,
                "bank_account_link": "fixed",
                "fixed_journal_id": cls.journal.id,
                "payment_method_id": method.id,
                "payment_order_ok": True,
                "default_date_prefered": "due",
                "group_lines": False,
                "pom_days_ahead": 5,
            }
        )
        cls.mandate = cls.mandate_of(cls.els, HIS_IBAN)

    @classmethod
    def mandate_of(cls, partner, iban):
        account = cls.env["res.partner.bank"].create(
            {"acc_number": iban, "partner_id": partner.id}
        )
        mandate = cls.env["account.banking.mandate"].create(
            {
                "partner_bank_id": account.id,
                "partner_id": partner.id,
                "company_id": cls.company.id,
                "format": "sepa",
                "type": "recurrent",
                "recurrent_sequence_type": "recurring",
                "scheme": "CORE",
                "signature_date": cls.days(-60),
            }
        )
        mandate.validate()
        partner.customer_payment_mode_id = cls.mode
        return mandate

    def run_cron(self, name):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(f"pom_payment_order.cron_{name}").method_direct_trigger()
        self.env.invalidate_all()

    def later(self, number):
        """So many days from now."""
        return freeze_time(self.env.cr.now() + timedelta(number))

    def lines_of(self, move):
        return self.env["account.payment.line"].search(
            [("move_line_id.move_id", "=", move.id)], order="id"
        )

    def upload(self, order):
        """
        :return: the file that the bank gets
        """
        order.draft2open()
        order.open2generated()
        [file] = self.env["ir.attachment"].search(
            [("res_model", "=", order._name), ("res_id", "=", order.id)]
        )
        order.generated2uploaded()
        return etree.fromstring(base64.b64decode(file.datas))

    def from_bank(self, amount, **details):
        """A statement with one line, read and matched."""
        bank = Bank(IBAN, opening_balance=self.balance)
        day = self.company._pom_today()
        values = {"name": "Els Maes", "iban": HIS_IBAN, "date": day, **details}
        act = bank.receive if amount > 0 else bank.send
        act(str(abs(amount)), **values)
        wizard = self.env["account.statement.import"].create(
            {
                "statement_file": base64.b64encode(bank.statement(day)),
                "statement_filename": "day.cod",
            }
        )
        wizard.import_file_button()
        self.balance = str(bank.balance)
        self.env.invalidate_all()
        lines = self.env["account.bank.statement.line"]
        return lines.search([], order="id desc", limit=1)

    balance = "1000.00"


@tagged("standard", "post_install", "-at_install")
class TestDebits(DebitCase):
    def test_from_the_mandate_to_the_bank_and_back(self):
        move = self.owed(due=3)
        self.assertEqual(move.mandate_id, self.mandate)
        self.assert_says(move, Said("collected", None, silence="mandate"))
        self.run_cron("collect")
        line = self.lines_of(move)
        self.assertEqual((line.amount_currency, line.pom_part_day), (100, self.days(3)))
        self.run_cron("collect")
        self.assertEqual(self.lines_of(move), line, "it was put into it once")
        self.assert_says(move, Said("collected", None, silence="mandate"))
        self.assert_collected_on(move, self.days(3))

        file = self.upload(line.order_id)
        told = {
            name: file.findtext(f".//{{*}}{name}")
            for name in ("SeqTp", "InstdAmt", "MndtId", "ReqdColltnDt", "EndToEndId")
        }
        payment = line.payment_ids
        self.assertEqual(
            told,
            {
                "SeqTp": "RCUR",
                "InstdAmt": "100.00",
                "MndtId": self.mandate.unique_mandate_reference,
                "ReqdColltnDt": self.days(3).isoformat(),
                "EndToEndId": str(payment.id),
            },
        )
        # The books have it as paid; nobody has the money.
        self.assertEqual(move.payment_state, "in_payment")
        self.assert_says(move, Said("collected", None, silence="paid"))
        self.assert_collected_on(move, self.days(3))

        with self.later(3):
            bank_line = self.from_bank(100, end_to_end=str(payment.id), code=COLLECTED)
            self.assertTrue(bank_line.is_reconciled, bank_line.pom_reason)
            self.assertEqual(payment.state, "paid")
            self.assert_says(move, Said("paid", None, silence="paid"))
        with self.later(59):
            self.from_bank(
                -100,
                end_to_end=str(payment.id),
                code=SENT_BACK,
                return_reason="MD06",
            )
            self.assertEqual(payment.state, "rejected")
            self.run_cron("tell_returned")
            self.run_cron("tell_returned")
            self.assert_says(move, Said("overdue", "100.00", late=56))
            self.assertEqual(move.pom_delivery_ids.mapped("kind"), ["debit_returned"])
            self.assertIn("sent back", move.pom_delivery_ids.text)
            self.assertTrue(move.activity_ids)
            self.run_cron("collect")
            self.assertEqual(self.lines_of(move), line, "a person decides")
            # Who decides so may collect it again.
            move.create_account_payment_line()
            self.assert_says(
                move, Said("collected", None, silence="mandate", unasked=True)
            )

    def assert_collected_on(self, move, day):
        page = self._page(move)
        self.assertIn(f"on {day:%b} {day.day}, {day.year}", page.text_content())
        self.assertFalse(page.xpath("//form[@class='ways']"))

    def test_mandate_that_ended(self):
        move = self.owed()
        self.mandate.cancel()
        self.assert_says(move, Said("open", "100.00"))

    def test_no_mandate(self):
        self.els.customer_payment_mode_id = False
        move = self.owed()
        self.assertFalse(move.mandate_id)
        self.assertEqual(move.pom_payment_status, "open")
        # Nor does an addon that knows modes take the account off the invoice.
        self.assertTrue(self._page_code(move))

    def test_large_books_know_what_is_collected(self):
        """What is kept of open items knows neither orders nor mandates."""
        figures, report = self.env["pom.debt.figure"], self.env["pom.debtor.report"]
        debited, ordered = self.owed(due=-3), self.owed(80.0, due=-3)
        ordered.mandate_id = False
        mine = [("move_id", "in", (debited + ordered).ids)]
        names = ["move_id", "residual", "age", "is_collected", "expected_date"]

        def read():
            self.env.invalidate_all()
            return report.search(mine, order="id").read(names)

        ages = []
        with patch.object(keeping, "AT_ONCE", 0):
            figures._keep()
            figures._keep()
            for change in (
                lambda: None,
                ordered.create_account_payment_line,
                self.mandate.cancel,
                lambda: self.lines_of(ordered).order_id.action_cancel(),
            ):
                change()
                self.assertTrue(figures._keeps_open())
                kept = read()
                with self.env.cr.savepoint(flush=False) as before:
                    self.env.cr.execute("DELETE FROM pom_debt_open_kept")
                    self.assertEqual(read(), kept)
                    before.rollback()
                ages.append([row["age"] for row in kept])
        self.assertEqual(ages, [["5", "1"], ["5", "5"], ["1", "5"], ["1", "1"]])

    # -- nobody is collected from twice ------------------------------------------------

    def test_paid_after_it_was_put_into_the_order(self):
        move, other = self.owed(due=3), self.owed(80.0, due=3)
        self.run_cron("collect")
        [order] = self.lines_of(move).order_id
        self.register_payment(move)
        file = self.upload(order)
        amounts = [node.text for node in file.iterfind(".//{*}InstdAmt")]
        self.assertEqual(amounts, ["80.00"])
        self.assertFalse(self.lines_of(move))
        self.assertIn(move.name, "".join(order.message_ids.mapped("body")))
        self.assertEqual(other.payment_state, "in_payment")

    def test_paid_in_part_or_contested(self):
        move, other = self.owed(due=3), self.owed(80.0, due=3)
        self.run_cron("collect")
        self.register_payment(move, 30)
        other.pom_disputed_amount = 50
        file = self.upload(self.lines_of(move).order_id)
        amounts = {node.text for node in file.iterfind(".//{*}InstdAmt")}
        self.assertEqual(amounts, {"70.00", "30.00"})

    def test_paid_after_it_was_confirmed(self):
        move, other = self.owed(due=3), self.owed(80.0, due=3)
        self.run_cron("collect")
        order = self.lines_of(move).order_id
        order.draft2open()
        self.register_payment(move)
        with self.assertRaises(UserError) as caught:
            order.open2generated()
        self.assertIn(move.name, str(caught.exception))
        self.assertNotIn(other.name, str(caught.exception))
        order.action_cancel()
        order.cancel2draft()
        amounts = [node.text for node in self.upload(order).iterfind(".//{*}InstdAmt")]
        self.assertEqual(amounts, ["80.00"])

    def test_whose_money_is_on_account(self):
        """120.00 that nobody applied: of 100.00 and 80.00, 60.00 are collected."""
        move, other = self.owed(due=3), self.owed(80.0, due=3)
        self.run_cron("collect")
        self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_id": self.els.id,
                "amount": 120,
                "journal_id": self.journal.id,
            }
        ).action_post()
        order = (self.lines_of(move) | self.lines_of(other)).order_id
        amounts = [node.text for node in self.upload(order).iterfind(".//{*}InstdAmt")]
        self.assertEqual(amounts, ["60.00"])

    def test_who_is_paying_just_now(self):
        self.els.customer_payment_mode_id = False
        move = self.owed(due=3)
        self.begin(move)
        move.write({"payment_mode_id": self.mode.id, "mandate_id": self.mandate.id})
        self.assertEqual(move.pom_payment_status, "in_progress")
        self.run_cron("collect")
        self.assertFalse(self.lines_of(move))
        with self.assertRaises(UserError):
            move.create_account_payment_line()

    # -- parts -------------------------------------------------------------------------

    def test_parts_of_the_terms(self):
        """The first comes back and is asked; the second is collected all the same."""
        terms = self.terms((30, 3), (70, 40))
        first, last = self.days(3), self.days(40)
        move = self.invoice(
            100,
            partner_id=self.els.id,
            invoice_payment_term_id=terms.id,
            invoice_date_due=False,
        )
        self.run_cron("collect")
        line = self.lines_of(move)
        self.assertEqual((line.amount_currency, line.pom_part_day), (30, first))
        self.upload(line.order_id)
        self.assertEqual(move.pom_payment_status, "collected")
        with self.later(4):
            self.from_bank(30, end_to_end=str(line.payment_ids.id), code=COLLECTED)
        with self.later(20):
            self.from_bank(
                -30,
                end_to_end=str(line.payment_ids.id),
                code=SENT_BACK,
                return_reason="AM04",
            )
            standing = move.pom_standing
            self.assertEqual((standing.word, standing.asked), ("overdue", 30))
            self.assertEqual(standing.days_late(self.company._pom_today()), 17)
        with self.later(36):
            self.run_cron("collect")
            second = self.lines_of(move) - line
            self.assertEqual((second.amount_currency, second.pom_part_day), (70, last))
            self.assertEqual(move.pom_standing.asked, 30)

    def test_parts_of_a_plan(self):
        move = self.owed(90.0, due=-1)
        plan = self.env["pom.payment.plan"].create(
            {"move_ids": [Command.set(move.ids)], "first_on": self.days(3)}
        )
        plan.line_ids = [Command.create(row) for row in plan._equal_lines()]
        plan.sudo()._agree()
        self.run_cron("collect")
        line = self.lines_of(move)
        self.assertEqual((line.amount_currency, line.pom_part_day), (30, self.days(3)))
        file = self.upload(line.order_id)
        self.assertEqual(file.findtext(".//{*}ReqdColltnDt"), self.days(3).isoformat())
        self.assertEqual(plan.line_ids.mapped("left"), [0, 30, 30])
        self.assertEqual(move.pom_payment_status, "collected")
