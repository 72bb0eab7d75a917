"""What an accountant reads of a movement, in the own language."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pom_reconcile.formats.base import Foreign, Transaction
from pom_reconcile.formats.coda import codes, communications
from pom_reconcile.formats.coda.words import WORDS
from pom_reconcile.tools.statement_values import code_words, fingerprint, narration

FACTS = {
    "end to end id",
    "payment information id",
    "mandate",
    "creditor id",
    "return type",
    "return reason",
    "original amount",
}


def every_word():
    """All that the tables can say."""
    tables = (codes.FAMILIES, codes.OPERATIONS, codes.COMMON, codes.CATEGORIES)
    for table in tables:
        yield from table.values()
    for kinds in (communications.MOVEMENTS, communications.INFORMATIONS):
        for items in kinds.values():
            yield from (item.name for item in items)


def test_each_word_waits_for_the_translators_once():
    words = {word.replace("_", " ") for word in every_word()} | FACTS
    assert sorted(WORDS) == sorted(words)


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


def test_words_are_no_part_of_what_a_line_is_known_by():
    plain = Transaction(Decimal(1), code="00150000")
    assert fingerprint(plain) == fingerprint(replace(plain, code_text="virement"))
