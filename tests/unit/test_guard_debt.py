"""The guard of ``dev/lint`` sees every reading of what a debt's standing is made of."""

import pytest

from dev import guard_debt
from dev.guard_debt import DAY, OPEN, SQL_TODAY, USERS_TODAY, Named, complaints


@pytest.fixture
def addons(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return tmp_path

    return write


@pytest.mark.parametrize(
    "name, line",
    [
        ("models/move.py", "left = move.amount_residual"),
        ("models/move.py", "left = line.amount_residual_currency"),
        ("models/move.py", 'moves.sorted("invoice_date_due")'),
        ("models/move.py", "today = fields.Date.context_today(self)"),
        ("models/move.py", "day = fields.Date(default=fields.Date.context_today)"),
        ("models/move.py", "today = fields.Date.today()"),
        ("models/move.py", "today = datetime.date.today()"),
        ("models/move.py", "    WHERE date_maturity < CURRENT_DATE"),
        ("models/move.py", "    WHERE date_maturity < current_date"),
        ("views/move.xml", '<field name="amount_residual_signed" sum="Open" />'),
        ("views/move.xml", '<t t-out="move.invoice_date_due" />'),
        ("data/neutralize.sql", "DELETE FROM x WHERE day < CURRENT_DATE"),
    ],
)
def test_what_is_found(addons, name, line):
    root = addons(f"pom_some/{name}", f"one\n{line}\n")
    (complaint,) = complaints(root, {})
    assert complaint.startswith(f"pom_some/{name}:2: ")
    assert complaint.endswith(line.strip())


@pytest.mark.parametrize(
    "name, line",
    [
        ("pom_some/models/move.py", "left = move.pom_standing.left"),
        ("pom_some/models/move.py", "today = company._pom_today()"),
        ("pom_some/models/move.py", "# amount_residual is core's"),
        ("pom_some/models/move.py", "my_amount_residual_x = 1"),
        ("pom_some/i18n/nl.po", "amount_residual"),
        ("other/models/move.py", "move.amount_residual"),
    ],
)
def test_what_is_not(addons, name, line):
    assert complaints(addons(name, line), {}) == []


def test_a_named_file_reads_what_it_is_named_for(addons):
    root = addons("pom_some/a.py", "amount_residual\ninvoice_date_due\n")
    named = {"pom_some/a.py": Named((OPEN,), "gathers")}
    assert complaints(root, named) == [
        "pom_some/a.py:2: invoice_date_due: invoice_date_due"
    ]
    named = {"pom_some/a.py": Named((OPEN, DAY), "gathers")}
    assert complaints(root, named) == []


def test_the_list_holds_no_more_than_is_needed(addons):
    root = addons("pom_some/a.py", "amount_residual\n")
    named = {
        "pom_some/a.py": Named((OPEN, SQL_TODAY), "gathers"),
        "pom_some/gone.py": Named((USERS_TODAY,), "default"),
    }
    assert complaints(root, named) == [
        "pom_some/a.py: CURRENT_DATE is no longer read there: take it off the list",
        "pom_some/gone.py: context_today is no longer read there: take it off the list",
    ]


def test_every_name_says_why():
    assert all(
        one.why and set(one.words) <= set(guard_debt.WORDS)
        for one in guard_debt.NAMED.values()
    )


@pytest.mark.parametrize("line, code", [("one = 1", 0), ("amount_residual", 1)])
def test_what_lint_sees(addons, monkeypatch, capsys, line, code):
    monkeypatch.setattr(guard_debt, "ROOT", addons("pom_some/a.py", line))
    monkeypatch.setattr(guard_debt, "NAMED", {})
    assert guard_debt.main() == code
    assert bool(capsys.readouterr().out) == bool(code)
