"""CODA files through OCA's import wizard, written by the simulated bank."""

from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError

from tests.simulators.bank import Bank

from .common import DAY, IBAN, ReconcileCase

LINE = "account.bank.statement.line"


class TestCodaImport(ReconcileCase):
    def _lines(self, statements):
        return statements.line_ids.sorted("internal_index")

    def test_line_has_what_the_bank_said(self):
        bank = self._bank()
        bank.receive(
            "45.73",
            "Somebody <b>",
            "BE62510007547061",
            "+++123/4567/89002+++",
            bic="BBRUBEBB",
            value_date=DAY - timedelta(days=1),
        )
        line = self._import(bank.statement(DAY)).line_ids
        self.assertEqual(line.payment_ref, "+++123/4567/89002+++")
        self.assertEqual(line.account_number, "BE62510007547061")
        self.assertEqual(line.partner_name, "Somebody <b>")
        self.assertEqual(line.pom_counterparty_bic, "BBRUBEBB")
        self.assertEqual(line.pom_value_date, DAY - timedelta(days=1))
        self.assertEqual(line.date, DAY)
        self.assertEqual(line.amount, 45.73)
        self.assertEqual(
            line.transaction_details["references"], [["ogm", "123456789002"]]
        )
        self.assertEqual(len(line.transaction_details["raw"][0]), 128)
        self.assertFalse(line.is_reconciled)

    def test_narration_is_escaped(self):
        bank = self._bank()
        bank.receive("1.00", "X", "BE62510007547061", "<script>alert(1)</script> & co")
        line = self._import(bank.statement(DAY)).line_ids
        self.assertIn("&lt;script&gt;", line.narration)
        self.assertNotIn("<script>", line.narration)

    def test_words_are_in_the_language_of_whoever_imports(self):
        bank = self._bank()
        bank.receive("45.73", "Somebody", "BE62510007547061", "hello")
        data = bank.statement(DAY)
        line = self._in("nl_BE")._import(data).line_ids
        self.assertEqual(
            line.transaction_type, "overschrijving: overschrijving in uw voordeel"
        )
        self.assertEqual(
            line.transaction_details["code_text"],
            "credit transfer: transfer in your favour",
        )
        self.assertFalse(self._in("fr_BE")._import(data), "the same file")

    def _in(self, lang):
        """This test, as somebody who reads that language."""
        self.env = self.env(context={**self.env.context, "lang": lang})
        return self

    def test_balances_chain(self):
        bank = self._bank()
        days = []
        for offset in range(3):
            for count in range(offset + 1):
                bank.receive(f"{10 + count}.00", f"Payer {offset}{count}")
            days.append(bank.statement(DAY + timedelta(days=offset)))
        statements = self._import(b"".join(days))
        self.assertEqual(len(statements), 3)
        self.assertEqual(statements.mapped("is_complete"), [True] * 3)
        self.assertEqual(statements.mapped("is_valid"), [True] * 3)
        for statement in statements:
            self.assertTrue(statement.is_valid)
        self.assertEqual(sorted(statements.mapped("balance_start"))[0], 1000.0)

    def test_two_statements_of_one_day_chain(self):
        bank = self._bank()
        bank.receive("10.00", "A")
        first = bank.statement(DAY)
        for count in range(3):
            bank.receive(f"{count + 1}.00", "B")
        second = bank.statement(DAY)
        statements = self._import(first) + self._import(second)
        for statement in statements:
            self.assertTrue(statement.is_valid)
            self.assertTrue(statement.is_complete)

    # Idempotence

    def test_same_file_again(self):
        bank = self._bank()
        bank.receive("10.00", "A")
        bank.receive("11.00", "B")
        data = bank.statement(DAY)
        self.assertEqual(len(self._import(data).line_ids), 2)
        self.assertFalse(self._import(data, "other name.cod"))
        self.assertEqual(self.env[LINE].search_count([]), 2)
        seen = self.env["pom.statement.received"].search([])
        self.assertEqual(seen.seen_count, 2)

    def test_two_equal_payments_are_two_lines(self):
        bank = self._bank()
        for _count in range(2):
            bank.receive("10.00", "A", "BE62510007547061", "the same")
        data = bank.statement(DAY)
        self.assertEqual(len(self._import(data).line_ids), 2)
        self.assertFalse(self._import(data))

    def test_equal_payment_in_the_next_statement_of_the_day(self):
        bank = self._bank()
        bank.receive("10.00", "A", "BE62510007547061", "the same")
        first = bank.statement(DAY)
        bank.receive("10.00", "A", "BE62510007547061", "the same")
        second = bank.statement(DAY)
        self._import(first)
        self.assertEqual(len(self._import(second).line_ids), 1)
        self.assertFalse(self._import(first + second))
        self.assertEqual(self.env[LINE].search_count([]), 2)

    def test_overlap(self):
        """A file over days that are partly there already brings only the others."""
        bank, whole = self._bank(), self._bank()
        for one in (bank, whole):
            one.receive("5.00", "Z", date=DAY - timedelta(days=1))
            data = one.statement(DAY - timedelta(days=1))
        self._import(data)
        for name in ("A", "B"):
            bank.receive("10.00", name, date=DAY)
            whole.receive("10.00", name, date=DAY)
        self._import(bank.statement(DAY))
        whole.receive("30.00", "C", date=DAY + timedelta(days=1))
        statement = self._import(whole.statement(DAY + timedelta(days=1)))
        self.assertEqual(statement.line_ids.partner_name, "C")
        self.assertTrue(statement.is_complete)
        self.assertTrue(statement.is_valid)

    def test_other_order_of_lines(self):
        one, other = self._bank(), self._bank()
        names = ["A", "B", "C"]
        for name in names:
            one.receive("10.00", name)
        for name in reversed(names):
            other.receive("10.00", name)
        self._import(one.statement(DAY))
        self.assertFalse(self._import(other.statement(DAY)))

    def test_deleted_statement_can_be_imported_again(self):
        bank = self._bank()
        bank.receive("10.00", "A")
        data = bank.statement(DAY)
        statement = self._import(data)
        lines = statement.line_ids
        statement.unlink()
        statement = self._import(data)
        self.assertEqual(statement.line_ids, lines)
        self.assertTrue(statement.is_complete)
        statement.unlink()
        lines.unlink()
        self.assertEqual(len(self._import(data).line_ids), 1)

    def test_duplicate_check_is_one_query(self):
        bank = self._bank()
        for count in range(40):
            bank.receive(f"{count + 1}.00", "A")
        data = bank.statement(DAY)
        self._import(data)
        wizard = self._wizard(data)
        wizard.import_file_button()
        self.env.flush_all()
        with self.assertQueryCount(40):
            wizard.import_file_button()

    # The journal

    def _second_journal(self, number, currency=None, company=None):
        company = company or self.company
        return self.env["account.journal"].create(
            {
                "name": f"Bank {number[-4:]}",
                "code": number[-4:],
                "type": "bank",
                "company_id": company.id,
                "currency_id": currency and currency.id,
                "bank_account_id": self._bank_account(company.partner_id, number).id,
            }
        )

    def test_one_file_into_two_journals(self):
        other = self._second_journal("BE43068999999501")
        first, second = self._bank(), Bank("BE43068999999501")
        first.receive("1.00", "A")
        second.receive("2.00", "B")
        statements = self._import(first.statement(DAY) + second.statement(DAY))
        self.assertEqual(statements.journal_id, self.journal | other)
        for statement in statements:
            amount = 1.0 if statement.journal_id == self.journal else 2.0
            self.assertEqual(statement.line_ids.mapped("amount"), [amount])

    def test_no_journal(self):
        bank = Bank("BE43068999999501")
        bank.receive("1.00", "A")
        wizard = self._wizard(bank.statement(DAY))
        with self.assertRaisesRegex(
            UserError, r"bank journal for BE43068999999501 EUR"
        ):
            wizard._import_file()
        action = wizard.import_file_button()
        self.assertEqual((action["res_id"], action["target"]), (wizard.id, "new"))
        self.assertEqual(wizard.pom_missing, [["BE43068999999501", "EUR"]])
        self.assertFalse(self.env[LINE].search([]))

    def test_journals_are_created_on_request(self):
        first, second = Bank("BE43068999999501"), Bank(IBAN, currency="USD")
        self.env.ref("base.USD").active = True
        for bank in (first, second):
            bank.receive("1.00", "A")
        wizard = self._wizard(first.statement(DAY) + second.statement(DAY))
        wizard.import_file_button()
        wizard.action_pom_create_journals()
        journals = self.env[LINE].search([]).journal_id
        self.assertEqual(
            {
                (journal.bank_account_id.sanitized_acc_number, journal.currency_id.name)
                for journal in journals
            },
            {("BE43068999999501", False), (IBAN, "USD")},
        )
        self.assertFalse(wizard.pom_missing)

    def test_only_an_administrator_may_create_journals(self):
        bank = Bank("BE43068999999501")
        bank.receive("1.00", "A")
        clerk = self.env["res.users"].create(
            {
                "name": "Clerk",
                "login": "clerk",
                "group_ids": [(6, 0, self.env.ref("account.group_account_user").ids)],
                "company_ids": [(6, 0, self.company.ids)],
                "company_id": self.company.id,
            }
        )
        self.env = self.env(user=clerk)
        wizard = self._wizard(bank.statement(DAY))
        wizard.import_file_button()
        self.assertFalse(wizard.pom_may_create)
        with self.assertRaises(AccessError):
            wizard.action_pom_create_journals()

    def test_nothing_is_imported_when_one_journal_is_missing(self):
        first, second = self._bank(), Bank("BE43068999999501")
        first.receive("1.00", "A")
        second.receive("2.00", "B")
        self._import(first.statement(DAY) + second.statement(DAY))
        self.assertFalse(self.env[LINE].search([]))

    def test_other_currency_is_another_journal(self):
        dollar = self.env.ref("base.USD")
        bank = Bank(IBAN, currency="USD")
        bank.receive("1.00", "A")
        data = bank.statement(DAY)
        with self.assertRaisesRegex(UserError, IBAN + " USD"):
            self._wizard(data)._import_file()
        dollars = self.env["account.journal"].create(
            {
                "name": "Dollars",
                "code": "USD1",
                "type": "bank",
                "currency_id": dollar.id,
                "bank_account_id": self.journal.bank_account_id.id,
            }
        )
        self.assertEqual(self._import(data).journal_id, dollars)

    def test_other_company_is_another_journal(self):
        other = self.setup_other_company()["company"]
        other_journal = self.env["account.journal"].search(
            [("company_id", "=", other.id), ("type", "=", "bank")], limit=1
        )
        other_journal.bank_account_id = self._bank_account(other.partner_id, IBAN)
        bank = self._bank()
        bank.receive("1.00", "A")
        statements = self._import(bank.statement(DAY))
        self.assertEqual(statements.company_id, self.company)

    def test_belgian_number_from_before_the_iban(self):
        self.journal.bank_account_id.acc_number = "539-0075470-34"
        bank = self._bank()
        bank.receive("1.00", "A")
        self.assertEqual(self._import(bank.statement(DAY)).journal_id, self.journal)

    def test_number_inside_another_one_is_no_match(self):
        self.journal.bank_account_id.acc_number = IBAN + "9"
        bank = self._bank()
        bank.receive("1.00", "A")
        with self.assertRaises(UserError):
            self._wizard(bank.statement(DAY))._import_file()

    def test_account_of_another_company_of_the_user(self):
        """It is said where it is; no journal is offered to be created here."""
        other = self.setup_other_company()["company"]
        there = self._second_journal("BE43068999999501", company=other)
        self.env.user.company_ids |= other
        bank = Bank("BE43068999999501")
        bank.receive("1.00", "A")
        wizard = self._wizard(bank.statement(DAY)).with_context(
            allowed_company_ids=self.company.ids
        )
        with self.assertRaisesRegex(UserError, f"{there.name}.*{other.name}"):
            wizard.import_file_button()
        self.assertFalse(wizard.pom_missing)

    def test_account_of_an_archived_journal(self):
        there = self._second_journal("BE43068999999501")
        there.active = False
        bank = Bank("BE43068999999501")
        bank.receive("1.00", "A")
        wizard = self._wizard(bank.statement(DAY))
        with self.assertRaisesRegex(UserError, f"{there.name}.*archived"):
            wizard.import_file_button()
        self.assertFalse(wizard.pom_missing)

    def test_two_journals_of_one_account(self):
        """The one that the wizard was started from."""
        other = self.env["account.journal"].create(
            {
                "name": "Second",
                "code": "SEC",
                "type": "bank",
                "currency_id": self.company.currency_id.id,
                "bank_account_id": self.journal.bank_account_id.id,
            }
        )
        bank = self._bank()
        bank.receive("1.00", "A")
        data = bank.statement(DAY)
        with self.assertRaisesRegex(UserError, "Several journals"):
            self._wizard(data).import_file_button()
        wizard = self._wizard(data).with_context(journal_id=other.id)
        wizard.import_file_button()
        self.assertEqual(self.env[LINE].search([]).journal_id, other)

    # Closed periods

    def _closed_until(self, day):
        self.company.fiscalyear_lock_date = day

    def test_closed_period_is_said_before_anything_is_created(self):
        bank = self._bank()
        bank.receive("44.40", "A", date=DAY)
        first = bank.statement(DAY)
        bank.receive("33.30", "B", date=DAY + timedelta(1))
        second = bank.statement(DAY + timedelta(1))
        self._closed_until(DAY)
        wizard = self._wizard(second + first)
        with self.assertRaisesRegex(UserError, r"44\.40"), self.env.cr.savepoint():
            wizard.import_file_button()
        self.assertFalse(self.env[LINE].search([]))
        self.assertFalse(self.env["pom.statement.received"].search([]))

    def test_closed_period_on_the_first_open_day(self):
        """The chain of balances holds, whichever came first; the bank's date stays."""
        bank, statements = self._bank(), []
        for number in range(4):
            day = DAY + timedelta(number)
            bank.receive(f"{number + 1}.00", "A", date=day)
            statements.append(bank.statement(day))
        self._closed_until(DAY + timedelta(1))
        done = self._import(statements[2] + statements[3])
        done += self._import(statements[0] + statements[1], pom_open_day=True)
        self.assertEqual(done.mapped("is_valid"), [True] * 4)
        self.assertEqual(done.mapped("is_complete"), [True] * 4)
        moved = done.line_ids.filtered(lambda line: line.amount < 3)
        self.assertEqual(set(moved.mapped("date")), {DAY + timedelta(2)})
        self.assertEqual(
            {line.transaction_details["date"] for line in moved},
            {str(DAY), str(DAY + timedelta(1))},
        )
        self.assertIn("closed period", moved.statement_id[:1].pom_warnings)
        self.assertFalse(self._import(b"".join(statements)))

    def test_known_lines_of_a_closed_period_are_passed_over(self):
        bank, whole = self._bank(), self._bank()
        reference = self._invoice(5.0).payment_reference
        for one in (bank, whole):
            one.receive("5.00", "Z", "", reference, date=DAY)
        self._import(bank.statement(DAY))
        self._closed_until(DAY)
        whole.receive("6.00", "Y", date=DAY + timedelta(1))
        statement = self._import(whole.statement(DAY + timedelta(1)))
        self.assertEqual(statement.line_ids.mapped("amount"), [6.0])

    # Odd files

    def test_closed_before_it_was_opened(self):
        """At the turn of the year: the movement's own date counts, with a warning."""
        bank = self._bank(opening_balance="9500.00")
        bank._balance_date = date(2027, 1, 1)
        bank.receive("9.10", "A", date=date(2027, 1, 1))
        statement = self._import(bank.statement(date(2026, 12, 31)))
        self.assertEqual(statement.line_ids.date, date(2027, 1, 1))
        self.assertIn("before it was opened", statement.pom_warnings)

    def test_empty_statement_is_seen(self):
        data = self._bank().statement(DAY)
        self.assertFalse(self._import(data))
        seen = self.env["pom.statement.received"].search([])
        self.assertEqual((seen.state, seen.journal_id), ("empty", self.journal))

    def test_inconsistent_then_forced(self):
        bank = self._bank()
        bank.receive("10.00", "A")
        data = bank.statement(DAY).replace(b"000000000010000", b"000000000010010", 1)
        with self.assertRaisesRegex(UserError, r"Line \d+"), self.env.cr.savepoint():
            self._import(data)
        statement = self._import(data, pom_force=True)
        self.assertTrue(statement.pom_forced)
        self.assertTrue(statement.pom_warnings)

    def test_not_a_statement(self):
        with self.assertRaises(UserError):
            self._import(b"hello")

    def test_foreign_date_stays_within_the_statement(self):
        bank = self._bank()
        bank.receive("10.00", "A", date=date(2026, 10, 1))
        statement = self._import(bank.statement(DAY))
        self.assertEqual(statement.line_ids.date, DAY)


