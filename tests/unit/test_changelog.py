"""CHANGELOG.md tells each migration that there is, and each one is run."""

import re

import pytest

from dev.addons import ROOT, addons, manifest

ROW = re.compile(r"^\| (`pom_\w+`[^|]*) \| ([\d.]+) \| [^|]+ \|$", re.MULTILINE)


def migrations(addon):
    """Versions that an upgrade does something for."""
    return {path.name for path in (ROOT / addon / "migrations").glob("*")}


def test_each_migration_is_told():
    rows = ROW.findall((ROOT / "CHANGELOG.md").read_text())
    told = {
        (addon, version)
        for names, version in rows
        for addon in re.findall(r"`(\w+)`", names)
    }
    assert told == {(name, one) for name in addons() for one in migrations(name)}


@pytest.mark.parametrize("addon", [name for name in addons() if migrations(name)])
def test_the_newest_one_is_run(addon):
    """Odoo runs those up to the version in the manifest."""
    assert max(migrations(addon)) == manifest(addon)["version"]
