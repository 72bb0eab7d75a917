"""Bank statement formats. Adding one is a module here and a line in ``FORMATS``."""

from __future__ import annotations

from collections.abc import Iterable

from . import coda
from .base import FormatError, Problem, Statement, _


def register(*formats) -> tuple:
    """Return the formats, refusing one that is listed twice."""
    if len(set(formats)) != len(formats):
        raise ValueError("a statement format is listed twice")
    return formats


FORMATS = register(coda)

# There is no environment here:
# pylint: disable-next=prefer-env-translation
UNKNOWN = _("This isn't a bank statement of a known format.")


def find(data: bytes, filename: str = ""):
    """Return the format that recognises the file, or ``None``."""
    return next((item for item in FORMATS if item.identify(data, filename)), None)


def read_any(
    data: bytes, filename: str = "", force: bool = False
) -> Iterable[Statement]:
    """Read a file of any known format, one statement after the other.

    :raises FormatError: when no format recognises the file, or it is inconsistent and
        not forced; statements given out before that are to be thrown away.
    """
    found = find(data, filename)
    if found is None:
        raise FormatError([Problem(None, UNKNOWN)])
    return found.read(data, force=force)
