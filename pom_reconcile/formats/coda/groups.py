"""From the text of a file to padded records, those of a movement together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from .charset import END_OF_FILE, MOVEMENT_START, texts
from .records import BEFORE, WIDTH

#: What may stand behind a record.
BLANK = " \r\n" + END_OF_FILE

#: From a character of a record to the same one of the next.
STRIDE = WIDTH + 1

Group = tuple[int, str, str]


def groups(data: bytes) -> Iterator[Group]:
    """Give line number, text and shape of each movement; other records singly.

    The text is the records of the movement with LF between them, the shape their kinds
    in a row, like ``212231``; it is empty for a single record, which then may be
    anything. Blank lines are left out, records are padded to 128 characters; what is
    longer is given as it stands.

    Nearly all records belong to movements. Taking those of one movement in a single
    step is what makes the decoder fast.
    """
    number = 1
    for text in texts(data):
        start = ""
        for piece in text.split(MOVEMENT_START):
            movement = start + piece
            start = MOVEMENT_START[1:]
            shape = movement_shape(movement)
            if shape:
                yield number, movement, shape
                number += len(shape) // 2
                continue
            records = movement.split("\n")
            movement = "\n".join(
                [record.rstrip(BLANK).ljust(WIDTH) for record in records]
            )
            shape = movement_shape(movement)
            if shape:
                yield number, movement, shape
            else:
                yield from _single(number, records)
            number += len(records)


def movement_shape(text: str) -> str:
    """Return the kinds of the records of a whole regular movement, else nothing.

    >>> movement_shape("21".ljust(128) + "\\n" + "23".ljust(128))
    '2123'
    """
    if (
        len(text) % STRIDE != WIDTH
        or text[WIDTH::STRIDE].strip("\n")
        or text.count("\n") != len(text) // STRIDE
    ):
        return ""
    return _shape(text[::STRIDE], text[1::STRIDE])


def _single(number: int, records: list[str]) -> Iterator[Group]:
    for line, record in enumerate(records, number):
        if record.strip(BLANK):
            yield line, record.rstrip(BLANK).ljust(WIDTH), ""


@lru_cache(maxsize=1024)
def _shape(first: str, second: str) -> str:
    """Put together the first and the second characters of the kinds of records.

    >>> _shape("222", "123"), _shape("2228", "1230")
    ('212223', '')
    """
    kinds = [a + b for a, b in zip(first, second, strict=True)]
    whole = kinds[0] == "21" and all(
        after != "21" and before in BEFORE.get(after, ())
        for before, after in pairwise(kinds)
    )
    return "".join(kinds) if whole else ""


def head(data: bytes, count: int) -> list[str]:
    """Return the first records of a file, blank where there are fewer."""
    found: list[str] = []
    for _number, text, _shape_of_it in groups(data):
        found += text.split("\n")
    return (found + [""] * count)[:count]
