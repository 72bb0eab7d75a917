"""What each sample is read into, against the files beside the samples."""

import pytest

from .coda_samples import SAMPLES
from .golden import FOLDER, result

NAMES = sorted(path.stem for path in FOLDER.glob("*.cod"))


@pytest.mark.parametrize("name", NAMES)
def test_sample_is_read_as_before(name):
    data = (FOLDER / f"{name}.cod").read_bytes()
    expected = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    # Lists, so that pytest shows a difference by line.
    assert result(data).splitlines() == expected.splitlines()


def test_samples_are_those_of_the_builder():
    assert NAMES == sorted(SAMPLES)
    for name, data in SAMPLES.items():
        assert (FOLDER / f"{name}.cod").read_bytes() == data
