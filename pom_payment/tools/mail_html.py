"""What mail programs need of a message's HTML, beside what a browser shows.

* Outlook for Windows draws with Word: a link in a cell with padding is no button there,
  a VML shape is (https://learn.microsoft.com/windows/win32/vml). What only it reads are
  conditional comments, which don't survive in a message that people can edit: they are
  added when the message leaves.
* Pictures at an address are blocked until the reader allows them, and ``data:`` ones
  aren't shown by Gmail: those inside the message are (RFC 2392, ``cid:``).
* Some read the text part (RFC 2046, 5.1.4): a watch, a braille line, spam filters.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser

from . import qr

#: Class of what is ours: of the whole message, and of the link that is its button.
MAIL = "pom_mail"
BUTTON = "pom_button"
#: Class of what isn't part of the text: it's for the list of messages, or for eyes.
UNREAD = "pom_unread"

A_BUTTON = re.compile(
    rf'<a\b(?=[^>]*\bclass="[^"]*\b{BUTTON}\b)[^>]*>.*?</a>', re.DOTALL
)
ATTRIBUTE = re.compile(r'\b(href|style)="([^"]*)"')
FILL = re.compile(r"background-color:\s*([^;\"]+)")
COLOR = re.compile(r"(?<!-)\bcolor:\s*([^;\"]+)")
TAG = re.compile(r"<[^>]+>")
PICTURE = re.compile(r'src="data:(image/(?:png|jpeg|gif));base64,([^"]+)"')
A_CODE = re.compile(r'src="(?P<url>https?://[^"\s]{1,200}/p/\w{1,60})/qr\.png"')
A_PICTURE = re.compile(r'<img\b[^>]*\bsrc="data:[^>]*>')
#: What the letters of a button measure at 16 pixels, bold, and what is around them.
LETTER, AROUND = 10, 56


@dataclass(frozen=True)
class Picture:
    """
    :param cid: by which the HTML calls it.
    :param kind: after the slash of its media type.
    """

    cid: str
    kind: str
    content: bytes


def is_ours(html: str) -> bool:
    """
    >>> is_ours('<div class="pom_mail">'), is_ours("pom_mail"), is_ours("")
    (True, False, False)
    """
    return f'class="{MAIL}' in (html or "")


def button(url: str, label: str, fill: str, on_fill: str) -> str:
    """A link that looks like a button where styles are kept.

    >>> button("https://x.be/p/A?a&b", "Pay", "#1f4e79", "#ffffff")[:55]
    '<a class="pom_button" href="https://x.be/p/A?a&amp;b" s'
    """
    style = (
        f"background-color:{fill};border:1px solid {fill};border-radius:8px;"
        f"color:{on_fill};display:inline-block;font-family:Arial,Helvetica,sans-serif;"
        "font-size:16px;font-weight:bold;line-height:20px;padding:14px 28px;"
        "text-align:center;text-decoration:none"
    )
    return (
        f'<a class="{BUTTON}" href="{escape(url)}" style="{escape(style)}">'
        f"{escape(label)}</a>"
    )


def restyled(html: str, label: str, colors: tuple[str, str]) -> str:
    """Buttons with other words, when there are any, and colours.

    >>> usual = button("https://x.be", "Pay", "#111111", "#fff")
    >>> other = button("https://x.be", "Go", "#222222", "#fff")
    >>> restyled(usual, "Go", ("#222222", "#fff")) == other
    True
    """

    def other(match: re.Match) -> str:
        href = unescape(dict(ATTRIBUTE.findall(match[0])).get("href", ""))
        words = label or unescape(TAG.sub("", match[0])).strip()
        return button(href, words, *colors)

    return A_BUTTON.sub(other, html)


def bulletproof(html: str) -> str:
    """Buttons in a cell of their own, and as a shape for Outlook.

    >>> html = bulletproof(f"<p>{button('https://x.be', 'Pay', '#111111', '#fff')}</p>")
    >>> html.count("v:roundrect"), html.count("<td"), html.count("https://x.be")
    (2, 1, 2)
    >>> bulletproof("<a href='https://x.be'>x</a>")
    "<a href='https://x.be'>x</a>"
    """
    return A_BUTTON.sub(lambda match: _as_shape(match[0]), html)


def _as_shape(link: str) -> str:
    known = dict(ATTRIBUTE.findall(link))
    style = known.get("style", "")
    fill, color = FILL.search(style), COLOR.search(style)
    label = TAG.sub("", link).strip()
    fills, colors = (
        found[1].strip() if found else usual
        for found, usual in ((fill, "#1f4e79"), (color, "#ffffff"))
    )
    width = LETTER * len(unescape(label)) + AROUND
    return (
        "<!--[if mso]>"
        '<v:roundrect xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:w="urn:schemas-microsoft-com:office:word" '
        f'href="{known.get("href", "")}" arcsize="16%" stroke="f" '
        f'fillcolor="{fills}" style="height:50px;width:{width}px;'
        'v-text-anchor:middle"><w:anchorlock/><center style="color:'
        f'{colors};font-family:Arial,sans-serif;font-size:16px;font-weight:bold">'
        f"{label}</center></v:roundrect><![endif]--><!--[if !mso]><!-- -->"
        '<table role="presentation" border="0" cellpadding="0" cellspacing="0">'
        f'<tr><td align="center" bgcolor="{fills}" style="border-radius:8px">'
        f"{link}</td></tr></table><!--<![endif]-->"
    )


def without_pictures(html: str) -> str:
    """The message as it is kept: what it says, without the pictures inside.

    >>> without_pictures('<p>A<img alt="B" src="data:image/png;base64,aGk=" />C</p>')
    '<p>AC</p>'
    >>> without_pictures('<img src="https://x.be/y.png">')
    '<img src="https://x.be/y.png">'
    """
    return A_PICTURE.sub("", html)


def codes_within(html: str) -> str:
    """The codes of payment links, drawn into the message instead of fetched from the
    link's page when the reader allows pictures.

    >>> codes_within('<img src="https://x.be/p/AB/qr.png" alt="Code">')[:32]
    '<img src="data:image/png;base64,'
    >>> codes_within('<img src="https://x.be/p/AB/status.png">')
    '<img src="https://x.be/p/AB/status.png">'
    """
    return A_CODE.sub(
        lambda match: f'src="{qr.data_uri(qr.png(unescape(match["url"])))}"', html
    )


def inline_pictures(html: str) -> tuple[str, list[Picture]]:
    """Pictures that stand in the HTML, to be put beside it.

    >>> html, [picture] = inline_pictures('<img src="data:image/png;base64,aGk=">')
    >>> html == f'<img src="cid:{picture.cid}">', picture.kind, picture.content
    (True, 'png', b'hi')
    """
    pictures: dict[str, Picture] = {}

    def put_beside(match: re.Match) -> str:
        try:
            content = base64.b64decode(match[2], validate=True)
        except binascii.Error:
            return match[0]
        cid = f"{hashlib.sha256(content).hexdigest()[:20]}@pom"
        pictures[cid] = Picture(cid, match[1].partition("/")[2], content)
        return f'src="cid:{cid}"'

    html = PICTURE.sub(put_beside, html)
    return html, list(pictures.values())


def as_text(html: str) -> str:
    """The message as one would have typed it.

    >>> print(as_text('''<style>p {}</style><p class="pom_unread">Hidden</p>
    ... <p>Dear <b>Marie</b>,<br/>here  it is.</p>
    ... <table><tr><td>To be paid</td><td><b>€ 121</b></td></tr></table>
    ... <ul><li>One</li><li>Two</li></ul>
    ... <p><a href="https://x.be/p/A">Pay now</a></p>
    ... <p>Or go to <a href="https://x.be/p/A?d=1">https://x.be/p/A</a></p>'''))
    Dear Marie,
    here it is.
    <BLANKLINE>
    To be paid: € 121
    <BLANKLINE>
    - One
    - Two
    <BLANKLINE>
    Pay now: https://x.be/p/A
    <BLANKLINE>
    Or go to https://x.be/p/A
    >>> as_text('<html lang="fr"><table><tr><td>Prix</td><td>1</td></tr></table>')
    'Prix\\xa0: 1'
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


