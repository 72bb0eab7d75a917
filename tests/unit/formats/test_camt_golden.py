"""What each sample is read into, against the files beside the samples."""

import pytest

from .camt_samples import SAMPLES
from .golden import CAMT, result

NAMES = sorted(path.stem for path in CAMT.glob("*.xml"))


@pytest.mark.parametrize("name", NAMES)
def test_sample_is_read_as_before(name):
    data = (CAMT / f"{name}.xml").read_bytes()
    expected = (CAMT / f"{name}.json").read_text(encoding="utf-8")
    # Lists, so that pytest shows a difference by line.
    assert result(data).splitlines() == expected.splitlines()


def test_samples_are_those_of_the_builder():
    assert NAMES == sorted(SAMPLES)
    for name, data in SAMPLES.items():
        assert (CAMT / f"{name}.xml").read_bytes() == data
