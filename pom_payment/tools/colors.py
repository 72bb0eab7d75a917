"""Colours of the creditor's brand that stay readable.

Contrast after WCAG 2.1, success criterion 1.4.3
(https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio).
"""

import re
from typing import NamedTuple

DEFAULT = "#1f4e79"
HEX = re.compile(r"#[0-9a-fA-F]{6}")


class Brand(NamedTuple):
    """``fill`` behind buttons, with ``on_fill`` for the text on them."""

    fill: str
    on_fill: str


def brand(color: str | None) -> Brand:
    """
    >>> brand("#ffee00")
    Brand(fill='#ffee00', on_fill='#000000')
    >>> brand("red; } body { display: none")
    Brand(fill='#1f4e79', on_fill='#ffffff')
    """
    fill = color if color and HEX.fullmatch(color) else DEFAULT
    light = contrast(fill, "#ffffff")
    return Brand(fill, "#ffffff" if light >= contrast(fill, "#000000") else "#000000")


def contrast(one: str, other: str) -> float:
    """
    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    red, green, blue = (channel(int(color[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def channel(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
