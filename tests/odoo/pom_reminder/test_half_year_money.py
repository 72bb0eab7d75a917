"""The same half-year with money that comes in other ways than asked, and with what
reminders ask on top owed: what each message asked is compared as well.
"""

from odoo import Command
from odoo.tests import tagged

from tests.odoo.pom_claim.common import income, switch_on

from .half_year import HalfYearCase


@tagged("standard", "post_install", "-at_install")
class TestHalfYearMoney(HalfYearCase):
    def test_half_a_year(self):
        self.company.pom_thank_you = True
        switch_on(self.company)
        self.asked, self.claims, self.income = {}, {}, {}
        self._play(
            self._all_of_it, self._invoice_alone, self._asked_on, self._some_ahead,
            self._nobody_knows_whose, self._credit_note, self._right_in_part,
            self._replies, self._bit_by_bit, texts=0,
        )  # fmt: skip
        for partner, expected in self.asked.items():
            with self.subTest(partner.name):
                messages = partner.pom_delivery_ids.sorted("id")
                self.assertEqual(messages.mapped("total"), expected)
        for move, expected in self.claims.items():
            with self.subTest(move.partner_id.name):
                claims = move.pom_claim_ids.sorted("kind")
                found = [(one.kind, one.state, one.left) for one in claims]
                self.assertEqual(found, expected)
                self.assertEqual(income(claims), self.income.get(move, {}))

    # -- how money comes ---------------------------------------------------------------

    def _comes(self, day, amount, partner=None, reference="?"):
        """By bank; matched where it's plain what it is for."""
        journal = self.company_data["default_journal_bank"]

        def come():
            line = self.env["account.bank.statement.line"].create(
                {
                    "journal_id": journal.id,
                    "date": day,
                    "amount": amount,
                    "payment_ref": reference,
                    "partner_id": partner and partner.id,
                }
            )
            line._pom_auto_match()

        self.days.on(day, come)

    def _on_account(self, day, partner, amount):
        """Booked by hand, and applied to nothing."""
        journal = self.company_data["default_journal_bank"]

        def arrive():
            self.env["account.payment"].create(
                {
                    "payment_type": "inbound",
                    "partner_type": "customer",
                    "partner_id": partner.id,
                    "amount": amount,
                    "date": day,
                    "journal_id": journal.id,
                }
            ).action_post()

        self.days.on(day, arrive)

    def _credited(self, day, partner, amount):
        """A credit note that nobody sets off."""
        row = {"name": "Returned", "price_unit": amount, "tax_ids": [Command.clear()]}

        def credit():
            note = self.env["account.move"].create(
                {
                    "move_type": "out_refund",
                    "partner_id": partner.id,
                    "invoice_date": day,
                    "invoice_line_ids": [Command.create(row)],
                }
            )
            note.action_post()

        self.days.on(day, credit)

    # -- the stories -------------------------------------------------------------------

    def _shop(self, name):
        """A business that is asked the EUR 40 of the law, and interest of 10.5 %: 4.03
        for the 14 days to the second reminder, 8.05 for the 28 to the formal notice.
        """
        partner, move = self._somebody(name, amount=1000.0, is_company=True)
        self._sees(move, "2026-04-04", "2026-04-15")
        self._post(partner, "2026-04-29")
        return partner, move

    def _all_of_it(self, name):
        """Pays all that the formal notice asked: that is income. Who had a letter last
        has no thanks.
        """
        partner, move = self._shop(name)
        self._comes("2026-05-05", 1048.05, partner, move.payment_reference)
        self.asked[partner] = [1000, 1004.03, 1048.05]
        self.claims[move] = [("compensation", "paid", 0), ("interest", "paid", 0)]
        self.income[move] = {"compensation": 40.0, "interest": 8.05}
        return partner, [
            ("2026-04-03", "email", "First reminder"),
            ("2026-04-14", "email", "Second reminder"),
            ("2026-04-28", "letter", "Formal notice"),
        ]

    def _invoice_alone(self, name):
        """Pays the invoice and nothing on top: nobody chases that, and it lapses."""
        partner, move = self._shop(name)
        self._comes("2026-05-05", 1000, partner, move.payment_reference)
        self.asked[partner] = [1000, 1004.03, 1048.05]
        self.claims[move] = [("compensation", "lapsed", 0), ("interest", "lapsed", 0)]
        self.income[move] = {}
        return partner, [
            ("2026-04-03", "email", "First reminder"),
            ("2026-04-14", "email", "Second reminder"),
            ("2026-04-28", "letter", "Formal notice"),
        ]

    def _asked_on(self, name):
        """Pays nothing: what was asked stands until somebody decides."""
        partner, move = self._shop(name)
        self.asked[partner] = [1000, 1004.03, 1048.05, 1048.05]
        self.claims[move] = [("compensation", "asked", 40), ("interest", "asked", 8.05)]
        return partner, [
            ("2026-04-03", "email", "First reminder"),
            ("2026-04-14", "email", "Second reminder"),
            ("2026-04-28", "letter", "Formal notice"),
            ("2026-05-11", "task", "Call"),  # forty days: a Sunday
        ]

    def _some_ahead(self, name):
        """60 are here on account: 61 are asked; once these came, nothing is."""
        partner, move = self._somebody(name)
        self._sees(move, "2026-03-28", "2026-04-08", "2026-04-24")
        self._on_account("2026-04-02", partner, 60)
        self._comes("2026-04-28", 61, partner, move.payment_reference)
        self.asked[partner] = [121, 61, 61]
        return partner, [
            ("2026-03-27", "email", "Notice"),
            ("2026-04-07", "email", "First reminder"),
            ("2026-04-23", "email", "Second reminder"),
        ]

    def _nobody_knows_whose(self, name):
        """The bank knows who paid; what for, nobody has found out."""
        partner, move = self._somebody(name)
        self._sees(move, "2026-03-28", "2026-04-08")
        self._comes("2026-04-10", 130, partner)
        self.asked[partner] = [121, 121]
        return partner, [
            ("2026-03-27", "email", "Notice"),
            ("2026-04-07", "email", "First reminder"),
        ]

    def _credit_note(self, name):
        """Is owed as much by the creditor."""
        partner, move = self._somebody(name)
        self._sees(move, "2026-03-28", "2026-04-08")
        self._credited("2026-04-10", partner, 121)
        self.asked[partner] = [121, 121]
        return partner, [
            ("2026-03-27", "email", "Notice"),
            ("2026-04-07", "email", "First reminder"),
        ]

    def _right_in_part(self, name):
        """Contests 21 and is right about them: the rest is asked, and the credit note
        ends it.
        """
        partner, move = self._somebody(name)
        self._sees(move, "2026-03-28", "2026-04-08", "2026-04-24")
        self._request("2026-04-08", move, "dispute", amount=21, reason="amount")
        self._answer("2026-04-15", move, "action_accept")
        self._comes("2026-04-28", 100, partner, move.payment_reference)
        self._credited("2026-05-04", partner, 21)
        self.asked[partner] = [121, 121, 100, 100]
        return partner, [
            ("2026-03-27", "email", "Notice"),
            ("2026-04-07", "email", "First reminder"),
            ("2026-04-15", "email", "confirmation"),
            ("2026-04-23", "email", "Second reminder"),
        ]

    def _replies(self, name):
        """Asks and has her answer; the term of the law went on meanwhile."""
        partner, move = self._somebody(name)
        self._sees(move, "2026-03-28", "2026-04-08")
        self._request("2026-04-20", move, "question", text="Why?")
        self._answer("2026-05-05", move, "action_accept")
        self._comes("2026-05-08", 121, partner, move.payment_reference)
        self.asked[partner] = [121, 121, 121, 0]
        return partner, [
            ("2026-03-27", "email", "Notice"),
            ("2026-04-07", "email", "First reminder"),
            ("2026-05-05", "email", "Second reminder"),
            ("2026-05-08", "email", "thanks"),
        ]

    def _bit_by_bit(self, name):
        """Pays as much as there is: the rest is asked."""
        partner, move = self._somebody(name, amount=90.0)
        self._sees(move, "2026-03-28", "2026-04-08", "2026-04-24")
        self._comes("2026-04-13", 30, partner, move.payment_reference)
        self._comes("2026-05-04", 60, partner, move.payment_reference)
        self.asked[partner] = [90, 90, 60, 0]
        return partner, [
            ("2026-03-27", "email", "Notice"),
            ("2026-04-07", "email", "First reminder"),
            ("2026-04-23", "email", "Second reminder"),
            ("2026-05-04", "email", "thanks"),
        ]
