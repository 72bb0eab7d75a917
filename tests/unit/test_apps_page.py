"""Each addon says what it is for, and nothing that isn't so."""

import io
import re
from functools import cache

import pytest
from PIL import Image

from dev.addons import ROOT, addons, manifest, to_choose
from dev.apps_page import LICENCES, icon, lacking, stale, write

ADDONS = addons()
#: Of Odoo's screens, not of ours.
ODOO = {
    "Invoicing", "Configuration", "Settings", "Payment Providers", "Online Payments",
    "Accounting", "Allow Saving Payment Methods", "Digest Emails",
}  # fmt: skip
SCREENS = ("*.xml", "*.py", "*.js")


@pytest.mark.parametrize("addon", ADDONS)
def test_all_is_there_and_as_written_last(addon):
    assert lacking(addon) == []
    assert stale(addon) == []


@pytest.mark.parametrize("addon", ADDONS)
def test_words_of_screens_are_those_of_the_screens(addon):
    said = "".join(path.read_text() for path in (ROOT / addon / "readme").glob("*.md"))
    words = {
        " ".join(word.split())
        for path in re.findall(r"\*([^*]+)\*", said)
        for word in path.split("→")
    }
    assert [w for w in sorted(words - ODOO - {""}) if w not in screens()] == []


@cache
def screens():
    """All that our screens may say, in one line."""
    text = "\n".join(
        path.read_text()
        for addon in ADDONS
        for pattern in SCREENS
        for path in (ROOT / addon).rglob(pattern)
    )
    joined = re.sub(r'"\s*\n\s*"', "", text)  # Strings of several lines.
    return " ".join(joined.replace("&amp;", "&").split())


def test_icons_can_be_told_apart():
    drawn = {icon(addon) for addon in ADDONS}
    assert len(drawn) == len(ADDONS)
    assert {Image.open(io.BytesIO(data)).size for data in drawn} == {(128, 128)}


def test_what_a_person_must_write_is_said(tmp_path):
    new = tmp_path / "pom_new"
    new.mkdir()
    (new / "__manifest__.py").write_text(repr({"license": "LGPL-3"}))
    assert len(lacking("pom_new", tmp_path)) == 6
    (new / "LICENSE").write_text(LICENCES["AGPL-3"])
    assert "not the text of LGPL-3" in " ".join(lacking("pom_new", tmp_path))


def test_a_page_that_is_edited_by_hand_is_found(tmp_path):
    addon = "pom_claim"
    for path in (ROOT / addon / "readme").glob("*.md"):
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(path.read_text())
    (tmp_path / addon / "__manifest__.py").write_text(repr(manifest(addon)))
    write(addon, tmp_path)
    assert stale(addon, tmp_path) == []
    shown = tmp_path / addon / "static" / "description"
    (shown / "index.html").write_text("<p>Best of all.</p>")
    assert "index.html is out of date" in " ".join(stale(addon, tmp_path))


def test_builds_on_agpl_says_so():
    """Who builds on an addon under AGPL-3 is under it, too."""
    licences = {addon: manifest(addon)["license"] for addon in ADDONS}
    for addon in ADDONS:
        below = {licences.get(name, "LGPL-3") for name in manifest(addon)["depends"]}
        assert licences[addon] == "AGPL-3" or "AGPL-3" not in below, addon
    assert licences["pom_reconcile"] == "AGPL-3"


@pytest.mark.parametrize("addon", ADDONS)
def test_no_address_that_leads_nowhere(addon):
    assert ".example" not in (ROOT / addon / "__manifest__.py").read_text()


def test_readme_names_what_can_be_chosen():
    step = (ROOT / "README.md").read_text().partition("Update the list of apps")[2]
    names = " ".join(step.partition("\n4. ")[0].split())
    for addon in to_choose():
        assert f"*{manifest(addon)['name']}*" in names, (
            f"README.md's third step to install doesn't name {addon}"
        )


def test_what_can_be_chosen_is_shown_in_apps():
    """Which shows nothing else, unless somebody takes its filter away."""
    shown = [addon for addon in ADDONS if manifest(addon).get("application")]
    assert shown == to_choose()
