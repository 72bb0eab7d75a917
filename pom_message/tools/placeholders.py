"""Words of the creditor with what differs per debtor filled in."""

import re
from collections.abc import Mapping

PLACEHOLDER = re.compile(r"\{(\w+)\}")
#: What may stand in a text, with an example.
KNOWN = {
    "name": "Marie Peeters",
    "company": "Bakkerij De Kat",
    "invoice": "INV/2026/00042",
    "amount": "€ 121.00",
    "due": "30/11/2026",
    "days": "12",
    "fee": "€ 7.50",
    "deadline": "17/12/2026",
    "url": "https://pay.example/p/7ZK3",
}


def fill(text: str, values: Mapping[str, str]) -> str:
    """
    >>> fill("Dear {name}, {amount} {is} open", {"name": "Marie", "amount": "€ 5"})
    'Dear Marie, € 5 {is} open'

    Who wrote a word before it that is in the value doesn't get it twice:

    >>> fill("Invoice {invoice}", {"invoice": "invoice INV/1"})
    'Invoice INV/1'
    """

    def value(match: re.Match) -> str:
        found = str(values.get(match[1], match[0]))
        word, _blank, rest = found.partition(" ")
        before = text[: match.start()].split()[-1:]
        is_twice = rest and before and before[0].lower() == word.lower()
        return rest if is_twice else found

    return PLACEHOLDER.sub(value, text or "")


def unknown(text: str) -> list[str]:
    """Names in braces that mean nothing.

    >>> unknown("Dear {nmae}, {amount}")
    ['nmae']
    """
    return [name for name in PLACEHOLDER.findall(text or "") if name not in KNOWN]
