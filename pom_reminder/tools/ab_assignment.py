"""Who gets which variant: always the same, without storing anything."""

import hashlib
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate


def pick(test: str, subject: str, weights: Sequence[int]) -> int:
    """Index of the variant for a subject.

    :param test: names the test, so that two tests divide people differently.
    :param subject: what the choice sticks to: a name of the debtor.
    :param weights: shares of the variants; at least one above zero.

    >>> pick("subject line", "7ZK30011ABCDEFGHJKMNPQRSTV", [1, 1])
    1
    >>> pick("subject line", "7ZK30011ABCDEFGHJKMNPQRSTV", [1, 0])
    0
    """
    total = sum(weights)
    if total <= 0:
        raise ValueError("At least one variant needs a share.")
    digest = hashlib.sha256(f"{test}\0{subject}".encode()).digest()
    point = int.from_bytes(digest[:8], "big") % total
    return bisect(list(accumulate(weights)), point)
