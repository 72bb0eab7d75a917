"""Working off the lines that are left: what the screen gets, and what it may ask."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from .common import ReconcileCase

STRANGER = "BE89190000000185"


class QueueCase(ReconcileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.queue = cls.env["pom.match.queue"]
        cls.costs = cls.company_data["default_account_expense"]

    def _open(self, amount, text="merci", number=STRANGER):
        line = self._line(amount, text, "OCMW GENT", number)
        line._pom_auto_match()
        self.assertFalse(line.is_reconciled)
        return line

    def _get(self, line):
        (found,) = [
            one for one in self.queue.load()["lines"] if one["id"] == line.id
        ] or [None]
        return found

    def _term(self, move):
        return move.line_ids.filtered(lambda item: item.display_type == "payment_term")

    def _pay(self, line, *moves, **choice):
        """Book a line on all that is open of some documents."""
        parts = [[t.id, t.amount_residual_currency] for t in map(self._term, moves)]
        return self.queue.book(line.id, parts, choice)

    def _balance(self, line, account):
        items = line.move_id.line_ids.filtered(lambda item: item.account_id == account)
        return sum(items.mapped("balance"))


class TestQueueLines(QueueCase):
    def test_oldest_first_and_page_by_page(self):
        newer = self._line(20, "b")
        older = self._line(10, "a", date="2026-11-20")
        found = self.queue.load()
        self.assertEqual([one["id"] for one in found["lines"]], [older.id, newer.id])
        self.assertEqual(found["left"], 2)
        first = found["lines"][0]
        rest = self.queue.load(after=first["index"])
        self.assertEqual([one["id"] for one in rest["lines"]], [newer.id])
        self.assertEqual(rest["left"], 2)

    def test_scope(self):
        other = self.journal.copy({"bank_account_id": False})
        self._line(10)
        line = self._line(20, journal_id=other.id)
        found = self.queue.load({"journal_id": other.id})
        self.assertEqual([one["id"] for one in found["lines"]], [line.id])
        statement = self._import(self._day())
        found = self.queue.load({"statement_ids": statement.ids})
        self.assertEqual(found["left"], 1)
        self.assertEqual(found["lines"][0]["id"], statement.line_ids.id)

    def _day(self):
        bank = self._bank()
        bank.receive("7.50", "Wie", STRANGER, "zomaar")
        return bank.statement()

    def test_what_is_shown(self):
        invoice = self._invoice(77.5)
        line = self._open(77.5, "november")
        found = self._get(line)
        self.assertEqual(found["text"], "november")
        self.assertEqual(found["name"], "OCMW GENT")
        self.assertEqual(found["reason"], line.pom_reason)
        (way,) = found["suggestions"]
        self.assertIn(invoice.name, way["reason"])
        (part,) = way["parts"]
        self.assertEqual(part["label"], invoice.name)
        self.assertEqual(part["partner"], "Jan Peeters")
        self.assertEqual((part["open"], part["amount"]), (77.5, 77.5))

    def test_no_query_per_line(self):
        def lines(count, start):
            for number in range(start, start + count):
                self._invoice(100 + number)
                self._open(100 + number)

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.queue.load()
            return self.env.cr.sql_log_count - before

        lines(2, 0)
        queries()  # What is kept in the registry's caches.
        few = queries()
        lines(6, 2)
        self.assertEqual(queries(), few)


class TestQueueAnswers(QueueCase):
    def test_suggestion(self):
        invoice, other = self._invoice(77.5), self._invoice(77.5, self.an)
        line = self._open(77.5)
        way = next(
            way
            for way in self._get(line)["suggestions"]
            if way["parts"][0]["label"] == other.name
        )
        parts = [[part["id"], part["amount"]] for part in way["parts"]]
        reason = way["reason"]
        answer = self.queue.book(line.id, parts, {"suggestion_id": way["id"]})
        self.assertEqual(answer["left"], 0)
        self.assertIsNone(answer["line"])
        self.assertEqual(answer["settled"], self._term(other).ids)
        self.assertEqual(other.payment_state, "paid")
        self.assertEqual(invoice.payment_state, "not_paid")
        self.assertTrue(line.pom_match_id.by_hand)
        self.assertEqual(line.pom_reason, reason)

    def test_several_documents(self):
        moves = self._invoice(50), self._invoice(30), self._credit_note(10)
        line = self._open(70)
        answer = self._pay(line, *moves)
        self.assertIsNone(answer["line"])
        self.assertEqual({move.payment_state for move in moves}, {"paid"})
        self.assertIn(moves[0].name, line.pom_reason)
        self.assertEqual(line.partner_id, self.jan)

    def _credit_note(self, amount):
        return self._invoice(amount, move_type="out_refund")

    def test_rest_has_to_be_said(self):
        invoice = self._invoice(50)
        line = self._open(70)
        with self.assertRaisesRegex(UserError, "20.00 EUR"):
            self._pay(line, invoice)
        self.assertFalse(line.is_reconciled)

    def test_rest_left_open(self):
        invoice = self._invoice(50)
        line = self._open(70)
        answer = self._pay(line, invoice, rest="open")
        self.assertTrue(answer["line"]["booked"])
        self.assertEqual(answer["left"], 1)
        self.assertEqual(invoice.payment_state, "paid")
        with self.assertRaisesRegex(UserError, "undo that first"):
            self._pay(line, self._invoice(20))
        self.queue.undo(line.id)
        self.assertEqual(invoice.payment_state, "not_paid")

    def test_rest_is_credit(self):
        invoice = self._invoice(50)
        line = self._open(70)
        self._pay(line, invoice, rest="credit")
        self.assertEqual(invoice.payment_state, "paid")
        self.assertTrue(line.is_reconciled)
        credit = line.move_id.line_ids.filtered(
            lambda item: item.account_id == self.receivable and item.amount_residual
        )
        self.assertEqual(credit.partner_id, self.jan)
        self.assertEqual(credit.amount_residual, -20)
        self.env["res.lang"]._activate_lang("nl_BE")
        for lang, amount in (("en_US", "20.00\N{NO-BREAK SPACE}€"), ("nl_BE", "20,00")):
            self.assertIn(amount, line.with_context(lang=lang).pom_reason)
        self.assertIn("is credit of Jan Peeters", line.pom_reason)

    def test_whole_line_is_credit(self):
        line = self._open(70)
        with self.assertRaisesRegex(UserError, "whose credit"):
            self._pay(line, rest="credit")
        self._pay(line, rest="credit", target_id=self.an.id)
        self.assertEqual(line.partner_id, self.an)
        self.assertEqual(self._balance(line, self.receivable), -70)

    def test_fee_that_was_kept(self):
        invoice = self._invoice(121)
        line = self._open(118)
        fee = self._get(line)["fee"]
        self.assertEqual(fee["id"], self.journal._pom_fee_account().id)
        self._pay(line, invoice, rest="account", target_id=fee["id"])
        self.assertEqual(invoice.payment_state, "paid")
        account = self.env["account.account"].browse(fee["id"])
        self.assertEqual(self._balance(line, account), 3)
        # The debtor paid that, too.
        self.assertFalse(invoice._pom_noted_amount())

    def test_rest_that_nobody_paid(self):
        invoice = self._invoice(121)
        self.journal.pom_fee_account_id = self.costs.copy()
        self._pay(self._open(118), invoice, rest="account", target_id=self.costs.id)
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(invoice._pom_noted_amount(), 3)

    def test_whole_line_on_an_account(self):
        line = self._open(-12.5, "kosten")
        self._pay(line, rest="account", target_id=self.costs.id)
        self.assertTrue(line.is_reconciled)
        self.assertEqual(self._balance(line, self.costs), 12.5)
        self.assertIn(self.costs.name, line.pom_reason)

    def test_accounts_that_are_no_choice(self):
        line = self._open(10)
        suspense = self.journal.suspense_account_id
        foreign = self.env["res.company"].create({"name": "Other"})
        other = self.env["account.account"].create(
            {
                "name": "Theirs",
                "code": "650999",
                "account_type": "expense",
                "company_ids": [(6, 0, foreign.ids)],
            }
        )
        for account in (self.receivable, suspense, other):
            with self.assertRaisesRegex(UserError, "Choose the account"):
                self._pay(line, rest="account", target_id=account.id)

    def test_part_of_a_document(self):
        invoice = self._invoice(100)
        line = self._open(40)
        self.queue.book(line.id, [[self._term(invoice).id, 40]])
        self.assertEqual(invoice.amount_residual, 60)
        self.assertTrue(line.is_reconciled)

    def test_more_than_is_open(self):
        term = self._term(self._invoice(30))
        line = self._open(40)
        for amount in (40, -10, 0):
            with self.assertRaisesRegex(UserError, "out of date"):
                self.queue.book(line.id, [[term.id, amount]], {"rest": "open"})
        with self.assertRaisesRegex(UserError, "out of date"):
            self.queue.book(line.id, [[term.id, 30], [0, 10]])

    def test_money_that_came_back(self):
        invoice = self._invoice(64)
        paid = self._line(64, invoice.payment_reference)
        paid._pom_auto_match()
        self.assertEqual(invoice.payment_state, "paid")
        line = self._line(
            -64, "teruggekeerd", "Jan Peeters", transaction_type="returned"
        )
        line._pom_auto_match()
        vals = {
            "match_id": line.pom_match_id.id or self._undecided(line).id,
            "statement_line_id": line.id,
            "company_id": line.company_id.id,
            "allocations": [[self._term(invoice).id, "-64.0"]],
            "currency_id": line.currency_id.id,
            "reason_template": (
                "The payment of %(documents)s may be the one that came back."
            ),
            "reason_values": {"documents": invoice.name},
        }
        way = self.env["pom.match.suggestion"].sudo().create(vals)
        parts = [[self._term(invoice).id, -64]]
        self.queue.book(line.id, parts, {"suggestion_id": way.id})
        self.assertEqual(invoice.payment_state, "not_paid")
        self.assertEqual(line.pom_match_id.flag, "returned")
        self.queue.undo(line.id)
        self.assertEqual(invoice.payment_state, "paid")

    def _undecided(self, line):
        vals = self.env["pom.match"]._line_vals(line)
        return self.env["pom.match"].sudo().create({**vals, "state": "open"})


class TestQueueBackAndForth(QueueCase):
    def test_undone_is_offered_again(self):
        invoice = self._invoice(77.5)
        line = self._open(77.5)
        self._pay(line, invoice)
        answer = self.queue.undo(line.id)
        self.assertEqual(invoice.payment_state, "not_paid")
        (way,) = answer["line"]["suggestions"]
        self.assertEqual(way["parts"][0]["label"], invoice.name)
        self.assertIn("Chosen by hand", way["reason"])
        with self.assertRaisesRegex(UserError, "nothing to undo"):
            self.queue.undo(line.id)

    def test_look_again(self):
        line = self._open(66.5)
        self.assertFalse(self._get(line)["suggestions"])
        self._invoice(66.5)
        answer = self.queue.look_again(line.id)
        self.assertEqual(len(answer["line"]["suggestions"]), 1)
        invoice = self._invoice(33)
        line = self._open(33, "bedankt")
        line.payment_ref = invoice.payment_reference
        self.assertIsNone(self.queue.look_again(line.id)["line"])
        self.assertEqual(invoice.payment_state, "paid")

    def test_paid_meanwhile(self):
        invoice = self._invoice(77.5)
        first, second = self._open(77.5), self._open(77.5)
        parts = [[self._term(invoice).id, 77.5]]
        self.queue.book(first.id, parts)
        self.assertFalse(self._get(second)["suggestions"])
        with self.assertRaisesRegex(UserError, "out of date"):
            self.queue.book(second.id, parts)
        with self.assertRaisesRegex(UserError, "isn't open any more"):
            self.queue.book(first.id, parts)


class TestQueueSearch(QueueCase):
    def _labels(self, line, text=""):
        return [one["label"] for one in self.queue.find_documents(line.id, text)]

    def test_documents(self):
        invoice, other = self._invoice(77.5), self._invoice(80, self.an)
        line = self._open(77.5)
        self.assertEqual(self._labels(line), [invoice.name])
        self.assertEqual(self._labels(line, "de smet"), [other.name])
        self.assertEqual(self._labels(line, other.name), [other.name])
        self.assertEqual(self._labels(line, "80,00"), [other.name])
        self.assertEqual(self._labels(line, invoice.payment_reference), [invoice.name])
        self.assertEqual(self._labels(line, "nobody"), [])
        line.partner_id = self.an
        self.assertEqual(self._labels(line), [other.name])

    def test_no_paid_nor_foreign_documents(self):
        self._invoice(77.5).button_draft()
        self._invoice(77.5, currency_id=self.env.ref("base.USD").id)
        self.assertEqual(self._labels(self._open(77.5), "77.5"), [])

    def test_accounts_and_partners(self):
        line = self._open(10)
        found = self.queue.find_accounts(line.id, self.costs.code)
        self.assertIn(self.costs.id, [one["id"] for one in found])
        self.assertFalse(self.queue.find_accounts(line.id, self.receivable.code))
        (partner,) = self.queue.find_partners(line.id, "An De Smet")
        self.assertEqual(partner["id"], self.an.id)


class TestQueueRights(QueueCase):
    def test_only_accountants(self):
        line = self._open(10)
        clerk = new_test_user(
            self.env,
            "clerk",
            "account.group_account_invoice",
            company_id=self.company.id,
        )
        queue = self.queue.with_user(clerk)
        calls = (
            (queue.load,),
            (queue.book, line.id, []),
            (queue.undo, line.id),
            (queue.look_again, line.id),
            (queue.find_documents, line.id),
            (queue.find_accounts, line.id),
            (queue.find_partners, line.id),
            (line.with_user(clerk).action_pom_open,),
        )
        for method, *args in calls:
            with self.assertRaises(AccessError):
                method(*args)

    def test_own_companies(self):
        line = self._open(10)
        foreign = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "stranger",
            "pom_reconcile.group_accountant",
            company_id=foreign.id,
            company_ids=[(6, 0, foreign.ids)],
        )
        queue = self.queue.with_user(stranger).with_company(foreign)
        self.assertFalse(queue.load()["lines"])
        self.assertFalse(queue.load({"journal_id": self.journal.id})["lines"])
        for method in (queue.undo, queue.look_again, queue.find_documents):
            with self.assertRaises(AccessError):
                method(line.id)

    def test_choice_of_accountant(self):
        """Administrators of invoicing need nothing more; others can be given it."""
        group = self.env.ref("pom_reconcile.group_accountant")
        privilege = self.env.ref("account.res_groups_privilege_accounting")
        self.assertIn(group, privilege.group_ids)
        for login, name in (
            ("boss", "account.group_account_manager"),
            ("accountant", "pom_reconcile.group_accountant"),
        ):
            user = new_test_user(self.env, login, name, company_id=self.company.id)
            self.assertEqual(self.queue.with_user(user).load()["left"], 0)
            self.assertTrue(
                self.env["account.statement.import"]
                .with_user(user)
                .has_access("create")
            )
