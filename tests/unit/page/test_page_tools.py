"""What is decided from values alone: amounts, instalments, forms, files, pictures."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pom_payment.tools import (
    amounts,
    instalments,
    lockout,
    request_form,
    status_picture,
    uploads,
)

TODAY = date(2026, 11, 22)
FIRST = {"plan_first_on": "2026-12-01"}
LIMITS = request_form.Limits(TODAY, Decimal("121.00"), 30, ("nl_BE", "fr_BE"))


@given(st.integers(0, 99_999_999_999))
def test_amounts_are_read_as_they_are_written(cents):
    amount = Decimal(cents) / 100
    dutch = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    for typed in (f"{amount:.2f}", f"{amount:,.2f}", f"€ {dutch}", f"{dutch} EUR"):
        assert amounts.parse(typed) in (amount, None if cents >= 10**11 else amount)


@given(st.text(max_size=20))
def test_no_text_breaks_the_reader(text):
    amount = amounts.parse(text)
    assert amount is None or amount >= 0


def test_three_digits_after_a_point_are_thousands():
    assert amounts.parse("1.250") == 1250
    assert amounts.parse("12.5") == Decimal("12.5")


@pytest.mark.parametrize(
    "paid,today,asked,following",
    [
        (0, date(2026, 11, 1), 40, date(2026, 11, 10)),
        (40, date(2026, 11, 12), 0, date(2026, 12, 10)),
        (15, date(2026, 11, 12), 25, date(2026, 12, 10)),
        (0, date(2026, 12, 20), 100, None),
        (100, date(2026, 12, 20), 0, None),
    ],
)
def test_instalments(paid, today, asked, following):
    left = max(40 - paid, 0)
    plan = [
        instalments.Instalment(date(2026, 11, 10), Decimal(40), Decimal(left)),
        instalments.Instalment(
            date(2026, 12, 10), Decimal(60), Decimal(100 - paid - left)
        ),
    ]
    found = instalments.standing(plan, today)
    assert (found.asked, found.next_date) == (asked, following)


def test_one_date_is_no_plan():
    one = instalments.Instalment(TODAY, Decimal(1), Decimal(1))
    assert instalments.standing([one], TODAY) is None


def test_waiting_grows_and_ends():
    waits = [lockout.wait_after(number) for number in range(50)]
    assert waits == sorted(waits)
    assert not any(waits[: lockout.FREE_TRIES])
    assert waits[-1] == lockout.LONGEST_WAIT


@pytest.mark.parametrize(
    "kind,form,problem",
    [
        ("question", {"text": "  "}, "text_missing"),
        ("question", {"text": "Why?", "email": "nobody"}, "email_wrong"),
        ("dispute", {"text": "No"}, "reason_missing"),
        ("dispute", {"reason": "faulty", "amount": "121.01"}, "amount_bounds"),
        ("dispute", {"reason": "faulty", "amount": "0"}, "amount_bounds"),
        ("dispute", {"reason": "faulty", "amount": "all"}, "amount_bounds"),
        ("already_paid", {"paid_on": "2026-11-23"}, "paid_on_bounds"),
        ("already_paid", {"paid_on": "2025-11-01"}, "paid_on_bounds"),
        ("already_paid", {}, "paid_on_bounds"),
        ("remind", {"remind_on": "2026-11-22"}, "remind_on_bounds"),
        ("remind", {"remind_on": "2026-12-23"}, "remind_on_bounds"),
        ("contact", {}, "contact_empty"),
        ("contact", {"new_lang": "xx_XX"}, "contact_empty"),
        ("contact", {"new_email": "a@b"}, "new_email_wrong"),
        ("contact", {"new_phone": "call me"}, "new_phone_wrong"),
        ("plan", {"plan_count": "1", **FIRST}, "plan_count_bounds"),
        ("plan", {"plan_count": "x", **FIRST}, "plan_count_bounds"),
        ("plan", {"plan_count": "3"}, "plan_first_on_bounds"),
    ],
)  # fmt: skip
def test_problems(kind, form, problem):
    assert request_form.read(kind, form, LIMITS).problems == [problem]


def test_an_amount_that_cannot_be_read_is_not_guessed():
    bounds = amounts.Bounds(Decimal(10), Decimal(80), Decimal(100))
    assert amounts.choose("a little", bounds) == (Decimal(80), "unreadable")


def test_forms_that_are_right():
    remind = request_form.read("remind", {"remind_on": "2026-12-01"}, LIMITS)
    assert (remind.values["remind_on"], remind.problems) == (date(2026, 12, 1), [])
    dispute = request_form.read("dispute", {"reason": "amount", "text": "x"}, LIMITS)
    assert (dispute.values["amount"], dispute.problems) == (Decimal("121.00"), [])
    paid = request_form.read("already_paid", {"paid_on": "2026-11-22"}, LIMITS)
    assert (paid.values["paid_on"], paid.problems) == (TODAY, [])
    plan = {"plan_count": "3", "plan_first_on": "2026-12-01"}
    assert request_form.read("plan", plan, LIMITS).problems == []
    contact = {"new_lang": "fr_BE", "new_channel": "sms", "consent_sms": "no"}
    values, problems = request_form.read("contact", contact, LIMITS)
    assert (values["consents"], problems) == ({"sms": False}, [])


@pytest.mark.parametrize(
    "files,problem",
    [
        ([("a.pdf", b"%PDF-1.7")] * 4, "many"),
        ([("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * uploads.MAX_BYTES)], "large"),
        ([("a.svg", b"<svg onload='alert(1)'/>")], "kind"),
        ([("a.pdf", b"MZ\x90")], "kind"),
    ],
)
def test_files_that_are_refused(files, problem):
    assert uploads.check(files) == ([], problem)


@given(st.text(max_size=100))
def test_names_of_files_are_harmless(name):
    safe = uploads.safe_name(name, ".pdf")
    assert safe.endswith(".pdf") and len(safe) <= 64
    assert not set(safe[:-4]) & set("/\\.<>\"'\x00\n")


@pytest.mark.parametrize("status", [*status_picture.LOOKS, "withdrawn"])
def test_pictures(status):
    assert b"<title>A &amp; B</title>" in status_picture.svg(status, "A & B")
    assert status_picture.png(status, "Bezahlt für Ömer").startswith(b"\x89PNG")
