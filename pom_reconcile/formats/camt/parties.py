"""Who is on the other side of a payment, and where."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .values import first
from .xml import Node

#: It looks like one.
NO_BIC = "NOTPROVIDED"
BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
#: An account number that is spelled as an IBAN though it is called something else.
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
SEPA = "SEPA"


#: Where a name, or anything else of a party, may stand: since version 07 a party is
#: one of two, a bank may stand in its place.
ADDRESS = ("StrtNm", "BldgNb", "PstCd", "TwnNm", "Ctry", "AdrLine")
CHOICES = ("", "Pty/", "Agt/FinInstnId/")


class Own(NamedTuple):
    """The account of the statement."""

    account: str
    currency: str
    holder: str


class Party(NamedTuple):
    name: str
    account: str
    bic: str


class Role:
    """The paths of a side, ``Dbtr`` or ``Cdtr``, within a payment."""

    def __init__(self, name: str):
        self.account = f"RltdPties/{name}Acct/"
        self.agent = f"RltdAgts/{name}Agt/"
        self.places = [f"RltdPties/{name}/{choice}" for choice in CHOICES]
        self.names = [place + "Nm" for place in self.places]
        self.addresses = [
            [f"{place}PstlAdr/{part}" for part in ADDRESS] for place in self.places
        ]
        self.ids = [
            f"{place}Id/{kind}/Othr"
            for place in self.places
            for kind in ("PrvtId", "OrgId")
        ]
        self.ultimate = [f"RltdPties/Ultmt{name}/{choice}Nm" for choice in CHOICES]

    def party(self, payment: Node, account: str) -> Party:
        name = first(payment, self.names) or first(payment, self.ultimate)
        return Party(name, account, bank_code(payment, self.agent))


DEBTOR, CREDITOR = Role("Dbtr"), Role("Cdtr")


def account_number(node: Node, path: str) -> str:
    """Return the number of an account, an IBAN without blanks.

    >>> account_number({"Acct/Id/Othr": [{"Id": "be68 5390 0754 7034"}]}, "Acct/")
    'BE68539007547034'
    """
    if iban := node.get(path + "Id/IBAN"):
        return iban.replace(" ", "").upper()
    for other in node.get(path + "Id/Othr", ()):
        if number := other.get("Id"):
            compact = number.replace(" ", "").upper()
            return compact if IBAN.fullmatch(compact) else number
    return node.get(path + "Prxy/Id", "")


def bank_code(node: Node, path: str) -> str:
    """Return the BIC of a bank, empty when something else stands there."""
    code = node.get(path + "FinInstnId/BICFI") or node.get(path + "FinInstnId/BIC")
    return _bic(code) if code else ""


@lru_cache(maxsize=4096)
def _bic(code: str) -> str:
    code = code.upper()
    return code if BIC.fullmatch(code) and code != NO_BIC else ""


def counterparty(payment: Node, own: Own, incoming: bool) -> tuple[Party, Role]:
    """Return the other side and its role.

    The account of the statement tells which side is ours. Where it isn't given, the
    one who pays is the debtor.

    :param incoming: whether the money came in when it was paid, not when it was
        returned.
    """
    debtor = account_number(payment, DEBTOR.account)
    creditor = account_number(payment, CREDITOR.account)
    paid, received = debtor == own.account, creditor == own.account
    role = DEBTOR if (received if paid != received else incoming) else CREDITOR
    accounts = {DEBTOR: debtor, CREDITOR: creditor}
    found = role.party(payment, accounts[role])
    if not any(found) and not paid and not received:
        other = CREDITOR if role is DEBTOR else DEBTOR
        given = other.party(payment, accounts[other])
        if given.account or given.name.casefold() != own.holder.casefold():
            return given, other
    return found, role


def on_behalf_of(payment: Node, role: Role) -> str:
    """Return the name of whom a party acts for, empty when it is the party's own."""
    name, ultimate = first(payment, role.names), first(payment, role.ultimate)
    return ultimate if name and ultimate != name else ""


def address(payment: Node, role: Role) -> str:
    """Return where a party is, on one line."""
    for paths in role.addresses:
        street, house, code, town, country, lines = map(payment.get, paths)
        if street or town or lines or country:
            first_line, last_line = _words(street, house), _words(code, town)
            parts = (first_line, *(lines or ()), last_line, country)
            return ", ".join(filter(None, parts))
    return ""


def _words(*words: str | None) -> str:
    return " ".join(filter(None, words))


def creditor_id(payment: Node) -> str:
    """Return the SEPA identifier of the creditor."""
    for path in CREDITOR.ids:
        for other in payment.get(path, ()):
            if other.get("SchmeNm/Prtry", "").upper() == SEPA:
                return other.get("Id", "")
    return ""


def company_number(node: Node, path: str) -> str:
    """Return the number under which an organisation is registered."""
    found = node.get(path + "Id/OrgId/Othr", ())
    return first(found[0], ("Id",)) if found else ""
