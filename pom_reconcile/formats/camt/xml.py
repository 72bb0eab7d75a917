"""A CAMT message piece by piece, as plain values.

One entry is in memory at a time. Elements are known by namespace and place, never
searched for: the bank may put anything into ``SplmtryData``.

A :data:`Node` has the texts below an element by their path, ``Refs/EndToEndId``, with
blanks squeezed; an amount's currency is at ``Amt@Ccy``. What may be repeated is in
lists of nodes or texts, by its path too, and paths begin anew in each of these nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from ..base import FormatError, Problem
from ..sentences import NEW_FILE
from . import control

Node = dict[str, str | list]

#: The message number, and its part of one account, by name of the message.
MESSAGES = {
    "BkToCstmrAcctRpt": ("052", "Rpt"),
    "BkToCstmrStmt": ("053", "Stmt"),
    "BkToCstmrDbtCdtNtfctn": ("054", "Ntfctn"),
}
#: Why a message isn't the one that is wanted.
REFUSALS = {
    ("053", "052"): control.INTRADAY,
    ("053", "054"): control.NOTIFICATION,
}
NAMESPACE = re.compile(r"camt\.(\d{3})\.\d{3}\.(\d{2})")
VERSIONS = {f"{number:02d}" for number in range(2, 14)}

HEADER, ENTRY = "GrpHdr", "Ntry"
#: Elements that may be repeated and have children, and those that are texts.
NODES = frozenset(
    "Bal NtryDtls TxDtls Strd RfrdDocInf CdtrRefInf Chrgs Rcrd Othr".split()
)
TEXTS = frozenset("Ustrd AddtlRmtInf AddtlInf AdrLine AddtlStmtInf Nb".split())
#: A bank's own place, and entries, which come one by one.
LEFT_OUT = frozenset(("SplmtryData", ENTRY))
AMOUNT, CURRENCY = "Amt", "@Ccy"
#: Elements that are an amount with its currency.
AMOUNTS = frozenset((AMOUNT, "TtlChrgsAndTaxAmt"))
#: Levels below a node; the schemas have fewer.
DEEPEST = 12
_PARTS = {part for _number, part in MESSAGES.values()}
_WATCHED = tuple(f"{{*}}{name}" for name in (*MESSAGES, *_PARTS, HEADER, ENTRY))


class Event(NamedTuple):
    """What was met: ``header`` of the message, ``open`` and ``close`` of a part,
    ``entry`` in one. ``open`` has what stands before the first entry, ``close`` all.
    """

    kind: str
    node: Node
    line: int


class Reader:
    """Gives the events of one kind of message.

    :param number: of the message that is wanted, such as ``053``.
    :ivar problems: with the message as a whole.
    """

    def __init__(self, source: BinaryIO, number: str, encoding: str | None = None):
        # Not at the top: the other formats need nothing but Python.
        from lxml import etree

        self.problems: list[Problem] = []
        self._syntax_error = etree.XMLSyntaxError
        self._number = number
        self._prefix = ""
        self._level = Level("")
        self._message = self._part = self._last = None
        self._part_name = ""
        self._opened = False
        # Nothing is fetched or repaired, libxml2's own limits stay; with a DOCTYPE,
        # hence with entities, the file is refused.
        self._parser = etree.iterparse(
            source,
            events=("start", "end"),
            tag=_WATCHED,
            encoding=encoding,
            load_dtd=False,
            no_network=True,
            resolve_entities="internal",
            remove_comments=True,
            remove_pis=True,
            huge_tree=False,
        )

    def events(self) -> Iterator[Event]:
        """
        :raises FormatError: for another kind of file, or a damaged one.
        """
        found = False
        try:
            for what, element in self._parser:
                if what == "start":
                    found = self._start(element) or found
                else:
                    yield from self._end(element)
        except self._syntax_error as error:
            raise refusal(control.NOT_XML, error.lineno) from error
        if not found:
            raise refusal(control.NOT_CAMT)

    def _start(self, element) -> bool:
        """Look at an element that begins; tell whether it is a message."""
        if self._message is None:
            return self._start_message(element)
        if self._part is None and element.getparent() is self._message:
            if self._name(element) == self._part_name:
                self._part, self._opened = element, False
        return False

    def _start_message(self, element) -> bool:
        namespace, _brace, name = element.tag.removeprefix("{").rpartition("}")
        if name not in MESSAGES:
            return False
        if element.getroottree().docinfo.doctype:
            raise refusal(control.DOCTYPE)
        number, self._part_name = MESSAGES[name]
        self._check_kind(number, namespace, element.sourceline)
        self._message = element
        self._prefix = f"{{{namespace}}}" if namespace else ""
        self._level = Level(self._prefix)
        return True

    def _check_kind(self, found: str, namespace: str, line: int) -> None:
        stated = NAMESPACE.search(namespace)
        if found != self._number:
            wrong = REFUSALS.get((self._number, found), control.NOT_NOTIFICATION)
            raise FormatError([Problem(line, wrong)])
        if stated and stated[1] != found:
            raise refusal(control.MISMATCH, line, stated=stated[1], found=found)
        if stated and stated[2] not in VERSIONS:
            values = {"version": stated[2]}
            self.problems.append(Problem(line, control.WRONG_VERSION, values, NEW_FILE))

    def _end(self, element) -> Iterator[Event]:
        if element is self._message:
            self._message = None
        elif element is self._part:
            yield Event("close", flatten(element, self._level), element.sourceline)
            self._part = self._last = None
            element.clear(keep_tail=True)
        elif element.getparent() is self._part and self._name(element) == ENTRY:
            yield from self._entry(element)
        elif element.getparent() is self._message and self._name(element) == HEADER:
            yield Event("header", flatten(element, self._level), element.sourceline)

    def _entry(self, element) -> Iterator[Event]:
        entry, line = flatten(element, self._level), element.sourceline
        # The parser may still be at this one, but is done with the one before it.
        element.clear(keep_tail=True)
        if self._last is not None:
            self._part.remove(self._last)
        self._last = element
        if not self._opened:
            self._opened = True
            part = self._part
            yield Event("open", flatten(part, self._level), part.sourceline)
        yield Event("entry", entry, line)

    def _name(self, element) -> str:
        """Return the local name of an element of the message's own namespace."""
        return element.tag.removeprefix(self._prefix)


