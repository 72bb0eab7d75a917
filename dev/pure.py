"""Lets the pure packages of the addons be imported without Odoo.

``odoo.addons.<addon>`` runs the addon's ``__init__``, which imports the models, hence
Odoo. Empty package objects in their places give access to the pure packages under the
names that they have in Odoo, and make any other import of Odoo fail loudly, so that a
pure test can't drift into ORM code.
"""

import sys
import types
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dev.addons import ROOT, addons  # noqa: E402


def stub(name: str, folder: Path) -> None:
    """An empty package in place of one whose own ``__init__`` imports Odoo."""
    package = types.ModuleType(name)
    package.__path__ = [str(folder)]
    sys.modules.setdefault(name, package)


stub("odoo", ROOT / "nowhere")
stub("odoo.addons", ROOT)
for addon in addons():
    stub(f"odoo.addons.{addon}", ROOT / addon)
