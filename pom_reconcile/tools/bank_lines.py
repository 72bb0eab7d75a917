"""From the values of Odoo's statement line to the engine's bank line, without Odoo."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ..formats.camt.codes import line_kind as iso_line_kind
from ..formats.coda.codes import line_kind as coda_line_kind
from ..matching.base import ZERO, BankLine
from ..matching.text import plain_text
from .import_keys import VERSION

#: First digit of the code of what is booked for several payments at once.
TOTALS = ("1", "2")
_AMOUNT = re.compile(r"\d{1,15}(\.\d{1,5})?", re.ASCII)
_CODA_CODE = re.compile(r"\d{8}", re.ASCII)


def bank_line(
    line_id,
    vals: Mapping[str, Any],
    day: datetime.date,
    currency: str,
    foreign_currency: str = "",
    **owner,
) -> BankLine:
    """Give what the bank said.

    :param vals: as for ``create``. ``transaction_details`` are read where a statement's
        format left them in our form; other addons keep anything there.
    :param owner: ``company_id`` and ``journal_id``.
    """
    details = _details(vals)
    code = details.get("code", "")
    return BankLine(
        id=line_id,
        amount=decimal(vals.get("amount")),
        currency=currency,
        date=day,
        references=_pairs(details, "references"),
        text=_text(vals, details),
        counterparty_name=vals.get("partner_name") or "",
        counterparty_iban=vals.get("account_number") or "",
        counterparty_bic=vals.get("pom_counterparty_bic") or "",
        end_to_end_id=_word(details, "end_to_end_id"),
        mandate=_word(details, "mandate"),
        kind=_kind(code, _word(details, "return_type")),
        return_reason=_word(details, "return_reason"),
        foreign_amount=decimal(vals.get("amount_currency"))
        if foreign_currency
        else None,
        foreign_currency=foreign_currency,
        charges=_charges(details),
        is_total=code[:1] in TOTALS and not details.get("details"),
        source=_source(vals.get("pom_fingerprint") or ""),
        **owner,
    )


def _source(fingerprint: str) -> str:
    """Give a word for the kind of file: how its fingerprints are made."""
    if fingerprint.startswith(VERSION):
        return "columns"
    return "words" if fingerprint else ""


def decimal(amount: float | None) -> Decimal:
    """Give the exact amount that a float stands for.

    >>> decimal(0.1 + 0.2)
    Decimal('0.3')
    """
    return Decimal(str(round(amount or 0.0, 3)))


def _details(vals: Mapping[str, Any]) -> Mapping[str, Any]:
    details = vals.get("transaction_details")
    code = details.get("code", "") if isinstance(details, Mapping) else None
    if not isinstance(code, str):
        return {}
    ours = not code or _CODA_CODE.fullmatch(code) or type(details.get("ordinal")) is int
    return details if ours else {}


def _kind(code: str, return_type: str) -> str:
    """Give the kind of a movement from its code, of CODA or of ISO 20022."""
    if _CODA_CODE.fullmatch(code):
        return coda_line_kind(code, return_type)
    return iso_line_kind(code, return_type)


def _word(details: Mapping[str, Any], name: str) -> str:
    value = details.get(name)
    return value if isinstance(value, str) else ""


def _charges(details: Mapping[str, Any]) -> Decimal:
    value = _word(details, "charges")
    return Decimal(value) if _AMOUNT.fullmatch(value) else ZERO


def _pairs(details: Mapping[str, Any], name: str) -> tuple[tuple[str, str], ...]:
    values = details.get(name)
    return tuple(
        (pair[0], pair[1])
        for pair in (values if isinstance(values, list | tuple) else ())
        if isinstance(pair, list | tuple) and [type(p) for p in pair] == [str, str]
    )


def _text(vals: Mapping[str, Any], details: Mapping[str, Any]) -> str:
    """Give all free text; where the format kept it, without our own headings."""
    text = _word(details, "text")
    if text or details.get("code"):
        parts = [text, *(value for _name, value in _pairs(details, "information"))]
        label = vals.get("payment_ref") or ""
        parts += [] if label in text else [label]
    else:
        note = plain_text(str(vals.get("narration") or ""))
        parts = [vals.get("payment_ref"), vals.get("ref"), note]
    return "\n".join(filter(None, parts))
