"""Every addon makes its columns before Odoo would lock the tables for them."""

import ast

import pytest

from dev.addons import ROOT, addons, manifest


@pytest.mark.parametrize("addon", addons())
def test_columns_are_made_beforehand(addon):
    missing = (
        f"{addon} needs a pre_init_hook in hooks.py: make_room(env, {addon!r})"
        ", named in its manifest: see pom_payment/installing.py"
    )
    assert manifest(addon).get("pre_init_hook") == "pre_init_hook", missing
    hooks = ROOT / addon / "hooks.py"
    assert hooks.is_file(), missing
    [hook] = [
        node
        for node in ast.parse(hooks.read_text()).body
        if isinstance(node, ast.FunctionDef) and node.name == "pre_init_hook"
    ]
    assert f"make_room(env, '{addon}')" in ast.unparse(hook), missing
    assert "pre_init_hook" in (ROOT / addon / "__init__.py").read_text(), missing
