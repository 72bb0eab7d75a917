"""Single fields of movements that banks fill in their own ways."""

import gc
from types import SimpleNamespace

import pytest

from odoo.addons.pom_reconcile.formats.coda import read
from odoo.addons.pom_reconcile.formats.coda.structured import read_structured

from .coda_builder import IBAN_FIELD, CodaBuilder, simple


def read_one(builder):
    (statement,) = read(builder.close().end().data())
    return statement


def customer_reference(text, code="00150000"):
    builder = CodaBuilder().open().move(1, 0, "5.00", code)
    (item,) = read_one(builder.second(customer_reference=text)).transactions
    return item.payment_information_id, item.end_to_end_id


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("E2E-1", "00150000", ("", "E2E-1")),
        ("FILE-1", "10107000", ("FILE-1", "")),
        ("FILE-1", "20450000", ("FILE-1", "")),
        ("E2E-1", "60450000", ("", "E2E-1")),
        # The global reference in the first 13 places, the payment's in the last 13.
        ("FILE000000012".ljust(22) + "PAYMENT000034", "00150000",
         ("FILE000000012", "PAYMENT000034")),
        ("FILE000000012".ljust(22) + "PAYMENT000034", "10107000",
         ("FILE000000012", "")),
        ("FILE 12".ljust(22) + "PAYMENT 00034", "00150000",
         ("FILE 12", "PAYMENT 00034")),
        (" " * 22 + "PAYMENT000034", "00150000", ("", "PAYMENT000034")),
        ("A SENTENCE WITH BLANKS IN ALL PLACE", "00150000",
         ("", "A SENTENCE WITH BLANKS IN ALL PLACE")),
        ("0" * 35, "00150000", ("", "")),
    ],
)  # fmt: skip
def test_customer_reference(text, code, expected):
    assert customer_reference(text, code) == expected


@pytest.mark.parametrize(
    ("structure", "field"),
    [
        ("0", IBAN_FIELD),
        ("2", "539007547034 EUR0BE".ljust(37)),
        ("3", "539007547034 EUR0BE".ljust(37)),
        (" ", "539007547034 EUR0BE".ljust(37)),
        (" ", IBAN_FIELD),
        ("9", IBAN_FIELD),
    ],
)
def test_account_whose_structure_is_not_as_stated(structure, field):
    statement = read_one(CodaBuilder(account=field, structure=structure).open())
    assert (statement.account, statement.currency) == ("BE68539007547034", "EUR")
    assert not statement.warnings


def test_belgian_numbers_of_both_sides_are_no_references():
    """They carry the same check digits as a structured communication."""
    builder = CodaBuilder().open()
    builder.move(1, 0, "1.00", text="FROM 096123456769 TO 539007547034").second()
    builder.third("BE71096123456769".ljust(34) + "EUR", "JAN")
    builder.move(2, 0, "1.00", text="FROM 096123456769").second()
    first, second = read_one(builder).transactions
    assert first.references == ()
    assert [item.value for item in second.references] == ["096123456769"]


def test_reference_that_goes_on_in_the_next_record_is_longer():
    text = "X" * 136 + " 123456789002"
    builder = CodaBuilder().open().move(1, 0, "1.00", text=text).second().third()
    statement = read_one(builder.info("34 AND SO ON"))
    assert statement.transactions[0].text == text + "34 AND SO ON"
    assert statement.transactions[0].references == ()


def test_structured_communication_with_a_free_note():
    builder = CodaBuilder().open().move(1, 0, "1.00", text="=101123456789002")
    (item,) = read_one(builder.info("SEE RF18539007547034")).transactions
    assert [ref.value for ref in item.references] == [
        "123456789002",
        "RF18539007547034",
    ]


def test_movements_without_dates_have_the_statements():
    builder = CodaBuilder().open()
    builder.move(1, 0, "3.00", "20150000", date="000000")
    builder.move(1, 1, "3.00", "60150000", date="000000").move(2, 0, "1.00")
    statement = read_one(builder)
    first, second = statement.transactions
    day = statement.new_balance_date
    assert first.date == first.details[0].date == second.date == day
    assert (first.ordinal, second.ordinal) == (1, 2)


def test_blank_numbers_and_reports():
    statement = read_one(CodaBuilder().open(number="   ", sequence="   "))
    assert (statement.number, statement.sequence) == ("", "")


def test_separate_application_with_balances_is_a_normal_statement():
    (statement,) = read(simple("10.00", separate="00001").data())
    assert not statement.detail_only
    assert len(statement.transactions) == 1


def test_same_statement_twice_in_a_file():
    data = simple("10.00").data()
    first, second = read(data + data)
    assert [*map(str, second.warnings)] == [
        "The same statement stands in this file before."
    ]
    assert not first.warnings


def test_date_in_a_communication_that_is_none_is_kept_as_it_stands():
    text = "=108" + "0" * 42 + "310226" + "280226"
    builder = CodaBuilder().open().move(1, 0, "1.00", text=text).second()
    (item,) = read_one(builder).transactions
    assert item.structured == (("from", "310226"), ("to", "2026-02-28"))


def test_information_without_its_second_record():
    """A record 33 stands behind the columns of a record 32 that isn't there."""
    builder = CodaBuilder().open().move(1, 0, "1.00")
    builder.info("=" + "011".ljust(3 + 191) + "USD")
    del builder.records[-2]
    (item,) = read_one(builder).transactions
    assert dict(item.information)["coupon payment currency"] == "USD"


def test_collection_of_garbage_stays_as_it_was():
    for switch in (gc.disable, gc.enable):
        switch()
        before = gc.isenabled()
        list(read(simple("1.00").data()))
        assert gc.isenabled() == before


def test_a_direct_debit_that_is_known_to_be_returned():
    """What the code of the movement says stays, and a reason is one or is none."""
    draft = SimpleNamespace(return_type="refund", return_reason="")
    read_structured(draft, "127" + " " * 105, "EUR")
    assert (draft.return_type, draft.return_reason) == ("refund", "")


@pytest.mark.parametrize(
    ("details", "kept"),
    [
        ((("100.00", "100"), ("-8.00", "013"), ("-2.00", "011")), "10.00"),
        # They don't add up; nothing is called gross; interest is no charge of the bank.
        ((("100.00", "100"), ("-8.00", "013")), "0.00"),
        ((("98.00", "000"), ("-8.00", "013")), "0.00"),
        ((("100.00", "100"), ("-10.00", "002")), "0.00"),
        ((("80.00", "100"), ("10.00", "013")), "0.00"),
    ],
)
def test_charges_that_explain_an_amount(details, kept):
    builder = CodaBuilder().open().move(1, 0, "90.00", "30150000")
    for number, (amount, category) in enumerate(details, 1):
        builder.move(1, number, amount, f"80150{category}")
    (item,) = read_one(builder).transactions
    assert str(item.charges) == kept
