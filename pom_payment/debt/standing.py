"""How a debt stands: the one derivation from its facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .facts import (
    ATTEMPT,
    HELD,
    RECEIVED,
    REGISTERED,
    ZERO,
    Claim,
    Coming,
    Discount,
    Due,
    Facts,
)
from .reasons import silence_of
from .rest import Rest, after, granted, in_order, is_begun, rest_of, total

#: The first that holds is the word for the debt.
WORDS = (
    "none",  # nothing that anybody pays
    "draft",
    "cancelled",
    "reversed",  # settled by a credit note
    "credit",  # the creditor owes
    "paid",
    "received",  # being booked
    "in_progress",  # being paid
    "held",  # came in, and a person looks at it
    "blocked",  # by the creditor, in the books
    "withdrawn",  # the request was taken back
    "disputed",  # all of it
    "covered",  # what is due, by money that waits for being applied
    "handed_over",
    "collected",  # by the creditor
    "planned",  # nothing is due today
    "overdue",
    "partial",  # begun, and not late
    "open",
)
#: With these the debtor may begin a payment.
PAYABLE = frozenset(
    {"disputed", "covered", "handed_over", "planned", "overdue", "partial", "open"}
)
#: With these the books have nothing open that a debtor could pay. No end for ever:
#: money may come back.
SETTLED = frozenset({"none", "draft", "cancelled", "reversed", "credit", "paid"})


@dataclass(frozen=True)
class Standing:
    """
    :param word: one of :data:`WORDS`.
    :param left: what the books have open; below zero when the creditor owes.
    :param asked: what should be paid now, ``most`` may be; ``asked <= most``.
    :param disputed: what of it the debtor contests.
    :param covered: what of it needs no payment, since money of the debtor that waits
        for being applied covers it; it isn't in ``asked``.
    :param discount: for who pays all of ``asked`` up to its day; it's in ``asked``.
    :param discount_missed: the discount that is still offered, but not for paying what
        is asked, since that isn't all.
    :param late_since: the oldest day that has passed with something unpaid that is
        asked now; None when nothing is: nobody is late with what isn't asked.
    :param unasked_since: the oldest day that has passed with something unpaid, where
        nobody is late since nothing of that is asked.
    :param next_day: when the next part falls due that is to be paid, or that the
        creditor collects, and ``next_amount`` that part.
    :param parts: what is unpaid and not on its way, by day.
    :param spread: whether the debt has parts on several days.
    :param claims: what is asked on top; it's in ``most``, and in ``asked`` when
        anything is asked.
    :param coming: what is on its way.
    :param to_ask: parts that a reminder may ask, by day, due or not: without what is
        contested and what the debtor has in the house.
    :param unanswered: the debtor asked something, and nobody answered.
    :param silence: why nobody is to be reminded, a code of ``reasons.SILENCE``; '' when
        nothing about the debt speaks against it.
    """

    word: str
    left: Decimal = ZERO
    asked: Decimal = ZERO
    most: Decimal = ZERO
    disputed: Decimal = ZERO
    covered: Decimal = ZERO
    discount: Discount | None = None
    discount_missed: Discount | None = None
    late_since: date | None = None
    unasked_since: date | None = None
    next_day: date | None = None
    next_amount: Decimal = ZERO
    parts: tuple[Due, ...] = ()
    spread: bool = False
    claims: tuple[Claim, ...] = ()
    coming: tuple[Coming, ...] = ()
    to_ask: tuple[Due, ...] = ()
    unanswered: bool = False
    silence: str = ""

    @property
    def can_be_paid(self) -> bool:
        """Whether a payment may begin; if not, ``reasons.REFUSAL`` says why."""
        return self.word in PAYABLE

    @property
    def claimed(self) -> Decimal:
        """What of ``most`` is on top of the document."""
        return total(claim.amount for claim in self.claims)

    @property
    def asked_alone(self) -> Decimal:
        """What is asked of the document itself; who takes a discount pays all."""
        is_whole = self.discount or not self.asked
        return self.asked if is_whole else self.asked - self.claimed

    @property
    def day(self) -> date | None:
        """Of the oldest part that is unpaid and not on its way."""
        return self.parts[0].day if self.parts else None

    @property
    def day_asked(self) -> date | None:
        """By when what is asked is to be paid, or should have been; of the next part
        when nothing is due.
        """
        is_asked = self.asked or self.word == "planned"
        return self.to_ask[0].day if is_asked and self.to_ask else None

    def overdue(self, today: date) -> Decimal:
        """What of it should have been paid by now, and is asked."""
        if not self.late_since:
            return ZERO
        return total(part.left for part in self.to_ask if part.day < today)

    def days_late(self, today: date) -> int:
        """Since when :attr:`late_since` counts; 0 when nobody is late."""
        return (today - self.late_since).days if self.late_since else 0

    def following(self, today: date) -> Due | None:
        """The part that is to be paid after those that are asked now; None when there
        is none.
        """
        asked_to = max(today, self.to_ask[0].day) if self.to_ask else today
        return next((part for part in self.to_ask if part.day > asked_to), None)

    def asked_by(self, day: date) -> Decimal:
        """What a reminder may ask of the parts up to a day."""
        return sum((part.left for part in self.to_ask if part.day <= day), ZERO)

    @property
    def came_in(self) -> Decimal:
        """What isn't asked again, since it was paid and isn't booked on the debt."""
        known = total(self.amount(kind) for kind in (REGISTERED, RECEIVED, HELD))
        return min(known, max(self.left, ZERO))

    def amount(self, kind: str) -> Decimal:
        """What is on its way of one kind, as far as it's known."""
        return total(
            money.amount or ZERO for money in self.coming if money.kind == kind
        )


