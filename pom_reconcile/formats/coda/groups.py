"""From the text of a file to padded records, those of a movement together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .charset import END_OF_FILE, texts
from .records import BEFORE, STRIDE, WIDTH

#: What may stand behind a record.
BLANK = " \r\n" + END_OF_FILE

_REST = rf"\1.{{{WIDTH - 6}}}"
#: A movement with all its records in order and of one sequence number. Taking them in
#: one step is what makes the decoder fast. Lines are known to be of the right width.
MOVEMENT = re.compile(
    rf"21(.{{4}}).{{{WIDTH - 6}}}(?:\n22{_REST})?(?:\n23{_REST})?"
    rf"(?:\n31{_REST}(?:\n32{_REST})?(?:\n33{_REST})?)*(?!\n(?:2[23]|3))",
    re.DOTALL,
)

#: Line number, text, and whether it is a whole movement.
Group = tuple[int, str, bool]


def groups(data: bytes) -> Iterator[Group]:
    """Give line number and text of each movement; other records singly.

    The text is the records of the movement with LF between them. Blank lines are left
    out, records are padded to 128 characters; what is longer is given as it stands.
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
    match_at, size, position = MOVEMENT.match, len(text), 0
    while position < size:
        match = match_at(text, position)
        if match:
            movement = match[0]
            yield number, movement, True
            number += len(movement) // STRIDE + 1
            position += len(movement) + 1
        else:
            yield from _single(number, [text[position : position + WIDTH]])
            number += 1
            position += STRIDE


def _single(number: int, records: list[str]) -> Iterator[Group]:
    for line, record in enumerate(records, number):
        if record.strip(BLANK):
            yield line, record.rstrip(BLANK).ljust(WIDTH), False


def head(data: bytes, count: int) -> list[str]:
    """Return the first records of a file, blank where there are fewer."""
    found: list[str] = []
    for _number, text, _whole in groups(data):
        found += text.split("\n")
    return (found + [""] * count)[:count]


def in_order(records: list[str]) -> list[str]:
    """Return the records of a movement without those that belong nowhere in it."""
    kept = records[:1]
    for record in records[1:]:
        if kept[-1][:2] in BEFORE[record[:2]]:
            kept.append(record)
    return kept
