"""CAMT.053, the bank's statement in ISO 20022, versions 02 to 13.

CAMT.052 is refused with a word: what it tells is not final. CAMT.054 is no statement
either; :func:`read_notification` gives what it says of payments that were booked.
"""

from .decoder import identify, read
from .notification import is_notification, read_notification

NAME = "CAMT.053"
