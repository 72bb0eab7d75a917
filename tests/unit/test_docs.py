"""The documentation says what is: its words stand on the screens, its files and addons
are there.
"""

import re
from xml.etree import ElementTree

import polib
import pytest

from dev.addons import ROOT, addons, manifest
from tests.docs import PAGES, emphasised, files_named

README = (ROOT / "README.md").read_text()
#: Words of Odoo's own screens, and what is no word on a screen.
ODOOS = {
    "Apps", "Role",
    "Administrator", "Accounting", "Configuration", "Demo", "Invoice sending",
    "Payment Provider: Demo", "Test Mode",
    "Invoicing", "Online Payments", "Payment Providers", "Send", "Settings", "Users",
    "Website",
    "HTTP(s)", "Hook", "What holds for which provider", "Where things live", "your",
}  # fmt: skip
#: One in the source: its code, and the rest of it.
CHECK = re.compile(
    r'^ +"(\w+)": Check\((.*?)^            \),', re.DOTALL | re.MULTILINE
)


@pytest.fixture(scope="module")
def words():
    files = [ROOT / addon / "i18n" / f"{addon}.pot" for addon in addons()]
    return {
        *(entry.msgid for file in files for entry in polib.pofile(str(file))),
        *(manifest(addon)["name"] for addon in addons()),
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_words_are_those_of_the_screens(page, words):
    assert [one for one in emphasised(page) if one not in words | ODOOS] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_files_are_there(page):
    assert [name for name in files_named(page) if not any(ROOT.glob(name))] == []


def test_the_architecture_names_each_addon_and_what_it_builds_on():
    text = (ROOT / "docs/pages/developer/index.md").read_text()
    assert set(re.findall(r"`(pom_\w+)`", text)) == set(addons())
    rows = re.findall(r"^\| (`pom_[^|]*) \| ([^|]*) \|", text, re.MULTILINE)
    told = {
        name: set(re.findall(r"`(pom_\w+)`", below))
        for names, below in rows
        for name in re.findall(r"`(pom_\w+)`", names)
    }
    ours = {name: set(manifest(name)["depends"]) & set(addons()) for name in addons()}
    assert told == ours


def test_each_check_of_the_monitoring_is_explained():
    """And whether it's one by which something stands still."""
    text = (ROOT / "docs/pages/monitoring.md").read_text()
    rows = re.findall(r"^\| (`\w+`[^|]*) \|[^|]*\| *(yes)? *\|", text, re.MULTILINE)
    told = {
        code: bool(stops) for codes, stops in rows for code in re.findall(r"\w+", codes)
    }
    assert told == {
        code: "stops=True" in body
        for path in ROOT.glob("pom_*/models/pom_trouble.py")
        for code, body in CHECK.findall(path.read_text())
    }


def test_each_scheduled_action_stands_in_the_operations_with_its_turn():
    text = (ROOT / "docs/pages/operations.md").read_text()
    row = r"^\| \*([^*|]+: [^*|]+)\*[^|]*\| ([^|,]+?)(?:,| \|)"
    assert dict(re.findall(row, text, re.MULTILINE)) == {
        name: every
        for path in ROOT.glob("pom_*/data/ir_cron*.xml")
        for name, every in scheduled(path)
    }


def test_installing_names_each_package_that_an_addon_needs():
    """Odoo installs no addon that wants one which its Python lacks."""
    [line] = re.findall(r"^ *pip install (qrcode .*)$", README, re.MULTILINE)
    needed = {
        package
        for addon in addons()
        for package in manifest(addon)
        .get("external_dependencies", {})
        .get("python", ())
    }
    assert needed == set(line.split())


def test_what_is_for_the_world_is_said():
    """Whoever closes all other paths closes none that a debtor or a provider needs."""
    text = (ROOT / "docs/pages/operations.md").read_text()
    [said] = re.findall(
        r"^\* Only these paths.*?(?=^\*)", text, re.DOTALL | re.MULTILINE
    )
    open_ones = set(re.findall(r"`/(\w+)/", said))
    ours = {
        first
        for path in ROOT.glob("pom_*/controllers/*.py")
        for first in re.findall(
            r'^\s*(?:@.*\()?"/(\w+)/.*<', path.read_text(), re.MULTILINE
        )
    }
    assert ours == {"p", "pom", "s"}
    assert ours < open_ones


@pytest.mark.parametrize("path", ["/p/7ZK3/pay?way=1", "//p//7ZK3", "/s/7ZK3"])
def test_nginx_writes_no_link_into_its_log(path):
    found = re.search(r"^ +~(\S+) +(\S+);$", README, re.MULTILINE)
    pattern, written = found[1].replace("(?<", "(?P<"), found[2]
    groups = re.match(pattern, path).groupdict()
    logged = re.sub(r"\$(\w+)", lambda name: groups[name[1]], written)
    assert logged == path.replace("7ZK3", "…")


def scheduled(path):
    """Name and turn of each that goes by itself: ``("Payouts: ask", "4 hours")``."""
    for record in ElementTree.parse(path).iterfind(".//record[@model='ir.cron']"):
        field = {one.get("name"): one.text for one in record}
        name, number = field["name"], field["interval_number"]
        unit = field["interval_type"]
        if not re.search(r"\((help|[2-9] of \d)\)$", name):
            yield name, unit[:-1] if number == "1" else f"{number} {unit}"
