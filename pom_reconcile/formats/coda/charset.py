"""From the bytes of a file to numbered records of 128 characters.

The standard names no charset and no line ends. Files of banks are ASCII, cp1252, UTF-8
or (old ones) cp850, with CRLF, LF, CR or no line ends at all, a byte order mark, a
DOS end-of-file mark and blanks trimmed on the right.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator

from .records import WIDTH

BOM = codecs.BOM_UTF8
HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
LINE_ENDS = re.compile(rb"[\r\n]")
#: Euro, typographic apostrophes and the hard blank: common in cp1252, and in cp850 they
#: would be Ç, æ, Æ and á, which alone are not.
CP1252_SIGNS = frozenset(b"\x80\x91\x92\xa0")
END_OF_FILE = "\x1a"
#: Name under which the fallback for bytes that cp1252 leaves undefined is registered.
FALLBACK = "pom_coda_latin1"


def _as_latin1(error):
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error(FALLBACK, _as_latin1)


def charset(data: bytes) -> str:
    """Return the Python name of the file's charset.

    >>> charset(b"abc"), charset("été".encode("cp850")), charset(b"caf\\xe9")
    ('ascii', 'cp850', 'cp1252')
    >>> charset("café".encode())
    'utf-8'
    """
    if data.isascii():
        return "ascii"
    runs = set(HIGH_BYTES.findall(data))
    if all(map(_is_utf8, runs)) and not _is_single_byte(data):
        return "utf-8"
    found = {byte for run in runs for byte in run}
    # The letters of cp850 that Belgian texts use are all below 0xA6, where cp1252 has
    # signs; nearly all letters of cp1252 are from 0xC0 on.
    if max(found) <= 0xA5 and not found <= CP1252_SIGNS:
        return "cp850"
    return "cp1252"


def _is_utf8(run: bytes) -> bool:
    try:
        run.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_single_byte(data: bytes) -> bool:
    """Whether each line that isn't ASCII has 128 *bytes*, hence columns are bytes."""
    starts = (match.start() for match in HIGH_BYTES.finditer(data))
    return all(_line_width(data, start) == WIDTH for start in starts)


def _line_width(data: bytes, position: int) -> int:
    floor = max(0, position - 4 * WIDTH)
    start = max(floor - 1, *(data.rfind(end, floor, position) for end in b"\r\n")) + 1
    end = LINE_ENDS.search(data, position)
    return (end.start() if end else len(data)) - start


def lines(data: bytes) -> Iterator[tuple[int, str]]:
    """Give the number (from 1) and text of each line that isn't blank.

    Lines are padded to 128 characters; longer ones are given as they are.
    """
    stream = io.BytesIO(data)
    stream.seek(len(BOM) if data.startswith(BOM) else 0)
    # Universal newlines: CR, LF and CRLF alike, decoded piece by piece.
    text = io.TextIOWrapper(stream, charset(data), FALLBACK, newline=None)
    return _records(text if LINE_ENDS.search(data) else _blocks(text))


def _blocks(text: io.TextIOWrapper) -> Iterator[str]:
    return iter(lambda: text.read(WIDTH), "")


def _records(source: Iterator[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(source, 1):
        record = line[:WIDTH]
        if len(line) != WIDTH + 1 or line[WIDTH] != "\n" or END_OF_FILE in record:
            record = line.strip("\r\n" + END_OF_FILE).rstrip().ljust(WIDTH)
        if not record.isspace():
            yield number, record
