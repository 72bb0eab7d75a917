"""What the formats say can be translated: Odoo's export finds each sentence."""

from pathlib import Path

from babel.messages.extract import extract_from_dir

from pom_reconcile import formats
from pom_reconcile.formats.coda import control

FOLDER = Path(formats.__file__).parent


def sentences():
    constants = (value for name, value in vars(control).items() if name.isupper())
    for value in constants:
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
    assert len(wanted) > 25
    assert wanted <= found
    assert formats.UNKNOWN in found
