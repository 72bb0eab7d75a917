"""References and numbers in texts."""

import pytest

from odoo.addons.pom_reconcile.matching import names, numbers, text

from tests.simulators.months_telling import iban_be, ogm, rf

OGM = ogm(84_321)
A, B, C = OGM[:3], OGM[3:7], OGM[7:]
RF = rf("INV000042")


@pytest.mark.parametrize(
    "written",
    [
        f"+++{A}/{B}/{C}+++",
        f"***{A}/{B}/{C}***",
        f"###{A}/{B}/{C}###",
        f"+++ {A} / {B} / {C} +++",
        f"+++{OGM}+++",
        f"+++{OGM[:5]} {OGM[5:9]} {OGM[9:]}+++",
        f"+{A}/{B}/{C}+",
        f"{A}/{B}/{C}",
        f"{A}.{B}.{C}",
        f"{A}-{B}-{C}",
        f"{A},{B},{C}",
        f"{A}_{B}_{C}",
        f"{A} {B} {C}",
        f"{A} / {B} / {C}",
        f"{OGM[:4]} {OGM[4:8]} {OGM[8:]}",
        f"{OGM[:10]} {OGM[10:]}",
        f"({OGM})",
        f"OGM{OGM}",
        f"Mededeling{OGM}",
        f"{A}\\{B}\\{C}",
        f"{A}|{B}|{C}",
        f"{A}\u2013{B}\u2013{C}",
        f"{A}*{B}*{C}",
        f"{A}+{B}+{C}",
        f"{A}/{B}{C}",
        f"{A}{B}/{C}",
        " ".join(OGM[i : i + 3] for i in range(0, 12, 3)),
        f"{OGM}+{OGM}",
        f"ref:{OGM}.",
        f"Klant 4471 {A} {B} {C}",
        f"factuur 2026 {OGM} bedankt",
        f"2026 {A}/{B}/{C} 12/11/2026",
        f"/A/ {A}/{B}/{C[:1]} {C[1:]} //",
        f"Betaling +++{A}/{B}\n/{C}+++",
        f"Betaling +++{A}/{B[:2]}\r\n{B[2:]}/{C}+++",
        f"Betaling {A}/{B}/{C[:2]}\n{C[2:]} dank",
        f"xxx\n{A}/{B}/{C}\nyyy",
        f"order {A}/{B}/{C}",
        f"order 77 van {OGM}",
    ],
)
def test_structured_communication_is_found(written):
    assert text.scan(written).valid == (OGM,)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "geen cijfers",
        f"+++{ogm(84_321)[:11]}{(int(OGM[11]) + 1) % 10}+++",
        "000000009700",  # 97 is written 97, never 00
        "000000000198",  # and 01 never 98
        f"{OGM}3",  # an EAN
        f"5{OGM}",
        f"X{OGM}",
        f"{OGM}X",
        f"{OGM}-77",  # an order
        f"12-{A}-{B}-{C}-7",
        f"4711.{OGM}",
        f"{OGM[:3]}-{OGM[3:10]}-{OGM[10:]}",  # an account of before IBAN
        f"{OGM[:4]} {OGM[4:8]} {OGM[8:]} 1234",  # a card
        f"5{A}/{B}/{C}",
        f"order {OGM}",
        f"EAN: {OGM}",
        f"kaart nr. {OGM[:4]} {OGM[4:8]} {OGM[8:]}",
        f"{OGM}@example.com",
    ],
)
def test_other_numbers_are_none(written):
    assert OGM not in text.scan(written).valid


@pytest.mark.parametrize("template", ["{}", "IBAN {}.", "van {} aan", "{}\nJan"])
@pytest.mark.parametrize("gap", ["", " ", "-", ".", "   ", "\u00a0"])
def test_nothing_is_found_in_an_account_number(template, gap):
    iban = iban_be(539, 75_470)
    written = gap.join(iban[i : i + 4] for i in range(0, 16, 4))
    assert text.is_ogm(iban[4:])
    assert text.scan(template.format(written)).valid == ()


def test_mistyped_account_number_is_still_one():
    assert text.scan(f"BE00 {OGM[:4]} {OGM[4:8]} {OGM[8:]}").valid == ()


def test_oddly_spaced_account_number_needs_its_check_digits():
    iban = iban_be(539, 75_470)
    assert text.scan(f"{iban[:5]} {iban[5:]}").valid == ()
    assert text.scan(f"BE00 {OGM}").valid == (OGM,)


@pytest.mark.parametrize(
    "written", ["NL12", "BE12 3", "ZZ12 345678901234", "BE12 3456 7890 1234 5678X"]
)
def test_no_account_number(written):
    assert text.scan(f"{written} {A}/{B}/{C}").valid == (OGM,)


@pytest.mark.parametrize(
    "written",
    [
        RF,
        RF.lower(),
        f"{RF[:4]} {RF[4:8]} {RF[8:]}",
        f"{RF[:4]}-{RF[4:8]}-{RF[8:]}",
        f"betaling {RF} dank",
        f"{RF[:4]} {RF[4:8]} {RF[8:]} bedankt jan",
        f"zie {RF[:9]}\n{RF[9:]}",
        f"RF {RF[2:]}",
    ],
)
def test_creditor_reference_is_found(written):
    assert RF in text.scan(written).valid


@pytest.mark.parametrize(
    "written",
    [
        f"X{RF}",
        f"{RF[:-1]}",
        "RF18",
        "RF18 - - -",
        f"RF00{RF[4:]}",
        f"RF18{'9' * 22}",
        "SURF18539007547034",
    ],
)
def test_no_creditor_reference(written):
    assert text.scan(written).valid == ()


