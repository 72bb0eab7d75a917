"""Bank transaction codes (``BkTxCd``) in words, and what follows from them.

Source: ISO 20022 external code sets, *bank transaction code*. Banks often send the
wrong ones or ``NTAV``: money is never decided by them, and nothing here raises.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from .xml import Node

FAMILIES = {
    "PMNT-RCDT": "credit transfer received",
    "PMNT-ICDT": "credit transfer",
    "PMNT-RRCT": "instant credit transfer received",
    "PMNT-IRCT": "instant credit transfer",
    "PMNT-RDDT": "direct debit",
    "PMNT-IDDT": "direct debit collected",
    "PMNT-CCRD": "card",
    "PMNT-MCRD": "card payments of customers",
    "PMNT-CNTR": "counter transaction",
    "PMNT-RCHQ": "cheque",
    "PMNT-ICHQ": "cheque",
    "PMNT-DRFT": "bill of exchange",
    "PMNT-LBOX": "lockbox",
    "ACMT-MDOP": "account management",
    "ACMT-MCOP": "account management",
    "ACMT-ACOP": "account management",
    "ACMT-ADOP": "account management",
    "CAMT-CAPL": "cash pooling",
    "CAMT-ACCB": "cash pooling",
}
DOMAINS = {
    "PMNT": "payment",
    "ACMT": "account management",
    "CAMT": "cash management",
    "LDAS": "loan or deposit",
    "FORX": "foreign exchange",
    "TRAD": "trade services",
    "SECU": "securities",
    "DERV": "derivatives",
    "PMET": "precious metal",
    "CMDT": "commodities",
}
SUBFAMILIES = {
    "ESCT": "SEPA credit transfer",
    "SALA": "wages",
    "STDO": "standing order",
    "DMCT": "domestic transfer",
    "XBCT": "cross-border transfer",
    "BOOK": "transfer within the bank",
    "INST": "instant payment",
    "AUTT": "automatic transfer",
    "RRTN": "returned transfer",
    "ESDD": "SEPA direct debit",
    "BBDD": "SEPA business direct debit",
    "PMDD": "direct debit",
    "UPDD": "unpaid direct debit",
    "PRDD": "reversed direct debit",
    "POSD": "payment at a terminal",
    "POSC": "payment at a terminal by credit card",
    "POSP": "payment at a terminal",
    "CWDL": "cash withdrawal",
    "CDPT": "cash deposit",
    "CHRG": "charges",
    "COMM": "commission",
    "FEES": "fees",
    "INTR": "interest",
    "TAXE": "tax",
    "ZABA": "zero balancing",
    "TOPG": "topping",
    "SWEP": "sweeping",
}
KINDS = {
    "PMNT-RCDT": "transfer",
    "PMNT-ICDT": "transfer",
    "PMNT-RRCT": "transfer",
    "PMNT-IRCT": "transfer",
    "PMNT-RDDT": "direct_debit",
    "PMNT-IDDT": "direct_debit",
}
COSTS = frozenset(("CHRG", "COMM", "FEES", "INTR"))
#: What a sub-family says of money that comes back.
RETURNS = {"RRTN": "return", "UPDD": "return", "PRDD": "refund"}


def read_code(node: Node) -> str:
    """Return the code as ``PMNT-RCDT-ESCT``, else the bank's own, else nothing.

    >>> read_code({"BkTxCd/Prtry/Cd": "N196"}), read_code({})
    ('N196', '')
    """
    domain = node.get("BkTxCd/Domn/Cd")
    if not domain:
        return node.get("BkTxCd/Prtry/Cd", "")
    family = node.get("BkTxCd/Domn/Fmly/Cd", "")
    return _join(domain, family, node.get("BkTxCd/Domn/Fmly/SubFmlyCd", ""))


@lru_cache(maxsize=4096)
def _join(*parts: str) -> str:
    return "-".join(filter(None, parts))


def own_code(node: Node) -> str:
    """Return the bank's own code and who gives it out.

    >>> own_code({"BkTxCd/Prtry/Cd": "NTRF+166", "BkTxCd/Prtry/Issr": "DK"})
    'NTRF+166 (DK)'
    """
    code, issuer = node.get("BkTxCd/Prtry/Cd", ""), node.get("BkTxCd/Prtry/Issr")
    return f"{code} ({issuer})" if code and issuer else code


@lru_cache(maxsize=4096)
def lookup(code: str) -> tuple[str, str]:
    """Return a code and its words, the same strings for each entry that has it."""
    return code, describe(code)


def describe(code: str, say: Callable[[str], str] = str) -> str:
    """Return a code in words, empty when unknown.

    :param say: puts each of the words into somebody's language.

    >>> describe("PMNT-RCDT-ESCT"), describe("PMNT-XXXX-NTAV"), describe("N196")
    ('credit transfer received: SEPA credit transfer', 'payment', '')
    """
    domain, _dash, rest = code.partition("-")
    family, _dash, sub = rest.partition("-")
    words = FAMILIES.get(f"{domain}-{family}") or DOMAINS.get(domain, "")
    detail = SUBFAMILIES.get(sub, "") if words else ""
    return ": ".join(say(word) for word in dict.fromkeys((words, detail)) if word)


def line_kind(code: str, return_type: str = "") -> str:
    """Return what the matching calls such an entry, empty when the code doesn't tell.

    >>> line_kind("PMNT-RCDT-ESCT"), line_kind("ACMT-MDOP-CHRG"), line_kind("N196")
    ('transfer', 'costs', '')
    """
    if return_type or returned(code):
        return "return"
    family, _dash, sub = code.rpartition("-")
    if sub in COSTS and family.count("-") == 1:
        return "costs"
    return KINDS.get(family, "")


def returned(code: str) -> str:
    """Return the kind of return that the code names, empty for none.

    >>> returned("PMNT-IDDT-UPDD"), returned("PMNT-RCDT-ESCT")
    ('return', '')
    """
    return RETURNS.get(code.rpartition("-")[2], "") if code.count("-") == 2 else ""