class TestReferences(ReconcileCase):
    def test_exact_reference_pays_the_invoice(self):
        invoices = [self._invoice(amount) for amount in (100.0, 45.73)]
        bank = self._bank()
        for invoice in invoices:
            bank.receive(
                str(invoice.amount_total),
                "Somebody",
                "BE62510007547061",
                invoice.payment_reference,
            )
        lines = self._import(bank.statement(DAY)).line_ids
        self.assertEqual([i.payment_state for i in invoices], ["paid"] * 2)
        self.assertEqual(lines.mapped("is_reconciled"), [True] * 2)
        self.assertEqual(set(lines.mapped("partner_id")), {self.jan})
        self.assertEqual(set(lines.pom_match_id.mapped("rule")), {"exact_reference"})
        counterparts = lines.move_id.line_ids.filtered(
            lambda item: item.account_id == self.receivable
        )
        self.assertEqual(len(counterparts), 2)

    def test_open_line_is_matched_later(self):
        line = self._line(100.0, "+++000/0000/00097+++")
        invoice = self._invoice(100.0)
        line.payment_ref = f"payment {invoice.payment_reference} thanks"
        self.assertEqual(line._pom_auto_match(), line)
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(line.partner_id, self.jan)
        self.assertTrue(line.is_reconciled)
        self.assertIn(invoice.name, line.pom_reason)
