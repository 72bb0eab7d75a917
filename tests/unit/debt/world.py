"""Debts to be written down in a line, and how they stand in a sentence."""

from datetime import date, timedelta
from decimal import Decimal

from odoo.addons.pom_payment.debt import facts as known
from odoo.addons.pom_payment.debt.facts import Claim, Coming, Discount, Due, Facts
from odoo.addons.pom_payment.debt.standing import Standing, standing

TODAY = date(2026, 11, 28)


def day(number):
    """``number`` days after today; before, below zero."""
    return TODAY + timedelta(number)


def due(number, amount, left=None):
    """``amount`` by that day; ``left`` of it is unpaid, all by default."""
    left = amount if left is None else left
    return Due(day(number), Decimal(amount), Decimal(left))


def _coming(kind):
    def money(amount=None, on=None, part=None):
        whole = amount is None
        return Coming(
            kind,
            None if whole else Decimal(amount),
            None if on is None else day(on),
            None if part is None else day(part),
        )

    return money


attempt = _coming(known.ATTEMPT)
registered = _coming(known.REGISTERED)
received = _coming(known.RECEIVED)
held = _coming(known.HELD)
direct_debit = _coming(known.DIRECT_DEBIT)
charge = _coming(known.CHARGE)


def off(amount, until):
    return Discount(Decimal(amount), day(until))


def debt(*dues, coming=(), claims=(), disputed=0, on_account=0, quiet=None, **more):
    """
    :param claims: amounts
    :param quiet: number of a day
    """
    return Facts(
        dues=dues,
        coming=(coming,) if isinstance(coming, Coming) else tuple(coming),
        claims=tuple(Claim("costs", Decimal(amount)) for amount in claims),
        disputed=Decimal(disputed),
        on_account=Decimal(on_account),
        quiet_until=quiet if quiet is None or isinstance(quiet, date) else day(quiet),
        **more,
    )


def stands(facts, today=TODAY):
    return say(standing(facts, today), today)


def say(one: Standing, today=TODAY):
    """How a debt stands, as 'overdue 30/100, late 50, next 70 in 30; ask 30 + 70'.

    Asked of what may be paid at most; how many days late, or for how many days what is
    late isn't asked; what falls due next; what is covered; contested; what who pays
    early saves and for how many days more. Then what
    a reminder may ask, part by part, or why none is sent.
    """
    said = [f"{one.word} {one.asked}/{one.most}"]
    if one.late_since:
        said.append(f"late {one.days_late(today)}")
    if one.unasked_since:
        said.append(f"unasked {(today - one.unasked_since).days}")
    if one.next_day:
        said.append(f"next {one.next_amount} in {(one.next_day - today).days}")
    if one.covered:
        said.append(f"covered {one.covered}")
    if one.disputed:
        said.append(f"contested {one.disputed}")
    if one.discount:
        said.append(f"{one.discount.off} off for {(one.discount.until - today).days}")
    parts = " + ".join(str(part.left) for part in one.to_ask)
    ending = f"silent: {one.silence}" if one.silence else f"ask {parts}"
    return f"{', '.join(said)}; {ending}"
