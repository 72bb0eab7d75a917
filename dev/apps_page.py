#!/usr/bin/env python3
"""What each addon says of itself: its README, its page in Odoo's Apps, and its icon.

Written from the addon's ``readme/``; the parts are OCA's. ``dev/apps_page.py`` writes
what is missing or out of date, and says what somebody must write first.

    readme/DESCRIPTION.md   what it is for
    readme/CONFIGURE.md     what has to be set, and where
    readme/USAGE.md         what one does with it then
    readme/CONTRIBUTORS.md  who wrote it
"""

import colorsys
import io
import shutil
import sys
from html import escape
from pathlib import Path
from zlib import crc32

from markdown_it import MarkdownIt
from PIL import Image, ImageDraw

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dev.addons import ROOT, addons, manifest  # noqa: E402

#: Fragments, in the order of the page, and their headings.
PARTS = {"DESCRIPTION": "", "CONFIGURE": "Set it up", "USAGE": "Use it"}
FRAGMENTS = (*PARTS, "CONTRIBUTORS")
#: Whose first line each licence has.
LICENCES = {
    "LGPL-3": "GNU LESSER GENERAL PUBLIC LICENSE",
    "AGPL-3": "GNU AFFERO GENERAL PUBLIC LICENSE",
}
#: Pictures of the README that an addon shows, too.
PICTURES = {"pom_payment": ("page.png", "invoice.png")}
BUILD = '[build-system]\nrequires = ["whool"]\nbuild-backend = "whool.buildapi"\n'
#: Pixels of an icon, and how much larger it's drawn.
SIZE, SCALE = 128, 8


def page(addon: str, root: Path = ROOT) -> str:
    """HTML of the addon's page in Odoo's Apps."""
    values = manifest(addon, root)
    markdown = MarkdownIt("commonmark")
    parts = [f'<section class="oe_container">\n<h1>{escape(values["name"])}</h1>']
    for name, heading in PARTS.items():
        text = (root / addon / "readme" / f"{name}.md").read_text()
        parts += [f"<h2>{heading}</h2>"] if heading else []
        parts.append(markdown.render(text).rstrip())
        if name == "DESCRIPTION":
            parts += [
                f'<img class="img-fluid" src="{picture}" alt=""/>'
                for picture in PICTURES.get(addon, ())
            ]
    parts.append(f"<p>Licence: {values['license']}</p>\n</section>\n")
    return "\n".join(parts)


def readme(addon: str, root: Path = ROOT) -> str:
    """Markdown of all fragments: what a package index shows of it."""
    values = manifest(addon, root)
    parts = [f"# {values['name']}"]
    for name, heading in (PARTS | {"CONTRIBUTORS": "Contributors"}).items():
        parts += [f"## {heading}"] if heading else []
        parts.append((root / addon / "readme" / f"{name}.md").read_text().strip())
    return "\n\n".join([*parts, f"Licence: {values['license']}\n"])


def icon(addon: str) -> bytes:
    """PNG: an invoice with a code on it, in the addon's own colour."""
    size = SIZE * SCALE
    hue = crc32(addon.encode()) % 360 / 360
    colour = tuple(round(255 * part) for part in colorsys.hls_to_rgb(hue, 0.36, 0.5))
    image = Image.new("RGBA", (size, size))
    draw = ImageDraw.Draw(image)

    def box(left, top, right, bottom, fill, radius=0.0):
        edges = [round(value * size) for value in (left, top, right, bottom)]
        draw.rounded_rectangle(edges, radius * size, fill)

    box(0, 0, 1, 1, colour, 0.2)
    box(0.24, 0.12, 0.76, 0.88, "white", 0.04)
    for top, right in ((0.2, 0.6), (0.28, 0.68)):
        box(0.32, top, right, top + 0.04, colour)
    _code(addon, box, colour)
    stream = io.BytesIO()
    small = image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)
    small.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _code(addon, box, colour):
    """Cells of something like a QR code, other ones for each addon."""
    bits = crc32(addon[::-1].encode())
    cell = 0.36 / 5
    for number in range(25):
        row, column = divmod(number, 5)
        corner = (row in (0, 4)) + (column in (0, 4)) == 2 and number != 24
        if corner or bits >> number & 1:
            left, top = 0.32 + column * cell, 0.42 + row * cell
            box(left, top, left + cell, top + cell, colour)


def lacking(addon: str, root: Path = ROOT) -> list[str]:
    """
    :return: a sentence for each thing that a person must write
    """
    folder = root / addon
    found = [
        f"{addon}/readme/{name}.md is missing: see dev/apps_page.py"
        for name in FRAGMENTS
        if not (folder / "readme" / f"{name}.md").is_file()
    ]
    licence = manifest(addon, root)["license"]
    text = folder / "LICENSE"
    if not text.is_file() or LICENCES[licence] not in text.read_text()[:200]:
        found.append(
            f"{addon}/LICENSE is not the text of {licence}: copy a neighbour's"
        )
    build = folder / "pyproject.toml"
    if not build.is_file() or build.read_text() != BUILD:
        found.append(f"{addon}/pyproject.toml is not that of its neighbours: copy it")
    return found


def stale(addon: str, root: Path = ROOT) -> list[str]:
    """
    :return: a sentence for each file that this program should write again
    """
    shown = root / addon / "static" / "description"
    expected = {
        shown / "index.html": page(addon, root).encode(),
        root / addon / "README.md": readme(addon, root).encode(),
    }
    for picture in PICTURES.get(addon, ()):
        expected[shown / picture] = (root / "docs" / picture).read_bytes()
    found = [
        path
        for path, content in expected.items()
        if not path.is_file() or path.read_bytes() != content
    ]
    # Another Pillow may draw another pixel: the icon need only be there.
    found += [path for path in [shown / "icon.png"] if not path.is_file()]
    return [
        f"{path.relative_to(root)} is out of date: dev/apps_page.py" for path in found
    ]


def write(addon: str, root: Path = ROOT) -> None:
    shown = root / addon / "static" / "description"
    shown.mkdir(parents=True, exist_ok=True)
    (shown / "index.html").write_text(page(addon, root))
    (root / addon / "README.md").write_text(readme(addon, root))
    if not (shown / "icon.png").exists():
        (shown / "icon.png").write_bytes(icon(addon))
    for picture in PICTURES.get(addon, ()):
        shutil.copy(root / "docs" / picture, shown / picture)


def main() -> list[str]:
    problems = []
    for addon in addons():
        found = lacking(addon)
        problems += found
        if not any("/readme/" in sentence for sentence in found):
            write(addon)
    return problems


if __name__ == "__main__":
    found = main()
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(bool(found))
