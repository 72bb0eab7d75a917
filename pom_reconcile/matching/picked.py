"""What a person said of who paid. It's the strongest sign there is, of that alone: what
is paid must follow from the line, and nothing that the line says may speak against it.
"""

from __future__ import annotations

from .base import BankLine, Match
from .index import Debt, Index
from .mentions import mentions
from .rules.common import flat
from .rules.payment import identified_payments


def of_others(line: BankLine, index: Index) -> tuple[Debt, ...]:
    """Give what the line names or identifies of somebody else than a person picked."""
    if line.picked is None:
        return ()
    borne = (*identified_payments(line, index), *_returned(line, index))
    theirs = (debt for debt in borne if not line.may_be_for(debt.partner))
    return flat((*mentions(line, index).others, theirs))


def settles_own(match: Match, line: BankLine, index: Index) -> bool:
    """Tell if a decision is on debts of whom a person picked alone, whatever the rule
    went by."""
    if line.picked is None:
        return True
    items = (index.item(part.candidate_id) for part in match.allocations)
    partners = {item.candidate.commercial_partner_id for item in items}
    return all(map(line.may_be_for, partners))


def _returned(line: BankLine, index: Index) -> tuple[Debt, ...]:
    """Give what money that goes back is of, by what it bears."""
    reading, company = index.reading(line), line.company_id
    if not reading.returned:
        return ()
    by_id = index.find("end_to_end", company, reading.end_to_end_id)
    return (*by_id, *index.find("mandate", company, reading.mandate))