#: Between these is a line's end, or an empty line.
LINES = frozenset({"div", "td", "tr", "li", "center"})
PARAGRAPHS = frozenset({"p", "ul", "ol", "table", "h1", "h2", "h3"})
SILENT = frozenset({"head", "style", "script", "title"})
VOID = frozenset({"br", "img", "hr", "meta", "link", "input"})
LINE, PARAGRAPH = "\x01", "\x02"
BREAKS = re.compile(f" *[{LINE}{PARAGRAPH}][{LINE}{PARAGRAPH} ]*")
#: A line's end that is meant, while others are blanks.
MEANT = "\v"
#: Between a name and what it's of, by language, where that isn't the usual one.
COLON, COLONS = ": ", {"fr": "\u00a0: "}


@dataclass
class _Cell:
    parts: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Writes down what is read aloud."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._cells = [_Cell()]
        self._rows: list[list[str]] = []
        self._links: list[tuple[str, int]] = []
        self._colon = COLON
        #: Of each open element, whether nothing in it is read.
        self._silent: list[bool] = []

    def text(self) -> str:
        # Whatever nobody closed.
        while len(self._cells) > 1:
            self._end_cell()
        while self._rows:
            self._end_row(self._rows.pop())
        return _tidy("".join(self._cells[0].parts)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._write(MEANT)
        if tag in VOID:
            return
        silent = tag in SILENT or UNREAD in known.get("class", "").split()
        self._silent.append(silent or any(self._silent[-1:]))
        if tag in PARAGRAPHS:
            self._write(PARAGRAPH)
        elif tag in LINES:
            self._write(LINE)
        self._open(tag, known)

    def _open(self, tag: str, known: dict[str, str]) -> None:
        if tag == "html":
            self._colon = COLONS.get(known.get("lang", "")[:2], COLON)
        elif tag == "tr":
            self._rows.append([])
        elif tag == "td":
            self._cells.append(_Cell())
        elif tag == "li":
            self._write("- ")
        elif tag == "a":
            self._links.append((known.get("href", ""), len(self._cells[-1].parts)))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag == "a" and self._links:
            self._end_link(*self._links.pop())
        elif tag == "td" and len(self._cells) > 1:
            self._end_cell()
        elif tag == "tr" and self._rows:
            self._end_row(self._rows.pop())
        if tag in PARAGRAPHS:
            self._write(PARAGRAPH)
        elif tag in LINES:
            self._write(LINE)
        if self._silent:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        self._write(re.sub(r"[^\S\u00a0\u202f]+", " ", data))

    def _write(self, text: str) -> None:
        if not any(self._silent[-1:]):
            self._cells[-1].parts.append(text)

    def _end_link(self, href: str, since: int) -> None:
        shown = "".join(self._cells[-1].parts[since:]).strip()
        if href and shown and not _is_read(href, shown):
            self._write(f"{self._colon}{href}")

    def _end_cell(self) -> None:
        text = "".join(self._cells.pop().parts)
        if self._rows:
            self._rows[-1].append(text)
        else:
            self._write(text)

    def _end_row(self, cells: list[str]) -> None:
        full = [cell for cell in cells if _tidy(cell).strip()]
        if len(full) < 2:
            self._write("".join(full))
            return
        flat = [", ".join(_tidy(cell).split("\n")) for cell in full]
        self._write(self._colon.join(filter(None, (one.strip(" ,") for one in flat))))


def _is_read(href: str, shown: str) -> bool:
    """Whether a link's address is what is read already, whole or without what only
    tells which message it was in.
    """
    address, read = (text.partition(":")[2].lstrip("/") for text in (href, shown))
    is_address = shown.startswith(("https:", "http:")) and bool(read)
    return address in shown or (is_address and address.startswith(read))


def _tidy(text: str) -> str:
    text = BREAKS.sub(lambda run: "\n\n" if PARAGRAPH in run[0] else "\n", text)
    text = text.replace(MEANT, "\n")
    lines = [re.sub(" +", " ", line).strip(" ") for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
