"""Reads the documentation's pages, as tests want to hold them against what there is."""

import re

from dev.addons import ROOT

PAGES = sorted((ROOT / "docs" / "pages").rglob("*.md"))
FENCE = re.compile(r"^( *)```.*?^\1```", re.DOTALL | re.MULTILINE)


def emphasised(page, whole=False):
    """Words of screens: each of *Menu → Submenu*.

    :param whole: leave these together
    """
    text = re.sub(r"`[^`]*`", "", FENCE.sub("", page.read_text()))
    found = re.findall(r"(?<![*\w])\*([^*\s][^*]*)\*(?![*\w])", text)
    found = [" ".join(one.split()) for one in found]
    return found if whole else [word for one in found for word in one.split(" → ")]


def files_named(page):
    """Paths in the repository, among what is set in type."""
    named = re.findall(r"`([\w./*-]+)`", FENCE.sub("", page.read_text()))
    return [one for one in named if re.search(r"/.*\.(py|xml|md|toml|yaml)$", one)]
