"""Check digits and spellings, judged by python-stdnum."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum import iso11649
from stdnum.be import ogm_vcs
from stdnum.iso7064 import mod_97_10

from odoo.addons.pom_payment.tools import references

CAPITALS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: Twelve digits: ten, and all that can stand after them.
TWELVE = st.builds(
    "{:010d}{:02d}".format, st.integers(1, 10**10 - 1), st.integers(0, 99)
)


@given(TWELVE)
@example("000000009700")  # 97 is written 97, never 00
@example("000000009797")
@example("000000000198")  # and 01 never 98
def test_the_same_communications_are_valid(digits):
    assert references.is_ogm(digits) is ogm_vcs.is_valid(digits)


@given(st.integers(1, 10**10 - 1))
def test_every_number_has_one_pair_of_check_digits(number):
    pairs = [f"{number:010d}{check:02d}" for check in range(100)]
    (valid,) = filter(references.is_ogm, pairs)
    assert valid[10:] == ogm_vcs.calc_check_digits(valid[:10])
    printed = references.spelled(valid)
    assert printed == f"+++{ogm_vcs.format(valid)}+++"
    assert references.ogm_digits(printed) == valid


@given(st.text(CAPITALS, min_size=1, max_size=24))
def test_the_same_creditor_references_are_valid(body):
    valid = f"RF{mod_97_10.calc_check_digits(f'{body}RF')}{body}"
    for reference in (valid, f"RF{body}", body):
        assert references.is_rf(reference) is iso11649.is_valid(reference)
    if len(body) <= 21:
        printed = references.spelled(valid)
        assert printed == iso11649.format(valid)
        assert references.rf_reference(printed.lower()) == valid


@pytest.mark.parametrize(
    "digits",
    [
        "",
        "12345678900",
        "1234567890021",
        "١٢٣٤٥٦٧٨٩٠٠٢",
        "12345678900²",
        "-12345678902",
    ],
)
def test_nothing_else_is_a_communication(digits):
    assert not references.is_ogm(digits)


@pytest.mark.parametrize("text", ["rf18539007547034", "RF18-39007547034", "RF18é"])
def test_nothing_else_is_a_creditor_reference(text):
    assert not references.is_rf(text)
