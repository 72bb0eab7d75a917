"""Lets the pure packages be imported without Odoo.

``pom_payment/__init__.py`` imports the models, hence Odoo. An empty package object
in its place gives access to ``pom_payment.tools`` and the like, and makes any model
import fail loudly, so a pure test can't drift into ORM code.
"""

import sys
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

for name in ("pom_payment", "pom_reconcile"):
    if name not in sys.modules:
        package = types.ModuleType(name)
        package.__path__ = [str(ROOT / name)]
        sys.modules[name] = package
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
