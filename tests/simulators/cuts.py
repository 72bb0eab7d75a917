"""An account whose movements the bank gives in files cut every way.

The same weeks come as parts of days, days, several days in one statement, several
statements in one file, and second copies, in any order; payments are equal more often
than not. What was really booked is known.

    account = Account("parts", random.Random(1), "BE68539007547034")
    account.files(), account.truth
"""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from . import bank

FIRST = date(2026, 3, 2)
EQUAL = (5000, 5000, 5000, -5000, 7000, -7000)
TEXTS = ("parking", "parking", "subscription")
MOST_FILES = 14


@dataclass(frozen=True)
class Habit:
    """How a bank cuts.

    :ivar parts: statements of a day.
    :ivar whole: longer statements begin and end with a day.
    :ivar anew: longer statements list their movements in another order.
    :ivar zero: share of statements that sum to nothing.
    :ivar rich: share of movements whose amount nothing else has.
    :ivar numbered: a statement of a day or less has its number.
    """

    parts: tuple[int, ...] = (1, 1, 1, 2)
    whole: bool = False
    anew: bool = False
    zero: float = 0
    rich: float = 0
    numbered: bool = True


@dataclass(frozen=True)
class Piece:
    """A statement as the bank could give it; amounts in cents.

    :ivar parts: which of the account's pieces it holds.
    """

    number: int
    opened: date
    closed: date
    start: int
    movements: tuple[tuple[date, int, str], ...]
    parts: tuple[int, ...]

    @property
    def end(self) -> int:
        return self.start + sum(amount for _day, amount, _text in self.movements)


class Account:
    HABITS = {
        "days": Habit(whole=True),
        "anew": Habit(whole=True, anew=True, zero=0.3),
        "parts": Habit(parts=(1, 2, 3), rich=1 / 3),
        "zero": Habit(rich=1 / 3, zero=0.3),
        "unnumbered": Habit(rich=1 / 3, numbered=False),
    }

    def __init__(self, habit: str, chance: random.Random, iban: str):
        self.habit, self.random, self.iban = self.HABITS[habit], chance, iban
        self.pieces: list[Piece] = []
        self._live()

    @property
    def truth(self) -> Counter:
        """Day, amount and text of everything that was booked."""
        return self.told(range(len(self.pieces)))

    def told(self, parts) -> Counter:
        """The same of some pieces."""
        return Counter(
            (str(day), amount / 100, text)
            for part in parts
            for day, amount, text in self.pieces[part].movements
        )

    def files(self) -> list[tuple[bytes, set[int]]]:
        """Give files, and which pieces are known with each."""
        files, known = [], set()
        for pieces in self.cuts():
            known = known.union(*(piece.parts for piece in pieces))
            files.append((b"".join(map(self._coda, pieces)), known))
        return files

    def cuts(self) -> list[list[Piece]]:
        """Give files' statements until everything was given at least once."""
        cuts, missing = [], set(range(len(self.pieces)))
        while missing or self.random.random() < 0.5:
            first, last, several = self._stretch()
            cuts.append(self._cut(first, last, several))
            missing -= set(range(first, last + 1))
            if len(cuts) == MOST_FILES:
                return cuts + [[self.pieces[number]] for number in sorted(missing)]
        return cuts

    def _live(self):
        """Three to six days with movements, some days apart."""
        day, before = FIRST, FIRST - timedelta(1)
        start = self.random.choice((0, 1_000_00))
        for _day in range(self.random.randint(3, 6)):
            for part in range(self.random.choice(self.habit.parts)):
                opened = day if part else before
                piece = self._piece(opened, day, start)
                self.pieces.append(piece)
                start = piece.end
            before, day = day, day + timedelta(self.random.choice((1, 1, 2, 4)))

    def _piece(self, opened, day, start):
        movements = [(day, self._amount(), self._text()) for _ in range(self._count())]
        if self.random.random() < self.habit.zero:
            movements = [(day, 5000, TEXTS[0]), (day, -5000, TEXTS[0])]
        place = len(self.pieces)
        number = place + 1 if self.habit.numbered else 0
        return Piece(number, opened, day, start, tuple(movements), (place,))

    def _stretch(self) -> tuple[int, int, bool]:
        """Choose the first and last piece of a file, and if each is a statement."""
        first = self.random.randrange(len(self.pieces))
        last = self.random.randrange(first, len(self.pieces))
        kind = self.random.choice(("one", "several", "longer", "longer"))
        last = first if kind == "one" else last
        if self.habit.whole and kind == "longer":
            days = [piece.closed for piece in self.pieces]
            first = days.index(days[first])
            last = len(days) - 1 - days[::-1].index(days[last])
        return first, last, kind == "several"

    def _cut(self, first: int, last: int, several: bool) -> list[Piece]:
        pieces = self.pieces[first : last + 1]
        return pieces if several or first == last else [self._joined(pieces)]

    def _joined(self, pieces: list[Piece]) -> Piece:
        movements = [movement for piece in pieces for movement in piece.movements]
        if self.habit.anew and self.random.random() < 0.5:
            self.random.shuffle(movements)
        number = 500 + 10 * pieces[0].number if self.habit.numbered else 0
        first, last = pieces[0], pieces[-1]
        parts = tuple(part for piece in pieces for part in piece.parts)
        dates = (first.opened, last.closed)
        return Piece(number, *dates, first.start, tuple(movements), parts)

    def _coda(self, piece: Piece) -> bytes:
        transfers = [
            bank.Transfer(day, Decimal(amount) / 100, "JAN", "BE71096123456769", text)
            for day, amount, text in piece.movements
        ]
        return bank.coda(
            bank.Account(self.iban),
            transfers,
            Decimal(piece.start) / 100,
            piece.closed,
            opening_date=piece.opened,
            sequence=piece.number,
        )

    def _amount(self) -> int:
        if self.random.random() < self.habit.rich:
            return self.random.choice((1, -1)) * self.random.randrange(100, 90_000)
        return self.random.choice(EQUAL)

    def _text(self) -> str:
        return self.random.choice(TEXTS)

    def _count(self) -> int:
        return self.random.randint(1, 4)
