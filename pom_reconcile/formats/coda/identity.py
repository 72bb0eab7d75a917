"""What makes a movement the same one in another file: its own columns.

Not how they are decoded, which may be mended; not the numbers that a bank gives anew
in each file (sequence, detail, bank reference, statement, links); and not its letters
beyond ASCII, which depend on the character set that the file was taken for.
"""

from __future__ import annotations

from .records import MOVEMENT, MOVEMENT_2, MOVEMENT_3, STRIDE, WIDTH

_FIRST = MOVEMENT.getter(("sign", "communication"), "date")
_SECOND = MOVEMENT_2.getter(("communication", "customer_reference"))
_THIRD = MOVEMENT_3.getter(("account", "communication"))


def identity(raw: str) -> str:
    """Return what the records of a movement or detail say, '' where they are no CODA.

    :param raw: the 21 record and those that follow it, LF between them.
    """
    if raw[:2] != "21" or len(raw) < WIDTH or raw[2:10].strip("0123456789"):
        return ""
    said, rest = [*_FIRST(raw)], raw[STRIDE:]
    for kind, columns in (("22", _SECOND), ("23", _THIRD)):
        if rest[:2] == kind:
            said.append(columns(rest))
            rest = rest[STRIDE:]
        else:
            said.append("")
    return "|".join(map(_folded, said))


def _folded(text: str) -> str:
    plain = text if text.isascii() else text.encode("ascii", "ignore").decode()
    return " ".join(plain.upper().split())
