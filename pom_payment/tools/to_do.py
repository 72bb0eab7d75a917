"""What waits for a person."""

from __future__ import annotations

from typing import NamedTuple


class Task(NamedTuple):
    """
    :param label: what is to be done, translated.
    :param model: of which records wait, and ``domain`` which of them.
    :param action: external id of the action that shows them.
    :param group: external id of the group that can do it; '' for all who see them.
    """

    label: str
    model: str
    domain: list
    action: str
    group: str = ""
