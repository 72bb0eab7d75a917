"""Zips of statements."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_reconcile.formats import archive, is_known, read_any
from odoo.addons.pom_reconcile.formats.base import FormatError

from .camt_builder import simple as camt
from .coda_builder import simple as coda


def zipped(files, compression=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as found:
        for name, content in files.items():
            found.writestr(name, content)
    return target.getvalue()


FILES = {"a.xml": camt("1.00"), "folder/": b"", "folder/b.cod": coda("2.00").data()}


def refused(data, match):
    with pytest.raises(FormatError, match=match):
        list(read_any(data))


def test_files_of_any_format():
    data = zipped(FILES)
    assert is_known(data)
    found = list(read_any(data))
    assert [item.transactions[0].amount for item in found] == [1, 2]


def test_other_files():
    refused(zipped({**FILES, "list.pdf": b"%PDF"}), "“list.pdf” in the archive isn't")
    refused(zipped({}), "isn't a bank statement")
    refused(zipped({"folder/": b""}), "no file")
    refused(zipped({"x.zip": zipped(FILES)}), "“x.zip” in the archive is an archive")


def test_one_bad_statement_refuses_all():
    wrong = camt("1.00", new="7.00")
    refused(zipped({"a.xml": FILES["a.xml"], "b.xml": wrong}), "new balance is 7.00")
    forced = list(read_any(zipped({"b.xml": wrong}), force=True))
    assert forced[0].forced


def test_too_large(monkeypatch):
    with pytest.raises(FormatError, match="too large"):
        list(archive.members(zipped({"a.xml": b" " * 5001}), 5000))
    list(archive.members(zipped(FILES), 5000))
    with pytest.raises(FormatError, match="too large"):
        list(archive.members(zipped(FILES), 100))
    monkeypatch.setattr(archive, "MOST_FILES", 1)
    refused(zipped(FILES), "too large")


def test_damaged():
    data = zipped(FILES)
    refused(data[: len(data) // 2], "can't be opened")
    stored = zipped(FILES, zipfile.ZIP_STORED)
    refused(stored.replace(b"MOVEMENT", b"MOVEMENU", 1), "can't be opened")


METHODS = (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_LZMA)


@given(st.sampled_from(METHODS), st.integers(4, 900), st.binary(min_size=1, max_size=4))
def test_any_damage(method, place, piece):
    data = bytearray(zipped(FILES, method))
    data[place : place + len(piece)] = piece
    try:
        list(read_any(bytes(data)))
    except FormatError as error:
        assert str(error)
