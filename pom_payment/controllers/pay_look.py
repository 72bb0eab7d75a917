"""How a creditor's page looks: style sheets, colours, letters and pictures."""

from hashlib import sha256
from urllib.parse import urlencode

from odoo.tools import file_open

from ..tools import colors, identity

STATIC = "pom_payment/static/src/pay"
#: In the order of their weight; they are served as one.
STYLES = (
    "theme",
    "layout",
    "request",
    "ways",
    "states",
    "transfer",
    "details",
    "forms",
    "preview",
    "print",
)


def _read(name):
    with file_open(f"{STATIC}/{name}", "rb") as file:
        return file.read()


def _version(content):
    """Part of an address, so that it changes with the content."""
    return sha256(content).hexdigest()[:8]


STYLE = b"".join(_read(f"{name}.css") for name in STYLES)
STYLE_VERSION = _version(STYLE)
ASSETS = {
    "pay.css": f"/pom/style/{STYLE_VERSION}/pay.css",
    "pay.js": f"/{STATIC}/pay.js?v={_version(_read('pay.js'))}",
}
#: Names of what comes with devices; nothing is fetched. Without quotes: in a style
#: sheet inside the page they would stay escaped.
FONTS = {
    "humanist": "Seravek, Gill Sans Nova, Ubuntu, Calibri, DejaVu Sans, sans-serif",
    "serif": "Charter, Bitstream Charter, Sitka Text, Cambria, Georgia, serif",
    "round": "ui-rounded, Hiragino Maru Gothic ProN, Quicksand, Comfortaa, Manjari, "
    "Arial Rounded MT Bold, Calibri, sans-serif",
}


def look(company, color=None, font=None):
    """The creditor's colours, letters and pictures."""
    brand = colors.brand(
        color
        or company.pom_page_color
        or company.email_secondary_color
        or company.primary_color
    )
    version = company._pom_picture_version()
    pictures = f"/pom/brand/{company.id}/{version}"
    has_logo, has_icon = company._pom_has_pictures(version)
    return {
        "brand": brand,
        "font": FONTS.get(font or company.pom_page_font),
        "assets": ASSETS,
        "logo": has_logo and f"{pictures}/logo",
        "icon": f"{pictures}/icon" if has_icon else letter_icon(company.name, brand),
    }


def letter_icon(name, brand):
    """The first letter of the name, as an address that holds the picture itself."""
    letter = (name or "?").strip()[:1].upper()
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="8" fill="{brand.fill}"/>'
        f'<text x="16" y="23" text-anchor="middle" font-family="sans-serif" '
        f'font-size="20" font-weight="700" fill="{brand.on_fill}">'
        f"{letter if letter.isalnum() else '€'}</text></svg>"
    )
    return f"data:image/svg+xml,{urlencode({'': drawing})[1:].replace('+', '%20')}"


def company_number(partner):
    """As it is written in the public register, so that one can compare."""
    vat = partner.vat or ""
    return identity.readable(partner.company_registry or vat, country=vat[:2])
