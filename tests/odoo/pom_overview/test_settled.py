"""What no money settled isn't counted as paid."""

from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from .test_overview import DUE, NOW, PAID, OverviewCase


@tagged("standard", "post_install", "-at_install")
@freeze_time(NOW)
class TestSettled(OverviewCase):
    def _give_up(self, move, journal="misc", amount=None):
        """An entry closes (some of) it."""
        debt = move.line_ids.filtered("date_maturity")
        open_now = amount or debt.amount_residual
        entry = self.env["account.move"].create(
            {
                "journal_id": self.company_data[f"default_journal_{journal}"].id,
                "date": PAID,
                "line_ids": [
                    Command.create(
                        {"account_id": self.company_data["default_account_expense"].id,
                         "balance": open_now}
                    ),
                    Command.create(
                        {"account_id": debt.account_id.id, "balance": -open_now,
                         "partner_id": debt.partner_id.id}
                    ),
                ],
            }
        )  # fmt: skip
        entry.action_post()
        mine = entry.line_ids.filtered(lambda item: item.account_id == debt.account_id)
        (debt + mine).reconcile()

    def _asked(self, amount=100, **values):
        move = self._invoice(DUE, amount, **values)
        self._said(move, "2026-04-01 08:00:00")
        return move

    def test_written_off(self):
        move = self._asked()
        self._give_up(move)
        self.assertEqual(move.payment_state, "paid")
        row = self._row(move)
        self.assertEqual((row.way, row.residual), ("noted", 0))
        self.assertFalse(row.paid_date or row.delivery_id or row.is_on_time)
        self.assertFalse(row.days_to_pay or row.is_quick)
        message = move.pom_delivery_ids
        self.assertFalse(message.paid_date)
        self.assertEqual(message.settled_date.date(), PAID)

    def test_typed_in_the_journal_of_money(self):
        move = self._asked()
        self._give_up(move, "bank")
        row = self._row(move)
        self.assertEqual((row.way, row.paid_date), ("other", PAID))

    def test_most_of_it(self):
        move = self._asked()
        self._transfer(move, amount=40)
        self._give_up(move)
        row = self._row(move)
        self.assertEqual(row.way, "noted")
        self.assertFalse(row.paid_date or row.delivery_id)

    def test_a_rest_of_some_cents(self):
        move = self._asked()
        self._transfer(move, amount=99.95)
        self._give_up(move)
        row = self._row(move)
        self.assertEqual((row.way, row.paid_date), ("transfer", PAID))

    def test_figures(self):
        """Of three invoices that were asked, one was paid, and the mean says so."""
        paid, lost, noted = (
            self._asked(number, invoice_date=date(2026, 4, 1))
            for number in (100, 200, 300)
        )
        self._transfer(paid)
        self._give_up(lost)
        self._give_up(noted)
        self.env.flush_all()
        asked = {"company": self.company.id, "period": "all"}
        page = self.env["pom.overview"].load(asked)
        sections = {one["code"]: one for one in page["sections"]}
        funnel = sections["funnel"]["tables"][0]["rows"]
        counts = {row["label"]: row["cells"][0]["value"] for row in funnel}
        self.assertEqual((counts["Asked"], counts["Paid, whichever way"]), (3, 1))
        ways = next(t for t in sections["speed"]["tables"] if t["code"] == "way")
        labels = [row["label"] for row in ways["rows"]]
        self.assertEqual(labels, ["Bank transfer"])
        data = paid.journal_id._get_journal_dashboard_data_batched()
        self.assertIn("33 %", data[paid.journal_id.id]["pom_lately"])

    def test_who_usually_pays_when(self):
        """What was given up on a day says nothing of a customer's habits."""
        moves = self._asked(100), self._asked(100)
        self._transfer(moves[0], date(2026, 4, 25))
        self._give_up(moves[1])
        habits = self.env["pom.debtor.habit"].sudo()
        habits._cron_learn()
        mine = habits.search(
            [("partner_id", "=", moves[0].partner_id.id),
             ("company_id", "=", self.company.id)]
        )  # fmt: skip
        self.assertEqual(mine.days, -5)

    def test_open_money_of_a_till(self):
        """What somebody typed in a journal of money is a payment among what is open."""
        debt = self.company_data["default_account_receivable"]
        journal = self.company_data["default_journal_cash"]
        entry = self.env["account.move"].create(
            {
                "journal_id": journal.id,
                "date": PAID,
                "line_ids": [
                    Command.create(
                        {"account_id": journal.default_account_id.id, "balance": 30}
                    ),
                    Command.create(
                        {"account_id": debt.id, "balance": -30,
                         "partner_id": self.marie.id}
                    ),
                ],
            }
        )  # fmt: skip
        entry.action_post()
        self.env.flush_all()
        items = self.env["pom.debtor.report"].search([("move_id", "=", entry.id)])
        self.assertEqual(items.mapped("kind"), ["payments"])
