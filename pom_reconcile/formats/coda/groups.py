"""From the text of a file to padded records, those of a movement together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from .charset import END_OF_FILE, MOVEMENT_START, texts
from .records import BEFORE, WIDTH

#: What may stand behind a record.
BLANK = " \r\n" + END_OF_FILE
REGULAR = {WIDTH}

Group = tuple[int, list[str], str]


def groups(data: bytes) -> Iterator[Group]:
    """Give line number, records and shape of each movement; other records singly.

    The shape is the kinds of the records in a row, like ``"212231"``; it is empty for a
    single record, which then may be anything. Blank lines are left out, records are
    padded to 128 characters; what is longer is given as it stands.

    Nearly all records belong to movements. Taking those of one movement in a single
    step is what makes the decoder fast.
    """
    number = 1
    for text in texts(data):
        start = ""
        for piece in text.split(MOVEMENT_START):
            records = (start + piece).split("\n")
            start = MOVEMENT_START[1:]
            regular = set(map(len, records)) == REGULAR
            if not regular:
                records = [record.rstrip(BLANK).ljust(WIDTH) for record in records]
                regular = set(map(len, records)) == REGULAR
            shape = "".join([record[:2] for record in records])
            if regular and is_movement(shape):
                yield number, records, shape
            else:
                yield from _single(number, records)
            number += len(records)


def _single(number: int, records: list[str]) -> Iterator[Group]:
    for line, record in enumerate(records, number):
        if record.strip(BLANK):
            yield line, [record.ljust(WIDTH)], ""


@lru_cache(maxsize=1024)
def is_movement(shape: str) -> bool:
    """Whether these kinds are a whole movement in the right order.

    >>> is_movement("21222331"), is_movement("2123228")
    (True, False)
    """
    kinds = [shape[i : i + 2] for i in range(0, len(shape), 2)]
    return kinds[0] == "21" and all(
        after != "21" and before in BEFORE.get(after, ())
        for before, after in pairwise(kinds)
    )


def head(data: bytes, count: int) -> list[str]:
    """Return the first records of a file, blank where there are fewer."""
    found = [record for _number, records, _shape in groups(data) for record in records][
        :count
    ]
    return found + [""] * (count - len(found))
