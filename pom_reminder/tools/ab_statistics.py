"""Did one wording get more people to pay than another?

Two-proportion z-test with pooled variance, judged once, when each variant has been sent
as often as was decided beforehand. Looking at the p-value every day and stopping when
it happens to be small finds "winners" that are none; before that there is no verdict.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist

NORMAL = NormalDist()
#: The normal approximation needs that many successes and failures in each variant.
LEAST_OF_EACH = 5


@dataclass(frozen=True)
class Arm:
    """
    :param sent: messages with this variant.
    :param paid: of these, how many were paid in time.
    """

    sent: int
    paid: int

    @property
    def rate(self) -> float:
        return self.paid / self.sent if self.sent else 0.0

    @property
    def is_large_enough(self) -> bool:
        return min(self.paid, self.sent - self.paid) >= LEAST_OF_EACH


@dataclass(frozen=True)
class Verdict:
    """
    :param state: collecting, too_few (paid, or didn't, for the test to hold),
        no_difference, or better (than all others).
    :param winner: index of the better arm; None otherwise.
    :param p_value: of the first comparison, corrected; None while collecting.
    """

    state: str
    winner: int | None = None
    p_value: float | None = None


def z_score(one: Arm, other: Arm) -> float:
    """Positive when ``one`` is better.

    >>> round(z_score(Arm(1000, 560), Arm(1000, 500)), 2)
    2.69
    """
    pooled = (one.paid + other.paid) / (one.sent + other.sent)
    spread = sqrt(pooled * (1 - pooled) * (1 / one.sent + 1 / other.sent))
    return (one.rate - other.rate) / spread if spread else 0.0


def p_value(one: Arm, other: Arm) -> float:
    """Two-sided.

    >>> round(p_value(Arm(1000, 560), Arm(1000, 500)), 4)
    0.0072
    """
    return 2 * (1 - NORMAL.cdf(abs(z_score(one, other))))


def interval(arm: Arm, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's interval of the rate.

    >>> [round(edge, 3) for edge in interval(Arm(100, 40))]
    [0.309, 0.498]
    """
    if not arm.sent:
        return 0.0, 1.0
    z = NORMAL.inv_cdf((1 + confidence) / 2)
    spread = z * sqrt(
        arm.rate * (1 - arm.rate) / arm.sent + z * z / (4 * arm.sent * arm.sent)
    )
    centre, scale = arm.rate + z * z / (2 * arm.sent), 1 + z * z / arm.sent
    return (centre - spread) / scale, (centre + spread) / scale


def sample_size(
    base: float, change: float, alpha: float = 0.05, power: float = 0.8
) -> int:
    """Messages per variant that are needed to see such a change.

    :param base: rate that is expected without a change, between 0 and 1.
    :param change: smallest difference worth finding, as a rate.

    >>> sample_size(0.40, 0.05)
    1531
    """
    other = min(max(base + change, 0.0), 1.0)
    z = NORMAL.inv_cdf(1 - alpha / 2) + NORMAL.inv_cdf(power)
    variance = base * (1 - base) + other * (1 - other)
    return ceil(variance * (z / change) ** 2)


def judge(arms: Sequence[Arm], planned: int, alpha: float = 0.05) -> Verdict:
    """
    :param arms: of the first ``planned`` messages of each; judging again and again as
        more come in would be peeking too.
    :param planned: messages per variant that were decided on before the start.

    >>> judge([Arm(200, 80), Arm(200, 120)], planned=1000)
    Verdict(state='collecting', winner=None, p_value=None)
    >>> judge([Arm(1000, 500), Arm(1000, 590)], planned=1000).winner
    1
    """
    if len(arms) < 2 or any(arm.sent < planned for arm in arms):
        return Verdict("collecting")
    if not all(arm.is_large_enough for arm in arms):
        return Verdict("too_few")
    best = max(range(len(arms)), key=lambda index: arms[index].rate)
    others = [arm for index, arm in enumerate(arms) if index != best]
    # Bonferroni: the more comparisons, the more one of them is small by chance.
    comparisons = len(arms) * (len(arms) - 1) / 2
    worst = min(1.0, max(p_value(arms[best], arm) for arm in others) * comparisons)
    if worst < alpha:
        return Verdict("better", best, worst)
    return Verdict("no_difference", None, worst)
