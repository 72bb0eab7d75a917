"""A small picture that tells how a debt stands: in mails, portals, other systems.

Shape and words say the same as the colour does.
"""

import io
from html import escape

from PIL import Image, ImageDraw, ImageFont

#: status -> (background, text, drawing on a grid of 20)
GREY, AMBER, GREEN = "#57606a", "#8a5300", "#116329"
LOOKS = {
    "open": (GREY, "ring"),
    "overdue": (AMBER, "bang"),
    "partial": (AMBER, "half"),
    "in_progress": (AMBER, "half"),
    "planned": (AMBER, "half"),
    "disputed": (AMBER, "bang"),
    "told_paid": (AMBER, "half"),
    "held": (AMBER, "half"),
    "handed_over": (AMBER, "bang"),
    "covered": (GREEN, "half"),
    "received": (GREEN, "half"),
    "paid": (GREEN, "tick"),
    "credit": (GREEN, "tick"),
    "reversed": (GREEN, "tick"),
}
UNKNOWN = (GREY, "ring")
SHAPES = {
    "ring": '<circle cx="14" cy="14" r="6" fill="none" {stroke}/>',
    "half": '<circle cx="14" cy="14" r="6" fill="none" {stroke}/>'
    '<path d="M14 8a6 6 0 0 1 0 12z" fill="#fff"/>',
    "tick": '<path d="M8 14l4 4 8-8" fill="none" {stroke}/>',
    "bang": '<path d="M14 7v8M14 18.5v1.5" fill="none" {stroke}/>',
}
STROKE = 'stroke="#fff" stroke-width="2.4" stroke-linecap="round"'
#: Widths of bold letters in the widest font that a system has for itself.
NARROW, WIDE, LETTER = 6.4, 12.5, 9.4


def svg(status: str, label: str) -> bytes:
    """
    >>> b"Betaald" in svg("paid", "Betaald")
    True
    """
    color, shape = LOOKS.get(status, UNKNOWN)
    width = round(36 + text_width(label))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="28" '
        f'viewBox="0 0 {width} 28" role="img"><title>{escape(label)}</title>'
        f'<rect width="{width}" height="28" rx="14" fill="{color}"/>'
        f"{SHAPES[shape].format(stroke=STROKE)}"
        f'<text x="26" y="18.5" fill="#fff" font-family="system-ui,sans-serif" '
        f'font-size="13" font-weight="600">{escape(label)}</text></svg>'
    ).encode()


def text_width(label: str) -> float:
    """In pixels, and no less than what a browser draws.

    >>> text_width("till") < text_width("Owed")
    True
    """
    return sum(
        NARROW if letter in "fijlrtI '-.,:!" else WIDE if letter in "MWmwOQ" else LETTER
        for letter in label
    )


def png(status: str, label: str, scale: int = 2, font_file: str = "") -> bytes:
    """For mail programs, few of which draw SVG.

    :param font_file: TrueType; the one that comes with Pillow knows no é, ü or ß

    >>> png("open", "To pay")[1:4]
    b'PNG'
    """
    color, shape = LOOKS.get(status, UNKNOWN)
    size = 13 * scale
    font = (
        ImageFont.truetype(font_file, size)
        if font_file
        else ImageFont.load_default(size)
    )
    width = round(38 * scale + font.getlength(label))
    image = Image.new("RGBA", (width, 28 * scale), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, width - 1, 28 * scale - 1), 14 * scale, fill=color)
    draw_shape(draw, shape, scale)
    draw.text((26 * scale, 14 * scale), label, "#fff", font, anchor="lm")
    output = io.BytesIO()
    image.save(output, "PNG")
    return output.getvalue()


def draw_shape(draw: ImageDraw.ImageDraw, shape: str, scale: int) -> None:
    line = {"fill": "#fff", "width": round(2.4 * scale)}
    ring = tuple(edge * scale for edge in (8, 8, 20, 20))
    if shape in ("ring", "half"):
        draw.ellipse(ring, outline="#fff", width=round(2.4 * scale))
    if shape == "half":
        draw.pieslice(ring, -90, 90, fill="#fff")
    if shape == "tick":
        draw.line(
            [(x * scale, y * scale) for x, y in ((8, 14), (12, 18), (20, 10))], **line
        )
    if shape == "bang":
        draw.line([(14 * scale, 7 * scale), (14 * scale, 15 * scale)], **line)
        draw.line([(14 * scale, 18 * scale), (14 * scale, 20 * scale)], **line)
