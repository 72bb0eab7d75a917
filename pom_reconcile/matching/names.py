"""Names and accounts of counterparties, in a form that can be compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Legal forms of Belgium and its neighbours; those that mean the same in two languages,
# or that one took the other's place of, together.
_FORMS = (
    "BV BVBA SRL SPRL",
    "NV SA",
    "VOF SNC",
    "CV SC SCRL CVBA",
    "VZW ASBL",
    "IVZW AISBL",
    "COMMV GCV SCS CVA",
    "LTD LIMITED",
    *"GMBH MBH AG UG KG OHG EV EK LLC INC PLC SARL SAS SASU EURL EIRL".split(),
)
_FORM_OF = {word: words for words in _FORMS for word in words.split()}

# Legal forms, and forms of address.
NOISE = frozenset(_FORM_OF) | frozenset(
    "DHR DE HEER MEVR MEVROUW MW M MR MME MLLE MONSIEUR MADAME HERR FRAU MRS MS DR"
    " EN ET UND AND OU OF LE LA LES HET DER DIE DAS".split()
)

#: Forms of address of two persons who have one account.
_HIS = frozenset("DHR HEER M MR MONSIEUR HERR".split())
_HERS = frozenset("MEVR MEVROUW MW MME MADAME MRS MS FRAU".split())
#: Two words, and nothing else, of two persons.
_TWO = re.compile(
    r"\W*[A-Z]+(?:\s*[-/&+]\s*|\s+(?:EN|ET|UND|AND)\s+)[A-Z]+\W*", re.ASCII
)

#: Banks cut names; CODA at 35 characters, others earlier.
_CUT_AT = 20


@lru_cache(maxsize=2**16)
def name_tokens(name: str) -> frozenset[str]:
    """Give the words that make a name, whatever their order, accents and legal form.

    >>> sorted(name_tokens("Dhr. Peeters, Ján"))
    ['JAN', 'PEETERS']
    >>> sorted(name_tokens("Café Zürich B.V."))
    ['CAFE', 'ZURICH']
    """
    words = re.findall(r"[A-Z0-9]+", _ascii(name).replace(".", ""))
    return frozenset(words) - NOISE or frozenset(words)


def name_key(name: str) -> str:
    """Give the key that equal names share, '' for none.

    >>> name_key("PEETERS JAN") == name_key("Jan Peeters")
    True
    """
    return " ".join(sorted(name_tokens(name)))


def same_name(one: str, other: str) -> bool:
    """Tell if two names may be of one person: equal, cut short, or one word more.

    >>> same_name("JAN PEETERS", "Peeters-Claes Jan")
    True
    >>> same_name("Jan Peeters", "An Peeters")
    False
    """
    first, second = name_tokens(one), name_tokens(other)
    if not first or not second:
        return False
    common = first & second
    if first == second or (len(common) >= 2 and common in (first, second)):
        return True
    return _is_cut(one, other) or _is_cut(other, one)


def may_share(account: str, name: str) -> bool:
    """Tell if the name of an account may be that of a couple one of whom has the other
    name. A sign beside others: strangers have the same names.

    >>> may_share("M. et Mme Dupont", "Jean Dupont")
    True
    >>> may_share("JANSSENS - PEETERS", "Peeters An"), may_share("Anne Maes", "Jo Maes")
    (True, False)
    """
    other = name_tokens(name)
    if len(other) < 2 or not name_tokens(account) & other:
        return False
    return _is_couple(account) and not _forms(name)


def other_form(one: str, other: str) -> bool:
    """Tell if two names bear different legal forms.

    >>> other_form("Garage Maes NV", "GARAGE MAES BV"), other_form("A SA", "A NV")
    (True, False)
    """
    first, second = _forms(one), _forms(other)
    return bool(first and second) and not first & second


def iban_key(iban: str) -> str:
    """Give the account without blanks, in upper case.

    >>> iban_key("be68 5390 0754 7034")
    'BE68539007547034'
    """
    return re.sub(r"[^A-Z0-9]", "", iban.upper())


def _is_couple(name: str) -> bool:
    words = set(re.findall(r"[A-Z]+", _ascii(name).replace(".", "")))
    return bool(words & _HIS and words & _HERS or _TWO.fullmatch(_ascii(name)))


def _forms(name: str) -> set[str]:
    words = re.findall(r"[A-Z]+", _ascii(name).replace(".", ""))
    return {_FORM_OF[word] for word in words if word in _FORM_OF}


def _is_cut(short: str, full: str) -> bool:
    short, full = _letters(short), _letters(full)
    return _CUT_AT <= len(short) < len(full) and full.startswith(short)


def _letters(name: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", _ascii(name))


def _ascii(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    return decomposed.encode("ascii", "ignore").decode().upper()
