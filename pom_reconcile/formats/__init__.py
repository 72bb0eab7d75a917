"""Bank statement formats.

Adding one is a module here and a line in ``FORMATS``; an addon adds its own by
extending ``account.statement.import._pom_formats``. What each must have says
:mod:`.base`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from . import archive, camt, coda, mt940
from .base import FormatError, Problem, Statement
from odoo.addons.pom_payment.tools.marking import _


def register(*formats) -> tuple:
    """Return the formats, refusing one that is listed twice."""
    if len(set(formats)) != len(formats):
        raise ValueError("a statement format is listed twice")
    return formats


FORMATS = register(coda, camt, mt940)

# There is no environment here:
# pylint: disable-next=prefer-env-translation
UNKNOWN = _("This isn't a bank statement of a known format.")


def find(data: bytes, filename: str = "", formats: Sequence = FORMATS):
    """Return the format that recognises the file, or ``None``."""
    return next((item for item in formats if item.identify(data, filename)), None)


def is_known(data: bytes, filename: str = "", formats: Sequence = FORMATS) -> bool:
    """Whether :func:`read_any` has something to say of the file."""
    return archive.is_archive(data) or find(data, filename, formats) is not None


def read_any(
    data: bytes, filename: str = "", force: bool = False, formats: Sequence = FORMATS
) -> Iterable[Statement]:
    """Read a file of any known format, or a zip of such files, one statement after the
    other.

    :raises FormatError: when no format recognises the file, or it is inconsistent and
        not forced; statements given out before that are to be thrown away.
    """
    if archive.is_archive(data):
        return _read_archive(data, force, formats)
    found = find(data, filename, formats)
    if found is None:
        raise FormatError([Problem(None, UNKNOWN)])
    return found.read(data, force=force)


def _read_archive(data: bytes, force: bool, formats: Sequence) -> Iterable[Statement]:
    for name, content in archive.members(data):
        found = find(content, name, formats)
        if found is None:
            raise archive.refused(archive.UNKNOWN, name=name)
        yield from found.read(content, force=force)
