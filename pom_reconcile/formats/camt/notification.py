"""Reading CAMT.054: what a total on a statement is made of."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from ..base import Transaction
from .decoder import fitting_encoding, identify
from .statement import StatementDraft
from .xml import Reader


@dataclass(frozen=True)
class Notification:
    """Entries of one account that its statement has, too: not to be booked again."""

    account: str
    currency: str
    transactions: tuple[Transaction, ...]

    def payments(self) -> Iterator[Transaction]:
        """Yield the single payments: those of a total in its place."""
        for transaction in self.transactions:
            yield from transaction.details or (transaction,)


def is_notification(data: bytes) -> bool:
    """Whether this looks like CAMT.054."""
    return identify(data) and b"BkToCstmrDbtCdtNtfctn" in data.replace(b"\0", b"")


def read_notification(data: bytes) -> Iterator[Notification]:
    """Give the notifications of a CAMT.054 file one by one.

    :raises FormatError: when it can't be read, or isn't one.
    """
    source = io.BytesIO(data)
    reader = Reader(source, "054", fitting_encoding(source))
    draft = None
    for event in reader.events():
        if event.kind == "header":
            continue
        if draft is None:
            draft = StatementDraft({}, ())
        if event.kind == "open":
            draft.open(event)
        elif event.kind == "entry":
            draft.take(event)
        else:
            transactions = tuple(draft.transactions)
            yield Notification(draft.account, draft.currency, transactions)
            draft = None
