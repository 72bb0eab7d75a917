"""What strangers type, before anything is kept of it."""

import xml.etree.ElementTree as ET
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_payment.tools import plain, request_form

LIMITS = request_form.Limits(date(2026, 11, 22), Decimal("121.00"), {})
KINDS = {kind.code: kind for kind in request_form.KINDS}
ANYTHING = st.text(st.characters())


@given(ANYTHING)
def test_every_document_can_hold_it(typed):
    """A character that XML has no room for would keep e-invoices from leaving."""
    form = {"text": typed, "new_street": typed, "new_city": typed}
    for code in ("question", "contact"):
        for value in request_form.read(KINDS[code], form, LIMITS).values.values():
            if isinstance(value, str):
                element = ET.Element("Note")
                element.text = value
                ET.fromstring(ET.tostring(element))


@given(ANYTHING)
def test_one_line_is_one(typed):
    line = plain.one_line(typed)
    assert len(line.splitlines()) <= 1
    assert line == plain.one_line(line)
    assert "\r" not in line and line == line.strip()


def test_what_is_seen_stays():
    assert plain.shown("Zoë\t✓\nשלום 😀") == "Zoë\t✓\nשלום 😀"
