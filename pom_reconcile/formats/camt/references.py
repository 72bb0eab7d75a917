"""Remittance information: references, and what is left for human eyes."""

from __future__ import annotations

import re

from odoo.addons.pom_payment.tools.references import is_ogm, is_qrr, is_rf

from ..base import Reference
from ..references import find_references, format_reference
from .values import first, texts
from .xml import Node

BELGIAN, DUTCH = "BBA", "CUR"
SWISS = frozenset(("QRR", "ISR", "ISR REFERENCE"))
#: Who says that it is an international reference, or says nothing.
NEUTRAL = frozenset(("", "ISO", "SCOR", "EPC"))
RF = re.compile(r"RF[0-9]{2}[A-Z0-9]{1,21}")
TWELVE = re.compile(r"[0-9]{12}")
#: A *betalingskenmerk* has 7, 9 to 14, or 16 digits.
KENMERK = re.compile(r"[0-9]{7}|[0-9]{9,14}|[0-9]{16}")
QRR = re.compile(r"[0-9]{27}")
#: What Swiss banks add about paper that was read by a machine.
NOTHING_WRONG = frozenset(("?REJECT?0", "?ERROR?000"))
#: How references are decorated in print.
_SIGNS = re.compile(r"[\s+*/.-]")


def remittance(payment: Node) -> tuple[tuple[Reference, ...], str]:
    """Return the references of a payment and its text.

    All references count: a payment may be of several invoices. One without right check
    digits is text, unless the issuer of its kind vouches for it.
    """
    given: list[Reference] = []
    lines = texts(payment, "RmtInf/Ustrd")
    for structured in payment.get("RmtInf/Strd", ()):
        _read_structured(structured, given, lines)
    if not lines:
        references = tuple(dict.fromkeys(given)) if len(given) > 1 else tuple(given)
        return references, " ".join(map(format_reference, references))
    text = "\n".join(lines)
    return tuple(dict.fromkeys((*given, *find_references(text)))), text


def _read_structured(structured: Node, given: list, lines: list[str]) -> None:
    for document in structured.get("RfrdDocInf", ()):
        lines += texts(document, "Nb")
    for info in structured.get("CdtrRefInf", ()):
        if reference := creditor_reference(info):
            given.append(reference)
        elif ref := info.get("Ref"):
            lines.append(ref)
    lines += [
        line for line in texts(structured, "AddtlRmtInf") if line not in NOTHING_WRONG
    ]


def creditor_reference(info: Node) -> Reference | None:
    """Return the reference of a ``CdtrRefInf``, ``None`` for one of no known kind.

    >>> creditor_reference({"Ref": "rf18 5390 0754 7034"})
    Reference(kind='rf', value='RF18539007547034')
    """
    value = _SIGNS.sub("", info.get("Ref", "")).upper()
    issuer = first(info, ("Tp/Issr", "Tp/CdOrPrtry/Prtry")).upper()
    if RF.fullmatch(value):
        return Reference("rf", value) if is_rf(value) else None
    if issuer == DUTCH:
        return Reference("nl", value) if KENMERK.fullmatch(value) else None
    if QRR.fullmatch(value):
        known = issuer in SWISS | NEUTRAL and is_qrr(value)
        return Reference("qrr", value) if known else None
    if not TWELVE.fullmatch(value) or not value.strip("0"):
        return None
    known = issuer == BELGIAN or (issuer in NEUTRAL and is_ogm(value))
    return Reference("ogm", value) if known else None


def without_accounts(references: tuple[Reference, ...], *accounts: str) -> tuple:
    """Drop the Belgian number of either side: it has the same check digits."""
    for item in references:
        for account in accounts:
            if account.endswith(item.value):
                others = tuple(other for other in references if other != item)
                return without_accounts(others, *accounts)
    return references
