"""The communication of a movement that has a structure: what follows from its fields.

Which fields a type has says :mod:`.structures`; what has none is read in :mod:`.free`.
"""

from __future__ import annotations

import re
from decimal import Decimal

from odoo.addons.pom_payment.tools.references import spelled

from ..base import Foreign, Reference
from ..references import MARKED, find_references
from .pairs import Pairs, read_pairs
from .structures import MOVEMENT_WIDTH, MOVEMENTS, TEXTS

RETURN_TYPES = {
    "1": "reject",
    "2": "return",
    "3": "refund",
    "4": "reversal",
    "5": "cancellation",
}
#: The field that holds a payment reference, by type of communication.
REFERENCE_FIELDS = {
    "100": "creditor reference",
    "101": "structured communication",
    "102": "structured communication",
    "105": "structured communication",
    "127": "communication",
}
OGM_TYPES = frozenset(("101", "102"))
NO_OGM = "0" * 12
#: The field with the amount in another currency, by type of communication.
FOREIGN = {"105": "gross amount in original currency", "113": "original amount"}
REASON = re.compile(r"[A-Z]{2}[A-Z0-9]{2}")
RF = re.compile(r"RF[0-9]{2}[A-Z0-9]{1,21}")
#: A structured communication that fills a field.
OGM_FIELD = re.compile(r"([0-9]{3})/?([0-9]{4})/?([0-9]{5})")
NUMBER = re.compile(r"[0-9]+\.[0-9]+")


def read_structured(draft, content: str, currency: str) -> None:
    """Read a communication into a draft.

    :param content: its type, three digits, and the rest.
    :param currency: of the account; any other is a foreign one.
    """
    kind = draft.structured_type = content[:3]
    digits = content[3:15]
    if kind in OGM_TYPES and digits.isdecimal() and digits.isascii():
        _read_ogm(draft, digits, content[15:])
        return
    body = content[3:].ljust(MOVEMENT_WIDTH)
    table = MOVEMENTS.get(kind)
    if table is None:
        draft.text = body.strip()
        draft.references = find_references(draft.text)
        return
    pairs = draft.structured = read_pairs(table, body)
    values = dict(pairs)
    draft.references = _coded_references(kind, values, body)
    draft.text = structured_text(kind, pairs, draft.references, body)
    if kind in FOREIGN:
        draft.foreign = _foreign(values, FOREIGN[kind], draft.amount, currency)
    elif kind == "127":
        _read_direct_debit(draft, values)


def _read_ogm(draft, digits: str, rest: str) -> None:
    draft.structured = ((REFERENCE_FIELDS["101"], digits),)
    draft.text = digits
    if digits != NO_OGM:
        draft.references = (Reference("ogm", digits),)
        draft.text = spelled(digits)
    if not rest.isspace():
        draft.text += " " + rest.strip()


def _coded_references(kind: str, values: dict, body: str) -> tuple[Reference, ...]:
    """Return the reference of a field that is made for one.

    The bank vouches for it, so check digits aren't asked for, unlike in free text, and
    in the communication of a direct debit.
    """
    if kind in ("107", "127"):
        return find_references(values.get("communication", ""))
    text = values.get(REFERENCE_FIELDS.get(kind, ""), "")
    if kind in OGM_TYPES:
        # Twelve digits are the rule and were dealt with: this holds something else.
        text = body.strip()
    match = OGM_FIELD.fullmatch(text) or MARKED.search(text)
    if match:
        digits = "".join(match.groups())
        return (Reference("ogm", digits),) if digits != NO_OGM else ()
    value = text.replace(" ", "").upper()
    if RF.fullmatch(value):
        return (Reference("rf", value),)
    return find_references(text)


def structured_text(
    kind: str, pairs: Pairs, references: tuple[Reference, ...], body: str
) -> str:
    """Return what of a structured communication is for human eyes."""
    if kind in TEXTS:
        values = dict(pairs)
        return " ".join(filter(None, map(values.get, TEXTS[kind])))
    if references:
        return " ".join(spelled(item.value) for item in references)
    # A reference field that holds something else is shown as it stands.
    return body.strip() if kind in ("100", *OGM_TYPES) else ""


def _foreign(values: dict, name: str, amount: Decimal, currency: str):
    original, other = values.get(name, ""), values.get("currency", "")
    if other in ("", currency) or not NUMBER.fullmatch(original):
        return None
    rate = values.get("rate", "")
    return Foreign(
        Decimal(original).copy_sign(amount),
        other,
        Decimal(rate) if NUMBER.fullmatch(rate) else None,
    )


def _read_direct_debit(draft, values: dict) -> None:
    draft.mandate = values.get("mandate", "")
    draft.creditor_id = values.get("creditor identifier", "")
    reason = values.get("reason of return", "")
    if not draft.return_type:
        draft.return_type = RETURN_TYPES.get(values.get("type of return", ""), "")
    if not draft.return_reason and REASON.fullmatch(reason):
        draft.return_reason = reason
