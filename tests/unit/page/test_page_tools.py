"""What is decided from values alone: forms, waiting, files, pictures."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_payment.tools import (
    lockout,
    request_form,
    status_picture,
    uploads,
)
from odoo.addons.pom_payment.tools.registry import by_code

TODAY = date(2026, 11, 22)
KINDS = by_code(request_form.KINDS)
LIMITS = request_form.Limits(TODAY, Decimal("121.00"), {}, ("nl_BE", "fr_BE"))


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
        ("dispute", {"reason": "faulty", "amount": "all"}, "amount_unreadable"),
        ("already_paid", {"paid_on": "2026-11-23"}, "paid_on_bounds"),
        ("already_paid", {"paid_on": "2025-11-01"}, "paid_on_bounds"),
        ("already_paid", {}, "paid_on_bounds"),
        ("contact", {}, "contact_empty"),
        ("contact", {"new_lang": "xx_XX"}, "contact_empty"),
        ("contact", {"new_email": "a@b"}, "new_email_wrong"),
        ("contact", {"new_phone": "call me"}, "new_phone_wrong"),
    ],
)  # fmt: skip
def test_problems(kind, form, problem):
    assert request_form.read(KINDS[kind], form, LIMITS).problems == [problem]


def test_forms_that_are_right():
    form = {"reason": "amount", "text": "x"}
    dispute = request_form.read(KINDS["dispute"], form, LIMITS)
    assert (dispute.values["amount"], dispute.problems) == (Decimal("121.00"), [])
    paid = request_form.read(KINDS["already_paid"], {"paid_on": "2026-11-22"}, LIMITS)
    assert (paid.values["paid_on"], paid.problems) == (TODAY, [])
    contact = {"new_lang": "fr_BE", "new_channel": "sms", "consent_sms": "no"}
    values, problems = request_form.read(KINDS["contact"], contact, LIMITS)
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


@pytest.mark.parametrize(
    ("label", "drawn"),
    # As measured in bold DejaVu Sans of 13 pixels, a wide font.
    [("Overdue", 62.2), ("Überfällig", 72.2), ("En retard", 68.6), ("Zu zahlen", 71.3)],
)
def test_the_words_are_inside_the_picture(label, drawn):
    """They begin at 26, and the end is round."""
    picture = status_picture.svg("overdue", label).decode()
    width = int(re.search(r'width="(\d+)"', picture)[1])
    assert width >= 26 + drawn + 8
