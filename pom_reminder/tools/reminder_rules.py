"""What a national rule lets a creditor ask of a debtor who pays late.

``BE_CONSUMER`` is Book XIX, title 1, of the Belgian Code of Economic Law (law of 4 May
2023, in force since 1 September 2023): articles XIX.2 (§ 2 first reminder and term, § 3
content) and XIX.4 (ceilings). Summaries that this was checked against:
https://vbb.com/insights/belgium-new-rules-on-consumer-debt-collection-update-your-general-terms-and-conditions-now
(free reminders, EUR 7.50, term by channel),
https://www.daldewolf.com/consumer-payment-delays-are-your-terms-and-conditions-in-compliance/
(likewise), https://amboslaw.be/news/new-law-belgium-collecting-debts-consumers
(content, ceilings of interest and penalty),
https://lex4u.com/en/%F0%9F%92%B8-new-rules-regarding-consumer-debt-recovery-what-changes-for-businesses/
(content with the due date, three free reminders of regular deliveries),
https://deloittelegal.be/lg/en/blog/Deloitte-Legal-Newsflashes/2023/New-B2C-rules-regarding-overdue-or-unpaid-invoices.html
(numbers of the articles).
``BE_BUSINESS`` is the law of 2 August 2002 on late payment in commercial transactions,
articles 5 (interest) and 6 (EUR 40).

Where the text of a law can be read in two ways, the one is taken that gives the debtor
more time or asks less.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from odoo.addons.pom_payment.tools.registry import by_code

from . import working_days

CENT = Decimal("0.01")
DAYS_A_YEAR = 365


@dataclass(frozen=True)
class Bracket:
    """Penalty for a balance up to ``upto``: ``fixed``, and ``percent`` of what is over
    ``over``. Amounts in euros.
    """

    upto: Decimal
    fixed: Decimal
    over: Decimal = Decimal(0)
    percent: Decimal = Decimal(0)
    most: Decimal = Decimal("Infinity")

    def penalty(self, balance: Decimal) -> Decimal:
        asked = self.fixed + (balance - self.over) * self.percent / 100
        return min(cents(asked), self.most)


@dataclass(frozen=True)
class Rule:
    """
    :param free_reminders: that must cost nothing, per debt.
    :param free_reminders_recurring: due dates in a calendar year whose reminders must
        cost nothing when goods or services are delivered regularly.
    :param fee_cap: most that a further reminder may cost, postage not counted; None for
        no cap.
    :param grace_days: calendar days between the first reminder and any cost.
    :param paper_delay: working days before these begin when the reminder is posted.
    :param country: whose working days.
    :param over_reference: most percent points of interest over the reference rate of
        the law of 2 August 2002; None for no cap.
    :param brackets: of the penalty, ascending; empty for no penalty.
    :param from_due: interest and penalty run from the due date, else from the end of
        the grace days.
    :param must_state: what a first reminder must contain.
    """

    code: str
    label: str
    free_reminders: int = 0
    free_reminders_recurring: int = 0
    fee_cap: Decimal | None = None
    grace_days: int = 0
    paper_delay: int = 0
    country: str = "BE"
    over_reference: Decimal | None = None
    brackets: tuple[Bracket, ...] = ()
    from_due: bool = True
    must_state: tuple[str, ...] = field(default=())

    def last_free_day(self, sent: date, on_paper: bool) -> date:
        """Last day on which the debtor pays without any cost, after a first reminder.

        "14 calendar days, which begin on the third working day after sending, or on
        the calendar day after an electronic one" (XIX.2, § 2). The day on which they
        begin isn't counted, so that nobody can find the term a day too short.

        >>> BE_CONSUMER.last_free_day(date(2026, 3, 2), on_paper=False)
        datetime.date(2026, 3, 17)
        >>> BE_CONSUMER.last_free_day(date(2026, 3, 2), on_paper=True)
        datetime.date(2026, 3, 19)
        """
        if not self.grace_days:
            return sent
        begins = (
            working_days.nth_working_day_after(sent, self.paper_delay, self.country)
            if on_paper
            else sent + working_days.DAY
        )
        return begins + timedelta(days=self.grace_days)

    def fee(
        self,
        asked: Decimal,
        number: int,
        postage: Decimal = Decimal(0),
        debts_this_year: int | None = None,
    ) -> Decimal:
        """What the reminder with this number (from 1) may cost.

        :param debts_this_year: of regular deliveries: for how many due dates of this
            calendar year the debtor was reminded, this one included.

        >>> BE_CONSUMER.fee(Decimal("15"), number=1)
        Decimal('0')
        >>> BE_CONSUMER.fee(Decimal("15"), number=2, postage=Decimal("1.52"))
        Decimal('9.02')
        """
        is_regular = debts_this_year is not None
        if is_regular and debts_this_year <= self.free_reminders_recurring:
            return Decimal(0)
        if number <= self.free_reminders or not asked:
            return Decimal(0)
        return cents(asked if self.fee_cap is None else min(asked, self.fee_cap)) + (
            cents(postage)
        )

    def penalty(self, balance: Decimal) -> Decimal:
        """Most that a penalty clause may ask for a balance.

        >>> [str(BE_CONSUMER.penalty(Decimal(n))) for n in (150, 500, 1000, 90000)]
        ['20.00', '65.00', '90.00', '2000']
        """
        for bracket in self.brackets:
            if balance <= bracket.upto:
                return bracket.penalty(balance)
        return Decimal(0)

    def rate_cap(self, reference_rate: Decimal) -> Decimal | None:
        """Highest yearly interest in percent."""
        if self.over_reference is None:
            return None
        return reference_rate + self.over_reference


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def interest(principal: Decimal, rate: Decimal, start: date, end: date) -> Decimal:
    """Simple interest for the days after ``start`` up to ``end``.

    :param rate: percent a year.

    >>> interest(Decimal(1000), Decimal("10.5"), date(2026, 1, 1), date(2026, 1, 31))
    Decimal('8.63')
    """
    days = max(0, (end - start).days)
    return cents(principal * rate * days / (100 * DAYS_A_YEAR))


NONE = Rule("none", "No costs")
BE_CONSUMER = Rule(
    code="be_consumer",
    label="Belgium, consumers (Book XIX)",
    free_reminders=1,
    free_reminders_recurring=3,
    fee_cap=Decimal("7.50"),
    grace_days=14,
    paper_delay=3,
    over_reference=Decimal(8),
    brackets=(
        Bracket(upto=Decimal(150), fixed=Decimal(20)),
        Bracket(Decimal(500), Decimal(30), over=Decimal(150), percent=Decimal(10)),
        Bracket(
            Decimal("Infinity"),
            Decimal(65),
            over=Decimal(500),
            percent=Decimal(5),
            most=Decimal(2000),
        ),
    ),
    from_due=False,
    must_state=("balance", "penalty", "creditor", "enterprise", "product", "deadline"),
)
BE_BUSINESS = Rule(
    code="be_business",
    label="Belgium, businesses (law of 2 August 2002)",
    brackets=(Bracket(upto=Decimal("Infinity"), fixed=Decimal(40)),),
)

RULES = by_code((NONE, BE_CONSUMER, BE_BUSINESS))
