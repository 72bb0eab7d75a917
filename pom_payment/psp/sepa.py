"""Why a bank refused or sent back a direct debit, by the codes that all banks use.

Sources: EPC173-14 (guidance on reason codes) and ISO 20022's list of external codes.
Banks of some countries say MS03 where others say AM04 or AC04.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .values import ASK_PAYER, HARD, SOFT

#: What isn't in here is for a person to look at: a mistake of ours, a death, a fraud.
FAILURE: Mapping[str, str] = MappingProxyType(
    {
        "AM04": SOFT,  # no funds
        "MS03": SOFT,  # not told
        "MS02": ASK_PAYER,  # refused by the debtor
        "MD06": ASK_PAYER,  # refund within eight weeks
        "SL01": ASK_PAYER,  # the debtor's bank keeps this creditor out
        "AC01": ASK_PAYER,  # wrong account
        "MD01": HARD,  # no mandate
        "AC04": HARD,  # closed
        "AC06": HARD,  # blocked
        "AC13": HARD,  # a consumer's account
        "AG01": HARD,  # no debits on this account
        "DNOR": HARD,  # the bank takes no debits
        "CNOR": HARD,
    }
)


def failure_of(code: str) -> str:
    """One of ``values.FAILURES``; '' for a person to look at.

    >>> failure_of("AM04"), failure_of("MD07")
    ('soft', '')
    """
    return FAILURE.get(code, "")
