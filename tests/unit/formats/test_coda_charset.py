"""Bytes to records: charsets, line ends, trimmed lines."""

import pytest

from odoo.addons.pom_reconcile.formats.coda import read
from odoo.addons.pom_reconcile.formats.coda.charset import PIECE, charset
from odoo.addons.pom_reconcile.formats.coda.charset_words import score

from .coda_builder import CodaBuilder, simple

NAME = "CAFÉ à Noël, ça va"


def named(name=NAME):
    builder = CodaBuilder().open().move(1, 0, "5.00", text=name)
    return builder.second().third(name="X").close().end()


def texts(data):
    return [item.text for statement in read(data) for item in statement.transactions]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", ""])
@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "cp1252", "cp850"])
def test_charsets_and_line_ends(name, end):
    text = "café à la crème" if name == "cp850" else NAME
    data = named(text).data(end, name)
    assert charset(data) == name.removesuffix("-sig")
    assert texts(data) == [text]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("5 € pour l’été", "cp1252"),
        ("5 €", "cp1252"),
        ("l’", "cp1252"),
        ("Ã©", "cp1252"),  # valid UTF-8, but the columns are bytes
        ("façade", "cp850"),
        ("été", "cp850"),
        ("Facture café N° 12 payée", "cp850"),
        ("Facture N° 12", "cp850"),
        ("20° C", "cp850"),
        ("HÉLÈNE – café", "cp1252"),
        ("Factuur – mei", "cp1252"),
        ("“quoted” text", "cp1252"),
        ("‘t is “goed”", "cp1252"),
        ("Müßig & Söhne", "cp850"),
        ("Hauptstraße 5", "cp850"),
        ("ÊTRE À ÇA", "cp850"),
        ("prix 10 € café", "iso8859-15"),
        ("prix 10 €", "iso8859-15"),
        ("prix 10 €", "cp1252"),
        ("§ 5 café", "cp850"),
        ("½ café", "cp850"),
        ("Ø 5 mm", "cp850"),
        ("Œuvre", "cp1252"),
        ("naïve cœur", "cp1252"),
        ("Žižek", "cp1252"),
        ("MÜLLER FRANÇOIS", "cp1252"),
        ("SEBASTIÁN LÓPEZ", "cp1252"),
        ("Sebastián Málaga José", "cp1252"),
        ("5° étage à 3 €", "cp1252"),
        ("5 €\N{NO-BREAK SPACE}50", "cp1252"),
        ("l'été «vert»…", "cp1252"),
    ],
)
def test_charset_is_told_by_its_letters(text, name):
    data = named(text).data("\n", name)
    assert charset(data) == name
    assert texts(data) == [text]


def test_bytes_that_cp1252_leaves_undefined():
    data = (
        named("X" * 3 + " à côté").data("\n", "latin-1").replace(b"XXX", b"\x81 \x9d")
    )
    assert texts(data) == ["\x81 \x9d à côté"]


def test_utf8_with_trimmed_lines():
    lines = named().text().splitlines()
    data = "\n".join(line.rstrip() for line in lines).encode()
    assert texts(data) == [NAME]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: b"\r\n\n" + data,
        lambda data: b"   \n" + data,
        lambda data: data + b"\x1a",
        lambda data: data.rstrip(b"\n") + b"\x1a",
        lambda data: data + b"\n\n   \n",
        lambda data: data.rstrip(b"\n"),
        lambda data: data.replace(b"\n", b"    \r\n"),
        lambda data: data.replace(b"\n", b"\n\n"),
        lambda data: b"\n".join(line.rstrip() for line in data.split(b"\n")),
        lambda data: data.replace(b"\n", b"") + b"\n",
        lambda data: data.replace(b"\n", b"") + b"\x1a",
    ],
)
def test_frame_of_the_file_is_free(change):
    data = simple("10.00", "-4.00").data()
    assert texts(change(data)) == ["MOVEMENT 1", "MOVEMENT 2"]


def test_files_put_behind_each_other_with_their_ends():
    data = simple("10.00").data() + b"\x1a" + simple("5.00", old="110.00").data()
    assert texts(data) == ["MOVEMENT 1", "MOVEMENT 1"]


def test_line_numbers_are_those_of_the_file():
    data = b"\n\n" + simple("10.00", "2.00").data().replace(b"\n", b"\r\n")
    (statement,) = read(data)
    assert statement.line_number == 3
    assert [item.line_number for item in statement.transactions] == [5, 6]


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_file_of_many_pieces(end):
    count = 3 * PIECE // 128
    data = simple(*["1.00"] * count).data(end)
    (statement,) = read(data)
    assert len(statement.transactions) == count
    assert statement.transactions[-1].line_number == count + 2


def test_large_file_without_movements():
    data = simple().data() * (2 * PIECE // 512)
    assert sum(1 for _ in read(data)) == 2 * PIECE // 512


def test_a_small_letter_among_capitals_is_none():
    assert score(["AéB"]) < score(["AÉB"])
