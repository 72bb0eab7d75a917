"""Faults that a test asks a simulated service to commit."""

import random
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass
class Fault:
    """
    :param value: what the fault needs to know, such as seconds or a status.
    :param times: how often it still happens, None for ever.
    :param share: how often it happens when it could, from 0 to 1.
    :param only: the one operation, payment or reference that it happens to, '' for all.
    """

    name: str
    value: Any = True
    times: int | None = None
    share: float = 1.0
    only: str = ""


class Faults:
    """The faults that are to happen, and how often each one did.

    :param known: name and meaning of each possible fault.
    :param seed: of the dice for ``share``, so that a run can be repeated.
    """

    def __init__(self, known: Mapping[str, str], seed: int = 0):
        self.known = known
        self.happened: Counter[str] = Counter()
        self._faults: list[Fault] = []
        self._dice = random.Random(seed)
        self._lock = threading.Lock()

    def inject(self, name: str, value: Any = True, **limits) -> Fault:
        """
        :param limits: ``times``, ``share`` and ``only`` of :class:`Fault`.
        """
        if name not in self.known:
            raise ValueError(f"{name!r} is none of {', '.join(self.known)}")
        fault = Fault(name, value, **limits)
        with self._lock:
            self._faults.append(fault)
        return fault

    def clear(self, name: str = ""):
        with self._lock:
            self._faults = [f for f in self._faults if name and f.name != name]

    def active(self) -> list[dict]:
        with self._lock:
            return [asdict(fault) for fault in self._faults]

    def take(self, name: str, subjects: Iterable[str] = ()) -> Any:
        """Value of the fault if it is to happen now, else None."""
        with self._lock:
            for fault in self._faults:
                if fault.name == name and self._happens(fault, subjects):
                    return self._count(fault)
        return None

    def _happens(self, fault: Fault, subjects: Iterable[str]) -> bool:
        if fault.times == 0 or (fault.only and fault.only not in subjects):
            return False
        return fault.share >= 1 or self._dice.random() < fault.share

    def _count(self, fault: Fault) -> Any:
        self.happened[fault.name] += 1
        if fault.times is not None:
            fault.times -= 1
        return fault.value
