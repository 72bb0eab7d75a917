"""Early payment discount: what is due until a day pays the invoice, taxes and all."""

from datetime import timedelta

from odoo import Command, fields

from .common import DAY, ReconcileCase

LINE = "account.bank.statement.line"


class TestDiscount(ReconcileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.loss = cls.company.account_journal_early_pay_discount_loss_account_id
        cls.taxes = [
            cls.env["account.tax"].search(
                [
                    ("company_id", "=", cls.company.id),
                    ("type_tax_use", "=", "sale"),
                    ("amount", "=", rate),
                ],
                limit=1,
            )
            for rate in (21, 6)
        ]

    def _term(self, computation):
        return self.env["account.payment.term"].create(
            {
                "name": f"2% in 10 days ({computation})",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 10,
                "early_pay_discount_computation": computation,
                "line_ids": [Command.create({"value": "percent", "value_amount": 100})],
            }
        )

    def _discounted(self, computation, partner=None, move_type="out_invoice"):
        sale = move_type == "out_invoice"
        taxes = self.taxes if sale else [self.company_data["default_tax_purchase"]]
        move = self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": (partner or self.jan).id,
                "invoice_date": DAY,
                "date": DAY,
                "invoice_payment_term_id": self._term(computation).id,
                "ref": False if sale else "F-2026-77",
                "invoice_line_ids": [
                    Command.create(
                        {"name": "x", "price_unit": 100, "tax_ids": [(6, 0, tax.ids)]}
                    )
                    for tax in taxes
                ],
            }
        )
        move.action_post()
        return move

    def _due(self, move):
        term = move.line_ids.filtered(lambda item: item.display_type == "payment_term")
        return abs(term.discount_amount_currency)

    def _check(self, line, move):
        self.assertTrue(line.is_reconciled, line.pom_reason)
        self.assertFalse(move.amount_residual)
        self.assertIn("early payment", line.pom_reason)
        self.assertFalse(line.pom_flag)
        self.assertAlmostEqual(sum(line.line_ids.mapped("balance")), 0)

    def test_each_way_of_computing(self):
        for computation in ("included", "excluded", "mixed"):
            move = self._discounted(computation)
            day = fields.Date.to_string(DAY + timedelta(10))
            line = self._line(self._due(move), move.payment_reference, date=day)
            self.assertEqual(line._pom_auto_match(), line)
            self._check(line, move)
            off = line.line_ids.filtered(lambda item: item.account_id == self.loss)
            self.assertTrue(off)
            taxes = line.line_ids.filtered("tax_repartition_line_id")
            self.assertEqual(len(taxes), 2 if computation == "included" else 0)
            if taxes:
                self.assertTrue(all(item.tax_tag_ids for item in taxes))
                self.assertEqual(sum(taxes.mapped("balance")), 0.54)
            line.pom_match_id.action_undo()
            self.assertEqual(move.amount_residual, move.amount_total)

    def test_as_a_file_brings_it(self):
        move = self._discounted("included")
        bank = self._bank()
        bank.receive(f"{self._due(move):.2f}", "X", "", move.payment_reference)
        line = self._import(bank.statement(DAY)).line_ids
        self._check(line, move)
        self.assertEqual(len(line.line_ids.filtered("tax_repartition_line_id")), 2)

    def test_by_account(self):
        move = self._discounted("mixed")
        line = self._line(self._due(move), "merci", "Jan Peeters", "BE71096123456769")
        line._pom_auto_match()
        self._check(line, move)

    def test_of_a_bill(self):
        move = self._discounted("included", self.an, "in_invoice")
        line = self._line(-self._due(move), "F-2026-77")
        line._pom_auto_match()
        self._check(line, move)
        gain = self.company.account_journal_early_pay_discount_gain_account_id
        self.assertTrue(line.line_ids.filtered(lambda item: item.account_id == gain))

    def test_too_late(self):
        move = self._discounted("mixed")
        day = fields.Date.to_string(DAY + timedelta(11))
        line = self._line(self._due(move), move.payment_reference, date=day)
        line._pom_auto_match()
        self.assertEqual((line.pom_flag, move.payment_state), ("partial", "partial"))

    def test_after_a_part(self):
        """Core grants no discount any more once a part is paid."""
        move = self._discounted("mixed")
        first = self._line(10, move.payment_reference)
        first._pom_auto_match()
        rest = self._line(self._due(move) - 10, move.payment_reference)
        rest._pom_auto_match()
        self.assertEqual(move.payment_state, "partial")

    def _back(self, move, amount):
        """The bank takes back what it had collected."""
        line = self._line(
            -amount,
            move.payment_reference,
            transaction_details={
                "code": "00503000",
                "text": move.payment_reference,
                "return_reason": "AM04",
                "return_type": "return",
            },
        )
        line._pom_auto_match()
        self.assertTrue(line.is_reconciled, line.pom_reason)
        return line

    def _check_open_again(self, move, entries):
        self.assertEqual(move.amount_residual, move.amount_total)
        self.assertEqual(move.payment_state, "not_paid")
        items = entries.line_ids
        off = items.filtered(lambda item: item.account_id == self.loss)
        self.assertTrue(off)
        self.assertAlmostEqual(sum(off.mapped("balance")), 0)
        taxes = items.filtered("tax_repartition_line_id")
        self.assertAlmostEqual(sum(taxes.mapped("balance")), 0)

    def test_returned(self):
        """A direct debit that came back paid nothing: not the discount either."""
        fees = self.company_data["default_account_expense"]
        self.journal.pom_fee_account_id = fees
        for computation in ("included", "excluded", "mixed"):
            move = self._discounted(computation)
            paid = self._line(self._due(move), move.payment_reference)
            paid._pom_auto_match()
            self._check(paid, move)
            before = paid.line_ids.mapped("balance")
            back = self._back(move, self._due(move) + 3.5)
            self._check_open_again(move, (paid + back).move_id)
            fee = back.line_ids.filtered(lambda item: item.account_id == fees)
            self.assertEqual(fee.balance, 3.5)
            back.pom_match_id.action_undo()
            self.assertFalse(move.amount_residual)
            self.assertEqual(paid.line_ids.mapped("balance"), before)

    def _in_one(self, *computations):
        """One transfer pays several invoices of one debtor in time; and what came."""
        moves = [self._discounted(computation) for computation in computations]
        due = round(sum(map(self._due, moves)), 2)
        text = " ".join(move.payment_reference for move in moves)
        bank = self._bank()
        bank.receive(f"{due:.2f}", "X", "", text, end_to_end="E2E-MANY")
        line = self._import(bank.statement(DAY)).line_ids
        for move in moves:
            self._check(line, move)
        return moves, due, line, bank

    def test_all_of_a_transfer_returned(self):
        """Each of its invoices loses its discount."""
        fees = self.company_data["default_account_expense"]
        self.journal.pom_fee_account_id = fees
        for more in (0, 3.5):
            with self.subTest(more), self.env.cr.savepoint() as undone:
                moves, due, paid, bank = self._in_one("included", "mixed")
                bank.send(
                    f"{due + more:.2f}",
                    "X",
                    "",
                    " ".join(move.payment_reference for move in moves),
                    end_to_end="E2E-MANY",
                    return_reason="AM04",
                )
                day = DAY + timedelta(1)
                back = self._import(bank.statement(day), "next.cod").line_ids
                self.assertTrue(back.is_reconciled, back.pom_reason)
                for move in moves:
                    self._check_open_again(move, (paid + back).move_id)
                back.pom_match_id.action_undo()
                self.assertFalse(any(move.amount_residual for move in moves))
                undone.rollback()
            self.env.invalidate_all()

    def test_one_of_a_transfer_returned(self):
        (first, other), _due, paid, _bank = self._in_one("included", "mixed")
        back = self._back(first, self._due(first))
        self.assertEqual(first.amount_residual, first.amount_total)
        self.assertFalse(other.amount_residual)
        off = (paid + back).line_ids.filtered(lambda i: i.account_id == self.loss)
        kept = other.amount_total - self._due(other)
        self.assertAlmostEqual(sum(off.mapped("balance")), kept)
        last = self._back(other, self._due(other))
        self.assertEqual(other.amount_residual, other.amount_total)
        self._check_open_again(other, (paid + back + last).move_id)

    def test_one_returned_of_which_nothing_is_told(self):
        """A person registered one payment for several: whose each discount was, the
        books don't say."""
        moves = self._discounted("mixed") + self._discounted("mixed")
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=moves.ids
        )
        values = {"journal_id": self.journal.id, "payment_date": DAY}
        wizard.create({**values, "group_payment": True})._create_payments()
        due = round(sum(map(self._due, moves)), 2)
        paid = self._line(due, " ".join(moves.mapped("payment_reference")))
        paid._pom_auto_match()
        self.assertTrue(paid.is_reconciled, paid.pom_reason)
        line = self._line(
            -self._due(moves[0]),
            moves[0].payment_reference,
            transaction_details={
                "code": "00503000",
                "text": moves[0].payment_reference,
                "return_reason": "AM04",
                "return_type": "return",
            },
        )
        line._pom_auto_match()
        self.assertFalse(line.is_reconciled)
        self.assertIn("don't tell what was written off", line.pom_reason)

    def test_charges_are_no_discount(self):
        """All was paid; what the bank kept is as much as a discount would be."""
        move = self._discounted("mixed")
        self.journal.pom_fee_account_id = self.company_data["default_account_expense"]
        off = move.amount_total - self._due(move)
        paid = self._line(
            self._due(move),
            move.payment_reference,
            transaction_details={
                "code": "30150000",
                "text": move.payment_reference,
                "charges": f"{off:.2f}",
            },
        )
        paid._pom_auto_match()
        self.assertEqual(move.payment_state, "paid")
        self.assertEqual(move._pom_discounts_taken(), {})

    def test_returned_after_it_was_registered(self):
        move = self._discounted("mixed")
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        values = {"journal_id": self.journal.id, "payment_date": DAY}
        payment = wizard.create(values)._create_payments()
        self.assertEqual(payment.amount, self._due(move))
        self._line(self._due(move), move.payment_reference)._pom_auto_match()
        back = self._back(move, self._due(move))
        self._check_open_again(move, payment.move_id | back.move_id)

    def test_returned_in_part(self):
        """What isn't all of the money leaves the discount to a person."""
        move = self._discounted("mixed")
        self._line(self._due(move), move.payment_reference)._pom_auto_match()
        self._back(move, 10)
        self.assertEqual(move.amount_residual, 10)
