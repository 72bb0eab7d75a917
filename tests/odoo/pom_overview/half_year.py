"""Half a year that is drawn by lot: who is invoiced when, and how each pays; and what
the figures should say of it, counted from the stories and from what the mail server and
the SMS gateway got, and from nothing that the addons wrote down.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from statistics import median_low

FIRST, LAST = date(2026, 3, 2), date(2026, 8, 31)
WAYS = ("registered", "transfer", "online", "credit_note")
NEVER = 10**6


@dataclass
class Story:
    """
    :param days: after the invoice on which it's paid, or None
    :param mails: days on which a mail or an SMS left, the first with the invoice
    """

    name: str
    invoiced: date
    due: date
    amount: float
    way: str
    days: int | None
    looks: int | None
    is_company: bool
    lang: str
    phone: str
    mails: list = field(default_factory=list)

    @property
    def email(self):
        return f"{self.name.lower()}@klant.example"

    @property
    def paid_on(self):
        return None if self.days is None else self.invoiced + timedelta(self.days)

    @property
    def settled_on(self):
        """As far as the half-year goes."""
        day = self.paid_on
        return day if day and day <= LAST else None

    @property
    def before(self):
        end = self.settled_on
        return [day for day in self.mails if not end or day < end]

    @property
    def expected(self):
        """Of the row of figures: what a person would write down."""
        end, asked = self.settled_on, self.before[0]
        return {
            "amount": self.amount,
            "residual": 0 if end else self.amount,
            "asked": asked,
            "paid": end or False,
            "way": self.way if end else False,
            "credited": self.before[-1] if end and self.way != "credit_note" else False,
            "messages": len(self.before),
            "reminders": len(self.before) - 1,
            "days_to_pay": self.days if end else False,
            "is_on_time": bool(end and end <= self.due),
            "is_quick": bool(
                end and self.way != "credit_note" and end <= asked + timedelta(1)
            ),
            "group": "business" if self.is_company else "consumer",
            "lang": self.lang,
        }


def draw(count=24, seed=19):
    lot = Random(seed)
    stories = []
    for number in range(count):
        invoiced = FIRST + timedelta(lot.randrange(0, 120))
        stories.append(
            Story(
                name=f"Debtor{number}",
                invoiced=invoiced,
                due=invoiced + timedelta(lot.choice((14, 30))),
                amount=float(lot.randrange(20, 900)),
                way=WAYS[number % len(WAYS)] if number % 7 else "registered",
                days=lot.choice((1, 1, 4, 9, 13, 29, 36, 47, 61, 80, None)),
                looks=lot.choice((1, 3, None)),
                is_company=number % 3 == 0,
                lang=lot.choice(("nl_BE", "fr_BE")),
                phone=f"+3247012{number:02}56",
            )
        )
    return stories


def counted(stories):
    """The totals that the page should show."""
    meant = [s for s in stories if not (s.settled_on and s.way == "credit_note")]
    paid = [s for s in meant if s.settled_on]
    ripe = [s for s in meant if s.settled_on or s.due < LAST]
    middle = median_low([s.days if s.settled_on else NEVER for s in meant])
    unreminded = [s for s in paid if len(s.before) == 1]
    return {
        "count": len(meant),
        "paid": len(paid),
        "median": None if middle == NEVER else middle,
        "on_time": sum(s.expected["is_on_time"] for s in meant),
        "ripe": len(ripe),
        "quick": sum(s.expected["is_quick"] for s in meant),
        "reminders": sum(len(s.before) - 1 for s in meant),
        "paid_unreminded": len(unreminded),
        "recovered": sum(s.amount for s in paid) - sum(s.amount for s in unreminded),
        "open": sum(s.amount for s in stories if not s.settled_on),
    }
