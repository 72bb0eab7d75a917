"""Reading an MT940 file: message by message."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..base import FormatError, Problem, Statement
from ..chain import Chain
from . import control
from .fields import Field, decode, messages
from .statement import StatementDraft

HEAD = 4096
_START = re.compile(rb"(?:^|[\r\n]|\{4:\s*):20:[^\r\n]*[\r\n]", re.ASCII)
_ACCOUNT = re.compile(rb"[\r\n]:25P?:")
INTERIM = "34F"


def identify(data: bytes, filename: str = "") -> bool:
    """Whether this looks like MT940, or MT942."""
    head = data[:HEAD].removeprefix(b"\xef\xbb\xbf")
    return bool(_START.search(head) and _ACCOUNT.search(head))


def read(data: bytes, force: bool = False) -> Iterator[Statement]:
    """Give the statements of an MT940 file one by one, a page as one of its own.

    :param force: give inconsistent ones too, with the problems among their warnings.
    :raises FormatError: at the first statement that is not to be imported; what was
        given before belongs to the same refused file.
    """
    chain, found = Chain(), False
    for fields in messages(decode(data)):
        _check_kind(fields)
        draft = StatementDraft(fields)
        statement = draft.finish(chain)
        if draft.problems and not force:
            raise FormatError(draft.problems, forcible=True)
        found = True
        yield statement
    if not found:
        raise FormatError([Problem(None, control.NOT_MT940)])


def _check_kind(fields: list[Field]) -> None:
    if any(field.tag == INTERIM for field in fields):
        raise FormatError([Problem(fields[0].number, control.INTERIM)])
