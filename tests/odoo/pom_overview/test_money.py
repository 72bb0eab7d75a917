"""What is open, against the receivable accounts: added up by hand."""

from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from tests.odoo.pom_overview.test_overview import DUE, NOW, PAID, OverviewCase


@freeze_time(NOW)
@tagged("standard", "post_install", "-at_install")
class TestMoney(OverviewCase):
    def setUp(self):
        super().setUp()
        self.branch = (
            self.env["res.company"]
            .sudo()
            .create({"name": "Filiaal Brugge", "parent_id": self.company.id})
        )
        self.branch._pom_setup().business_by = "company"
        self.env.user.sudo().company_ids |= self.branch
        self.both = self.company + self.branch.sudo(False)
        self.env = self.env(
            context={**self.env.context, "allowed_company_ids": self.both.ids}
        )
        self.firm = self._debtor("Firma", "firma@klant.example", is_company=True)

    def _in_branch(self, amount):
        move = self._posted(self.firm, amount, self.branch, invoice_date=PAID)
        self.assertEqual(move.company_id, self.branch)
        return move

    def _dollars(self):
        """200 dollars when 2 were a euro; 50 are paid when 2.5 are."""
        rates = [("2026-01-01", 2.0), ("2026-04-15", 2.5)]
        dollar = self.setup_other_currency("USD", rates=rates)
        move = self._invoice(
            DUE, 200, self.marie, invoice_date=date(2026, 4, 1), currency_id=dollar.id
        )
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        values = {"amount": 50, "currency_id": dollar.id, "payment_date": PAID}
        wizard.create(values)._create_payments()
        self.assertEqual(move.amount_residual, 150)
        return move

    def _misc(self, amount):
        account = self.marie.property_account_receivable_id
        other = self.company_data["default_account_revenue"]
        move = self.env["account.move"].create(
            {
                "date": PAID,
                "journal_id": self.company_data["default_journal_misc"].id,
                "line_ids": [
                    Command.create({"account_id": account.id, "debit": amount,
                                    "partner_id": self.marie.id}),
                    Command.create({"account_id": other.id, "credit": amount}),
                ],
            }
        )  # fmt: skip
        move.action_post()

    def _unallocated(self, amount):
        self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.marie.id,
                "amount": amount,
                "date": PAID,
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        ).action_post()

    def _books(self):
        """100 and 75 (150 dollars at 2) are open here, 60 in the branch; 30 are
        credited, 20 came in and belong to nothing, 15 somebody booked by hand, and 40
        are paid.
        """
        self._transfer(self._invoice(DUE, 40))
        self._invoice(DUE, 100)
        self._dollars()
        self._in_branch(60)
        self._posted(self.marie, 30, move_type="out_refund", invoice_date=PAID)
        self._unallocated(20)
        self._misc(15)

    def _account(self, **asked):
        found = self.env["pom.overview"].load_open(asked)
        money = next(one for one in found if one["code"] == "money")
        return next(one for one in money["tables"] if one["code"] == "account")

    def _amounts(self, **asked):
        """What is said, by kind."""
        table = self._account(**asked)
        rows = {row["cells"][0]["door"][1]: row for row in table["rows"]}
        said = {kind: row["cells"][0]["value"] for kind, row in rows.items()}
        return {**said, "balance": table["total"]["cells"][0]["value"]}

    def test_added_up_by_hand(self):
        self._books()
        said = self._amounts(company=0)
        self.assertEqual(
            said,
            {
                "invoices": 235,
                "credit_notes": -30,
                "payments": -20,
                "others": 15,
                "balance": 200,
            },
        )
        here = self._amounts(company=self.company.id)
        self.assertEqual((here["invoices"], here["balance"]), (175, 140))
        there = self._amounts(company=self.branch.id)
        self.assertEqual(there, {"invoices": 60, "balance": 60})

    def test_behind_each_is_as_much(self):
        """Whichever customers are looked at."""
        self._books()
        tag = self.env["res.partner.category"].sudo().create({"name": "Important"})
        self.firm.category_id = tag
        for group, balance in (
            ("", 200), ("consumer", 140), ("business", 60), (tag.id, 60),
        ):  # fmt: skip
            asked = {"company": 0, "group": group}
            said = self._amounts(**asked)
            self.assertEqual(said["balance"], balance, group)
            for kind, amount in said.items():
                action = self.env["pom.overview"].open(["account", kind], asked)
                field = "balance" if kind == "balance" else "residual"
                [[found]] = self.env[action["res_model"]]._read_group(
                    action["domain"], [], [f"{field}:sum"]
                )
                self.assertEqual(found, amount, (group, kind))

    def test_what_does_not_add_up_is_said(self):
        move = self._invoice(DUE, 100)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move_line SET balance = 101"
            " WHERE move_id = %s AND display_type = 'payment_term'",
            [move.id],
        )
        self.env.invalidate_all()
        table = self._account(company=self.company.id)
        self.assertIn("Not explained", table["rows"][-1]["label"])
        self.assertEqual(table["rows"][-1]["cells"][0]["value"], 1)

    def test_a_payment_of_a_moment_ago(self):
        move = self._invoice(DUE, 100)
        self.assertEqual(self._amounts(company=self.company.id)["invoices"], 100)
        self._transfer(move)
        self.assertEqual(self._amounts(company=self.company.id)["invoices"], 0)
