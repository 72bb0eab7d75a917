import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_reminder.tools import dossier


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
