"""What is booked, in CAMT.053: batches and their payments, amounts, charges."""

from decimal import Decimal

import pytest

from odoo.addons.pom_reconcile.formats.base import Foreign
from odoo.addons.pom_reconcile.formats.camt import read

from .camt_builder import Camt, exchanged, tag
from .camt_reading import C, entry, one


class TestBatches:
    def batch(self, amount, *payments, camt=C, **values):
        return one(
            camt.document(camt.statement(camt.entry(amount, *payments, **values)))
        )

    def test_members(self):
        statement = self.batch(
            "30.00",
            C.payment("10.00", text="A", refs=tag("PmtInfId", "FILE ")),
            C.payment("20.00", text="B", refs=tag("PmtInfId", "FILE")),
            note="TOTAL",
        )
        (found,) = statement.transactions
        assert found.batch
        assert [item.amount for item in found.details] == [10, 20]
        assert [item.ordinal for item in found.details] == [1, 2]
        assert [item.text for item in found.details] == ["A", "B"]
        assert found.text == "TOTAL"
        assert found.payment_information_id == "FILE"
        assert statement.warnings == ()

    def test_of_both_signs(self):
        details = C.payment("10.00"), C.payment("4.00", direction="DBIT")
        (found,) = self.batch("6.00", *details).transactions
        assert [item.amount for item in found.details] == [10, -4]
        # A payment had no direction of its own before version 03.
        camt = Camt(2)
        details = camt.payment("10.00"), camt.payment("4.00")
        (found,) = self.batch("-14.00", *details, camt=camt).transactions
        assert [item.amount for item in found.details] == [-10, -4]

    def test_details_in_several_groups(self):
        extra = tag("NtryDtls", C.payment("1.00")) + tag("NtryDtls", C.payment("2.00"))
        (found,) = self.batch("3.00", extra=extra).transactions
        assert [item.amount for item in found.details] == [1, 2]

    def test_only_instructed_amounts(self):
        details = [
            C.payment(None, amounts=exchanged("InstdAmt", amount, "EUR"))
            for amount in ("1.00", "2.00")
        ]
        (found,) = self.batch("3.00", *details).transactions
        assert found.batch

    def test_arithmetic_tells_which_amount_is_meant(self):
        details = [
            C.payment(amount, amounts=exchanged("InstdAmt", "9.50", "EUR"))
            for amount in ("9.00", "10.00")
        ]
        (found,) = self.batch("19.00", *details).transactions
        assert [item.amount for item in found.details] == [9, 10]
        details = [
            C.payment("9.00", amounts=exchanged("InstdAmt", "10.00", "EUR"))
            for _number in range(2)
        ]
        (found,) = self.batch("20.00", *details).transactions
        assert [item.amount for item in found.details] == [10, 10]

    def test_wrong_sum(self):
        statement = self.batch(
            "29.00",
            C.payment("10.00", text="A"),
            C.payment("20.00", text=("B", "C"), parties=C.party("Dbtr", "Jan")),
        )
        (found,) = statement.transactions
        assert found.amount == Decimal("29.00")
        assert (found.details, found.batch) == ((), False)
        assert found.structured == (
            ("payment", "10.00 A"),
            ("payment", "20.00 Jan B C"),
        )
        (warning,) = map(str, statement.warnings)
        assert "30.00 instead of 29.00" in warning

    def test_without_amounts(self):
        statement = self.batch(
            "29.00",
            C.payment(None, text="A"),
            C.payment("20.00", currency="USD", text="B"),
            batch=tag("Btch", tag("PmtInfId", "FILE") + tag("NbOfTxs", "2")),
        )
        (found,) = statement.transactions
        assert found.details == ()
        assert found.payment_information_id == "FILE"
        assert ("number of payments", "2") in found.information
        assert "amounts for the details of entry 1" in str(statement.warnings[0])

    def test_total_only(self):
        batch = tag("Btch", tag("NbOfTxs", "25") + tag("PmtInfId", "FILE"))
        (found,) = self.batch("100.00", batch=batch, extra=C.charge("1")).transactions
        assert found.payment_information_id == "FILE"
        assert found.information == (
            ("charges", "1.00 EUR DEBT"),
            ("number of payments", "25"),
        )

    def test_one_of_several(self):
        """A selection of a total's payments isn't the total."""
        batch = tag("Btch", tag("NbOfTxs", "3"))
        inner = C.payment("10.00", parties=C.party("Dbtr", "Jan"))
        (found,) = self.batch("30.00", inner, batch=batch).transactions
        assert found.counterparty_name == ""
        assert found.structured == (("payment", "10.00 Jan"),)
        (found,) = self.batch("10.00", inner, batch=batch).transactions
        assert found.counterparty_name == "Jan"

    def test_zero(self):
        (found,) = self.batch("0.00", C.payment("0.00", direction="DBIT")).transactions
        assert str(found.amount) == "0.00"
        details = C.payment("5.00"), C.payment("5.00", direction="DBIT")
        (found,) = self.batch("0.00", *details).transactions
        assert found.batch
        details = C.payment("0", direction="DBIT"), C.payment("5.00")
        (found,) = self.batch("5.00", *details).transactions
        assert [str(item.amount) for item in found.details] == ["0.00", "5.00"]


