import io
import zipfile
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pom_payment.tools import dossier
from pom_payment.tools.agreed_plan import AgreedPlan, is_kept


def test_archive():
    packed = dossier.archive({"debts.csv": b"1;2", "letters/7.pdf": b"%PDF"})
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == ["debts.csv", "letters/7.pdf"]
        assert archive.read("letters/7.pdf") == b"%PDF"


@given(st.text())
def test_no_cell_is_a_formula(text):
    cell = dossier.harmless(text)
    assert not cell.startswith(("=", "@", "\t", "\r"))
    assert cell.lstrip("'") == text.lstrip("'")


@given(st.text(min_size=1))
def test_file_names_stay_in_their_folder(name):
    found = dossier.file_name(name)
    assert "/" not in found and "\\" not in found and not found.startswith(".")


@given(
    st.integers(1, 100_000),
    st.integers(2, 24),
    st.dates(date(2024, 1, 1), date(2030, 1, 1)),
)
def test_whoever_pays_on_the_day_keeps_the_plan(cents, count, first_on):
    """In parts rounded to the cent, the last one what is left."""
    plan = AgreedPlan(cents / 100, count, first_on)
    part = round(cents / count)
    for number, day in enumerate(plan.dates(), 1):
        left = max(0, cents - part * number) if number < count else 0
        assert is_kept(plan, left / 100, day + timedelta(6))
