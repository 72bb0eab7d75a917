"""The text of a transaction (:86:), which has a structure per country.

Dutch banks use words between slashes, German ones numbered fields, others plain text.
"""

from __future__ import annotations

import re

from ..base import TransactionDraft
from ..camt.parties import BIC
from ..camt.references import creditor_reference
from ..references import find_references, format_reference
from ..sepa_words import sepa_words

DUTCH = re.compile(
    r"/(TRTP|CSID|NAME|MARF|REMI|IBAN|BIC|EREF|ORDP|BENM|ADDR|ISDT|PREF|RTRN|PURP"
    r"|ULTD|ULTB|CNTP|SVCL|ID)/"
)
#: A slash may be part of a text: one of these words must begin it.
DUTCH_START = re.compile(
    r"/(?:TRTP|EREF|BENM|ORDP|CNTP|REMI|MARF|RTRN|PREF|IBAN|CSID|SVCL)/"
)
GERMAN_START = re.compile(r"([0-9]{3})\s?([?>])[0-9]{2}")
ACCOUNT = re.compile(r"[A-Z0-9]{5,34}")
STRUCTURED = re.compile(r"/?STRD/(?:(CUR|ISO|BBA|SCOR)/)?(.*)")
#: Codes (GVC) of what comes back: cheques, collections, transfers.
RETURNED = frozenset(("059", "108", "109", "159"))
#: Of what the field of the text key holds, only these are reasons of a return.
REASON = re.compile(r"9(?:0[1-9]|1[0-8])")
#: Numbers of fields of the remittance.
REMITTANCE = [f"{number}" for number in (*range(20, 30), *range(60, 64))]


def read_details(draft: TransactionDraft, lines: list[str]) -> None:
    """Read the text into a draft."""
    joined = "".join(lines)
    german = GERMAN_START.match(joined.strip())
    if DUTCH_START.match(joined.strip()):
        _read_dutch(draft, joined.strip())
    elif german:
        _read_german(draft, joined.strip(), *german.groups())
    else:
        draft.text = "\n".join(filter(None, (line.strip() for line in lines)))
        draft.references = find_references(draft.text)


# Words between slashes


def _read_dutch(draft: TransactionDraft, text: str) -> None:
    _nothing, *pieces = DUTCH.split(text)
    words: dict[str, str] = {}
    for word, value in zip(pieces[::2], pieces[1::2], strict=True):
        if value.strip(" /"):
            words.setdefault(word, value.strip())
    _read_side(draft, words)
    draft.end_to_end_id = words.get("EREF", draft.end_to_end_id).strip("/")
    draft.mandate = words.get("MARF", "").strip("/")
    draft.creditor_id = words.get("CSID", "").strip("/")
    draft.payment_information_id = words.get("PREF", "").strip("/")
    draft.purpose = words.get("PURP", "").strip("/")[:4]
    if reason := words.get("RTRN", "").strip("/"):
        draft.return_type, draft.return_reason = "return", reason[:4]
    _read_remittance(draft, words.get("REMI", ""))
    kind = words.get("TRTP", "").strip("/")
    if kind:
        draft.code_text = kind
    if not draft.text:
        draft.text = kind


def _read_side(draft: TransactionDraft, words: dict[str, str]) -> None:
    # ING gives all of the other side in one.
    place = [*words.get("CNTP", "").split("/"), "", "", ""]
    account = words.get("IBAN", "").strip("/") or place[0].strip()
    draft.counterparty_account = account or draft.counterparty_account
    bic = words.get("BIC", "").strip("/") or place[1].strip()
    draft.counterparty_bic = bic if BIC.fullmatch(bic) else ""
    name = words.get("NAME", "").strip("/") or place[2]
    draft.counterparty_name = " ".join(name.split())


def _read_remittance(draft: TransactionDraft, text: str) -> None:
    structured = STRUCTURED.match(text)
    if structured:
        issuer, value = structured[1] or "", structured[2].strip(" /")
        found = creditor_reference(
            {"Ref": value, "Tp/Issr": issuer.replace("SCOR", "")}
        )
        draft.references = (found,) if found else find_references(value)
        draft.text = format_reference(found) if found else value
        return
    text = text.removeprefix("USTD").strip(" /")
    draft.text = " ".join(text.split())
    draft.references = find_references(draft.text)


# Numbered fields


def _read_german(draft: TransactionDraft, text: str, code: str, separator: str) -> None:
    fields: dict[str, str] = {}
    for piece in text.split(separator)[1:]:
        number, value = piece[:2], piece[2:]
        if number.isdecimal():
            fields[number] = fields.get(number, "") + value
        else:
            # The sign is part of the text.
            last = next(reversed(fields))
            fields[last] += separator + piece
    draft.code = code
    draft.code_text = fields.get("00", "").strip()
    _read_german_side(draft, fields)
    reason = fields.get("34", "").strip()
    if code in RETURNED or REASON.fullmatch(reason):
        draft.return_type = "return"
        draft.return_reason = reason if REASON.fullmatch(reason) else ""
    parts = [fields[number] for number in REMITTANCE if fields.get(number, "").strip()]
    words = sepa_words("".join(parts).strip())
    if words:
        _read_german_words(draft, words)
    else:
        draft.text = "\n".join(part.strip() for part in parts)
    draft.references = find_references(draft.text)
    if not draft.text:
        draft.text = draft.code_text


def _read_german_side(draft: TransactionDraft, fields: dict[str, str]) -> None:
    bic, account = (fields.get(number, "").replace(" ", "") for number in ("30", "31"))
    draft.counterparty_bic = bic if BIC.fullmatch(bic) else ""
    if ACCOUNT.fullmatch(account):
        draft.counterparty_account = account
    name = fields.get("32", "") + fields.get("33", "")
    draft.counterparty_name = " ".join(name.split())


def _read_german_words(draft: TransactionDraft, words: dict[str, str]) -> None:
    given = words.get("EREF", "")
    if given:
        draft.end_to_end_id = given
    draft.mandate = words.get("MREF", "")
    draft.creditor_id = words.get("CRED", "")
    draft.text = words.get("SVWZ", "")
    draft.counterparty_account = draft.counterparty_account or words.get("IBAN", "")
    bic = words.get("BIC", "")
    if not draft.counterparty_bic and BIC.fullmatch(bic):
        draft.counterparty_bic = bic
    if other := words.get("ABWA") or words.get("ABWE"):
        draft.information = (*draft.information, ("on behalf of", other))
