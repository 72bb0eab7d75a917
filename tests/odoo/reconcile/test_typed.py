"""Lines that somebody types, or that another addon makes: matched at once, and nobody
looks for more than that takes.
"""

from .books import BooksCase

#: What OCA looks for in all accounts, and in all that is open.
PATTERNS = ("sanitized_acc_number ILIKE", 'max("account_move_line"."id")')


class TestTyped(BooksCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # As it is where nobody tests: OCA's addon looks for that.
        context = {**cls.env.context, "_test_account_reconcile_oca": True}
        cls.env = cls.env(context=context)
        cls.journal = cls.journal.with_env(cls.env)

    def type_in(self, *amounts_and_texts, payer):
        name, number = self._payer(payer)
        asked = []
        execute = self.env.cr.execute
        self.patch(
            type(self.env.cr),
            "execute",
            lambda cr, query, *args, **kwargs: (
                asked.append(str(getattr(query, "code", query))),
                execute(query, *args, **kwargs),
            )[1],
        )
        lines = self.env["account.bank.statement.line"].create(
            [
                {
                    "journal_id": self.journal.id,
                    "date": "2026-11-20",
                    "amount": amount,
                    "payment_ref": text,
                    "partner_name": name,
                    "account_number": number,
                }
                for amount, text in amounts_and_texts
            ]
        )
        self.env.flush_all()
        plain = [query.replace('"', "") for query in asked]
        looked = [
            pattern
            for pattern in PATTERNS
            if any(pattern.replace('"', "") in query for query in plain)
        ]
        return lines, looked

    def test_what_is_matched_needs_no_more(self):
        debtor = self.debtor("Klant Een")
        invoices = self.invoice(debtor, 10.0) + self.invoice(debtor, 25.0)
        said = [(i.amount_residual, i.payment_reference) for i in invoices]
        lines, looked = self.type_in(*said, payer=debtor)
        self.assertEqual(lines.mapped("is_reconciled"), [True, True])
        self.assertEqual(lines.partner_id, debtor)
        self.assertEqual(lines.move_id.line_ids.partner_id, debtor)
        self.assertFalse(looked)

    def test_what_stays_open_has_its_partner(self):
        debtor = self.debtor("Klant Twee")
        lines, looked = self.type_in((77.0, "dank u"), payer=debtor)
        self.assertFalse(lines.is_reconciled)
        self.assertEqual(lines.partner_id, debtor)
        self.assertEqual(lines.move_id.partner_id, debtor)
        # Whose account it is, and no more.
        self.assertEqual(looked, [PATTERNS[0]])

    def test_what_is_drawn_up_follows_the_line(self):
        """Nobody has worked at it: it's drawn up when it's looked at."""
        [line, _looked] = self.type_in((77.0, "dank u"), payer=None)
        self.assertEqual(line.reconcile_data_info["data"][0]["debit"], 77.0)
        line.amount = 78.0
        self.env.flush_all()
        self.assertEqual(line.reconcile_data_info["data"][0]["debit"], 78.0)

    def test_many_are_named_as_one_by_one(self):
        days = ("2026-11-20", "2026-11-20", "2026-10-31", "2025-12-31", "2026-11-21")
        vals = [
            {"journal_id": self.journal.id, "date": day, "amount": 7.0 + number,
             "payment_ref": "dank u"}
            for number, day in enumerate(days)
        ]  # fmt: skip
        lines = self.env["account.bank.statement.line"]
        with self.env.cr.savepoint() as savepoint:
            each = [lines.create(one).move_id.name for one in vals]
            self.env.flush_all()
            savepoint.rollback()
        self.env.invalidate_all()
        self.assertEqual(len(set(each)), len(days))
        # Odoo gives the names of many by their dates.
        self.assertCountEqual(lines.create(vals).move_id.mapped("name"), each)
