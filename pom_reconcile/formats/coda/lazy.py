"""Tuples that are worked out when they are looked at.

A movement's records and notes are there for those who want to see what the bank sent.
As values they would take as much time and memory as all the rest of the movement.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence


class Lazy(Sequence):
    """Behaves like the tuple that :meth:`values` makes from the movement's text."""

    __slots__ = ("_text",)

    def __init__(self, text: str):
        self._text = text

    @abstractmethod
    def values(self) -> tuple:
        """Return what this stands for."""

    def __getitem__(self, index):
        return self.values()[index]

    def __len__(self) -> int:
        return len(self.values())

    def __iter__(self):
        return iter(self.values())

    def __eq__(self, other) -> bool:
        return isinstance(other, Sequence) and self.values() == tuple(other)

    def __hash__(self) -> int:
        return hash(self.values())

    def __repr__(self) -> str:
        return repr(self.values())
