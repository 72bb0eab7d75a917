"""Reading a CAMT.053 file: one pass, one statement in memory at a time."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from ..base import FormatError, Statement
from ..chain import Chain
from ..memory import uncollected
from . import control
from .statement import StatementDraft
from .xml import MESSAGES, Reader, refusal

HEAD = 2**16
_SIGNS = re.compile(
    rb"<(?:[\w.-]+:)?(?:%s)[\s/>]|camt\.05[234]\." % "|".join(MESSAGES).encode()
)
_BOM = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*")
_ENCODING = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([\w.-]+)")
UTF8 = frozenset((b"utf-8", b"utf8", b""))
WINDOWS = "windows-1252"


def identify(data: bytes, filename: str = "") -> bool:
    """Whether this looks like CAMT.052, 053 or 054, of any version."""
    head = _head(data)
    return head.startswith(b"<") and bool(_SIGNS.search(head))


def _head(data: bytes) -> bytes:
    head = data[:HEAD]
    # UTF-16 has a zero in every other byte of what is looked for.
    return head[_BOM.match(head).end() :].replace(b"\0", b"").lstrip()


def read(data: bytes | BinaryIO, force: bool = False) -> Iterator[Statement]:
    """Give the statements of a CAMT.053 file one by one.

    :param data: a file open for reading spares the memory for its content.
    :param force: give inconsistent ones too, with the problems among their warnings.
    :raises FormatError: at the first statement that is not to be imported; what was
        given before belongs to the same refused file.
    """
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    encoding = fitting_encoding(source)
    reader = Reader(source, "053", encoding)
    chain, header, events = Chain(), [{}], reader.events()
    found = False
    while True:
        with uncollected():
            draft = _next(events, reader, header)
        if draft is None:
            break
        event, draft = draft
        if encoding:
            draft.warn(None, control.NOT_UTF8)
        statement = draft.finish(event, chain)
        if draft.problems and not force:
            raise FormatError(draft.problems, forcible=True)
        found = True
        yield statement
        # While the next one is read, only the caller may hold on to this one.
        del draft, statement
    if not found:
        raise refusal(control.NO_STATEMENT)


def _next(events, reader: Reader, header: list):
    """Return the event that ends the next statement, and its draft."""
    draft = None
    for event in events:
        if event.kind == "header":
            header[0] = event.node
            continue
        draft = draft or StatementDraft(header[0], reader.problems)
        if event.kind == "open":
            draft.open(event)
        elif event.kind == "entry":
            draft.take(event)
        else:
            return event, draft
    return None


def fitting_encoding(source: BinaryIO) -> str | None:
    """Return what to read a file as that is wrong about its encoding; else ``None``.

    Some banks declare UTF-8 and write single texts in another one.
    """
    head = source.read(HEAD)
    declared = _ENCODING.search(head)
    name = declared[1].lower() if declared else b""
    wrong = name in UTF8 and b"\0" not in head and not _is_utf8(head, source)
    source.seek(0)
    return WINDOWS if wrong else None


def _is_utf8(piece: bytes, source: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece:
            decoder.decode(piece)
            piece = source.read(HEAD)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
