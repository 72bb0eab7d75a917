"""The records of CODA 2.6 as tables: fields in order, with their lengths.

Source: Febelfin, *Standard for coded statement of account (CODA)* 2.6, February 2018.
A field named ``_`` is blank or of no use to us.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

WIDTH = 128
#: From a character of a record to the same one of the next line.
STRIDE = WIDTH + 1


@dataclass(frozen=True)
class Field:
    """``kind`` is ``x`` for text (blank on the right) or ``n`` (zeros on the left)."""

    name: str
    start: int
    length: int
    kind: str


class Layout:
    """A fixed-width layout, read in one call.

    >>> layout = Layout("day:2n month:2n rest:4x")
    >>> layout.getter("month", "rest")("3112 abc")
    ('12', ' abc')
    """

    def __init__(self, definition: str):
        self.fields = tuple(_fields(definition))
        self.width = sum(item.length for item in self.fields)

    @cached_property
    def slices(self) -> dict[str, slice]:
        return {
            item.name: slice(item.start, item.start + item.length)
            for item in self.fields
        }

    def getter(self, *names: str | tuple[str, str], line: int = 0):
        """Return a function from a record to the texts of these fields.

        :param names: fields; a pair stands for all from the first to the second.
        :param line: which of several records with LF between them.
        """
        return itemgetter(*(self._slice(name, line * STRIDE) for name in names))

    def _slice(self, name: str | tuple[str, str], start: int) -> slice:
        first, last = (name, name) if isinstance(name, str) else name
        return slice(start + self.slices[first].start, start + self.slices[last].stop)


def _fields(definition: str):
    start = 0
    for part in definition.split():
        name, spec = part.split(":")
        item = Field(name, start, int(spec[:-1]), spec[-1])
        start += item.length
        yield item


HEADER = Layout(
    "record:1n zeros:4n created:6n bank:3n application:2n duplicate:1x _:7x"
    " file_reference:10x addressee:26x bic:11x holder_id:11n _:1x separate:5n"
    " reference:16x related_reference:16x _:7x version:1n"
)
OLD_BALANCE = Layout(
    "record:1n structure:1n number:3n account:37x sign:1n balance:15n date:6n"
    " holder:26x description:35x sequence:3n"
)
MOVEMENT = Layout(
    "record:2n sequence:4n detail:4n bank_reference:21x sign:1n amount:15n"
    " value_date:6n code:8n structured:1n communication:53x date:6n number:3n"
    " globalisation:1n next:1n _:1x link:1n"
)
MOVEMENT_2 = Layout(
    "record:2n sequence:4n detail:4n communication:53x customer_reference:35x bic:11x"
    " filler:3x return_type:1x return_reason:4x category_purpose:4x purpose:4x"
    " next:1n _:1x link:1n"
)
MOVEMENT_3 = Layout(
    "record:2n sequence:4n detail:4n account:37x name:35x communication:43x"
    " next:1n _:1x link:1n"
)
INFORMATION = Layout(
    "record:2n sequence:4n detail:4n bank_reference:21x code:8n structured:1n"
    " communication:73x _:12x next:1n _:1x link:1n"
)
INFORMATION_2 = Layout(
    "record:2n sequence:4n detail:4n communication:105x _:10x next:1n _:1x link:1n"
)
INFORMATION_3 = Layout(
    "record:2n sequence:4n detail:4n communication:90x _:25x next:1n _:1x link:1n"
)
NEW_BALANCE = Layout(
    "record:1n number:3n account:37x sign:1n balance:15n date:6n _:64x link:1n"
)
MESSAGE = Layout("record:1n _:1x sequence:4n detail:4n _:22x text:80x _:15x link:1n")
TRAILER = Layout("record:1n _:15x count:6n debit:15n credit:15n _:75x more:1n")

LAYOUTS = {
    "0": HEADER,
    "1": OLD_BALANCE,
    "21": MOVEMENT,
    "22": MOVEMENT_2,
    "23": MOVEMENT_3,
    "31": INFORMATION,
    "32": INFORMATION_2,
    "33": INFORMATION_3,
    "8": NEW_BALANCE,
    "4": MESSAGE,
    "9": TRAILER,
}

#: Which records may stand before each (standard §2; the end of the file is ``""``).
#: 22, 32 and 33 may be absent between their neighbours.
BEFORE = {
    "0": {"", "9"},
    "1": {"0"},
    "21": {"1", "21", "22", "23", "31", "32", "33"},
    "22": {"21"},
    "23": {"21", "22"},
    "31": {"21", "22", "23", "31", "32", "33"},
    "32": {"31"},
    "33": {"31", "32"},
    "8": {"1", "21", "22", "23", "31", "32", "33"},
    "4": {"8", "4"},
    "9": {"1", "8", "4"},
    "": {"9"},
}

#: Records that the trailer counts (standard §5, record 9).
COUNTED = ("1", "21", "22", "23", "31", "32", "33", "8")
