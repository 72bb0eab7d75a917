"""What our mails use that programs of Google and Microsoft don't do, and why that does
no harm; and what they use at all, so that nothing new comes in without having been
asked about.

dev/mail-support    asks the tables of caniemail.com about every mail
"""

import json
import re
import subprocess
import sys
from html.parser import HTMLParser

#: Gmail's app drops the whole style sheet for addresses that aren't Google's, Outlook
#: for Windows what is in a media query. That only narrows and darkens; whatever is
#: needed to read it stands in each element
#: (``test_nothing_is_cut_without_the_style_sheet``).
SHEET = "only narrows and darkens; each element has its own style, too"
#: Outlook for Windows draws with Word.
WORD = "Word draws it plainer, and as wide: a table of 600 pixels is around it there"
HIDDEN = "of the line that lists of messages show: seen, it's the amount once more"
#: By feature, as caniemail.com calls it.
ACCEPTED = {
    "<body> element": "becomes a div; the table within it has the colours again",
    "<style> element": SHEET,
    "@media": SHEET,
    "Class selector": SHEET,
    "Descendant combinator": SHEET,
    "Type selector": SHEET,
    "<ul>, <ol> and <dl>": "no marks of our own, no nesting; a text is as readable",
    "align attribute": "of a table that is centred by its margins, too",
    "background": "only in the sheet, for dark screens",
    "background-image": "keeps programs from darkening what is behind dark letters",
    "border": WORD,
    "border-radius": "corners are square there; the button is a shape of its own",
    "color-scheme CSS property": "for who knows it; others have colours of their own",
    "color-scheme meta tag": "for who knows it; others have colours of their own",
    "display": "block, inline-block: cells stay side by side where it's dropped",
    "display:none": HIDDEN,
    "font-size": WORD,
    "font-weight": "bold is all there is",
    "height attribute": "of the code, in whole pixels",
    "height property": "of the logo: auto, and its width is an attribute",
    "line-height": WORD,
    "margin": "none is below nothing",
    "max-height property": HIDDEN,
    "max-width": WORD,
    "overflow": HIDDEN,
    "overflow-wrap": "long addresses have word-break in their element, too",
    "padding": WORD,
    "role attribute": "for who has it read aloud; others hear that it is a table",
    "text-align": "left, right and center; no start or end",
    "text-decoration": "none, of the button: an underlined one is a button still",
    "white-space": "an amount may be broken, none is longer than its column; the lines "
    "of what a debtor wrote run together",
    "width attribute": "in whole pixels or per cent",
    "width property": "in whole pixels or per cent",
    "word-break": "in Windows Mail a long address makes the message wider",
}
#: Elements, attributes, properties, rules, and what selectors need.
USED = frozenset(
    "+ :root <a> <body> <br> <div> <head> <html> <img> <li> <meta> <p> <strong> "
    "<style> <table> <td> <title> <tr> <ul> @media align= alt= background "
    "background-color background-image bgcolor= border border-bottom border-collapse "
    "border-color border-left border-radius border-top border= cellpadding= "
    "cellspacing= color "
    "color-scheme display font-family font-size font-weight height height= "
    "http-equiv= lang= line-height margin max-height max-width mso-hide overflow "
    "overflow-wrap padding padding-bottom padding-left padding-right padding-top "
    "role= text-align text-decoration vertical-align white-space width width= "
    "word-break".split()
)


class _Features(HTMLParser):
    """Elements, attributes, properties, rules and selectors, each named once."""

    def __init__(self):
        super().__init__()
        self.found = set()
        self._in_style = False

    def handle_starttag(self, tag, attrs):
        self._in_style = tag == "style"
        self.found.add(f"<{tag}>")
        for name, value in attrs:
            if name == "style":
                self.found |= properties(value or "")
            elif name not in ("class", "href", "src", "content", "name"):
                self.found.add(f"{name}=")

    def handle_endtag(self, tag):
        self._in_style = False

    def handle_data(self, data):
        if self._in_style:
            self.found |= {f"@{rule}" for rule in re.findall(r"@(\w+)", data)}
            self.found |= selectors(data)
            for block in re.findall(r"\{([^{}]*)\}", data):
                self.found |= properties(block)


def properties(style):
    """
    >>> sorted(properties("color: red; MARGIN:0 auto"))
    ['color', 'margin']
    """
    parts = (part.partition(":")[0] for part in style.split(";"))
    return {part.strip().lower() for part in parts if part.strip()}


def selectors(sheet):
    """Ways in which selectors say what they mean.

    >>> sorted(selectors("a.b c { } @media x { d + e, f > .g { } }"))
    ['+', '.chained', '>']
    """
    heads = " ".join(re.findall(r"([^{}@]+)\{", sheet))
    chained = {".chained"} if re.search(r"[\w\])]\.", heads) else set()
    return chained | set(re.findall(r"[+>~#*]|\[|::?\w+", heads))


def used(html):
    """What a mail uses of HTML and CSS; not what only Outlook reads.

    :rtype: set[str]
    """
    reader = _Features()
    reader.feed(html)
    return reader.found


def lacking(mails, script):
    """What programs don't do of them.

    :return: dict of feature: sorted (program, support)
    """
    answer = subprocess.run(
        ["node", script],
        input=json.dumps(mails),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(answer.stdout)
    return {name: sorted(programs.items()) for name, programs in found.items()}


def main(script):
    from .mail_pages import caught

    mails = caught()
    found = lacking(mails, script)
    for name in sorted(found):
        programs = ", ".join(f"{program} ({how})" for program, how in found[name])
        print(f"{name}: {programs}\n    {ACCEPTED.get(name, '— NOT ACCEPTED')}")
    new = used(" ".join(mails.values())) ^ USED
    print(f"\nNot in USED, or no more used: {sorted(new)}" if new else "")
    return bool(found.keys() ^ ACCEPTED.keys()) or bool(new)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
