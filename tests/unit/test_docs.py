"""The documentation says what is: its words stand on the screens, its files and addons
are there.
"""

import re
from pathlib import Path

import polib
import pytest

from dev.addons import ROOT, addons
from tests.docs import PAGES, emphasised, files_named

#: Words of Odoo's own screens, and what is no word on a screen.
ODOOS = {
    "Administrator", "Accounting", "Configuration", "Demo", "Invoice sending",
    "Invoicing", "Online Payments", "Payment Providers", "Send", "Settings", "Users",
    "HTTP(s)", "Hook", "What holds for which provider", "Where things live", "your",
}  # fmt: skip


@pytest.fixture(scope="module")
def words():
    files = [ROOT / addon / "i18n" / f"{addon}.pot" for addon in addons()]
    return {entry.msgid for file in files for entry in polib.pofile(str(file))}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_words_are_those_of_the_screens(page, words):
    assert [one for one in emphasised(page) if one not in words | ODOOS] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_files_are_there(page):
    assert [name for name in files_named(page) if not any(ROOT.glob(name))] == []


def test_addons_of_the_architecture_are_those_that_there_are():
    text = (Path(ROOT) / "docs/pages/developer/index.md").read_text()
    named = set(re.findall(r"`(pom_\w+)`", text))
    assert named - set(addons()) == set()
