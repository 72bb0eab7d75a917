"""Reading a CODA file: one pass, one statement in memory at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..base import FormatError, Problem, Statement
from ..chain import Chain
from ..memory import uncollected
from .control import NOT_CODA
from .groups import groups, head
from .statement import StatementDraft

#: Lenient where banks differ: no bank number, zeros instead of application code 05.
HEADER_START = re.compile(r"0[0 ]{4}[\d ]{9}(05|00|  )[D ]")
CODA_APPLICATION = "05"


def identify(data: bytes, filename: str = "") -> bool:
    """Whether this looks like CODA of any version, by its first two records."""
    first, second = head(data[:4096], 2)
    header = HEADER_START.match(first)
    # Other old Belgian formats have the same header but no old balance behind it.
    return bool(header) and (header[1] == CODA_APPLICATION or second[:1] == "1")


def read(data: bytes, force: bool = False) -> Iterator[Statement]:
    """Give the statements of a CODA file one by one.

    :param force: give inconsistent ones too, with the problems among their warnings.
    :raises FormatError: at the first statement that is not to be imported; what was
        given before belongs to the same refused file.
    """
    if not identify(data):
        raise FormatError([Problem(None, NOT_CODA)])
    chain = Chain()
    source = groups(data)
    number, header, _whole = next(source)
    following = number, header
    while following:
        draft = StatementDraft(*following)
        with uncollected():
            following = draft.take(source)
        statement = draft.finish(chain)
        if draft.problems and not force:
            raise FormatError(draft.problems, forcible=True)
        yield statement
        # While the next one is read, only the caller may hold on to this one.
        del draft, statement
