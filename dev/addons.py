"""The addons of this repository, and which of their folders are pure.

The one list of them: whatever works on all asks here, so that an addon or a package
that is new is tested, linted and translated without being named anywhere.

    dev/addons.py          the addons, one a line
    dev/addons.py choose   those that somebody installs: the others do so by themselves
    dev/addons.py pure     their pure packages
"""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: Folders of an addon that decide on plain values and don't know Odoo.
PURE = ("debt", "formats", "laws", "matching", "psp", "tools")


def addons(root: Path = ROOT) -> list[str]:
    """Names, in the order of the alphabet."""
    return sorted(path.parent.name for path in root.glob("pom_*/__manifest__.py"))


def pure_packages(root: Path = ROOT) -> list[str]:
    """Folders, as ``addon/package``."""
    found = (f"{addon}/{package}" for addon in addons(root) for package in PURE)
    return [path for path in found if (root / path).is_dir()]


def to_choose(root: Path = ROOT) -> list[str]:
    """Those that don't install themselves beside what they depend on."""
    return [
        name for name in addons(root) if not manifest(name, root).get("auto_install")
    ]


def manifest(addon: str, root: Path = ROOT) -> dict:
    return ast.literal_eval((root / addon / "__manifest__.py").read_text())


if __name__ == "__main__":
    lists = {"pure": pure_packages, "choose": to_choose}
    print(*lists.get("".join(sys.argv[1:]), addons)(), sep="\n")
