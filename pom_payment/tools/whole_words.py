"""Words that a browser would break although nobody writes them so."""

import re

#: A text of the page, and in it a word with one letter before its hyphen.
TEXT = re.compile(r">[^<>]*-[mM]ail[^<>]*")
WORD = re.compile(r"\b([eE])-(?=[mM]ails?\b(?![\w.+-]*@))")
#: U+2011, non-breaking hyphen: Unicode Standard Annex 14, class GL.
HYPHEN = "\u2011"


def whole(html: str) -> str:
    """With “e-mail” on one line; what is in a tag, or an address, is left alone.

    >>> whole("<p class='e-mail'>Par e-mail</p>")
    "<p class='e-mail'>Par e\u2011mail</p>"
    >>> whole("<p>e-mail@x.be, E-Mails</p>")
    '<p>e-mail@x.be, E\u2011Mails</p>'
    """
    return TEXT.sub(lambda text: WORD.sub(rf"\1{HYPHEN}", text[0]), html)
