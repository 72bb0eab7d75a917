"""Whether an address that we give to others leads back to us, and why not.

What is asked is one fixed path, by GET, and of the answer nothing is shown: so nobody
can have us call on machines inside a network, nor learn from us what is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from hmac import compare_digest

import requests

from . import outgoing

#: The most that an answer is waited for.
SECONDS = 5
MAX_BYTES = 4096

#: It answers as only this database can.
GOOD = "good"
#: It's an address inside a network, or of this machine itself: nothing was sent there.
INSIDE = "inside"
#: Nobody answers there, or not in time.
SILENT = "silent"
#: Somebody answers, but it isn't this database.
ELSEWHERE = "elsewhere"


def try_address(
    url: str, nonce: str, wanted: str, allowed: Iterable[outgoing.Network] = ()
) -> str:
    """Ask an address for the proof that it leads to this database.

    :param nonce: a number that nobody could guess
    :param wanted: what only this database answers to it
    :param allowed: networks inside which it may be, besides the internet
    :return: GOOD, INSIDE, SILENT or ELSEWHERE
    """
    networks = tuple(allowed)
    try:
        answer = outgoing.send(
            "GET",
            url,
            seconds=SECONDS,
            max_bytes=MAX_BYTES,
            params={"nonce": nonce},
            may_reach=lambda address: (
                outgoing.is_public(address) or outgoing.is_inside(address, networks)
            ),
        )
    except outgoing.ForbiddenAddress:
        return INSIDE
    except outgoing.TooMuch:
        return ELSEWHERE
    except requests.RequestException:
        return SILENT
    is_ours = answer.ok and compare_digest(answer.content, wanted.encode())
    return GOOD if is_ours else ELSEWHERE