def test_reference_around_a_structured_communication():
    wrapped = rf(OGM)
    assert text.scan(wrapped).valid == (wrapped,)
    assert text.ogm_in_rf(wrapped) == OGM
    assert text.ogm_in_rf(RF) == text.ogm_in_rf(OGM) == ""


def test_broken_is_what_was_clearly_meant():
    wrong = f"{A}/{B}/{int(C) + 1:05d}"
    assert text.scan(f"+++{wrong}+++").broken == (wrong.replace("/", ""),)
    assert text.scan(f"voor {wrong}").broken == (wrong.replace("/", ""),)
    assert text.scan(f"+++{A}/{B}/{C[1:]}+++").broken == (A + B + C[1:],)
    assert text.scan(f"tel {wrong.replace('/', '')}").broken == ()


def test_wrapped_reference_is_not_broken():
    scan = text.scan(f"+++{A}/{B}/{C[:3]}\n{C[3:]}+++ 000/0000/00000")
    assert scan.valid == (OGM,) and scan.broken == ()
    assert len(text.scan("000/0000/00000\nabc").broken) == 1


def test_html():
    assert text.plain_text("<p>a&amp;b</p><div>c<b>d</b></div>").split() == [
        "a&b",
        "cd",
    ]


def test_emails():
    found = text.emails("Van Jan.Peeters@Example.COM, factuur")
    assert found == ("jan.peeters@example.com",)
    assert text.emails("geen") == ()


@pytest.mark.parametrize(
    "reference", ["123", "RF18539007547035", "12345678901A", "INV/2026/00042"]
)
def test_not_structured(reference):
    assert not text.is_structured(text.canonical(reference))


@pytest.mark.parametrize(
    "written",
    [
        "INV/2026/00042",
        "inv 2026 00042".upper(),
        "INV-2026-42",
        "INV2026/00042",
        "BETALING INV_2026_00042.",
        "INV / 2026 / 00042",
    ],
)
def test_number_is_spelled(written):
    assert "INV|2026|42" in {s.key for s in numbers.spellings(written)}


def test_number_in_one_piece():
    spellings = numbers.spellings("FACT INV202600042")
    assert numbers.number_keys("INV/2026/00042")[1] in {s.compact for s in spellings}


def test_parts_far_apart_are_no_number():
    keys = {s.key for s in numbers.spellings("INV ..... 2026/00042")}
    assert "2026|42" in keys and "INV|2026|42" not in keys


@pytest.mark.parametrize(
    "written, expected",
    [
        ("INV/2026/00042", ()),
        ("INV/2026/00042, 43 EN 45", ("43", "45")),
        ("INV/2026/00042 + 00043", ("43",)),
        ("INV/2026/00042-45", ("43", "44", "45")),
        ("INV/2026/00042 T/M 44", ("43", "44")),
        ("INV/2026/00042 BIS 44", ("43", "44")),
        ("INV/2026/00042 TOT 99", ("99",)),
        ("INV/2026/00042 BEDANKT 43", ()),
        ("INV/2026/00042 ........ 43", ()),
        ("INV/2026/00042, 12345678901", ()),
    ],
)
def test_continued(written, expected):
    full = next(s for s in numbers.spellings(written) if s.key == "INV|2026|42")
    found = numbers.continued(written, full)
    assert found == tuple(f"INV|2026|{number}" for number in expected)


@pytest.mark.parametrize(
    "written, expected",
    [
        ("FACTUUR 00042", ["00042"]),
        ("FACT. NR. 42", ["42"]),
        ("INVOICE NO 42 AND RECHNUNG 43", ["42", "43"]),
        ("FACTUUR", []),
        ("FACTUUR NR", []),
        ("FACTUUR NOVEMBER", []),
        ("FACTUUR 2026", []),
        ("FACTURE 11/2026", []),
        ("FACTUUR 1234567890", []),
        ("42", []),
    ],
)
def test_bare_number_after_a_cue(written, expected):
    assert [number for number, _place in numbers.cued(written)] == expected


@pytest.mark.parametrize(
    "written, expected",
    [
        ("2026/11", True),
        ("26-11", True),
        ("20261122", True),
        ("2026/011", False),
        ("2026/42", False),
        ("INV/26/11", False),
    ],
)
def test_datelike(written, expected):
    assert numbers.is_datelike(numbers.spellings(written)[0]) is expected


def test_short_keys():
    assert numbers.short_keys("2026/00042") == ()
    assert numbers.short_keys("00042") == ()
    assert numbers.short_keys("F00042") == ("00042",)
    assert numbers.short_keys("INV/A/42") == ("A|42", "A42")


def test_sequence_numbers():
    assert numbers.sequence_number("geen") is None
    found = numbers.sequence_numbers("INV/2026/00042-45 0 12345678901")
    assert found == {2026, 42, 43, 44, 45}


@pytest.mark.parametrize(
    "one, other, expected",
    [
        ("Jan Peeters", "PEETERS JAN", True),
        ("Garage Müller GmbH", "GARAGE MULLER", True),
        ("Jan Peeters", "Jan Peeters-Claes", True),
        ("JAN PEETERS", "An Peeters", False),
        ("Peeters", "Jan Peeters", False),
        ("", "Jan Peeters", False),
        (
            "VANDENBROUCKE INTERNATIONAL LOGIST",
            "Vandenbroucke International Logistics",
            1,
        ),
        (
            "Vandenbroucke International Logistics",
            "VANDENBROUCKE INTERNATIONAL LOGIST",
            1,
        ),
        ("BV", "BV", True),
    ],
)
def test_same_name(one, other, expected):
    assert names.same_name(one, other) is bool(expected)
