"""An MT940 file as messages of fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

#: A text may have a line that looks like another field: only these begin one.
FIELD = re.compile(
    r":(20|21|25P?|28C?|60[FM]|61|86|62[FM]|64|65|13D?|34F|90[CD]|NS|13):", re.ASCII
)
#: SWIFT's envelope, in front of the first field.
ENVELOPE = re.compile(r"^.*\{4:\s*(?=:|$)|^\{[1-5]:.*$")
END = frozenset(("-", "-}", "-}{5:}", "--"))


class Field(NamedTuple):
    tag: str
    lines: list[str]
    number: int

    @property
    def first(self) -> str:
        return self.lines[0].strip()


def decode(data: bytes) -> str:
    """Return the text of a file, in UTF-8 or else as Windows writes it."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def messages(text: str) -> Iterator[list[Field]]:
    """Yield the fields of each message; what stands outside of one is left out."""
    fields: list[Field] = []
    for number, line in enumerate(text.splitlines(), 1):
        line = ENVELOPE.sub("", line.strip("\x00\x01\x03\x1a"))
        match = FIELD.match(line)
        if match:
            if match[1] == "20" and fields:
                yield fields
                fields = []
            if fields or match[1] == "20":
                fields.append(Field(match[1], [line[match.end() :]], number))
        elif fields and line.strip() in END:
            yield fields
            fields = []
        elif fields and line.strip():
            fields[-1].lines.append(line)
    if fields:
        yield fields
