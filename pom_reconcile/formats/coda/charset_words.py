"""Which of two charsets makes words of the bytes that ASCII doesn't have.

A byte is a letter in one charset and a sign in another, so what stands beside it tells:
letters within words, with the case of their neighbours; signs between words.
"""

from __future__ import annotations

from collections.abc import Iterable

#: Letters that Dutch, French and German texts are full of.
_USUAL = frozenset("ÀÂÄÇÈÉÊËÎÏÔÖÙÛÜŒàâäçèéêëîïôöùûüœ")
#: Of these, what a word may begin or end with as well as anything else.
_AT_ENDS = frozenset("ÀÇÈÉÊËÎÔÖÜŒàâçèéêëïôüœ")
_SPACED = frozenset("–—€£§½¼¾±•·×«»“”„…&")
_AFTER_NUMBER = frozenset("€°²³½%")
_OPENING, _CLOSING = frozenset("“„«‘"), frozenset("”»’")
_ALONE = frozenset("àÀ")
_VOWELS = frozenset("aeiouäöüAEIOUÄÖÜ")
_AFTER_SHARP = frozenset("aeioutlb")


def score(pieces: Iterable[str]) -> int:
    """Return how much the pieces look like texts.

    :param pieces: one character each that isn't ASCII, with its two neighbours.

    >>> score(["N° ", "fé "]), score(["Nø ", "f‚ "])
    (6, 0)
    """
    return sum(_score(*piece) for piece in pieces)


def _score(before: str, character: str, after: str) -> int:
    if character.isalpha():
        return _letter(before, character, after)
    if character == "°":
        return 3 if before in "Nn" or before.isdigit() else -1
    if character == "’":
        return 3 if before.isalpha() and after.isalpha() else _sign(before, "’", after)
    if not character.isprintable() and character != "\N{NO-BREAK SPACE}":
        return -5
    return _sign(before, character, after)


def _letter(before: str, character: str, after: str) -> int:
    left, right = before.isalpha(), after.isalpha()
    if not left and not right:
        return 1 if character in _ALONE else -1
    if character == "ß":
        fits = before in _VOWELS and (not right or after in _AFTER_SHARP)
        return 3 if fits else -2
    if character.isupper() and before.islower():
        return -2
    if character.islower() and before.isupper() and after.isupper():
        return -1
    if character not in _USUAL:
        return 2 if character in "ÁÍÓÚ" else 1
    return 3 if left and right or character in _AT_ENDS else 1


def _sign(before: str, character: str, after: str) -> int:
    left, right = before.isalpha(), after.isalpha()
    if left and right:
        return -3
    if character in _OPENING | _CLOSING:
        return 2 if (right if character in _OPENING else left) else 0
    if left or right:
        return -1
    if character in _SPACED or (character in _AFTER_NUMBER and before.isdigit()):
        return 1
    if character == "\N{NO-BREAK SPACE}":
        return 2 if before.isdigit() or after.isdigit() else 0
    return -2
