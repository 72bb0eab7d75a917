"""Runs the examples in the docstrings of the pure packages."""

import doctest
import importlib

import pytest

from dev.addons import ROOT, pure_packages


def modules():
    for folder in pure_packages():
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield f"odoo.addons.{name.removesuffix('.__init__')}"


@pytest.mark.parametrize("name", list(modules()))
def test_examples(name):
    result = doctest.testmod(
        importlib.import_module(name),
        optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS,
    )
    assert result.failed == 0
