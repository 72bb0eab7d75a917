"""Amounts within an entry: of its details, in other currencies, charges.

The entry's amount alone is what was booked. Which of the others means what differs per
bank, so they are told apart by their currency and by arithmetic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ..base import ZERO, Foreign
from ..coda.values import plain
from .values import first, flag, money, sign
from .xml import CURRENCY, Node

#: Of what a payment is made, best first.
INSTRUCTED = "AmtDtls/InstdAmt/Amt"
OF_DETAIL = ("Amt", "AmtDtls/TxAmt/Amt", INSTRUCTED)
OF_FOREIGN = (INSTRUCTED, "AmtDtls/TxAmt/Amt", "AmtDtls/CntrValAmt/Amt")
TOTAL, INCLUDED = "TtlChrgsAndTaxAmt", "ChrgInclInd"
RATE = re.compile(r"[0-9]{1,11}(?:\.[0-9]{1,10})?")
OF_EXCHANGE = (*OF_FOREIGN, "AmtDtls/AnncdPstngAmt/Amt", "AmtDtls/PrtryAmt/Amt")


def own_amounts(payment: Node, currency: str, direction: int) -> dict[str, Decimal]:
    """Return what a detail may amount to in the account's currency, best first.

    :param direction: of the entry; a detail may have one of its own.
    """
    direction = sign(payment) or direction
    found = {}
    for path in OF_DETAIL:
        if path in payment:
            value, other = money(payment, path)
            if other == currency:
                found[path] = value and direction * value
    return found


def matching_amounts(
    details: list[dict[str, Decimal]], due: Decimal
) -> tuple[list[Decimal], bool]:
    """Choose an amount for each detail; tell whether they add up.

    :param details: what each may amount to, none of them empty.
    """
    best = [next(iter(amounts.values())) for amounts in details]
    if sum(best) == due:
        return best, True
    for name in OF_DETAIL:
        same = [amounts[name] for amounts in details if name in amounts]
        if len(same) == len(details) and sum(same) == due:
            return same, True
    return best, False


def foreign(payments: tuple[Node, ...], currency: str, amount: Decimal):
    """Return the amount in another currency, signed as the entry; ``None`` for none.

    :param payments: the payment, then its entry.
    """
    for node in payments:
        for path in OF_FOREIGN:
            if path in node and (found := _other(node, path, currency)):
                rate = _rate(payments, node, path)
                return Foreign(found.value.copy_sign(amount), found.currency, rate)
    if found := _other(payments[0], "Amt", currency):
        rate = _rate(payments, payments[0], "Amt")
        return Foreign(found.value.copy_sign(amount), found.currency, rate)
    return None


def _other(node: Node, path: str, currency: str):
    if node.get(path + CURRENCY, "") in ("", currency):
        return None
    found = money(node, path)
    return found if found.value else None


def _rate(payments: tuple[Node, ...], node: Node, path: str) -> Decimal | None:
    """Return a rate as the bank gives it, best of this amount: its meaning differs."""
    given = [node.get(_exchange(path))]
    given += [item.get(_exchange(name)) for item in payments for name in OF_EXCHANGE]
    rate = next(filter(None, given), "")
    return plain(Decimal(rate)) if RATE.fullmatch(rate) else None


def _exchange(path: str) -> str:
    return path.removesuffix("Amt") + "CcyXchg/XchgRate"


class Charge(NamedTuple):
    """What a bank asks for a payment; its amount is above zero when it is charged."""

    kind: str
    amount: Decimal
    currency: str
    #: Whether the bank says that the amount of the payment contains it.
    included: bool = False


def charges(payment: Node) -> Iterator[Charge]:
    """Yield each charge, or their total where that is all that is said."""
    for group in payment.get("Chrgs", ()):
        # One list until version 03, a group with records since.
        for record in group.get("Rcrd") or [group]:
            found = money(record) or money(record, TOTAL)
            if found and found.value:
                kind = first(record, ("Tp/Prtry/Id", "Tp/Cd", "Br"))
                value = -(sign(record) or -1) * found.value
                yield Charge(kind, value, found.currency, flag(record, INCLUDED))


def all_charges(payment: Node, entry: Node) -> list[Charge]:
    """Return those of an entry and its only payment: some banks say them of both."""
    own = list(charges(payment))
    return own + [charge for charge in charges(entry) if charge not in own]


def kept(
    nodes: tuple[Node, ...], found: list[Charge], currency: str, amount: Decimal
) -> Decimal:
    """Return what banks kept of a payment, zero where the file doesn't prove it.

    Proven is what lies between the amount that the payer ordered and what was booked;
    or, where no such amount is told, what the bank calls contained in it.

    :param nodes: the payment, and its entry where that has no other.
    :param found: their charges.
    :param amount: what was booked, signed, in the account's currency.
    """
    total = sum((charge.amount for charge in found), ZERO)
    paid = amount + total
    foreign_charge = any(charge.currency != currency for charge in found)
    if total <= 0 or foreign_charge or paid * amount <= 0:
        return ZERO
    direction = 1 if amount > 0 else -1
    told: dict[str, Decimal] = {}
    for node in nodes:
        told = {**own_amounts(node, currency, direction), **told}
    if INSTRUCTED in told:
        return total if told[INSTRUCTED] == paid else ZERO
    if others := {*told.values()} - {amount}:
        return total if paid in others else ZERO
    return total if all(charge.included for charge in found) else ZERO


def less_charges(payment: Node, currency: str, direction: int) -> Decimal | None:
    """Return what a detail comes to without what banks kept of what was ordered."""
    ordered = own_amounts(payment, currency, direction).get(INSTRUCTED)
    total = sum((c.amount for c in charges(payment) if c.currency == currency), ZERO)
    return ordered - total if ordered is not None and total > 0 else None
