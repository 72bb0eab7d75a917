"""The check of ``dev/lint`` sees what is too long, and what stands twice."""

import pytest

from dev import sizes
from dev.sizes import ADDON, FUNCTION, OTHER, main

SIX = "".join(f"    total{n} = sum(amounts[{n}:])\n" for n in range(6))
ONE, OTHER_ONE = f"def one(amounts):\n{SIX}", f"def other(amounts):\n{SIX}"


@pytest.fixture
def tree(tmp_path):
    def write(**texts):
        (tmp_path / "pom_some").mkdir()
        (tmp_path / "pom_some/__manifest__.py").write_text("{}")
        (tmp_path / "tests").mkdir()
        for name, text in texts.items():
            folder = "tests" if name.startswith("test") else "pom_some"
            (tmp_path / folder / f"{name}.py").write_text(text)
        return main(tmp_path)

    return write


def test_nothing(tree):
    assert tree(a="x = 1\n" * ADDON, test_a="x = 1\n" * OTHER) == []


def test_too_long(tree):
    found = tree(a="x = 1\n" * (ADDON + 1), test_a="x = 1\n" * (OTHER + 1))
    assert [one.partition(":")[0] for one in found] == [
        "pom_some/a.py",
        "tests/test_a.py",
    ]


@pytest.mark.parametrize("lines, told", [(FUNCTION, 0), (FUNCTION + 1, 1)])
def test_functions(tree, lines, told):
    doc = '    """\n' + "    More.\n" * 60 + '    """\n'
    body = "".join(f"    x{n} = {n}\n" for n in range(lines))
    assert len(tree(a=f"def one():\n{doc}{body}")) == told


def test_twice(tree):
    assert tree(a=ONE, b=OTHER_ONE) == [
        "pom_some/a.py:2 ~ pom_some/b.py:2: the same lines twice"
    ]


def test_twice_in_one_file_with_other_spaces(tree):
    again = OTHER_ONE.replace("    ", "        ").replace("\n", "\n\n")
    assert len(tree(a=ONE + "\n" + again.replace("def", "if 1:\n  def"))) == 1


@pytest.mark.parametrize(
    "same",
    [
        SIX.replace("    total5 = sum(amounts[5:])\n", ""),
        '    x = """\n' + SIX + '    """\n',
        "".join(f"    import m{n}\n" for n in range(8)),
        "".join(f"    # total{n}\n" for n in range(8)) + "    pass\n",
        "    x = fields.Char(\n"
        + "".join(f"    a{n}=1,\n" for n in range(8))
        + "    )\n",
    ],
    ids=["five", "text", "imports", "comments", "field"],
)
def test_what_may_stand_twice(tree, same):
    assert tree(a=f"def a():\n{same}", b=f"def b():\n{same}") == []


def test_queries_are_logic(tree):
    query = "".join(f"    AND column{n} = {n}\n" for n in range(6))
    code = f'    return SQL("""\n{query}    """)\n'
    assert len(tree(a=f"def a():\n{code}", b=f"def b():\n{code}")) == 1


def test_samples_are_not_ours():
    assert all(
        "samples" not in path.parts for path in sizes.files(sizes.ROOT / "tests")
    )
