"""Everything in this folder starts real servers, each on a database of its own."""

import pytest

from tests.e2e.harness import database


@pytest.fixture
def world(request):
    """Name of a database with the Belgian company in it, dropped afterwards."""
    name = f"pom_{request.node.name.removeprefix('test_')}"[:60]
    database("world", name)
    yield name
    database("drop", name)