class TestAmounts:
    def test_entry_decides(self):
        inner = C.payment("1500.00")
        (statement,) = read(C.document(C.statement(C.entry("1526.00", inner))))
        (found,) = statement.transactions
        assert found.amount == Decimal("1526.00")
        assert ("amount of the payment", "1500.00 EUR") in found.information
        assert "1500.00" in str(statement.warnings[0])

    @pytest.mark.parametrize(
        ("charge", "amount"),
        [
            (C.charge("26.00"), "1474.00"),
            (C.charge("26.00", direction="CRDT"), "1526.00"),
        ],
    )
    def test_charges_explain(self, charge, amount):
        """Kept back from what came in, or given back."""
        inner = C.payment("1500.00", extra=charge)
        (statement,) = read(C.document(C.statement(C.entry(amount, inner))))
        assert statement.warnings == ()

    def test_charges_of_entry_and_payment(self):
        groups = tag("Chrgs", tag("TtlChrgsAndTaxAmt", "3") + tag("Rcrd", ""))
        inner = C.payment("10.00", extra=C.charge("2.00", "USD", kind="SHAR"))
        same = C.charge("2.00", "USD", kind="SHAR")
        extra = C.charge("0.00") + groups + C.charge("1") + same
        found = entry("10.00", inner, extra=extra)
        assert found.information == (
            ("charges", "2.00 USD SHAR"),
            ("charges", "1.00 EUR DEBT"),
        )

    @pytest.mark.parametrize(
        ("told", "kept"),
        [
            # What was ordered proves them, whatever the bank says of them.
            ({"ordered": "500.00"}, "12.50"),
            ({"ordered": "500.00", "included": "false"}, "12.50"),
            ({"ordered": "487.50", "included": "true"}, "0.00"),
            ({"ordered": "499.00", "included": "true"}, "0.00"),
            # So does what was paid; else the bank's own word.
            ({"paid": "500.00"}, "12.50"),
            ({"paid": "499.00", "included": "true"}, "0.00"),
            ({"included": "true"}, "12.50"),
            ({"included": "false"}, "0.00"),
            ({}, "0.00"),
            # Given back, in another currency, or all that is booked.
            ({"direction": "CRDT", "included": "true"}, "0.00"),
            ({"currency": "USD", "included": "true"}, "0.00"),
            ({"booked": "-12.50", "included": "true"}, "0.00"),
        ],
    )
    def test_charges_that_were_kept(self, told, kept):
        told = dict(told)
        ordered, booked = told.pop("ordered", ""), told.pop("booked", "487.50")
        paid = told.pop("paid", booked.lstrip("-"))
        amounts = exchanged("InstdAmt", ordered, "EUR") if ordered else ""
        inner = C.payment(paid, amounts=amounts, extra=C.charge("12.50", **told))
        assert str(entry(booked, inner).charges) == kept
        # The same where it stands with the entry.
        extra = (tag("AmtDtls", amounts) if ordered else "") + C.charge("12.50", **told)
        assert str(entry(booked, C.payment(paid), extra=extra).charges) == kept

    def test_charges_of_a_payment_that_went_out(self):
        amounts = exchanged("InstdAmt", "500.00", "EUR")
        inner = C.payment(
            "512.50", direction="DBIT", amounts=amounts, extra=C.charge("12.50")
        )
        assert entry("-512.50", inner).charges == Decimal("12.50")

    def test_members_less_their_charges(self):
        details = [
            C.payment(
                None,
                amounts=exchanged("InstdAmt", "10.00", "EUR"),
                extra=C.charge(charge),
            )
            for charge in ("1.00", "2.00")
        ]
        found = entry("17.00", *details)
        assert found.batch
        assert [item.amount for item in found.details] == [9, 8]
        assert [item.charges for item in found.details] == [1, 2]

    def test_kinds_of_charges(self):
        kind = tag("Tp", tag("Cd", "COMM"))
        own = tag("Tp", tag("Prtry", tag("Id", "OWN")))
        amount = '<Amt Ccy="EUR">1.00</Amt>'
        records = tag("Rcrd", amount + kind) + tag("Rcrd", amount + own)
        found = entry("10.00", extra=tag("Chrgs", records + tag("Rcrd", amount)))
        assert [value for _name, value in found.information] == [
            "1.00 EUR COMM",
            "1.00 EUR OWN",
            "1.00 EUR",
        ]

    @pytest.mark.parametrize(
        ("amounts", "expected"),
        [
            (exchanged("InstdAmt", "100.00", "USD", "0.85"), Decimal("0.85")),
            (
                exchanged("InstdAmt", "85.00", "EUR")
                + exchanged("TxAmt", "100.00", "USD", "0.85"),
                Decimal("0.85"),
            ),
            (
                exchanged("InstdAmt", "100.00", "USD")
                + exchanged("CntrValAmt", "85.00", "EUR", "1.1764705882"),
                Decimal("1.1764705882"),
            ),
            (exchanged("CntrValAmt", "100.00", "USD", "nonsense"), None),
        ],
    )
    @pytest.mark.parametrize("sign", ["", "-"])
    def test_foreign(self, amounts, expected, sign):
        inner = C.payment(None, amounts=amounts)
        found = entry(sign + "85.00", inner)
        assert found.foreign == Foreign(Decimal(sign + "100.00"), "USD", expected)
        assert found.amount == Decimal(sign + "85.00")

    def test_foreign_elsewhere(self):
        found = entry("85.00", C.payment("100.00", currency="USD"))
        assert found.foreign == Foreign(Decimal("100.00"), "USD", None)
        extra = tag("AmtDtls", exchanged("TxAmt", "100.00", "USD", "0.85"))
        found = entry("85.00", C.payment("85.00"), extra=extra)
        assert found.foreign == Foreign(Decimal("100.00"), "USD", Decimal("0.85"))
        assert entry("85.00", extra=extra).foreign == found.foreign

    def test_not_foreign(self):
        assert entry("85.00", C.payment("0", currency="USD")).foreign is None
        amounts = exchanged("InstdAmt", "85.00", "EUR", "1")
        assert entry("85.00", C.payment(None, amounts=amounts)).foreign is None

    @pytest.mark.parametrize(
        ("written", "read_as"),
        [
            ("000000000000149.87", "149.87"),
            ("100", "100.00"),
            ("100.5", "100.50"),
            (".5", "0.50"),
            ("5.", "5.00"),
            ("+5.00", "5.00"),
            ("7.25000", "7.25"),
            (" 1.00\n", "1.00"),
            ("0.12345", "0.12345"),
        ],
    )
    def test_spellings(self, written, read_as):
        assert str(entry(written).amount) == read_as
