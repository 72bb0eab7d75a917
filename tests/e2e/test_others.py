"""What others wrote judges us: core's tests of payments and OCA's of imports end with
our addons as they do without, but for what is meant (tests/others/differences.toml).

``make test-core`` runs many more.
"""

import pytest

from tests.others.__main__ import main

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_their_tests_end_as_without_us():
    assert main("fast") == []
