"""The table of providers in README: whole, and ours keep every promise."""

from tests.odoo.conformance import going_back, paying, people, table  # noqa: F401
from tests.odoo.conformance.situation import SITUATIONS

#: Enough of them to mean something.
SITUATIONS_AT_LEAST = 40


def test_every_situation_and_provider_is_in_the_table():
    said = table.read(table.README.read_text())
    assert list(said) == [one.title for one in SITUATIONS.values()]
    assert len(said) >= SITUATIONS_AT_LEAST
    for title, outcomes in said.items():
        assert list(outcomes) == list(table.COLUMNS.values())
        assert set(outcomes.values()) <= {table.HOLDS, table.FAILS, table.NOTHING}, (
            title
        )


def test_ours_keep_every_promise():
    for title, outcomes in table.read(table.README.read_text()).items():
        for code in table.OURS:
            assert outcomes[table.COLUMNS[code]] != table.FAILS, (title, code)


def test_written_and_read():
    text = f"Before\n{table.BEGIN}\n{table.END}\nafter"
    outcomes = {"One": {"A": "yes", "B": "no"}}
    written = table.write(text, ["One", "Two"], ["A", "B"], outcomes)
    assert table.read(written) == {**outcomes, "Two": {"A": "?", "B": "?"}}
    assert written.startswith("Before\n") and written.endswith("\nafter")
    assert table.write(written, ["One", "Two"], ["A", "B"], outcomes) == written
    assert table.read("nothing") == {}
