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
from functools import partial

from .charset_words import score
from .records import WIDTH

BOM = codecs.BOM_UTF8
HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
LINE_ENDS = re.compile(rb"[\r\n]")
#: The same with the ASCII characters around each run.
NEIGHBOURS = re.compile(rb"([ -~]?)([\x80-\xff]+)(?=([ -~]?))")
#: What banks write apart from cp1252, which is taken in doubt.
OTHERS = ("cp850", "iso8859-15")
#: A file without it is a row of records with no line ends between them.
FIRST_LINE = re.compile(rb"(?:\xef\xbb\xbf)?[\r\n]*[^\r\n]{0,255}[\r\n]")
END_OF_FILE = "\x1a"
MOVEMENT_START = "\n21"
#: Characters read at once, a whole number of records.
PIECE = 512 * WIDTH
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
    runs = {match[0] for match in HIGH_BYTES.finditer(data)}
    if all(map(_is_utf8, runs)) and not _is_single_byte(data):
        return "utf-8"
    return _by_words({match.groups() for match in NEIGHBOURS.finditer(data)})


def _by_words(runs: set[tuple[bytes, ...]]) -> str:
    """Return the charset that makes words of the bytes; cp1252 in doubt."""
    usual = score(_pieces(runs, "cp1252"))
    other, best = max((score(_pieces(runs, name)), name) for name in OTHERS)
    return best if other > usual + 1 else "cp1252"


def _pieces(runs: set[tuple[bytes, ...]], name: str) -> Iterator[str]:
    """Give each character that isn't ASCII between its neighbours."""
    for run in runs:
        text = b"".join(run).decode(name, FALLBACK)
        text = f"{'' if run[0] else ' '}{text}{'' if run[2] else ' '}"
        yield from (text[i - 1 : i + 2] for i in range(1, len(text) - 1))


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


def texts(data: bytes) -> Iterator[str]:
    """Decode the file piece by piece, with LF between its lines.

    Each piece but the first begins with a record 21: no movement is cut in two.
    """
    stream = io.BytesIO(data)
    stream.seek(len(BOM) if data.startswith(BOM) else 0)
    # Universal newlines: CR, LF and CRLF alike become LF.
    text = io.TextIOWrapper(stream, charset(data), FALLBACK, newline=None)
    read = text.read if FIRST_LINE.match(data) else partial(_read_records, text)
    rest, size = "", PIECE
    while piece := read(size):
        rest += piece.replace(END_OF_FILE, "\n")
        cut = rest.rfind(MOVEMENT_START)
        if cut < 0:
            # Twice as much each time, or a file without movements would take for ever.
            size *= 2
            continue
        yield rest[:cut]
        rest = rest[cut + 1 :]
    yield rest


def _read_records(text: io.TextIOWrapper, size: int) -> str:
    """Read from a file that has no line ends between its records."""
    row = text.read(size)
    return "".join(f"{row[i : i + WIDTH]}\n" for i in range(0, len(row), WIDTH))
