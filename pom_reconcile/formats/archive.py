"""Statements in a zip, as portals and EBICS give them: one file per account and day."""

# There is no environment here:
# pylint: disable=prefer-env-translation
from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator

from odoo.addons.pom_payment.tools.marking import _

from .base import FormatError, Problem

MOST_FILES = 2_000
#: Of all files together, once they are out.
MOST_BYTES = 300 * 2**20
#: What zipfile and its decompressors raise for anything that is wrong.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    ValueError,
    LookupError,
    RuntimeError,
    EOFError,
)
START = b"PK\x03\x04"

DAMAGED = _("The archive can't be opened: it is damaged, or needs a password.")
TOO_LARGE = _("The archive is too large: import its files in several parts.")
NESTED = _("“%(name)s” in the archive is an archive itself: import it on its own.")
EMPTY = _("There is no file in the archive.")
UNKNOWN = _("“%(name)s” in the archive isn't a bank statement of a known format.")


def is_archive(data: bytes) -> bool:
    """Whether this is a zip."""
    return data.startswith(START)


def members(data: bytes, left: int = MOST_BYTES) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file in a zip, never more than ``left`` bytes.

    :raises FormatError: for a damaged, nested or overlarge one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from _members(archive, left)
    except BROKEN as error:
        raise refused(DAMAGED) from error


def _members(archive: zipfile.ZipFile, left: int) -> Iterator[tuple[str, bytes]]:
    files = [item for item in archive.infolist() if not item.is_dir()]
    if not files:
        raise refused(EMPTY)
    if len(files) > MOST_FILES:
        raise refused(TOO_LARGE)
    for item in files:
        # The size that it states may be wrong: as much is read as may be.
        with archive.open(item) as source:
            content = source.read(left + 1)
        left -= len(content)
        if left < 0:
            raise refused(TOO_LARGE)
        if is_archive(content):
            raise refused(NESTED, name=item.filename)
        yield item.filename, content


def refused(message: str, **values) -> FormatError:
    return FormatError([Problem(None, message, values)])
