"""How much of what is wanted may be collected."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from odoo.addons.pom_payment.debt.asking import Asking
from odoo.addons.pom_payment.debt.facts import ZERO
from odoo.addons.pom_payment.debt.rest import total

#: Words of debts whose money may be here already: nobody collects beside it.
BUSY = frozenset({"in_progress", "received", "held", "handed_over"})


def most(asking: Asking) -> Decimal:
    """What may be collected of a debt.

    :param asking: the debt as if nobody had planned to collect it

    >>> from datetime import date
    >>> from odoo.addons.pom_payment.debt.facts import ATTEMPT, Coming, Due, Facts
    >>> today = date(2026, 12, 1)
    >>> dues = (Due(today, Decimal(100), Decimal(60)),)
    >>> most(Asking.of(Facts(dues=dues), today))
    Decimal('60')
    >>> most(Asking.of(Facts(dues=dues, disputed=Decimal(20)), today))
    Decimal('40')
    >>> most(Asking.of(Facts(dues=dues, coming=(Coming(ATTEMPT),)), today))
    Decimal('0')
    """
    if asking.standing.word in BUSY:
        return ZERO
    return total(part.left for part in asking.standing.to_ask)


def fitted(wanted: Iterable[Decimal], limit: Decimal) -> list[Decimal]:
    """What of each is left when all together may be so much, in turn.

    >>> fitted([Decimal(30), Decimal(30), Decimal(30)], Decimal(50))
    [Decimal('30'), Decimal('20'), Decimal('0')]
    """
    given = []
    for amount in wanted:
        part = min(amount, limit)
        limit -= part
        given.append(part)
    return given
