"""The two pictures of README.md, which stand on the page in Apps, too: the page on a
phone and the invoice, as ``dev/demo`` saw them last.

dev/demo && dev/run python -m tests.e2e.readme_pictures    makes them anew
"""

import subprocess
import sys

from PIL import Image, ImageChops, ImageStat

from dev import apps_page
from dev.addons import ROOT, addons
from tests.e2e.harness import DEV, PHONE

#: So much of the page is shown.
HEIGHT = 1150
#: An A4 sheet at this has about the width of a column of text.
DPI = 70
#: What the codes, numbers and days of another run are blurred to: pixels of the width.
BLURRED = 45
#: Grey levels, of 256, that two pictures of the same differ by on average at most.
ALIKE = 4


def page():
    """:rtype: PIL.Image.Image"""
    shot = Image.open(DEV / "demo" / "page_li_open.png").convert("RGB")
    scale = PHONE["device_scale_factor"]
    top = shot.crop((0, 0, shot.width, min(shot.height, HEIGHT * scale)))
    return top.resize((top.width // scale, top.height // scale), Image.LANCZOS)


def invoice():
    """:rtype: PIL.Image.Image"""
    base = DEV / "demo" / "readme_invoice"
    options = ["-r", str(DPI), "-png", "-singlefile"]
    paper = DEV / "demo" / "invoice.pdf"
    subprocess.run(["pdftoppm", *options, paper, base], check=True)
    return Image.open(f"{base}.png").convert("RGB")


PICTURES = {"page.png": page, "invoice.png": invoice}


def difference(one, other):
    """Grey levels that they differ by on average, or 256 where their shapes do."""
    if one.size != other.size:
        return 256
    size = (BLURRED, BLURRED * one.height // one.width)
    grey = [picture.convert("L").resize(size, Image.BOX) for picture in (one, other)]
    return ImageStat.Stat(ImageChops.difference(*grey)).mean[0]


def kept(name):
    return Image.open(ROOT / "docs" / name).convert("RGB")


def main():
    for name, make in PICTURES.items():
        picture = make()
        print(f"{name}: {difference(kept(name), picture):.1f}")
        picture.quantize(64).save(ROOT / "docs" / name, optimize=True)
    for addon in addons():
        apps_page.write(addon)


if __name__ == "__main__":
    sys.exit(main())