def standing(facts: Facts, today: date) -> Standing:
    """Derive how a debt stands.

    :param today: the day of the creditor

    >>> today = date(2026, 11, 28)
    >>> late = Due(date(2026, 10, 9), Decimal(300), Decimal(300))
    >>> later = Due(date(2026, 12, 28), Decimal(700), Decimal(700))
    >>> spread = standing(Facts(dues=(late, later)), today)
    >>> spread.word, spread.asked, spread.most, spread.days_late(today)
    ('overdue', Decimal('300'), Decimal('1000'), 50)

    Who pays at this moment is asked for nothing, nor who contests all:

    >>> standing(Facts(dues=(late,), coming=(Coming(ATTEMPT),)), today).word
    'in_progress'
    >>> contested = standing(Facts(dues=(late,), disputed=Decimal(300)), today)
    >>> contested.word, contested.asked, contested.most
    ('disputed', Decimal('0'), Decimal('300'))

    Money of the debtor that waits for being applied isn't asked again:

    >>> part = standing(Facts(dues=(late,), on_account=Decimal(200)), today)
    >>> part.word, part.asked, part.covered
    ('overdue', Decimal('100'), Decimal('200'))
    """
    left = total(due.left for due in facts.dues)
    if left <= 0 or facts.books not in ("", "blocked"):
        return _settled(facts, left)
    rest = rest_of(facts, left)
    to_ask = () if rest.is_collected else _to_ask(facts, rest.parts)
    due = _due(facts, rest, today)
    covered = min(facts.on_account, rest.sum - rest.disputed)
    word = _word(
        facts,
        rest,
        due,
        is_late=_passed(to_ask, today) is not None,
        is_covered=_is_covered(facts, rest, due, covered, to_ask),
    )
    if word not in PAYABLE:
        due = covered = ZERO
    asked = _asked(rest, due - covered)
    return _open(facts, rest, today, word, left, asked, covered, to_ask)


def _settled(facts: Facts, left: Decimal) -> Standing:
    """Of what the books don't ask for."""
    word = facts.books if facts.books != "blocked" else ""
    word = word or ("credit" if left < 0 else "paid")
    coming = facts.coming if word == "collected" else ()
    return Standing(
        word, left, coming=coming, unanswered=facts.unanswered, silence="paid"
    )


