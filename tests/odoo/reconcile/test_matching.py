"""What becomes of bank lines in the books, rule by rule, and undone again."""

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from .common import DAY, ReconcileCase


class TestMatching(ReconcileCase):
    def _state(self, *records):
        """Return everything about documents and bank lines that money changes."""
        state = []
        for record in records:
            move = record.move_id if record._name != "account.move" else record
            state.append(
                (
                    move.payment_state,
                    move.partner_id.id,
                    move.checked,
                    sorted(
                        (
                            item.account_id.id,
                            item.partner_id.id,
                            item.balance,
                            item.amount_residual,
                            item.reconciled,
                        )
                        for item in move.line_ids
                    ),
                )
            )
        return state

    def _matched(self, *args, **kwargs):
        line = self._line(*args, **kwargs)
        self.assertEqual(line._pom_auto_match(), line, line.pom_reason)
        return line

    def _payment(self, invoice, **values):
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        return wizard.create(
            {"journal_id": self.journal.id, **values}
        )._create_payments()

    def test_partial(self):
        invoice = self._invoice(100.0)
        line = self._matched(60.0, invoice.payment_reference)
        self.assertEqual(invoice.amount_residual, 40.0)
        self.assertEqual(line.pom_flag, "partial")
        self.assertFalse(line.checked)

    def test_surplus_is_the_customers_credit(self):
        invoice = self._invoice(100.0)
        line = self._matched(130.0, invoice.payment_reference)
        self.assertEqual(invoice.payment_state, "paid")
        credit = line.move_id.line_ids.filtered(
            lambda item: item.account_id == self.receivable
        )
        self.assertEqual(sum(credit.mapped("amount_residual")), -30.0)
        self.assertEqual(line.pom_flag, "surplus")

    def test_several_invoices_of_two_debtors(self):
        first, second = self._invoice(100.0), self._invoice(50.0, self.an)
        line = self._matched(
            150.0, f"{first.payment_reference} en {second.payment_reference}"
        )
        self.assertEqual((first | second).mapped("payment_state"), ["paid", "paid"])
        items = line.move_id.line_ids.filtered(
            lambda item: item.account_id == self.receivable
        )
        self.assertEqual(set(items.mapped("partner_id")), {self.jan, self.an})

    def test_invoice_number_and_amount(self):
        invoice = self._invoice(77.0)
        self._matched(77.0, f"betaling factuur {invoice.name}")
        self.assertEqual(invoice.payment_state, "paid")

    def test_credit_note_is_netted(self):
        invoice = self._invoice(100.0)
        credit = self._invoice(30.0, move_type="out_refund")
        self._matched(70.0, f"{invoice.payment_reference} - {credit.name}")
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertEqual(credit.amount_residual, 0.0)

    def test_known_account_with_one_open_item(self):
        invoice = self._invoice(66.0)
        self._matched(66.0, "thanks", "J. Peeters", "BE71 0961 2345 6769")
        self.assertEqual(invoice.payment_state, "paid")

    def test_instalment(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Two parts",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": days}
                    )
                    for days in (0, 30)
                ],
            }
        )
        invoice = self._invoice(200.0, invoice_payment_term_id=term.id)
        self._matched(100.0, invoice.payment_reference)
        self.assertEqual(invoice.amount_residual, 100.0)
        due = invoice.line_ids.filtered(
            lambda item: item.display_type == "payment_term"
        )
        by_date = due.sorted("date_maturity")
        self.assertEqual(by_date.mapped("reconciled"), [True, False])

    def test_bill_is_paid(self):
        bill = self._invoice(
            80.0, move_type="in_invoice", payment_reference="RF18 5390 0754 7034"
        )
        self._matched(-80.0, "RF18539007547034")
        self.assertEqual(bill.payment_state, "paid")

    def test_paid_twice_is_a_credit_and_touches_no_other_invoice(self):
        invoice, other = self._invoice(100.0), self._invoice(100.0)
        self._matched(100.0, invoice.payment_reference)
        second = self._matched(100.0, invoice.payment_reference)
        self.assertEqual(second.pom_flag, "paid_twice")
        self.assertEqual(other.amount_residual, 100.0)
        self.assertEqual(second.partner_id, self.jan)
        credit = second.move_id.line_ids.filtered(
            lambda item: item.account_id == self.receivable
        )
        self.assertEqual(credit.amount_residual, -100.0)

    def test_waiting_payment_is_settled_not_its_invoice(self):
        invoice = self._invoice(100.0)
        payment = self._payment(invoice, communication="E2E-ABC-0001")
        self.assertFalse(payment.is_matched)
        self.assertEqual(invoice.payment_state, "paid")
        line = self._line(100.0, invoice.payment_reference)
        line._pom_auto_match()
        self.assertTrue(line.is_reconciled)
        self.assertTrue(payment.is_matched)
        self.assertNotEqual(line.pom_flag, "paid_twice")

    def test_other_company_is_never_matched(self):
        other = self.setup_other_company()["company"]
        invoice = self.init_invoice(
            "out_invoice", partner=self.jan, amounts=[100.0], company=other, post=True
        )
        invoice.payment_reference = "+++123/4567/89002+++"
        line = self._line(100.0, "+++123/4567/89002+++")
        self.assertFalse(line._pom_auto_match())

    def test_ambiguous_is_left_open_with_suggestions(self):
        first, second = self._invoice(55.0), self._invoice(55.0, self.an)
        line = self._line(55.0, "thanks")
        self.assertFalse(line._pom_auto_match())
        self.assertEqual(line.pom_match_id.state, "open")
        self.assertTrue(line.pom_reason)
        names = " ".join(item.reason for item in line.pom_suggestion_ids)
        self.assertIn(first.name, names)
        self.assertIn(second.name, names)
        self.assertEqual(line.pom_suggestion_ids.partner_ids, self.jan | self.an)
        self.assertFalse(line.is_reconciled)

    def test_unknown_is_left_open(self):
        line = self._line(12.34, "no idea")
        self.assertFalse(line._pom_auto_match())
        self.assertFalse(line.is_reconciled)

    def test_foreign_invoice_in_the_lines_foreign_currency(self):
        dollar = self.setup_other_currency("USD", rates=[("2026-01-01", 2.0)])
        invoice = self._invoice(100.0, currency_id=dollar.id)
        self._matched(
            49.0,
            invoice.payment_reference,
            foreign_currency_id=dollar.id,
            amount_currency=100.0,
        )
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertEqual(invoice.payment_state, "paid")

    # Returns

    def _direct_debit_return(self, invoice, amount):
        return self._line(
            -amount,
            f"Onbetaalde domiciliering {invoice.payment_reference}",
            transaction_details={
                "code": "00503000",
                "text": f"{invoice.payment_reference}",
                "return_reason": "AM04",
                "return_type": "return",
            },
        )

    def test_return_reopens_the_debt(self):
        invoice = self._invoice(100.0)
        self._matched(100.0, invoice.payment_reference)
        line = self._direct_debit_return(invoice, 100.0)
        self.assertEqual(line._pom_auto_match(), line)
        self.assertEqual(invoice.payment_state, "not_paid")
        self.assertEqual(invoice.amount_residual, 100.0)
        self.assertEqual(line.pom_flag, "returned")
        self.assertIn("insufficient", line.pom_reason)

    def test_return_of_a_registered_payment_rejects_it(self):
        invoice = self._invoice(100.0)
        payment = self._payment(invoice)
        self._matched(100.0, invoice.payment_reference)
        line = self._direct_debit_return(invoice, 100.0)
        self.assertEqual(line._pom_auto_match(), line)
        self.assertEqual(invoice.payment_state, "not_paid")
        self.assertEqual(payment.state, "rejected")
        line.pom_match_id.action_undo()
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(payment.state, "paid")

    def test_costs_go_to_the_fee_account(self):
        account = self.company_data["default_account_expense"]
        self.journal.pom_fee_account_id = account
        invoice = self._invoice(100.0)
        self._matched(100.0, invoice.payment_reference)
        line = self._direct_debit_return(invoice, 103.5)
        self.assertEqual(line._pom_auto_match(), line)
        self.assertEqual(invoice.amount_residual, 100.0)
        fee = line.move_id.line_ids.filtered(lambda item: item.account_id == account)
        self.assertEqual(fee.balance, 3.5)

    def test_undo_puts_payment_and_debt_together_again(self):
        invoice = self._invoice(100.0)
        paid = self._matched(100.0, invoice.payment_reference)
        line = self._direct_debit_return(invoice, 100.0)
        before = self._state(invoice, paid, line)
        line._pom_auto_match()
        self.assertNotEqual(self._state(invoice, paid, line), before)
        line.pom_match_id.action_undo()
        self.assertEqual(self._state(invoice, paid, line), before)

    def test_return_in_the_same_batch_as_its_payment(self):
        invoice = self._invoice(100.0)
        paid = self._line(100.0, invoice.payment_reference)
        line = self._direct_debit_return(invoice, 100.0)
        (paid + line)._pom_auto_match()
        self.assertTrue(line.is_reconciled, line.pom_reason)
        self.assertEqual(invoice.payment_state, "not_paid")

    # Undo

    def test_undo_restores_everything(self):
        for amount, values in (
            (100.0, {}),
            (60.0, {}),
            (130.0, {"partner_id": self.an.id, "partner_name": "Somebody"}),
        ):
            invoice = self._invoice(100.0)
            line = self._line(amount, invoice.payment_reference, **values)
            before = self._state(invoice, line)
            self.assertEqual(line._pom_auto_match(), line)
            match = line.pom_match_id
            match.action_undo()
            self.assertEqual(self._state(invoice, line), before)
            self.assertEqual(match.state, "undone")
            self.assertEqual(match.undone_by, self.env.user)
            invoice.button_draft()

    def test_undo_by_core_closes_the_decision(self):
        invoice = self._invoice(100.0)
        line = self._matched(100.0, invoice.payment_reference)
        match = line.pom_match_id
        line.action_undo_reconciliation()
        self.assertEqual(match.state, "undone")
        self.assertFalse(line.pom_match_id)

    def test_undone_is_not_matched_again_by_itself(self):
        invoice = self._invoice(100.0)
        line = self._matched(100.0, invoice.payment_reference)
        line.pom_match_id.action_undo()
        self.assertNotIn(line, self.env[line._name]._pom_to_try(10))
        line.action_pom_match()
        self.assertEqual(invoice.payment_state, "paid")

    def test_twice_is_refused(self):
        invoice = self._invoice(100.0)
        match = self._matched(100.0, invoice.payment_reference).pom_match_id
        match.action_undo()
        with self.assertRaises(UserError):
            match.action_undo()

    # Safety

    def test_closed_period_is_left_alone(self):
        invoice = self._invoice(100.0)
        line = self._line(100.0, invoice.payment_reference)
        # Odoo lets nobody close a period that has open bank lines, other programs do.
        self.cr.execute(
            "UPDATE res_company SET fiscalyear_lock_date = %s WHERE id = %s",
            (DAY, self.company.id),
        )
        self.company.invalidate_recordset()
        self.assertFalse(line._pom_auto_match())
        self.assertEqual(invoice.amount_residual, 100.0)

    def test_others_may_not(self):
        invoice = self._invoice(100.0)
        line = self._line(100.0, invoice.payment_reference)
        clerk = new_test_user(
            self.env,
            "clerk",
            "base.group_user,account.group_account_invoice",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        with self.assertRaises(AccessError):
            line.with_user(clerk).action_pom_match()
        self._matched(100.0, invoice.payment_reference)
        with self.assertRaises(AccessError):
            line.pom_match_id.with_user(clerk).action_undo()

    def test_refused_line_is_isolated(self):
        """One line that Odoo refuses doesn't keep the others from being booked."""
        invoices = [self._invoice(amount) for amount in (10.0, 20.0, 30.0, 40.0)]
        lines = self.env["account.bank.statement.line"].union(
            *(self._line(i.amount_total, i.payment_reference) for i in invoices)
        )
        bad = invoices[2]
        Settling = self.env.registry["pom.match.settling"]
        original = Settling._reconcile

        def reconcile(settling, postings):
            if bad.id in [
                a.move_id.id
                for p in postings
                for i in p.items
                for a in settling.env["account.move.line"].browse(i.settles)
            ]:
                raise UserError("not this one")
            return original(settling, postings)

        self.patch(Settling, "_reconcile", reconcile)
        matched = lines._pom_auto_match()
        self.assertEqual(len(matched), 3)
        self.assertEqual(bad.amount_residual, 30.0)
        refused = lines - matched
        self.assertFalse(refused.is_reconciled)
        self.assertIn("not this one", refused.pom_reason)

    def test_queries_do_not_grow_with_the_lines(self):
        """Candidates for a batch come in a fixed number of queries."""
        from odoo.addons.pom_reconcile.matching import engine

        counts = []
        for size in (1, 2, 12):
            lines = self.env["account.bank.statement.line"].union(
                *(
                    self._line(i.amount_total, i.payment_reference)
                    for i in [self._invoice(10.0 + n) for n in range(size)]
                )
            )
            bank_lines = [
                lines._pom_bank_line(line.id, line._pom_values(), self.journal)
                for line in lines
            ]
            keys = engine.needed_keys(bank_lines)
            Candidates = self.env["pom.match.candidates"]
            self.env.flush_all()
            start = self.cr.sql_log_count
            found = Candidates._find(keys, self.company, fields.Date.to_date(DAY))
            counts.append(self.cr.sql_log_count - start)
            self.assertGreaterEqual(len(found.candidates), size)
        self.assertEqual(counts[1], counts[2])
        self.assertLessEqual(counts[1], 10)

    # Suggestions and settings

    def _suggestion(self, invoice, *args, **values):
        line = self._line(*args, **values)
        line._pom_auto_match()
        for suggestion in line.pom_suggestion_ids:
            if invoice.name in suggestion.reason:
                return line, suggestion
        self.fail("the invoice isn't suggested")

    def test_accepted_suggestion_is_booked(self):
        first, second = self._invoice(55.0), self._invoice(55.0, self.an)
        line, suggestion = self._suggestion(second, 55.0, "thanks")
        suggestion.action_accept()
        self.assertEqual(second.payment_state, "paid")
        self.assertEqual(first.payment_state, "not_paid")
        self.assertTrue(line.pom_match_id.by_hand)
        self.assertEqual(line.partner_id, self.an)
        self.assertFalse(line.pom_suggestion_ids)
        line.pom_match_id.action_undo()
        self.assertEqual(second.payment_state, "not_paid")
        self.assertFalse(line.is_reconciled)

    def test_suggestion_out_of_date(self):
        self._invoice(55.0)
        second = self._invoice(55.0, self.an)
        line, suggestion = self._suggestion(second, 55.0, "thanks")
        self._payment(second)
        with self.assertRaisesRegex(UserError, "out of date"):
            suggestion.action_accept()

    def test_rule_that_is_off_is_not_used(self):
        rules = self.journal.pom_rule_ids
        self.assertEqual(rules[0].code, "waiting_payment")
        rules.filtered(lambda rule: rule.code == "known_account").active = False
        invoice = self._invoice(66.0)
        line = self._line(66.0, "thanks", "J. P.", "BE71 0961 2345 6769")
        self.assertFalse(line._pom_auto_match())
        self.assertEqual(invoice.payment_state, "not_paid")

    def test_matching_that_is_off(self):
        self.journal.pom_auto_match = False
        invoice = self._invoice(66.0)
        bank = self._bank()
        bank.receive("66.00", "X", "", invoice.payment_reference)
        line = self._import(bank.statement(DAY)).line_ids
        self.assertFalse(line.is_reconciled)

    def test_rounding_tolerance(self):
        self.journal.pom_tolerance = 0.05
        account = self.company_data["default_account_expense"]
        invoice = self._invoice(100.0)
        line = self._line(99.98, invoice.payment_reference)
        line._pom_auto_match()
        self.assertEqual(invoice.payment_state, "partial")
        line.pom_match_id.action_undo()
        self.journal.pom_tolerance_account_id = account
        line.action_pom_match()
        self.assertEqual(invoice.payment_state, "paid")
        written_off = line.move_id.line_ids.filtered(
            lambda item: item.account_id == account
        )
        self.assertAlmostEqual(written_off.balance, 0.02)

    def test_scheduled_action_matches_when_an_invoice_appears(self):
        line = self._line(66.0, "+++000/0000/00097+++")
        line._pom_auto_match()
        self.assertFalse(line.is_reconciled)
        invoice = self._invoice(66.0)
        line.with_context(skip_account_move_synchronization=True).write(
            {"payment_ref": invoice.payment_reference, "pom_tried_on": "2020-01-01"}
        )
        with self.enter_registry_test_mode():
            self.env.ref("pom_reconcile.ir_cron_auto_match").method_direct_trigger()
        self.assertEqual(invoice.payment_state, "paid")

    def test_dashboard(self):
        invoice = self._invoice(100.0)
        self._matched(100.0, invoice.payment_reference)
        data = self.journal._get_journal_dashboard_data_batched()[self.journal.id]
        self.assertEqual(data["pom_figures"][0]["matched"], 1)
        self.assertEqual(data["pom_gaps"], 0)
        bank = self._bank()
        for day in range(3):
            today = fields.Date.add(DAY, days=day)
            bank.receive("1.00", "X", date=today)
            statement = bank.statement(today)
            if day != 1:
                self._import(statement)
        data = self.journal._get_journal_dashboard_data_batched()[self.journal.id]
        self.assertEqual(data["pom_gaps"], 1)
        action = self.journal.action_pom_gaps()
        self.assertEqual(len(action["domain"][0][2]), 2)

    def test_reason_is_in_the_readers_language(self):
        invoice = self._invoice(100.0)
        line = self._matched(100.0, invoice.payment_reference)
        english = line.with_context(lang="en_US").pom_reason
        dutch = line.with_context(lang="nl_BE").pom_reason
        self.assertIn("exact amount", english)
        self.assertIn("exact bedrag", dutch)
        self.assertIn(invoice.name, dutch)
