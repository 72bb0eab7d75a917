"""Whether a mistyped reference looks like a real one."""

from __future__ import annotations

from .text import canonical

_MISTAKES = 2


def resembles(typed: str, reference: str) -> bool:
    """Tell if at most two characters were mistyped, swapped, left out or added.

    >>> resembles("000000251076", "+++000/0002/50176+++")
    True
    >>> resembles("000000251076", "+++000/0008/90181+++")
    False
    """
    return _distance(canonical(typed), canonical(reference), _MISTAKES) <= _MISTAKES


def _distance(one: str, other: str, most: int) -> int:
    """Optimal string alignment distance; ``most + 1`` when the lengths alone say so."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        above, row, older = row, [i], before
        for j, right in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (left != right))
            if i > 1 < j and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        before = above
    return row[-1]