def _due(facts: Facts, rest: Rest, today: date) -> Decimal:
    """What is due; before that, all of a debt with one day, and the first part of one
    with several, as long as nobody paid any. Nothing of what is contested or collected;
    without what is claimed on top.
    """
    if rest.is_collected:
        return ZERO
    due = total(part.left for part in rest.parts if part.day <= today)
    is_ahead = not rest.spread or not (is_begun(facts) or facts.coming)
    if not due and rest.parts and not facts.plan and is_ahead:
        due = rest.parts[0].left
    return min(due, rest.sum - rest.disputed)


def _is_covered(
    facts: Facts, rest: Rest, due: Decimal, covered: Decimal, to_ask: Sequence[Due]
) -> bool:
    """Whether nothing is left to ask, since money of the debtor is in the house."""
    if not facts.on_account > 0:
        return False
    return covered >= due if due else not to_ask and not rest.is_collected


def _asked(rest: Rest, due: Decimal) -> Decimal:
    """What is due and not covered, with what is claimed on top."""
    return due + rest.claimed if due > 0 else ZERO


def _open(
    facts: Facts,
    rest: Rest,
    today: date,
    word: str,
    left: Decimal,
    asked: Decimal,
    covered: Decimal,
    to_ask: tuple[Due, ...],
) -> Standing:
    """Of a debt of which something is open: its discount and its days follow from what
    is asked.
    """
    offered = _offered(facts, rest.most, today)
    # Only who pays all that there is to pay gets it.
    discount = offered if asked == rest.most else None
    late_since = _passed(to_ask, today) if asked else None
    ahead = rest.parts if rest.is_collected else to_ask
    following = next((part for part in ahead if part.day > today), None)
    return Standing(
        word=word,
        left=left,
        asked=asked - (discount.off if discount else ZERO),
        most=rest.most,
        disputed=rest.disputed,
        covered=covered,
        discount=discount,
        discount_missed=None if discount else offered,
        late_since=late_since,
        unasked_since=None if late_since or facts.plan else _passed(facts.dues, today),
        next_day=following.day if following else None,
        next_amount=following.left if following else ZERO,
        parts=rest.parts,
        spread=rest.spread,
        claims=in_order(facts.claims) if rest.sum else (),
        coming=facts.coming,
        to_ask=to_ask,
        unanswered=facts.unanswered,
        silence=silence_of(facts, word, to_ask, today),
    )


def _offered(facts: Facts, most: Decimal, today: date) -> Discount | None:
    discount = granted(facts, most)
    if not discount or today > discount.until or facts.coming:
        return None
    return discount


def _passed(parts: Sequence[Due], today: date) -> date | None:
    """The oldest day that has passed with something unpaid."""
    days = (part.day for part in parts if part.left > 0 and part.day < today)
    return min(days, default=None)


def _word(
    facts: Facts, rest: Rest, due: Decimal, *, is_late: bool, is_covered: bool
) -> str:
    kinds = {money.kind for money in facts.coming}
    is_here = not rest.parts
    checks = {
        "received": is_here and RECEIVED in kinds,
        "in_progress": ATTEMPT in kinds or is_here and REGISTERED in kinds,
        "held": is_here,
        "blocked": facts.books == "blocked",
        "withdrawn": facts.withdrawn,
        "disputed": rest.disputed == rest.sum,
        "covered": is_covered,
        "handed_over": facts.handed_over,
        "collected": rest.is_collected,
        "planned": not due,
        "overdue": is_late,
        "partial": is_begun(facts),
        "open": True,
    }
    return next(word for word in WORDS if checks.get(word))


# -- being reminded --------------------------------------------------------------------


def _to_ask(facts: Facts, parts: tuple[Due, ...]) -> tuple[Due, ...]:
    """The latest parts are contested, the oldest are paid by what is in the house."""
    contested = facts.disputed
    kept = []
    for part in reversed(parts):
        off = min(contested, part.left)
        contested -= off
        kept.insert(0, part._replace(left=part.left - off))
    return after(kept, facts.on_account)
