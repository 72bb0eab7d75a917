"""What the formats say can be translated: Odoo's export finds each sentence."""

from pathlib import Path

from babel.messages.extract import extract_from_dir

from odoo.addons.pom_reconcile import formats
from odoo.addons.pom_reconcile.formats import archive
from odoo.addons.pom_reconcile.formats import sentences as shared
from odoo.addons.pom_reconcile.formats.camt import control as camt
from odoo.addons.pom_reconcile.formats.coda import control as coda
from odoo.addons.pom_reconcile.formats.mt940 import control as mt940

FOLDER = Path(formats.__file__).parent


def sentences():
    modules = (shared, archive, coda, camt, mt940)
    constants = [pair for module in modules for pair in vars(module).items()]
    for value in (value for name, value in constants if name.isupper()):
        for text in value.values() if isinstance(value, dict) else [value]:
            if isinstance(text, str) and text.endswith("."):
                yield text


def test_each_sentence_is_in_the_export():
    found = {
        message
        for _name, _line, message, _comments, _context in extract_from_dir(
            FOLDER, [("**.py", "python")], keywords={"_": None}
        )
    }
    wanted = set(sentences())
    assert len(wanted) > 60
    assert wanted <= found
    assert formats.UNKNOWN in found
