"""Records 31 to 33: information about a movement, and the rest of its text."""

from __future__ import annotations

import re

from .free import read_rest
from .lazy import Lazy
from .pairs import Pairs, read_pairs
from .records import INFORMATION, INFORMATION_2, INFORMATION_3
from .structures import INFORMATION_WIDTH, INFORMATIONS

_information = INFORMATION.getter("structured", "communication")
_PARTS = {
    "32": INFORMATION_2.slices["communication"],
    "33": INFORMATION_3.slices["communication"],
}
_FLAG = INFORMATION.slices["structured"].start
#: A record 31 behind another record that holds no structure.
FREE_INFORMATION = re.compile(rf"\n31.{{{_FLAG - 2}}}[^1]", re.DOTALL)
BLANK_INFORMATION = " " * 105


def read_informations(draft, records: str, joined: bool) -> None:
    """Read records 3: pairs of those with a structure, and the rest of a free text.

    :param joined: whether the movement's text filled its columns: then it goes on in
        the first of these, in mid-word perhaps.
    """
    information = draft.information = Information(records)
    if not draft.counterparty_name:
        draft.counterparty_name = dict(information).get("counterparty", "")
    # In most files there is a single one, and no text in it.
    if records[_FLAG] == "1" and not FREE_INFORMATION.search(records):
        return
    texts: list[str] = [draft.text]
    for structured, content in _informations(records):
        if structured == "1":
            continue
        if joined:
            texts[-1] += content
        else:
            texts.append(content)
        joined = not content[-1].isspace()
    read_rest(draft, [content.strip() for content in texts])


class Information(Lazy):
    """Name/value pairs of the structured records 3."""

    __slots__ = ()

    def values(self) -> Pairs:
        return tuple(
            pair
            for structured, content in _informations(self._text)
            if structured == "1"
            for pair in _information_pairs(content[:3], content[3:])
        )


def _informations(records: str) -> list[list[str]]:
    """Put records 32 and 33 behind their 31."""
    found: list[list[str]] = []
    last = ""
    for record in records.split("\n"):
        kind = record[:2]
        if kind == "31":
            found.append(list(_information(record)))
        else:
            # A record 32 that is absent still takes its place in the columns.
            if kind == "33" and last == "31" and found[-1][0] == "1":
                found[-1][1] += BLANK_INFORMATION
            found[-1][1] += record[_PARTS[kind]]
        last = kind
    return found


def _information_pairs(kind: str, body: str) -> Pairs:
    table = INFORMATIONS.get(kind)
    if table is None:
        value = body.strip()
        return ((f"information {kind}", value),) if value else ()
    return read_pairs(table, body.ljust(INFORMATION_WIDTH))
