"""What a bank line says, worked out once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .base import BankLine
from .names import iban_key, name_key
from .text import canonical, emails, is_structured, ogm_in_rf, scan

#: Names under which PSPs pay out, with the provider's code in Odoo ('' for several).
PROVIDERS = {
    "PAYCONIQ": "",
    "PAYCONIQ INTERNATIONAL": "",
    "BANCONTACT": "",
    "BANCONTACT COMPANY PAYCONIQ": "",
    "BANCONTACT PAYCONIQ": "",
    "BANCONTACT PRO": "",
    "MOLLIE": "mollie",
    "MOLLIE PAYMENTS": "mollie",
    "MOLLIE PAYMENTS STICHTING": "mollie",
    "MOLLIE STICHTING": "mollie",
    "STRIPE": "stripe",
    "EUROPE PAYMENTS STRIPE": "stripe",
    "PAYMENTS STRIPE": "stripe",
    "EUROPE STRIPE TECHNOLOGY": "stripe",
    "STRIPE TECHNOLOGY": "stripe",
}

# https://www.payconiq.be/en/faq/identify-payconiq-payments-in-coda: the transaction's
# 24 characters follow the first word without anything between.
_PAYCONIQ = re.compile(
    r"(?:PAYCONIQ|BANCONTACT(?:\s?PRO)?)[\s:/]*([0-9A-F]{24})", re.ASCII
)
_BULK = re.compile(r"PQ\s?BULK\s?RECON", re.ASCII)
_BULK_REFERENCE = re.compile(r"(?:20\d{6}|\d{4}-\d\d-\d\d)\s*([0-9A-F]{24})", re.ASCII)
_PAYOUT = re.compile(r"\bPO_[0-9A-Z]{8,}|\b\d{6,8}\.\d{4}\.\d{2}\b", re.ASCII)
_TOKEN = re.compile(r"[A-Z0-9]+(?:[_.\-/][A-Z0-9]+)*", re.ASCII)

_RETURN_WORDS = re.compile(
    r"\b(?:ONBETAALDE? (?:DOMICILIERING|INVORDERING|DEBET)\w*"
    r"|TERUGBOEKING|TERUGGEBOEKT|GEWEIGERDE? (?:DOMICILIERING|INCASSO)\w*|STORNO\w*"
    r"|(?:DOMICILIATION|PRELEVEMENT) (?:IMPAYEE?|REJETEE?|RETOURNEE?)|REJET|IMPAYE"
    r"|RUCKLASTSCHRIFT\w*|RUCKBUCHUNG\w*|RETURNED DIRECT DEBIT|UNPAID DIRECT DEBIT"
    r"|R-TRANSACT\w*|CHARGE-?BACK\w*)\b"
)
_ACCENTS = str.maketrans("ÀÂÄÉÈÊËÎÏÔÖÙÛÜÇ", "AAAEEEEIIOOUUUC")
_NO_ID = frozenset(("", "NOTPROVIDED", "NOREF", "NONREF", "UNKNOWN", "NIL", "NONE"))


@dataclass(frozen=True)
class Reading:
    """The facts of a line in comparable form.

    :ivar references: canonical structured references: the bank's own field first.
    :ivar broken: digits that were meant as a reference but can't be one.
    :ivar words: upper-case text in which document numbers are looked for.
    :ivar tokens: words that may be a transaction, provider or payout reference.
    :ivar payout: a PSP pays out what it collected.
    :ivar bulk: its text says that many payments are in it.
    """

    references: tuple[str, ...]
    broken: tuple[str, ...]
    words: str
    tokens: tuple[str, ...]
    end_to_end_id: str
    mandate: str
    iban: str
    name: str
    emails: tuple[str, ...]
    payout: bool
    bulk: bool
    provider: str
    returned: bool
    costs: bool


def read(line: BankLine) -> Reading:
    """Work out what a line says."""
    text = f"{line.text}\n{_own_text(line)}" if _own_text(line) else line.text
    found = scan(text)
    upper = text.upper()
    name = name_key(line.counterparty_name)
    payconiq = _PAYCONIQ.findall(upper)
    payouts = _PAYOUT.findall(upper)
    bulk = bool(_BULK.search(upper))
    return Reading(
        references=_references(line, found.valid),
        broken=found.broken,
        words=found.rest,
        tokens=_tokens(upper, payconiq, bulk),
        end_to_end_id=_identifier(line.end_to_end_id),
        mandate=_identifier(line.mandate),
        iban=iban_key(line.counterparty_iban),
        name=name,
        emails=emails(text),
        payout=bool(
            line.kind == "payout"
            or line.payout_items
            or payconiq
            or bulk
            or name in PROVIDERS
        ),
        bulk=bulk or bool(payouts),
        provider=PROVIDERS.get(name, ""),
        returned=line.kind == "return"
        or bool(line.return_reason)
        or bool(_RETURN_WORDS.search(upper.translate(_ACCENTS))),
        costs=line.kind == "costs",
    )


def _own_text(line: BankLine) -> str:
    """The end-to-end id, where the payer's bank may have put a reference."""
    return line.end_to_end_id if _identifier(line.end_to_end_id) else ""


def _references(line: BankLine, in_text: tuple[str, ...]) -> tuple[str, ...]:
    # Numbers in the bank's structured field are compared by their digits: a bank has
    # already checked them, or the debtor was given one with wrong check digits.
    given = [canonical(value) for kind, value in line.references if _known(kind)]
    every = [r for r in (*given, *in_text) if is_structured(r)]
    every += [ogm_in_rf(r) for r in every if ogm_in_rf(r)]
    return tuple(dict.fromkeys(every))


def _known(kind: str) -> bool:
    return kind.lower() in ("ogm", "rf")


def _tokens(upper: str, payconiq: list[str], bulk: bool) -> tuple[str, ...]:
    words = [word for word in _TOKEN.findall(upper) if any(map(str.isdigit, word))]
    if bulk:
        words += _BULK_REFERENCE.findall(upper)
    return tuple(dict.fromkeys(canonical(word) for word in (*payconiq, *words)))


def _identifier(value: str) -> str:
    key = canonical(value)
    return "" if key in _NO_ID or not key.strip("0") else key