def refusal(message: str, line: int | None = None, **values) -> FormatError:
    """Return the error of a file that can't be read even when forced."""
    return FormatError([Problem(line, message, values, NEW_FILE)])


class Level(dict):
    """What each child of an element is, by its tag: its path and how it is kept.

    :param prefix: the message's namespace in braces, empty when it has none.
    :param path: of the element, ending in a slash if there is any.
    """

    def __init__(self, prefix: str, path: str = ""):
        self._prefix = prefix
        self._path = path

    def __missing__(self, tag: str):
        found = self[tag] = self._look_up(tag)
        return found

    def _look_up(self, tag: str) -> tuple[str, str, Level | None] | None:
        prefix = self._prefix
        name = tag[len(prefix) :]
        if not tag.startswith(prefix) or "}" in name or name in LEFT_OUT:
            return None
        key = self._path + name
        if name in NODES:
            return key, "node", Level(prefix)
        if name in TEXTS:
            return key, "text", None
        if name in AMOUNTS:
            return key, "amount", None
        deep = key.count("/") >= DEEPEST
        return key, "", None if deep else Level(prefix, key + "/")


def flatten(element, level: Level, node: Node | None = None) -> Node:
    """Return what is below an element; elements of another namespace are left out."""
    if node is None:
        node = {}
    for child in element:
        found = level[child.tag]
        if found is None:
            continue
        key, kind, below = found
        if kind == "node":
            node.setdefault(key, []).append(flatten(child, below))
        elif len(child):
            if below is not None:
                flatten(child, below, node)
        else:
            text = child.text
            value = " ".join(text.split()) if text else ""
            if kind == "text":
                node.setdefault(key, []).append(value)
            elif key not in node:
                node[key] = value
                if kind == "amount":
                    node[key + CURRENCY] = child.get("Ccy", "").strip()
    return node
