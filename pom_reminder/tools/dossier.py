"""Files for somebody who has no access to the books: a debt collector, a lawyer."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence

#: What a spreadsheet may take for a formula,
FORMULA = re.compile(r"[=@+\t\r\n＝＠＋－-]")
#: and what begins like one: numbers, also of phones, and structured communications.
NUMBER = re.compile(r"[+-]?[\d \xa0\u202f()./-]*|\+{3}\d{3}/\d{4}/\d{5}\+{3}")
UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """With semicolons and a byte order mark, as spreadsheets here expect it.

    >>> as_csv(["name", "open"], [["Café", "1,50"], ["=1+1", ""]]).decode("utf-8-sig")
    "name;open\\r\\nCafé;1,50\\r\\n'=1+1;\\r\\n"
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerows([header, *([harmless(cell) for cell in row] for row in rows)])
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: object) -> str:
    """
    >>> harmless("+32 470 12 34 56"), harmless("+cmd|"), harmless(False), harmless(-5)
    ('+32 470 12 34 56', "'+cmd|", '', '-5')
    >>> harmless("+++020/3430/57642+++"), harmless("＝1+1"), harmless("\\n=1+1")
    ('+++020/3430/57642+++', "'＝1+1", "'\\n=1+1")
    """
    text = "" if cell is None or cell is False else str(cell)
    is_formula = FORMULA.match(text) and not NUMBER.fullmatch(text)
    return f"'{text}" if is_formula else text


def file_name(name: str) -> str:
    """
    >>> file_name("INV/2026/0001")
    'INV-2026-0001'
    """
    return UNSAFE.sub("-", name).strip("-. ")


def archive(files: Mapping[str, bytes]) -> bytes:
    """A zip file of these, by name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return packed.getvalue()
