"""The statement line (:61:) and what it says of one transaction."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from ..base import ZERO, Foreign, TransactionDraft
from ..coda.values import plain

SIGNS = {"C": 1, "D": -1, "RD": 1, "RC": -1}
LINE = re.compile(
    r"(?P<value>[0-9]{6})(?P<entry>[0-9]{4})?\s?(?P<mark>RC|RD|C|D)(?P<funds>[A-Z])?"
    r"(?P<amount>[0-9]{0,15}(?:,[0-9]{0,3})?)(?P<type>[NFS][A-Z0-9]{3})(?P<rest>.*)"
)
AMOUNT = re.compile(r"(?=,?[0-9])([0-9]{0,15})(?:,([0-9]{0,3}))?")
ORIGINAL = re.compile(r"/OCMT/([A-Z]{3})([0-9]+,?[0-9]*)/")
CHARGES = re.compile(r"/CHGS/([A-Z]{3})([0-9]+,?[0-9]*)/")
RATE = re.compile(r"/EXCH/([0-9]+(?:,[0-9]*)?)/")
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
#: No reference, in so many words; EREF points at the text.
NO_REFERENCE = frozenset(("", "NONREF", "EREF", "PREF", "KREF+", "0"))
RETURNS = frozenset(("NRTI", "NRTR"))


def amount(text: str) -> Decimal:
    """Read an amount: a comma, and decimals or none behind it.

    >>> amount("500,"), amount(",5"), amount("1234,567")
    (Decimal('500.00'), Decimal('0.50'), Decimal('1234.567'))

    :raises ValueError: when it isn't one.
    """
    match = AMOUNT.fullmatch(text)
    if not match:
        raise ValueError(text)
    whole, cents = match.groups()
    return plain(Decimal(f"{whole or 0}.{cents or 0}"))


def day(text: str) -> date:
    """Read YYMMDD.

    :raises ValueError: when it isn't a date.
    """
    year = int(text[:2])
    century = 2000 if year < 80 else 1900
    return date(century + year, int(text[2:4]), int(text[4:6]))


def entry_day(text: str, near: date) -> date:
    """Read MMDD in the year that is nearest to a date.

    >>> entry_day("0102", date(2025, 12, 31)), entry_day("1231", date(2026, 1, 5))
    (datetime.date(2026, 1, 2), datetime.date(2025, 12, 31))

    :raises ValueError: when it isn't a date.
    """
    found = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            found.append(date(year, int(text[:2]), int(text[2:])))
        except ValueError:
            continue  # 29 February
    if not found:
        raise ValueError(text)
    return min(found, key=lambda one: abs(one - near))


def read_line(lines: list[str], currency: str) -> TransactionDraft:
    """Return what a statement line says.

    :raises ValueError: when it can't be read.
    """
    match = LINE.fullmatch(lines[0].strip())
    supplement = lines[1:]
    if not match and supplement:
        # Some banks break the line before the amount.
        match = LINE.fullmatch(lines[0].strip() + supplement.pop(0).strip())
    if not match:
        raise ValueError(lines[0])
    valued = day(match["value"])
    booked = entry_day(match["entry"], valued) if match["entry"] else None
    value = SIGNS[match["mark"]] * amount(match["amount"])
    draft = TransactionDraft(value + 0, date=booked, value_date=valued)
    draft.code = match["type"]
    _read_references(draft, match["rest"])
    if match["mark"] in ("RC", "RD"):
        draft.return_type = "reversal"
    elif match["type"] in RETURNS:
        draft.return_type = "return"
    _read_supplement(draft, "".join(line.strip() for line in supplement), currency)
    return draft


def _read_references(draft: TransactionDraft, text: str) -> None:
    """Read the customer's reference and the bank's; some put an account there."""
    own, _slashes, bank = (part.strip() for part in text.partition("//"))
    if IBAN.fullmatch(own):
        draft.counterparty_account = own
    elif not bank and own.upper() not in NO_REFERENCE:
        bank = own
    draft.bank_reference = bank


def _read_supplement(draft: TransactionDraft, text: str, currency: str) -> None:
    """Read the original amount, charges, or the other side's account."""
    original, rate = ORIGINAL.search(text), RATE.search(text)
    if original and original[1] != currency:
        draft.foreign = Foreign(
            amount(original[2]).copy_sign(draft.amount),
            original[1],
            amount_or_none(rate[1]) if rate else None,
        )
    if charged := CHARGES.search(text):
        pair = ("charges", f"{amount(charged[2])} {charged[1]}")
        draft.information = (pair,)
        draft.charges = _kept(draft.amount, original, charged, currency)
    if IBAN.fullmatch(text):
        draft.counterparty_account = text
    elif draft.counterparty_account:
        draft.counterparty_name = text
    elif text and not text.startswith("/"):
        draft.information = (*draft.information, ("additional information", text))


def amount_or_none(text: str) -> Decimal | None:
    """Return a rate, which may have any number of decimals."""
    return plain(Decimal(text.replace(",", ".") + "0"))


def _kept(value: Decimal, original, charged, currency: str) -> Decimal:
    """Return the charges if they are what lies between what was ordered and booked."""
    if not original or {original[1], charged[1]} != {currency}:
        return ZERO
    ordered, kept = amount(original[2]).copy_sign(value), amount(charged[2])
    return kept if kept > 0 and ordered == value + kept else ZERO
