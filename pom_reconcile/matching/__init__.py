"""Decides what bank lines pay. Pure: values in, values out, no Odoo."""

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
