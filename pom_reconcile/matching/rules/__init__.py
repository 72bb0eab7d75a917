"""The rules of matching, an explicit list in the usual order of trying.

A rule is a function ``(line, index, settings) -> Match | None``: None means "not mine,
or not sure". Adding one is one function, one line here, a sentence in
:data:`..reasons.REASONS` and a name in ``pom.match``; an addon adds its own by
extending ``pom.match._rules`` and ``_selection_rule``. What there is to ask of a line
and of debts is in :mod:`.common`; :func:`..settle.decide` makes the decision.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from odoo.addons.pom_payment.tools.registry import by_code

from ..base import BankLine, Match, Settings
from ..index import Index
from .account import known_account, name_amount
from .number import invoice_number, short_number
from .payment import payout, waiting_payment
from .reference import (
    exact_reference,
    inexact_reference,
    instalment,
    netted,
    several_references,
)
from .returned import returned
from .twice import paid_twice


@dataclass(frozen=True)
class Rule:
    """A named rule.

    :ivar weak: tried only when every line of the batch has had its chance to say for
        itself what it pays.
    """

    code: str
    decide: Callable[[BankLine, Index, Settings], Match | None]
    weak: bool = False


RULES = by_code(
    (
        Rule("waiting_payment", waiting_payment),
        Rule("payout", payout),
        Rule("returned", returned),
        Rule("exact_reference", exact_reference),
        Rule("several_references", several_references),
        Rule("instalment", instalment),
        Rule("netted", netted),
        Rule("invoice_number", invoice_number),
        Rule("inexact_reference", inexact_reference),
        Rule("paid_twice", paid_twice),
        Rule("short_number", short_number, weak=True),
        Rule("known_account", known_account, weak=True),
        Rule("name_amount", name_amount, weak=True),
    )
)
