"""What an accountant reads of an entry, in the own language."""

import re
from decimal import Decimal
from pathlib import Path

from odoo.addons.pom_reconcile.formats.base import Transaction
from odoo.addons.pom_reconcile.formats.camt import codes, entries
from odoo.addons.pom_reconcile.formats.camt.words import WORDS
from odoo.addons.pom_reconcile.tools.bank_lines import bank_line
from odoo.addons.pom_reconcile.tools.statement_values import details
from odoo.addons.pom_reconcile.tools.statement_words import (
    code_words,
    label,
    narration,
)

from .camt_builder import Camt
from .camt_reading import C, entry, one

#: Names of what the bank adds, as the code gives them.
NAMES = re.compile(r"(?:yield |\(\(?|return |draft, )\"([a-z' ]+)\", ")


def every_word():
    for table in (codes.FAMILIES, codes.DOMAINS, codes.SUBFAMILIES):
        yield from table.values()
    yield from NAMES.findall(Path(entries.__file__).read_text(encoding="utf-8"))


def test_each_word_waits_for_the_translators():
    assert set(every_word()) == set(WORDS)
    assert sorted(WORDS) == list(WORDS)


def test_code_in_a_language():
    found = entry("1.00")
    assert code_words(found, lambda word: f"le {word}") == (
        "le credit transfer received: le SEPA credit transfer"
    )


def test_details_that_do_not_add_up_are_shown_but_not_matched():
    payments = [C.payment("10.00", text="+++123/4567/89002+++"), C.payment("20.00")]
    statement = one(C.document(C.statement(C.entry("29.00", *payments))))
    (found,) = statement.transactions
    assert "10.00 +++123/4567/89002+++" in narration(found)
    line = bank_line(
        1,
        {"amount": 29.0, "transaction_details": details(found)},
        found.date,
        "EUR",
    )
    assert "123/4567" not in line.text


def test_what_the_matching_is_told():
    found = entry("-3.00", code="ACMT-MDOP-CHRG", note="COSTS")
    vals = {"amount": -3.0, "transaction_details": details(found)}
    assert bank_line(1, vals, found.date, "EUR").kind == "costs"
    german = Camt(8).payment("3.00", extra=C.code("NTRF+166+00931"))
    found = entry("3.00", german, code="")
    vals = {"amount": 3.0, "transaction_details": details(found)}
    line = bank_line(1, vals, found.date, "EUR")
    assert (line.kind, line.end_to_end_id) == ("", "NOTPROVIDED")


def test_label_of_a_reference_of_another_country():
    structured = C.reference("1234567890123456", issuer="CUR")
    found = entry("1.00", C.payment("1.00", structured=structured, text="KLANT 5"))
    assert label(found) == "1234567890123456"
    assert label(Transaction(Decimal(1), text="X")) == "X"
