#!/usr/bin/env python3
"""Arrows point down only: no addon names what only an addon defines that it doesn't
depend on. It calls a hook that does nothing instead.

Looked for: other addons, hence their external ids and modules; their models; fields
that they add to others' models; methods that they introduce. The order is that of
``depends`` in the manifests. Comments and docstrings may say what they like.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dev.addons import ROOT, addons, manifest  # noqa: E402

SUFFIXES = {".py", ".xml", ".csv", ".sql", ".js"}
WORD = re.compile(r"[A-Za-z_][\w.]*")
#: What the languages beside Python say to nobody.
COMMENT = re.compile(
    r"<!--.*?-->|/\*.*?\*/|^\s*(?:--|//).*?$", re.DOTALL | re.MULTILINE
)
#: Names that our addons give to what they add to others' models.
OURS = re.compile(r"(?:_|action_)?pom_\w+")


@dataclass
class Addon:
    """
    :param below: the addons that it may know, itself among them
    :param defined: names that others can only use where it's installed
    :param known: all names of its classes, whoever may have the same
    :param used: (file, line, name) of all that its code names
    """

    name: str
    below: frozenset[str]
    defined: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    used: list[tuple[Path, int, str]] = field(default_factory=list)


def main(root: Path = ROOT) -> list[str]:
    """
    :return: a sentence for each name that points up
    """
    tree = {name: read(root, name) for name in addons(root)}
    owners = defaultdict(set)
    for addon in tree.values():
        for name in addon.defined:
            owners[name].add(addon.name)
    return [
        f"{path.relative_to(root)}:{line}: {name} is only known to "
        + ", ".join(sorted(owners[name]))
        for addon in tree.values()
        for path, line, name in addon.used
        if name in owners
        and not owners[name] & addon.below
        and not any(name in tree[other].known for other in addon.below)
    ]


def read(root: Path, name: str) -> Addon:
    addon = Addon(name, below(root, name), {name})
    for path in sorted((root / name).rglob("*")):
        if path.suffix not in SUFFIXES:
            continue
        text = path.read_text()
        if path.suffix == ".py":
            tree = ast.parse(text)
            addon.defined.update(defined(tree, name))
            addon.known.update(members(tree))
            found = named(tree)
        else:
            found = written(text)
        addon.used += [(path, line, word) for line, word in found]
    return addon


def below(root: Path, name: str) -> frozenset[str]:
    ours = set(addons(root))
    known, waiting = set(), {name}
    while waiting:
        known |= waiting
        needed = {one for it in waiting for one in manifest(it, root)["depends"]}
        waiting = (needed & ours) - known
    return frozenset(known)


# -- what an addon defines -----------------------------------------------------------


def defined(tree: ast.Module, addon: str) -> Iterator[str]:
    """Names of models, and what is added to models of others."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            names = constants(node, "_name")
            for name in names:
                yield name
                yield name.replace(".", "_")
            if not names and (extended := constants(node, "_inherit")):
                yield from added(node, extended, addon)


def members(tree: ast.Module) -> Iterator[str]:
    """Names of functions and of what classes hold."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id


def added(node: ast.ClassDef, extended: set[str], addon: str) -> Iterator[str]:
    is_ours = all(model.startswith("pom.") for model in extended)
    # Such as bancontact_api_key in pom_payment_bancontact.
    prefix = addon.rpartition("_")[2] + "_"
    for item in node.body:
        if isinstance(item, ast.FunctionDef) and not calls_super(item):
            if is_ours or OURS.fullmatch(item.name):
                yield item.name
        elif isinstance(item, ast.Assign) and is_field(item.value):
            name = item.targets[0].id
            if is_ours or OURS.fullmatch(name) or name.startswith(prefix):
                yield name


def constants(node: ast.ClassDef, name: str) -> set[str]:
    """Strings that a class assigns to a name."""
    return {
        leaf.value
        for item in node.body
        if isinstance(item, ast.Assign) and item.targets[0].id == name
        for leaf in ast.walk(item.value)
        if isinstance(leaf, ast.Constant)
    }


def is_field(value: ast.expr) -> bool:
    """Such as ``fields.Char(…)``; one that says so extends another's."""
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return False
    is_new = not any(word.arg == "selection_add" for word in value.keywords)
    return is_new and getattr(value.func.value, "id", "") == "fields"


def calls_super(method: ast.FunctionDef) -> bool:
    """Whether it extends what is there already."""
    return any(
        isinstance(node, ast.Call) and getattr(node.func, "id", "") == "super"
        for node in ast.walk(method)
    )


# -- what an addon names -------------------------------------------------------------


def named(tree: ast.Module) -> Iterator[tuple[int, str]]:
    silent = set(docstrings(tree))
    for node in ast.walk(tree):
        if id(node) not in silent:
            for text in said(node):
                for word in WORD.findall(text):
                    yield from parts(node.lineno, word)


def docstrings(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)


def said(node: ast.AST) -> Iterable[str]:
    match node:
        case ast.Attribute():
            return [node.attr]
        case ast.keyword(arg=str()):
            return [node.arg]
        case ast.Constant(value=str()):
            return [node.value]
        case ast.ImportFrom(module=str()):
            return [node.module, *(alias.name for alias in node.names)]
        case ast.Import():
            return [alias.name for alias in node.names]
    return []


def written(text: str) -> Iterator[tuple[int, str]]:
    """Words of a file that isn't Python."""
    text = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    for line, content in enumerate(text.splitlines(), 1):
        for word in WORD.findall(content):
            yield from parts(line, word)


def parts(line: int, word: str) -> Iterator[tuple[int, str]]:
    """``partner_id.pom_x`` and ``pom_payment.view_x`` name two things each."""
    yield line, word
    if "." in word:
        for part in word.split("."):
            yield line, part.removeprefix("model_")
    elif word.startswith("model_"):
        yield line, word.removeprefix("model_")


if __name__ == "__main__":
    found = sorted(set(main()))
    print(*found, sep="\n")
    sys.exit(bool(found))
