"""What is on paper, and where."""

import base64
import io
import re
import subprocess

from PIL import Image


def picture(width, height):
    """A logo of one colour, as Odoo keeps one."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#8a2b1f").save(file, "PNG")
    return base64.b64encode(file.getvalue())


def place_of(pdf, word, below=0):
    """Where a word is on the first page, in millimetres from the left and the top."""
    boxes = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    found = re.findall(rf'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>{word}<', boxes)
    places = [[float(points) * 25.4 / 72 for points in one] for one in found]
    return next((left, top) for left, top in places if top > below)
