"""The form with which somebody agrees to charges of every invoice: up to how much."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_UP, Decimal
from typing import NamedTuple

from odoo.addons.pom_payment.debt.amounts import parse
from odoo.addons.pom_payment.tools.request_form import day

#: What is proposed is a round number.
ROUND = Decimal(50)


class Bounds(NamedTuple):
    """
    :param most: at once.
    :param month: in a calendar month.
    :param until: the last day, None for no end.
    :param problems: what is wrong with what was typed: ``most``, ``month``, ``until``.
    """

    most: Decimal
    month: Decimal
    until: date | None = None
    problems: tuple[str, ...] = ()


def proposed(amount: Decimal) -> Bounds:
    """Enough for what is asked now, and as much again in a month.

    >>> proposed(Decimal("121.00"))
    Bounds(most=Decimal('150'), month=Decimal('300'), until=None, problems=())
    """
    most = max((amount / ROUND).to_integral_value(ROUND_UP), Decimal(1)) * ROUND
    return Bounds(most, 2 * most)


def read_bounds(
    form: Mapping[str, str], asked: Bounds, today: date, digits: int
) -> Bounds:
    """
    :param asked: what counts where nothing was typed
    :param digits: of the currency

    >>> usual = proposed(Decimal(10))
    >>> today = date(2026, 12, 1)
    >>> read_bounds({"most": "80", "month": "70"}, usual, today, 2).problems
    ('month',)
    >>> read_bounds({}, usual, today, 2) == usual
    True
    >>> typed = {"most": "80", "month": "160,00", "until": "2027-12-31"}
    >>> read_bounds(typed, usual, today, 2)[:3]
    (Decimal('80'), Decimal('160.00'), datetime.date(2027, 12, 31))
    >>> read_bounds({"most": "x", "until": "2026-11-01"}, usual, today, 2).problems
    ('most', 'until')
    """
    problems = []
    most, month = asked.most, asked.month
    if form.get("most", "").strip():
        most = parse(form["most"], digits) or Decimal(0)
    if form.get("month", "").strip():
        month = parse(form["month"], digits) or Decimal(0)
    if most <= 0:
        problems.append("most")
    if month < max(most, Decimal(1)):
        problems.append("month")
    until = day(form, "until")
    if form.get("until", "").strip() and (until is None or until <= today):
        problems.append("until")
    return Bounds(most, month, until, tuple(problems))
