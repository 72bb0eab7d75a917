"""Nobody is asked for money that is in the house or on its way, nor by a message whose
address is dead.
"""

from datetime import date

from odoo.tests import freeze_time, tagged

from .common import ReminderCase

DUE = date(2026, 3, 31)
NOW = "2026-04-07 08:00:00"


@tagged("standard", "post_install", "-at_install")
class TestMoneyHere(ReminderCase):
    def _reason(self, move):
        with freeze_time(NOW):
            self.env["pom.reminder"].sudo()._plan(self.company)
        reminder = move.pom_reminder_ids
        self.assertEqual(reminder.state, "left_out" if reminder.reason else "approved")
        return reminder.reason

    def _on_account(self, amount):
        self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.marie.id,
                "amount": amount,
                "date": DUE,
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        ).action_post()

    def _attempt(self, move, state, **values):
        provider = self.env["payment.provider"].create(
            {"name": "P", "code": "none", "company_id": self.company.id}
        )
        return self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": self.env.ref(
                    "payment.payment_method_bancontact"
                ).id,
                "amount": move.amount_total,
                "currency_id": move.currency_id.id,
                "partner_id": self.marie.id,
                "state": state,
                "reference": "attempt",
                "invoice_ids": [(6, 0, move.ids)],
                **values,
            }
        )

    def test_on_account(self):
        move = self._invoice(DUE)
        self._on_account(121)
        self.assertEqual(self._reason(move), "covered")
        with freeze_time(NOW):
            self.assertEqual(move.pom_reminder_ids.amount, 0)
            move.action_toggle_block_payment()
            self.assertEqual(move.pom_reminder_ids.amount, 0)

    def test_partly_on_account(self):
        """The oldest is covered, of the next the rest is asked, and said in words."""
        old, new = self._invoice(date(2026, 3, 2), 100), self._invoice(DUE, 100)
        self._on_account(130)
        self.assertEqual(self._reason(old), "covered")
        self.assertFalse(self._reason(new))
        with freeze_time(NOW):
            new.pom_reminder_ids.sudo()._send_here()
        self.assertEqual(new.pom_delivery_ids.amount, 70)
        body = str(new.pom_delivery_ids._mail_bodies()[0]).replace(",", ".")
        self.assertIn("70.00", body)

    def test_unmatched_bank_line(self):
        move = self._invoice(DUE)
        self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "partner_id": self.marie.id,
                "date": DUE,
                "amount": 121,
                "payment_ref": "?",
            }
        )
        self.assertEqual(self._reason(move), "covered")

    def _bank_line(self, amount, text, payer=False):
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "date": DUE,
                "amount": amount,
                "payment_ref": text,
                "partner_name": payer,
            }
        )
        line._pom_auto_match()
        self.assertFalse(line.is_reconciled, line.pom_reason)
        return line

    def test_named_with_less_than_all_of_them(self):
        """Two references and not their sum: it waits for a person, and was paid."""
        one, two = self._invoice(DUE, 100), self._invoice(DUE, 60)
        line = self._bank_line(150, f"{one.payment_reference} {two.payment_reference}")
        for move in one, two:
            self.assertEqual(self._reason(move), "unmatched", move.name)
            self.assertFalse(move.pom_delivery_ids)
        # As long as it waits.
        line._pom_forget_open()
        line.unlink()
        self.assertFalse(self._reason(one))

    def test_named_by_their_numbers(self):
        one, two = self._invoice(DUE, 100), self._invoice(DUE, 60)
        self._bank_line(150, f"{one.name} + {two.name}")
        for move in one, two:
            self.assertEqual(self._reason(move), "unmatched", move.name)

    def test_payer_of_the_debtor_s_name(self):
        """Two debts of that amount: one of them is paid, and a person says which."""
        one, two = self._invoice(DUE, 100), self._invoice(DUE, 100)
        self._bank_line(100, "factuur", "PEETERS MARIE")
        for move in one, two:
            self.assertEqual(self._reason(move), "unmatched", move.name)

    def test_payer_of_the_debtor_s_name_and_a_wrong_reference(self):
        move = self._invoice(DUE, 100)
        self._bank_line(100, "+++123/4567/89012+++", "Marie Peeters")
        self.assertEqual(self._reason(move), "unmatched")

    def test_only_debt_of_that_amount(self):
        """Whoever paid it for her: nothing else is of this amount."""
        move, other = self._invoice(DUE, 158.58), self._invoice(DUE, 60)
        self._bank_line(158.58, "factuur", "De Wolf Jan")
        self.assertEqual(self._reason(move), "unmatched")
        self.assertFalse(self._reason(other))

    def test_amount_that_several_owe(self):
        """That tells nothing about any of them."""
        jan = self._debtor("Jan Wolfs", "jan@klant.example")
        moves = self._invoice(DUE, 158.58), self._invoice(DUE, 158.58, jan)
        self._bank_line(158.58, "factuur", "De Wolf Els")
        for move in moves:
            self.assertFalse(self._reason(move))

    def test_of_another_debtor_by_name(self):
        """Whose amount it is by chance is asked; who is named isn't."""
        jan = self._debtor("Jan Wolfs", "jan@klant.example")
        move, his = self._invoice(DUE, 200), self._invoice(DUE, 180.8, jan)
        self._bank_line(200, "dank u", "WOLFS JAN")
        self.assertEqual(self._reason(his), "unmatched")
        self.assertFalse(self._reason(move))

    def _undone(self, amount, text, payer, move=None):
        """A line that was booked, by itself or by a person, and was taken back."""
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "date": DUE,
                "amount": amount,
                "payment_ref": text,
                "partner_name": payer,
            }
        )
        line._pom_auto_match()
        if move:
            self._book(line, move, amount)
        self.assertTrue(line.is_reconciled)
        line.pom_match_id.action_undo()
        self.assertFalse(line.is_reconciled)
        return line

    def _book(self, line, move, amount):
        term = move.line_ids.filtered(lambda item: item.display_type == "payment_term")
        self.env["pom.match.queue"].book(line.id, [[term.id, amount]])

    def test_undone(self):
        """Its reference is on the line: the money is here, as when it came."""
        move = self._invoice(DUE)
        line = self._undone(121, move.payment_reference, "De Wolf Jan")
        self.assertEqual(line.pom_named_id, move)
        self.env.invalidate_all()
        self.assertEqual(move.pom_payment_status, "received")
        self.assertEqual(self._reason(move), "received")

    def test_undone_and_named_by_nothing(self):
        """Who booked it there had a reason, until it's booked elsewhere."""
        move, other = self._invoice(DUE), self._invoice(DUE, 60)
        line = self._undone(60, "van mijn dochter", "De Wolf Jan", move)
        self.assertEqual(self._reason(move), "unmatched")
        self.assertFalse(self._reason(other))
        self._book(line, other, 60)
        move.pom_reminder_ids.sudo().unlink()
        self.assertFalse(self._reason(move))

    def test_received_and_not_booked(self):
        move = self._invoice(DUE)
        self._attempt(move, "done")
        self.assertEqual(self._reason(move), "received")

    def test_held(self):
        move = self._invoice(DUE)
        self._attempt(move, "cancel", pom_problem="amount")
        self.assertEqual(self._reason(move), "held")

    def test_withdrawn(self):
        move = self._invoice(DUE)
        move.pom_paylink_id.action_withdraw()
        self.assertEqual(self._reason(move), "withdrawn")

    def test_withdrawn_while_the_letter_waited(self):
        self.marie.pom_channel = "letter"
        move = self._invoice(DUE)
        with freeze_time(NOW):
            self.env["pom.reminder"].sudo()._plan_now(move)._send_here()
            letter = move.pom_delivery_ids
            move.pom_paylink_id.action_withdraw()
            letter.action_print_letters()
        self.assertEqual(letter.state, "overtaken")
        self.assertEqual(move.pom_reminder_ids.reason, "withdrawn")

    def test_replaced_while_the_letter_waited(self):
        """Its address is dead: another letter carries the new one."""
        self.marie.pom_channel = "letter"
        move = self._invoice(DUE)
        with freeze_time(NOW):
            self.env["pom.reminder"].sudo()._plan_now(move)._send_here()
            letter = move.pom_delivery_ids
            move.action_pom_replace_link()
            letter.action_print_letters()
            self.assertEqual(letter.state, "overtaken")
            move.pom_reminder_ids.sudo()._send_here()
        new = move.pom_delivery_ids - letter
        self.assertEqual(new.paylink_id, move.pom_paylink_id)
        self.assertNotEqual(new.paylink_id, letter.paylink_id)

    def test_blocked(self):
        move = self._invoice(DUE)
        move.action_toggle_block_payment()
        self.assertEqual(self._reason(move), "blocked")
