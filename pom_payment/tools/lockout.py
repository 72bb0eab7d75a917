"""How long wrong answers to a control question keep one out.

A postcode has ten thousand values: an answer costs time, and ever more of it.
"""

from datetime import timedelta

FREE_TRIES = 5
FIRST_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(days=1)


def wait_after(failures: int) -> timedelta:
    """
    >>> [str(wait_after(n)) for n in (4, 5, 6, 40)]
    ['0:00:00', '0:15:00', '0:30:00', '1 day, 0:00:00']
    """
    if failures < FREE_TRIES:
        return timedelta()
    doublings = min(failures - FREE_TRIES, 10)
    return min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)


def plain(answer: str) -> str:
    """What counts of an answer: letters and digits.

    >>> plain(" b-9000 "), plain("K/0042")
    ('B9000', 'K0042')
    """
    return "".join(character for character in answer.upper() if character.isalnum())
