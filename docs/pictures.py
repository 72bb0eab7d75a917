"""Puts the pictures that the suite took beside the pages: they aren't kept in the
repository, since they can be taken anew (``dev/docs``).

In a page: ``![What it is](pictures/page.nl.png)``. ``POM_PICTURES`` names their folder.
"""

import os
from pathlib import Path

from mkdocs.structure.files import File

#: Those of README.
ALWAYS = Path(__file__).parent
#: Shown for one that wasn't taken, when only the text is to be tried.
MISSING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="80">'
    '<text x="10" y="45" font-family="sans-serif">not taken yet</text></svg>'
)
NAMES = [
    *(f"page.{lang}.png" for lang in ("en", "nl", "fr", "de")),
    "paid.en.png",
    "ask.en.png",
    "invoice_form.png",
    "overview.png",
    "match.png",
    "trouble.png",
]


def on_files(files, config):
    folder = Path(os.environ["POM_PICTURES"])
    taken = {path.name: path for path in (*folder.glob("*.png"), *ALWAYS.glob("*.png"))}
    for name in {*NAMES, *taken}:
        uri = f"pictures/{name}"
        path = taken.get(name)
        content = path.read_bytes() if path else MISSING
        files.append(File.generated(config, uri, content=content))
    return files
