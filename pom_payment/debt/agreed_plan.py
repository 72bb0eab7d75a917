"""Parts that debtor and creditor agreed to: what is unpaid of each, whether one is
late, and how they are shared out among the debts that they are about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from .facts import ZERO, Due
from .rest import total

#: For each part: a third of an amount is no round number of cents, debtors round, and
#: the first part has the odd cents of all.
TOLERANCE = Decimal("0.01")


class Agreed(NamedTuple):
    """A part: its day, and what was agreed to be paid on it."""

    day: date
    amount: Decimal


class Paid(NamedTuple):
    """What made the debts smaller on a day: money, or what settled them without any,
    such as a credit note."""

    day: date
    amount: Decimal
    credited: bool = False


def equal_parts(amount: Decimal, count: int, first_on: date) -> tuple[Agreed, ...]:
    """The same every month; the odd cents are in the first part. Fewer than ``count``
    where there are fewer cents.

    >>> parts = equal_parts(Decimal("100.00"), 3, date(2026, 1, 31))
    >>> [(part.day.isoformat(), str(part.amount)) for part in parts]
    [('2026-01-31', '33.34'), ('2026-02-28', '33.33'), ('2026-03-31', '33.33')]
    """
    unit = Decimal(1).scaleb(amount.as_tuple().exponent)
    part = (amount / count // unit) * unit
    first = amount - part * (count - 1)
    parts = [first, *[part] * (count - 1)]
    return tuple(
        Agreed(first_on + relativedelta(months=n), part)
        for n, part in enumerate(parts)
        if part > 0
    )


def unpaid(
    parts: Sequence[Agreed], paid: Iterable[Paid], left: Decimal
) -> list[Decimal]:
    """What is left of each part.

    Money pays what is due on its day, or else the next part. What is more than that
    makes the last parts smaller, unless it is exactly the following ones; so does what
    is credited. What came back from before the plan is in the last part.

    :param paid: since it was agreed to, in the order in which it was booked
    :param left: what the books have open of the debts

    >>> days = [date(2026, month, 1) for month in (1, 2, 3)]
    >>> parts = [Agreed(day, Decimal(40)) for day in days]
    >>> def left_of(*paid):
    ...     paid = [Paid(date(2026, *day), Decimal(n)) for *day, n in paid]
    ...     left = 120 - sum(money.amount for money in paid)
    ...     return [int(n) for n in unpaid(parts, paid, Decimal(left))]
    >>> left_of((1, 1, 40)), left_of((1, 1, 60)), left_of((1, 1, 80))
    ([0, 40, 40], [0, 40, 20], [0, 0, 40])

    Earlier, and in two payments:

    >>> left_of((1, 1, 40), (1, 20, 15)), left_of((1, 1, 40), (1, 20, 15), (2, 1, 25))
    ([0, 25, 40], [0, 0, 40])
    """
    rest = [part.amount for part in parts]
    for money in sorted(paid, key=lambda one: one.day):
        _use(parts, rest, money)
    _meet(rest, left)
    _pass_on_cents(parts, rest)
    return rest


def dues(parts: Sequence[Agreed], rest: Sequence[Decimal]) -> tuple[Due, ...]:
    """The parts of which something is left.

    :param rest: what :func:`unpaid` says
    """
    return tuple(
        Due(part.day, max(part.amount, left), left)
        for part, left in zip(parts, rest, strict=True)
        if left > 0
    )


def late(parts: Sequence[Agreed], asked: Iterable[Due], before: date) -> Decimal:
    """What should have been paid before a day; nobody is late by cents.

    :param asked: what of the parts may be asked, as ``Standing.to_ask``

    >>> day = date(2026, 1, 31)
    >>> parts = [Agreed(day, Decimal("33.34"))]
    >>> def late_by(amount):
    ...     due = Due(day, Decimal("33.34"), Decimal(amount))
    ...     return str(late(parts, [due], date(2026, 2, 1)))
    >>> late_by("0.01"), late_by("0.02")
    ('0', '0.02')
    """
    amount = total(due.left for due in asked if due.day < before)
    return amount if amount > len(parts) * TOLERANCE else ZERO


def spread(unpaid_parts: Sequence[Due], debts: Sequence[Decimal]):
    """The parts that are unpaid, shared out among the debts that they are about.

    :param debts: what is left of each, the oldest first; the first parts pay those.
    :return: the parts of each debt, which sum to what is left of it
    :rtype: list[tuple[Due]]

    >>> parts = [Due(date(2026, n, 1), Decimal(35), Decimal(35)) for n in (1, 2)]
    >>> for shared in spread(parts, [Decimal(40), Decimal(30)]):
    ...     print([(part.day.month, str(part.left)) for part in shared])
    [(1, '35'), (2, '5')]
    [(2, '30')]
    """
    waiting = list(unpaid_parts)
    # What the creditor owes has no part in a plan.
    return [tuple(_take(waiting, max(debt, ZERO))) for debt in debts]


def adjusted(parts: Sequence[Agreed], amount: Decimal) -> tuple[Agreed, ...]:
    """The same parts, of which the last ones make up for another amount.

    >>> parts = [Agreed(date(2026, n, 1), Decimal(40)) for n in (1, 2, 3)]
    >>> [int(part.amount) for part in adjusted(parts, Decimal(70))]
    [40, 30]
    >>> [int(part.amount) for part in adjusted(parts, Decimal(130))]
    [40, 40, 50]
    """
    rest = [part.amount for part in parts]
    _meet(rest, amount)
    return tuple(
        part._replace(amount=left)
        for part, left in zip(parts, rest, strict=True)
        if left > 0
    )


# -- what money pays -------------------------------------------------------------------


def _use(parts: Sequence[Agreed], rest: list[Decimal], money: Paid) -> None:
    amount = money.amount
    if not money.credited:
        amount = _pay(rest, _asked_on(parts, rest, money.day), amount)
    ahead = [n for n, left in enumerate(rest) if left > 0]
    is_earlier = not money.credited and amount in accumulate(rest[n] for n in ahead)
    _pay(rest, ahead if is_earlier else reversed(ahead), amount)


def _asked_on(parts: Sequence[Agreed], rest: list[Decimal], day: date) -> list[int]:
    """What is due on a day, else the next part."""
    open_parts = [n for n, left in enumerate(rest) if left > 0]
    return [n for n in open_parts if parts[n].day <= day] or open_parts[:1]


def _pay(rest: list[Decimal], order: Iterable[int], amount: Decimal) -> Decimal:
    """
    :return: what remains of the money
    """
    for n in order:
        used = min(rest[n], amount)
        rest[n] -= used
        amount -= used
    return amount


def _meet(rest: list[Decimal], left: Decimal) -> None:
    """The parts are what the books have open, whatever else happened to that."""
    more = max(left, ZERO) - total(rest)
    if more < 0:
        _pay(rest, reversed(range(len(rest))), -more)
    elif more > 0:
        last = max((n for n, part in enumerate(rest) if part > 0), default=-1)
        rest[last] += more


def _pass_on_cents(parts: Sequence[Agreed], rest: list[Decimal]) -> None:
    """What rounding left of a part is paid with the last one."""
    last = max((n for n, left in enumerate(rest) if left > 0), default=0)
    for n in range(last):
        if 0 < rest[n] <= len(parts) * TOLERANCE and rest[n] < parts[n].amount:
            rest[last] += rest[n]
            rest[n] = ZERO


def _take(waiting: list[Due], debt: Decimal):
    """Take parts from the front until they make the debt."""
    while debt > 0 and waiting:
        part = waiting.pop(0)
        used = min(part.left, debt)
        debt -= used
        yield part._replace(left=used)
        if part.left > used:
            waiting.insert(0, part._replace(left=part.left - used))
