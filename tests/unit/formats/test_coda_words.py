"""What an accountant reads of a movement, in the own language."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.pom_reconcile.formats.base import Foreign, Statement, Transaction
from odoo.addons.pom_reconcile.formats.coda import codes, structures
from odoo.addons.pom_reconcile.formats.coda.field_words import FIELD_WORDS
from odoo.addons.pom_reconcile.formats.coda.meaning_words import MEANING_WORDS
from odoo.addons.pom_reconcile.formats.coda.meanings import MEANINGS
from odoo.addons.pom_reconcile.formats.coda.words import CODE_WORDS
from odoo.addons.pom_reconcile.matching.rules.returned import CAUSES
from odoo.addons.pom_reconcile.tools.statement_values import fingerprint, line_values
from odoo.addons.pom_reconcile.tools.statement_words import (
    code_words,
    label,
    narration,
)

DAY = date(2026, 11, 26)
FACTS = {
    "end to end id",
    "payment information id",
    "mandate",
    "creditor id",
    "return type",
    "return reason",
    "original amount",
    "returned",
}
#: Names of cards are the same in each language.
CARDS = {"Bancontact", "Maestro", "Mastercard", "Visa", "American Express"} | {
    "Diners Club",
    "TINA",
}


def every_word():
    """All that the tables can say."""
    tables = (codes.FAMILIES, codes.OPERATIONS, codes.COMMON, codes.CATEGORIES)
    for table in tables:
        yield from table.values()
    for table in MEANINGS.values():
        yield from set(table.values()) - CARDS
    yield from CAUSES.values()
    for kinds in (structures.MOVEMENTS, structures.INFORMATIONS):
        for items in kinds.values():
            yield from (item.name for item in items)


def test_each_word_waits_for_the_translators_once():
    words = {word.replace("_", " ") for word in every_word()} | FACTS
    assert sorted((*CODE_WORDS, *FIELD_WORDS, *MEANING_WORDS)) == sorted(words)


def test_narration_in_a_language():
    payment = Transaction(
        amount=Decimal("12.10"),
        date=date(2026, 11, 26),
        code="00150000",
        text="MERCI\nBEAUCOUP",
        end_to_end_id="E2E-1",
        structured=(("gross amount", "12.10"),),
        information=(("counterparty street", "KERKSTRAAT 1"),),
        foreign=Foreign(Decimal("13.00"), "USD", Decimal("1.07")),
        details=(Transaction(amount=Decimal("12.10"), code="00501000", text="DEEL"),),
    )
    said = narration(payment, lambda word: f"le {word}")
    assert said == (
        "<p>MERCI<br/>BEAUCOUP</p>"
        "<ul><li>Le end to end id: E2E-1</li>"
        "<li>Le original amount: 13.00 USD (1.07)</li>"
        "<li>Le gross amount: 12.10</li>"
        "<li>Le counterparty street: KERKSTRAAT 1</li></ul>"
        "<ul><li>12.10 le direct debit: le payment – DEEL</li></ul>"
    )
    assert code_words(payment, str.upper) == "CREDIT TRANSFER: TRANSFER IN YOUR FAVOUR"


def test_code_that_nobody_knows():
    odd = Transaction(Decimal(1), code="00000000", code_text="as the bank says")
    assert code_words(odd, str.upper) == "as the bank says"


@pytest.mark.parametrize(
    ("code", "return_type", "kind"),
    [
        ("00150000", "", "transfer"),
        ("10550000", "", "direct_debit"),
        ("00503000", "", "return"),
        ("00150000", "return", "return"),
        ("08001000", "", "costs"),
        ("04137000", "", "costs"),
        ("09999000", "", ""),
        ("00000000", "", ""),
    ],
)
def test_what_the_matching_calls_it(code, return_type, kind):
    assert codes.line_kind(code, return_type) == kind


def test_words_are_no_part_of_what_a_line_is_known_by():
    plain = Transaction(Decimal(1), code="00150000")
    assert fingerprint(plain) == fingerprint(replace(plain, code_text="virement"))


def said(**values):
    """The facts of a transaction as a list of what a person reads."""
    html = str(narration(Transaction(Decimal("-5.00"), code="00402000", **values)))
    return html.replace("</li>", "").replace("</ul>", "").split("<li>")[1:]


def test_codes_are_words():
    card = (("card scheme", "1"), ("type of transaction", "5"), ("terminal", "1"))
    assert said(structured=card) == [
        "Card scheme: Bancontact",
        "Type of transaction: purchase",
        "Terminal: 1",
    ]
    assert said(return_reason="AM04", structured=(("reason of return", "AM04"),)) == [
        "Return reason: AM04: insufficient funds"
    ]
    assert said(return_reason="XX99") == ["Return reason: XX99"]


def test_nothing_is_said_twice():
    facts = (("communication", "FACTUUR   44"), ("mandate", "M-123"), ("days", "44"))
    assert said(text="Factuur 44", mandate="M-123", structured=facts) == [
        "Mandate: M-123",
        "Days: 44",
    ]


def test_blanks_are_squeezed_and_cards_are_masked():
    facts = (("card number", "6703000000001234"), ("message", "A    B"))
    assert said(structured=facts) == ["Card number: •••• 1234", "Message: A B"]
    wide = Transaction(Decimal(1), text="A     B\n\nC")
    assert narration(wide) == "<p>A B<br/>C</p>"


def test_labels():
    file = Transaction(Decimal(-9), payment_information_id="WAGES 05", text="TOTAL")
    assert label(file) == "WAGES 05 TOTAL"
    assert label(replace(file, text="WAGES 05  A")) == "WAGES 05 A"
    back = Transaction(Decimal(-9), return_type="return", text="INV 7")
    assert label(back) == "Returned: INV 7"


def test_the_shop_is_the_partner_of_a_card_payment():
    shop = (("terminal name", "COLRUYT 3112"),)
    paid = Transaction(
        Decimal(-9), date=DAY, value_date=DAY, structured_type="113", structured=shop
    )
    statement = Statement("BE68539007547034", "EUR", new_balance_date=DAY)
    assert line_values(paid, statement)["partner_name"] == "COLRUYT 3112"
    ours = replace(paid, structured_type="114")
    assert line_values(ours, statement)["partner_name"] is False
