"""What a bank line says, worked out once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .base import BankLine
from .names import iban_key, name_key, name_tokens
from .text import canonical, emails, is_structured, ogm_in_rf, scan

#: Words in the names under which PSPs pay out.
PROVIDERS = frozenset(
    "PAYCONIQ BANCONTACT MOLLIE STRIPE ADYEN WORLDLINE PAYPAL CCV SUMUP BUCKAROO"
    " MULTISAFEPAY GOCARDLESS WERO".split()
)
_CORPORATE = frozenset(
    "PAY PAYMENTS PAYMENT PAYOUT PAYOUTS EUROPE TECHNOLOGY INTERNATIONAL COMPANY PRO UK"
    " STICHTING STG FOUNDATION BELGIUM NETHERLANDS IRELAND SETTLEMENT".split()
)

# https://www.payconiq.be/en/faq/identify-payconiq-payments-in-coda: the transaction's
# 24 characters follow the first word without anything between; Bancontact Pay gives 12
# digits. The shop's name may follow without anything between, too.
_SINGLE = re.compile(
    r"(?:PAYCONIQ|BANCONTACT(?:\s?(?:PRO|PAY))?|WERO)[\s:/-]*((?=[A-Z]*\d)[0-9A-Z]{24})"
    r"|BANCONTACT\s?PAY[\s:/-]*(\d{12})(?!\d)",
    re.ASCII,
)
_BULK = re.compile(r"PQ[\s-]?BULK[\s-]?RECON", re.ASCII)
# Date, the payout's 24 characters, then the merchant's own bulk id (or NONE); the guide
# on reconciliation joins them with hyphens.
_BULK_PARTS = re.compile(
    r"(?:20\d{6}|\d{4}-\d\d-\d\d)[\s-]*([0-9A-Z]{24})(.*?)PQ[\s-]?BULK", re.ASCII
)
# Ids of Mollie's and Stripe's, one in six of which has no digit; banks print another
# mark for the line that SEPA's character set lacks.
_PROVIDERS_ID = re.compile(
    r"(?<![A-Z0-9])(TR|RE|CHB|CAP|STL|PI|PY|PYR|CH|DP|DU|PO|TXN)"
    r"[\s_.:\-]([A-Z0-9]{10}|[A-Z0-9]{16,32})(?![A-Z0-9])",
    re.ASCII,
)
_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[_.\-/][A-Za-z0-9]+)*", re.ASCII)

_RETURN_WORDS = re.compile(
    r"\b(?:ONBETAALDE? (?:DOMICILIERING|INVORDERING|DEBET)\w*"
    r"|TERUGBOEKING|TERUGGEBOEKT|GEWEIGERDE? (?:DOMICILIERING|INCASSO)\w*|STORNO\w*"
    r"|(?:DOMICILIATION|PRELEVEMENT) (?:IMPAYEE?|REJETEE?|RETOURNEE?)|REJET|IMPAYE"
    r"|RUCKLASTSCHRIFT\w*|RUCKBUCHUNG\w*|RETURNED DIRECT DEBIT|UNPAID DIRECT DEBIT"
    r"|R-TRANSACT\w*|CHARGE-?BACK\w*)\b"
)
_ACCENTS = str.maketrans("ÀÂÄÉÈÊËÎÏÔÖÙÛÜÇ", "AAAEEEEIIOOUUUC")
_NOTHING = scan("")
_NO_ID = frozenset(("", "NOTPROVIDED", "NOREF", "NONREF", "UNKNOWN", "NIL", "NONE"))


@dataclass(frozen=True)
class Reading:
    """The facts of a line in comparable form.

    :ivar references: canonical structured references: the bank's own field first.
    :ivar broken: digits that were meant as a reference but can't be one.
    :ivar words: upper-case texts in which document numbers are looked for.
    :ivar tokens: words that may be a transaction, provider or payout reference.
    :ivar payout: a PSP pays out what it collected.
    """

    references: tuple[str, ...]
    broken: tuple[str, ...]
    words: tuple[str, ...]
    tokens: tuple[str, ...]
    end_to_end_id: str
    mandate: str
    iban: str
    name: str
    emails: tuple[str, ...]
    payout: bool
    returned: bool


def read(line: BankLine) -> Reading:
    """Work out what a line says."""
    text, end_to_end = scan(line.text), _identifier(line.end_to_end_id)
    # The payer's bank may have put a reference in the end-to-end id.
    own = scan(line.end_to_end_id) if end_to_end else _NOTHING
    joined = re.sub(r"\s*[\r\n]+\s*", "", line.text.upper())
    single = tuple(one or other for one, other in _SINGLE.findall(joined))
    return Reading(
        references=_references(line, text.valid + own.valid),
        broken=text.broken,
        words=text.rest + own.rest,
        tokens=_tokens(line.text.upper(), joined, single),
        end_to_end_id=end_to_end,
        mandate=_identifier(line.mandate),
        iban=iban_key(line.counterparty_iban),
        name=name_key(line.counterparty_name),
        emails=emails(line.text),
        payout=_is_payout(line, joined, single),
        returned=_is_returned(line),
    )


def is_provider(name: str) -> bool:
    """Tell if a name is that of a PSP, and not of a customer who has such a word in it.

    >>> is_provider("Mollie B.V."), is_provider("Mollie Peeters")
    (True, False)
    """
    words = name_tokens(name)
    return bool(words & PROVIDERS) and words <= PROVIDERS | _CORPORATE


def written_tokens(text: str) -> list[str]:
    """Give the words of a text that have a digit, as they are written."""
    return [word for word in _TOKEN.findall(text) if any(map(str.isdigit, word))]


def provider_ids(text: str) -> list[str]:
    """Give the ids of payments in a text as their provider spells them, in capitals.

    >>> provider_ids("zie tr_kEBsNtWyAb en RE.7XqPzW3bTy"), provider_ids("re factuur")
    (['TR_KEBSNTWYAB', 'RE_7XQPZW3BTY'], [])
    """
    return ["_".join(found) for found in _PROVIDERS_ID.findall(text.upper())]


def _references(line: BankLine, in_text: tuple[str, ...]) -> tuple[str, ...]:
    # Numbers in the bank's structured field are compared by their digits: a bank has
    # already checked them, or the debtor was given one with wrong check digits.
    given = [canonical(value) for kind, value in line.references if _known(kind)]
    every = [r for r in (*given, *in_text) if is_structured(r)]
    every += [inner for r in every if (inner := ogm_in_rf(r))]
    return tuple(dict.fromkeys(every))


def _known(kind: str) -> bool:
    return kind.lower() in ("ogm", "rf")


def _tokens(upper: str, joined: str, single: tuple[str, ...]) -> tuple[str, ...]:
    words = [*written_tokens(upper), *provider_ids(upper), *provider_ids(joined)]
    for parts in _BULK_PARTS.findall(joined):
        words += parts
    tokens = dict.fromkeys(map(canonical, (*single, *words)))
    return tuple(token for token in tokens if token not in _NO_ID)


def _is_payout(line: BankLine, joined: str, single: tuple[str, ...]) -> bool:
    told = line.kind == "payout" or line.payout_items
    collected = told or single or _BULK.search(joined)
    return bool(collected) or is_provider(line.counterparty_name)


def _is_returned(line: BankLine) -> bool:
    """By the bank's code; or by its words, on money that goes out: a debtor who pays
    after a return may write them too."""
    if line.kind == "return" or line.return_reason:
        return True
    text = line.text.upper().translate(_ACCENTS)
    return line.amount < 0 and bool(_RETURN_WORDS.search(text))


def _identifier(value: str) -> str:
    key = canonical(value)
    return "" if key in _NO_ID or not key.strip("0") else key
