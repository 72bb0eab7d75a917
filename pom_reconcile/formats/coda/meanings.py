"""What the one-digit codes within structured communications mean, in words.

Source: CODA 2.6, annex I; the words themselves wait for translators in :mod:`.words`.
"""

from __future__ import annotations

MEANINGS = {
    "card scheme": {
        "1": "Bancontact",
        "2": "Maestro",
        "3": "private card",
        "5": "TINA",
        "9": "other card",
    },
    "issuer": {
        "1": "Mastercard",
        "2": "Visa",
        "3": "American Express",
        "4": "Diners Club",
        "9": "other card",
    },
    "type of transaction": {
        "1": "cash withdrawal",
        "2": "loading of Proton",
        "3": "reimbursement of Proton",
        "4": "reversal of a purchase",
        "5": "purchase",
        "7": "distribution sector",
        "8": "telephone data",
        "9": "fuel",
    },
    "type of direct debit": {
        "1": "recurrent",
        "2": "one-off",
        "3": "first of a series",
        "4": "last of a series",
    },
    "scheme": {"1": "SEPA core", "2": "SEPA B2B"},
    "paid or reason for refusal": {
        "1": "technical problem",
        "2": "no reason given",
        "3": "the debtor disagrees",
        "4": "the debtor's account does not allow it",
    },
    "type of return": {
        "1": "reject",
        "2": "return",
        "3": "refund",
        "4": "reversal",
        "5": "cancellation",
    },
    "minimum": {"1": "applied", "2": "not applied"},
}


def meaning(name: str, value: str) -> str:
    """Return a value in words where it is a code, else as it is.

    >>> meaning("card scheme", "1"), meaning("terminal", "1")
    ('Bancontact', '1')
    """
    return MEANINGS.get(name, {}).get(value, value)
