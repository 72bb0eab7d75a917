"""From the text of a file to padded records, those of a movement together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .charset import END_OF_FILE, texts
from .records import (
    INFORMATION,
    INFORMATION_2,
    INFORMATION_3,
    MOVEMENT,
    MOVEMENT_2,
    MOVEMENT_3,
    WIDTH,
)

#: What may stand behind a record.
BLANK = " \r\n" + END_OF_FILE

#: From a character of a record to the same one of the next.
STRIDE = WIDTH + 1

#: A movement with all its records in order and of one sequence number. Taking them in
#: one step, fields and all, is what makes the decoder fast.
MOVEMENT_RECORDS = re.compile(
    MOVEMENT.pattern(
        "21",
        "sequence",
        "detail",
        "bank_reference",
        "sign",
        "amount",
        "value_date",
        "code",
        "structured",
        "communication",
        "date",
    )
    + "(?:\n"
    + MOVEMENT_2.pattern(
        "22",
        "communication",
        "customer_reference",
        "bic",
        ("filler", "purpose"),
        known=r"\1",
    )
    + ")?(?:\n"
    + MOVEMENT_3.pattern("23", "account", "name", "communication", known=r"\1")
    + ")?((?:\n"
    + INFORMATION.pattern("31", known=r"\1")
    + "(?:\n"
    + INFORMATION_2.pattern("32", known=r"\1")
    + ")?(?:\n"
    + INFORMATION_3.pattern("33", known=r"\1")
    + r")?)*)(?!\n(?:2[23]|3))",
    # Lines are known to be of the right width: no need to look for their ends.
    re.DOTALL,
)

#: Line number, text, and what :data:`MOVEMENT_RECORDS` found in it, if anything.
Group = tuple[int, str, tuple | None]


def groups(data: bytes) -> Iterator[Group]:
    """Give line number, text and fields of each movement; other records singly.

    The text is the records of the movement with LF between them; a single record, which
    may be anything, has no fields. Blank lines are left out, records are padded to 128
    characters; what is longer is given as it stands.
    """
    number = 1
    for text in texts(data):
        if _is_regular(text):
            yield from _movements(number, text)
            number += -(-len(text) // STRIDE)
            continue
        records = [line.rstrip(BLANK).ljust(WIDTH) for line in text.split("\n")]
        text = "\n".join(records)
        if _is_regular(text):
            yield from _movements(number, text)
        else:
            yield from _single(number, records)
        number += len(records)


def _is_regular(text: str) -> bool:
    """Whether all lines have 128 characters, the last one with or without its end."""
    ends = text[WIDTH::STRIDE]
    return (
        len(text) % STRIDE in (0, WIDTH)
        and text.count("\n") == len(ends)
        and not ends.strip("\n")
    )


def _movements(number: int, text: str) -> Iterator[Group]:
    match_at, size, position = MOVEMENT_RECORDS.match, len(text), 0
    while position < size:
        match = match_at(text, position)
        if match:
            movement = match[0]
            yield number, movement, match.groups()
            number += len(movement) // STRIDE + 1
            position += len(movement) + 1
        else:
            yield from _single(number, [text[position : position + WIDTH]])
            number += 1
            position += STRIDE


def _single(number: int, records: list[str]) -> Iterator[Group]:
    for line, record in enumerate(records, number):
        if record.strip(BLANK):
            yield line, record.rstrip(BLANK).ljust(WIDTH), None


def head(data: bytes, count: int) -> list[str]:
    """Return the first records of a file, blank where there are fewer."""
    found: list[str] = []
    for _number, text, _fields in groups(data):
        found += text.split("\n")
    return (found + [""] * count)[:count]
