"""The same account as CODA, as CAMT and as MT940: no payment is booked twice."""

from datetime import date
from decimal import Decimal

from odoo.exceptions import UserError

from tests.unit.formats.camt_builder import Camt
from tests.unit.formats.test_mt940 import line as mt_line
from tests.unit.formats.test_mt940 import message

from .common import IBAN, ReconcileCase

C = Camt(8)
JAN, AN = "BE71096123456769", "BE43068999999501"
OGM = "+++123/4567/89002+++"
EVE, DAY, NEXT = date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 2)


class TestOtherFormat(ReconcileCase):
    def setUp(self):
        super().setUp()
        self.bank = self._bank(opening_balance="990.00")
        self.bank.receive("10.00", "Before", date=EVE)
        self._import(self.bank.statement(EVE))
        self.assertEqual(self._total(), 10.0)

    def _lines(self):
        return self.env["account.bank.statement.line"].search(
            [("journal_id", "=", self.journal.id)]
        )

    def _total(self):
        return round(sum(self._lines().mapped("amount")), 2)

    def _coda(self, *payments, day=DAY):
        """:param payments: amount, name, account, communication."""
        for amount, *others in payments:
            values = {"date": day, "value_date": day, "end_to_end": "NOTPROVIDED"}
            self.bank.book(Decimal(amount), *others, **values)
        return self.bank.statement(day)

    def _entry(self, amount, name, account, text, day=DAY):
        direction = "DBIT" if amount.startswith("-") else "CRDT"
        digits = "".join(filter(str.isdigit, text))
        structured = C.reference(digits) if text == OGM else ""
        payment = C.payment(
            amount.lstrip("-"),
            direction=direction,
            parties=C.party("Cdtr" if direction == "DBIT" else "Dbtr", name, account),
            structured=structured,
            text=() if structured else text,
        )
        return C.entry(amount, payment, booked=str(day), valued=str(day))

    def _camt(self, *payments, old="1000.00", days=(EVE, DAY), **values):
        entries = [self._entry(*payment) for payment in payments]
        days = tuple(map(str, days))
        return C.document(C.statement(*entries, old=old, days=days, **values))

    payments = (
        ("45.73", "Jan Peeters", JAN, OGM),
        ("18.00", "An De Smet", AN, "factuur 17"),
        ("18.00", "An De Smet", AN, "factuur 17"),
        ("-7.00", "Shop", "", "bread"),
    )

    def test_coda_then_camt(self):
        self.assertEqual(len(self._import(self._coda(*self.payments)).line_ids), 4)
        self.assertFalse(self._import(self._camt(*self.payments), "a.xml"))
        self.assertEqual(self._total(), 84.73)

    def test_camt_then_coda(self):
        data = self._coda(*self.payments)
        self.assertEqual(
            len(self._import(self._camt(*self.payments), "a.xml").line_ids), 4
        )
        self.assertFalse(self._import(data))
        self.assertEqual(self._total(), 84.73)

    def test_dates_of_the_morning(self):
        """Some banks date the opening balance on the day that it opens."""
        self._import(self._coda(*self.payments))
        morning = self._camt(*self.payments, days=(DAY, DAY))
        self.assertFalse(self._import(morning, "a.xml"))
        self.assertEqual(self._total(), 84.73)

    def test_month_after_days(self):
        """What the days brought is known, what they didn't is new."""
        self._import(self._coda(*self.payments[:2]))
        self.assertEqual(self._total(), 73.73)
        later = [(*payment, NEXT) for payment in self.payments[2:]]
        month = self._camt(*self.payments[:2], *later, days=(EVE, NEXT))
        self.assertEqual(len(self._import(month, "month.xml").line_ids), 2)
        self.assertEqual(self._total(), 84.73)
        # And the day, in the first format again.
        self.assertFalse(self._import(self._coda(*self.payments[2:], day=NEXT)))
        self.assertFalse(self._import(month, "again.xml"))
        self.assertEqual(self._total(), 84.73)

    def test_days_after_a_month(self):
        first = self._coda(*self.payments[:2])
        second = self._coda(*self.payments[2:], day=NEXT)
        later = [(*payment, NEXT) for payment in self.payments[2:]]
        month = self._camt(*self.payments[:2], *later, days=(EVE, NEXT))
        self._import(month, "month.xml")
        self.assertFalse(self._import(second))
        self.assertFalse(self._import(first))
        self.assertEqual(self._total(), 84.73)

    def test_a_total_here_is_its_payments_there(self):
        self._import(self._coda(("45.00", "", "", "COLLECTIVE")))
        members = C.payment("15.00", text="A") + C.payment("30.00", text="B")
        data = C.document(C.statement(C.entry("45.00", members)))
        self.assertFalse(self._import(data, "a.xml"))
        self.assertEqual(self._total(), 55.0)

    def _members(self, *amounts, total="45.00", day=DAY):
        """A booking of several payments, as CAMT tells it."""
        payments = [C.payment(amount, text=f"member {amount}") for amount in amounts]
        return C.entry(total, "".join(payments), booked=str(day), valued=str(day))

    def _longer(self, *entries):
        """Two days in one statement; the second one has a payment of its own."""
        later = C.entry(
            "7.00", C.payment("7.00", text="later"), booked=str(NEXT), valued=str(NEXT)
        )
        days = (str(EVE), str(NEXT))
        return C.document(C.statement(*entries, later, old="1000.00", days=days))

    def test_total_of_a_day_and_payments_of_a_longer_period(self):
        self._import(self._coda(("45.00", "", "", "COLLECTIVE")))
        longer = self._longer(self._members("15.00", "30.00"))
        self.assertEqual(self._import(longer, "a.xml").line_ids.amount, 7.0)
        self.assertEqual(self._total(), 62.0)
        self.assertFalse(self._import(longer, "b.xml"))
        self.assertFalse(self._import(self._coda(("7.00", "", "", "x"), day=NEXT)))
        self.assertEqual(self._total(), 62.0)

    def test_payments_of_a_longer_period_and_total_of_a_day(self):
        data = self._coda(("45.00", "", "", "COLLECTIVE"))
        self._import(self._longer(self._members("15.00", "30.00")), "a.xml")
        self.assertEqual(self._total(), 62.0)
        self.assertFalse(self._import(data))
        self.assertFalse(self._import(self._coda(("7.00", "", "", "x"), day=NEXT)))
        self.assertEqual(self._total(), 62.0)

    def test_what_cannot_be_known_is_asked(self):
        """The day has other amounts in the other format, and they don't add up."""
        self._import(self._coda(("45.00", "", "", "COLLECTIVE")))
        longer = self._longer(self._members("15.00", "31.00", total="46.00"))
        for answer, total in ((False, 55.0), ("there", 62.0), ("new", 108.0)):
            with self.subTest(answer=answer), self.env.cr.savepoint() as point:
                if answer:
                    self._import(longer, "a.xml", pom_doubtful=answer)
                else:
                    with self.assertRaisesRegex(UserError, "member 31.00"):
                        self._import(longer, "a.xml")
                self.assertEqual(self._total(), total)
                point.rollback()
                self.env.invalidate_all()

    def test_payments_of_a_total_in_the_background(self):
        """The answer goes with a large file."""
        self.env["ir.config_parameter"].sudo().set_param(
            "pom_reconcile.background_lines", "1"
        )
        self._import(self._coda(("45.00", "", "", "COLLECTIVE")))
        longer = self._longer(self._members("15.00", "31.00", total="46.00"))
        self._import(longer, "a.xml", pom_doubtful="there")
        job = self.env["pom.statement.import"].search([], limit=1)
        self.assertEqual(job.doubtful, "there")

    def test_payment_of_another_is_another(self):
        """Same day and amount, other accounts, one statement after the other."""
        self._import(self._coda(("18.00", "An De Smet", AN, "x")))
        evening = self._camt(
            ("18.00", "Jan Peeters", JAN, "x"), old="1018.00", days=(DAY, DAY)
        )
        self.assertEqual(len(self._import(evening, "evening.xml").line_ids), 1)
        self.assertEqual(self._total(), 46.0)

    def test_equal_payment_in_the_next_statement(self):
        """The very same payment again, in a statement that continues the first."""
        self._import(self._coda(("18.00", "An De Smet", AN, "x")))
        evening = self._camt(
            ("18.00", "An De Smet", AN, "x"), old="1018.00", days=(DAY, DAY)
        )
        self.assertEqual(len(self._import(evening, "evening.xml").line_ids), 1)
        self.assertEqual(self._total(), 46.0)

    def test_mended_words_of_the_same_statement(self):
        """Read in other words, a statement that is there brings nothing new."""
        self._import(self._camt(("6.00", "A", "", "said so")), "a.xml")
        self.assertFalse(self._import(self._camt(("6.00", "A", "", "so")), "b.xml"))
        self.assertEqual(self._total(), 16.0)

    def test_mt940(self):
        self._import(self._coda(*self.payments))
        data = message(
            *(
                mt_line(
                    amount,
                    f"/TRTP/SEPA/IBAN/{account}/NAME/{name}/REMI/{text}"
                    if account
                    else text,
                )
                for amount, name, account, text in self.payments
            ),
            account=IBAN,
        )
        self.assertFalse(self._import(data, "a.sta"))
        self.assertEqual(self._total(), 84.73)

    def test_invoice_is_paid_once(self):
        invoice = self._invoice(45.73, payment_reference=OGM)
        self._import(self._camt(*self.payments), "a.xml")
        self.assertEqual(invoice.payment_state, "paid")
        self.assertFalse(self._import(self._coda(*self.payments)))
        self.assertFalse(self.env["pom.match"].search([("flag", "=", "paid_twice")]))
