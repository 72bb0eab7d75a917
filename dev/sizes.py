#!/usr/bin/env python3
"""No file and no function grows until nobody reads it whole, and no logic of the
product is written twice.

What counts as the same: lines of code that stand in two places to the letter, but for
white space. Not: comments, docstrings, imports, lone brackets, the signatures that an
interface asks for, fields, texts and tables other than SQL.
"""

import ast
import io
import sys
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dev.addons import ROOT, addons  # noqa: E402

#: Lines that a file may have: of the addons, and of tests and tools.
ADDON, OTHER = 400, 500
#: Lines that a function of the addons may have.
FUNCTION = 45
#: Lines of code that may stand twice: fewer are a habit, not logic.
TWICE = 5
#: What is written by hand.
SUFFIXES = {".py", ".xml", ".js", ".css", ".scss"}
#: Says nothing by itself.
THIN = set("()[]{},:") | {""}


def main(root: Path = ROOT) -> list[str]:
    """
    :return: a sentence for each that is too long, or stands twice
    """
    product = [path for addon in addons(root) for path in files(root / addon)]
    others = [path for name in ("tests", "dev") for path in files(root / name)]
    found = [*too_long(product, ADDON), *too_long(others, OTHER)]
    code = [p for p in product if p.suffix == ".py" and p.name != "__manifest__.py"]
    for path in code:
        found += long_functions(path)
    found += twice(code)
    return [sentence.replace(f"{root}/", "") for sentence in found]


def files(folder: Path) -> list[Path]:
    found = folder.rglob("*")
    # Samples are what others write.
    return sorted(p for p in found if p.suffix in SUFFIXES and "samples" not in p.parts)


def too_long(paths: list[Path], most: int) -> Iterator[str]:
    for path in paths:
        count = len(path.read_text().splitlines())
        if count > most:
            yield f"{path}: {count} lines, {most} at most"


def long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            count = node.end_lineno - first_line(node) + 1
            if count > FUNCTION:
                yield f"{path}:{node.lineno}: {node.name} has {count} lines"


def first_line(node: ast.FunctionDef) -> int:
    """Of its body, without the docstring."""
    has_doc = ast.get_docstring(node) is not None and len(node.body) > 1
    return node.body[has_doc].lineno


def twice(paths: list[Path]) -> Iterator[str]:
    """Each pair of places once, by the longest run that they share."""
    lines = [(path, *row) for path in paths for row in code_lines(path)]
    places = defaultdict(list)
    for start in range(len(lines) - TWICE):
        window = lines[start : start + TWICE + 1]
        if window[0][0] == window[-1][0]:
            places[tuple(text for _path, _line, text in window)].append(start)
    told = set()
    for starts in places.values():
        for one, other in zip(starts, starts[1:], strict=False):
            # The next window of the same run.
            if (one - 1, other - 1) not in told and other - one > TWICE:
                (path, line, _text), (second, again, _same) = lines[one], lines[other]
                yield f"{path}:{line} ~ {second}:{again}: the same lines twice"
            told.add((one, other))


def code_lines(path: Path) -> list[tuple[int, str]]:
    """Number and text of the lines that do something, within functions and tables."""
    text = path.read_text()
    silent = set(quiet_lines(text))
    rows = ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1))
    return [(n, line) for n, line in rows if n not in silent and line not in THIN]


def quiet_lines(text: str) -> Iterator[int]:
    """Those that do nothing."""
    tree = ast.parse(text)
    queries = {id(part) for node in ast.walk(tree) for part in queried(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            start = min([node, *node.decorator_list], key=lambda part: part.lineno)
            yield from range(start.lineno, node.body[0].lineno)
        elif is_field(node):
            yield from range(node.lineno, node.end_lineno + 1)
        elif isinstance(node, ast.Import | ast.ImportFrom) or (
            isinstance(node, ast.Constant)
            and node.end_lineno > node.lineno
            and id(node) not in queries
        ):
            yield from range(node.lineno, node.end_lineno + 1)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and token.line.strip().startswith("#"):
            yield token.start[0]


def is_field(node: ast.AST) -> bool:
    """Such as ``name = fields.Char(…)``: it says what there is, and does nothing."""
    call = getattr(node, "value", None)
    maker = getattr(call, "func", None) if isinstance(node, ast.Assign) else None
    return getattr(getattr(maker, "value", None), "id", "") == "fields"


def queried(node: ast.AST) -> list[ast.expr]:
    """The text of ``SQL("SELECT …")``."""
    is_query = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "SQL"
    return node.args[:1] if is_query else []


if __name__ == "__main__":
    found = main()
    print(*found, sep="\n")
    sys.exit(bool(found))
