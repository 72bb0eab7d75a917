import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_reminder.tools.ab_assignment import pick
from odoo.addons.pom_reminder.tools.ab_statistics import (
    Arm,
    interval,
    judge,
    p_value,
    sample_size,
    z_score,
)


def test_published_example():
    """NIST/SEMATECH e-Handbook of Statistical Methods, 7.3.3: 38 of 200, 32 of 200."""
    found = z_score(Arm(200, 38), Arm(200, 32))
    assert found == pytest.approx(0.79, abs=0.01)


def test_nothing_happened():
    assert z_score(Arm(10, 0), Arm(10, 0)) == 0
    assert p_value(Arm(10, 10), Arm(10, 10)) == 1
    assert Arm(0, 0).rate == 0
    assert interval(Arm(0, 0)) == (0, 1)


@given(st.integers(1, 5000), st.data())
def test_interval_contains_the_rate(sent, data):
    arm = Arm(sent, data.draw(st.integers(0, sent)))
    low, high = interval(arm)
    assert -1e-9 <= low <= arm.rate + 1e-9
    assert arm.rate - 1e-9 <= high <= 1 + 1e-9


@pytest.mark.parametrize(
    "arms, planned, state, winner",
    [
        ([Arm(999, 100), Arm(1000, 400)], 1000, "collecting", None),
        ([Arm(1000, 100)], 1000, "collecting", None),
        ([Arm(50, 1), Arm(50, 49)], 50, "too_few", None),
        ([Arm(1000, 500), Arm(1000, 505)], 1000, "no_difference", None),
        ([Arm(1000, 500), Arm(1000, 570)], 1000, "better", 1),
        ([Arm(1000, 570), Arm(1000, 500)], 1000, "better", 0),
        # Better than one of two isn't better.
        ([Arm(1000, 500), Arm(1000, 570), Arm(1000, 575)], 1000, "no_difference", None),
        ([Arm(1000, 500), Arm(1000, 500), Arm(1000, 600)], 1000, "better", 2),
    ],
)
def test_verdict(arms, planned, state, winner):
    verdict = judge(arms, planned)
    assert (verdict.state, verdict.winner) == (state, winner)


def test_false_winners_are_rare():
    """Two equal wordings, many times over: about one test in twenty is wrong."""
    dice = random.Random(7)

    def arm():
        return Arm(400, sum(dice.random() < 0.4 for _ in range(400)))

    wrong = sum(judge([arm(), arm()], 400).state == "better" for _ in range(600))
    assert 10 <= wrong <= 50


def test_real_winners_are_found():
    dice = random.Random(8)
    planned = sample_size(0.4, 0.1)

    def arm(rate):
        return Arm(planned, sum(dice.random() < rate for _ in range(planned)))

    found = sum(judge([arm(0.4), arm(0.5)], planned).winner == 1 for _ in range(200))
    assert found >= 145  # a power of 80 %, less what chance takes


def test_assignment_is_stable_and_even():
    tokens = [f"token {n}" for n in range(4000)]
    first = [pick("subject", token, [1, 3]) for token in tokens]
    assert first == [pick("subject", token, [1, 3]) for token in tokens]
    assert 900 <= Counter(first)[0] <= 1100
    other = [pick("button", token, [1, 3]) for token in tokens]
    both = sum(a == b == 0 for a, b in zip(first, other, strict=True))
    assert 180 <= both <= 320  # a sixteenth: the two tests are independent


def test_a_share_is_needed():
    with pytest.raises(ValueError):
        pick("subject", "token", [0, 0])
