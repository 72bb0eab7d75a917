"""What a movement is known by in another file."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.pom_reconcile.formats.coda import decoder
from odoo.addons.pom_reconcile.formats.coda.identity import identity
from odoo.addons.pom_reconcile.tools.import_keys import VERSION
from odoo.addons.pom_reconcile.tools.statement_values import fingerprint, refingerprint

from tests.simulators import bank

DAY = date(2026, 11, 23)


def file_of(*transfers, charset="cp1252", **more):
    data = bank.coda(
        bank.Account("BE68539007547034"), transfers, Decimal(1000), DAY, **more
    )
    return data.decode("cp1252").encode(charset)


def transfer(text="hello", amount="10.00", name="JAN PEETERS", **more):
    return bank.Transfer(DAY, Decimal(amount), name, "BE71096123456769", text, **more)


def read_one(data):
    [statement] = decoder.read(data)
    return statement.transactions[-1]


def test_the_same_in_another_file():
    """Elsewhere in the file, in another statement, under another reference."""
    plain = read_one(file_of(transfer()))
    later = read_one(file_of(transfer("other"), transfer(), sequence=77))
    assert plain.raw != later.raw
    assert fingerprint(plain) == fingerprint(later)
    assert fingerprint(plain).startswith(VERSION)


@pytest.mark.parametrize("charset", ["cp1252", "cp850", "utf-8"])
def test_the_same_in_another_character_set(charset):
    told = transfer("Réf café payée", name="HÉLÈNE")
    plain = read_one(file_of(told))
    assert fingerprint(plain) == fingerprint(read_one(file_of(told, charset=charset)))


def test_the_same_however_it_is_decoded():
    plain = read_one(file_of(transfer()))
    mended = replace(plain, text="read otherwise", counterparty_name="J", code="")
    assert fingerprint(plain) == fingerprint(mended)
    assert fingerprint(plain) == refingerprint(str(DAY), plain.raw)


OTHERS = (
    transfer("hello you"),
    transfer(amount="10.01"),
    transfer(amount="-10.00"),
    transfer(name="AN PEETERS"),
    transfer(end_to_end="E-1"),
    transfer(value_date=date(2026, 11, 20)),
    transfer(code="00250000"),
    replace(transfer(), iban="BE62510007547061"),
    replace(transfer(), date=date(2026, 11, 22)),
)


@pytest.mark.parametrize("other", OTHERS)
def test_another(other):
    plain = read_one(file_of(transfer()))
    assert fingerprint(plain) != fingerprint(read_one(file_of(other)))


@pytest.mark.parametrize(
    "raw", ["", "21", "<Ntry>", "21" + "x" * 126, "31" + "0" * 126]
)
def test_what_is_no_coda(raw):
    assert identity(raw) == refingerprint(DAY, raw) == ""


def test_words_are_kept_apart():
    """Columns that run over don't make two movements one."""
    chance = random.Random(1)
    seen = {}
    for _ in range(200):
        said = "".join(chance.choice("ab ") for _ in range(60)).strip() or "-"
        key = fingerprint(read_one(file_of(transfer(said))))
        assert seen.setdefault(key, " ".join(said.split())) == " ".join(said.split())
