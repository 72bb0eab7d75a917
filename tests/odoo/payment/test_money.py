"""What is money: the same for an entry at hand and for those that a query looks at."""

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from .common import PaymentCase


@tagged("standard", "post_install", "-at_install")
class TestMoney(PaymentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ours = cls.env["account.account"]._check_company_domain(cls.company)
        cls.expense = cls.env["account.account"].search(
            [*ours, ("account_type", "=", "expense")], limit=1
        )
        cls.journals = {
            kind: cls.env["account.journal"].search(
                [("company_id", "=", cls.company.id), ("type", "=", kind)], limit=1
            )
            for kind in ("bank", "general")
        }
        for kind in ("cash", "credit"):
            cls.journals[kind] = cls.env["account.journal"].create(
                {"name": kind, "code": f"X{kind[:3].upper()}", "type": kind,
                 "company_id": cls.company.id}
            )  # fmt: skip

    def _entry(self, kind, move):
        """Somebody types that an invoice is settled, and how."""
        debt = move.line_ids.filtered(lambda i: i.display_type == "payment_term")
        journal = self.journals[kind]
        account = journal.default_account_id if kind != "general" else self.expense
        entry = self.env["account.move"].create(
            {
                "journal_id": journal.id,
                "line_ids": [
                    Command.create(
                        {"account_id": account.id, "balance": move.amount_residual}
                    ),
                    Command.create(
                        {"account_id": debt.account_id.id,
                         "partner_id": debt.partner_id.id,
                         "balance": -move.amount_residual}
                    ),
                ],
            }
        )  # fmt: skip
        entry.action_post()
        mine = entry.line_ids.filtered(lambda i: i.account_id == debt.account_id)
        (debt + mine).reconcile()
        return entry

    def _paid_in(self, kind):
        move = self.invoice()
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        payment = wizard.create({"journal_id": self.journals[kind].id})
        return payment._create_payments().move_id

    def _line(self):
        line = self.env["account.bank.statement.line"].create(
            {"journal_id": self.journals["bank"].id, "amount": 5.0,
             "date": self.days(0), "payment_ref": "x"}
        )  # fmt: skip
        return line.move_id

    def _difference(self):
        """What only settles a difference in rates."""
        dollar = self.env.ref("base.USD")
        dollar.active = True
        for day, rate in ((-40, 1.0), (-1, 2.0)):
            self.env["res.currency.rate"].create(
                {"name": self.days(day), "rate": rate, "currency_id": dollar.id,
                 "company_id": self.company.id}
            )  # fmt: skip
        move = self.invoice(
            100, currency_id=dollar.id, invoice_date=self.days(-30), date=self.days(-30)
        )
        self.register_payment(move)
        return move.line_ids.matched_credit_ids.exchange_move_id

    def test_one_definition(self):
        credit_note = self.draft(move_type="out_refund")
        credit_note.action_post()
        made = {
            "bank": (self._entry("bank", self.invoice()), True),
            "cash": (self._entry("cash", self.invoice()), True),
            "card": (self._entry("credit", self.invoice()), True),
            "note": (self._entry("general", self.invoice()), False),
            "payment": (self._paid_in("bank"), True),
            "payment at the till": (self._paid_in("cash"), True),
            "bank line": (self._line(), True),
            "rates": (self._difference(), False),
            "invoice": (self.invoice(), False),
            "credit note": (credit_note, False),
        }
        moves, entry = self.env["account.move"], SQL("entry")
        query = SQL(
            "SELECT id, %s, %s FROM account_move entry WHERE company_id = %s",
            moves._pom_sql_is_money(entry),
            moves._pom_sql_is_noted(entry),
            self.company.id,
        )
        rows = {row[0]: row[1:] for row in self.env.execute_query(query)}
        for name, (move, is_money) in made.items():
            self.assertTrue(move, name)
            for one in move:
                self.assertEqual(one._pom_is_money(), is_money, name)
                self.assertEqual(rows[one.id], (is_money, name == "note"), name)
        every = moves.browse(rows)
        self.assertEqual(
            {move.id for move in every if move._pom_is_money()},
            {move_id for move_id, (is_money, _noted) in rows.items() if is_money},
        )

    def test_payment_that_core_notes_without_an_entry(self):
        """It settles nothing in the books yet, so nothing there is called money."""
        move = self.invoice()
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": move.partner_id.id,
                "amount": move.amount_residual,
                "journal_id": self.journals["bank"].id,
                "invoice_ids": [Command.set(move.ids)],
            }
        )
        payment.outstanding_account_id = False
        payment.state = "in_process"
        self.assertFalse(payment.move_id)
        self.assertEqual(move.pom_paylink_id._paid_amount(), 0)
        self.assertFalse(move._pom_noted_amount())
        self.assertNotIn(move.payment_state, ("not_paid", "partial"))
