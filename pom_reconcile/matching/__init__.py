"""Decides what bank lines pay. Pure: values in, values out, no Odoo.

:func:`.engine.match` reads each line once (:mod:`.reading`), looks up which debts it
mentions (:mod:`.mentions`, by the :mod:`.index`), and asks the :mod:`.rules` in turn;
:mod:`.settle` builds the decision, :mod:`.reasons` has its sentence, and for what is
left :mod:`.suggest` ranks what a person may do.
"""

from .base import (
    Allocation,
    BankLine,
    Candidate,
    Keys,
    Match,
    PayoutItem,
    Settings,
    Suggestion,
)
from .engine import match, needed_keys
from .rules import RULES
from .reasons import REASONS
from .text import plain_text
