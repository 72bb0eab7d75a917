"""Short ways to say "a line" and "an open invoice"."""

import datetime
from decimal import Decimal

import pytest

from odoo.addons.pom_reconcile.matching import BankLine, Candidate, Settings, match

from tests.simulators.months_telling import ogm, rf

DAY = datetime.date(2026, 11, 20)
OGM_A, OGM_B, OGM_C = ogm(10_100), ogm(20_200), ogm(30_300)
ALL_ON = Settings(fee_account=1)


def spelled(digits):
    return f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++"


def line(amount, text="", id=1, day=0, ogm=None, iban="", name="", **more):
    """A bank line of 20 November, or ``day`` days later."""
    return BankLine(
        id=id,
        amount=Decimal(amount),
        currency=more.pop("currency", "EUR"),
        date=DAY + datetime.timedelta(days=day),
        company_id=more.pop("company", 1),
        text=text,
        references=(("ogm", ogm),) if ogm else more.pop("references", ()),
        counterparty_iban=iban,
        counterparty_name=name,
        **more,
    )


def item(id, residual, partner="P1", ogm=None, kind="invoice", **more):
    """An open item of debtor P1, called as his letter says and with account ``P1``."""
    references = (spelled(ogm),) if ogm else ()
    return Candidate(
        id=id,
        kind=kind,
        residual=Decimal(residual),
        paid=Decimal(more.pop("paid", 0)),
        currency=more.pop("currency", "EUR"),
        company_id=more.pop("company", 1),
        move_id=more.pop("move", id),
        name=more.pop("number", f"INV/2026/{id:05d}"),
        partner_id=partner,
        commercial_partner_id=partner,
        partner_names=more.pop("names", ()),
        ibans=more.pop("ibans", (partner,) if partner else ()),
        references=more.pop("references", references),
        **more,
    )


def paid(id, amount, partner="P1", ogm=None, **more):
    return item(id, 0, partner, ogm, kind="paid_invoice", paid=amount, **more)


def payment(id, amount, partner="P1", **more):
    more.setdefault("number", f"PAY/{id}")
    return item(id, amount, partner, kind="payment", **more)


def decide(lines, *candidates, settings=ALL_ON):
    """Decide one line, or several: then a list."""
    if isinstance(lines, BankLine):
        return match([lines], candidates, settings)[0]
    return match(lines, candidates, settings)


def summary(decision):
    """What a table of cases compares: rule, amounts by item, remainder and what becomes
    of it (``()`` for none), flag. Amounts are texts.
    """
    allocations = {a.candidate_id: str(a.amount) for a in decision.allocations}
    rest = (str(decision.remainder), decision.remainder_as)
    return (
        decision.rule,
        allocations,
        rest if decision.remainder and decision.decided else (),
        decision.flag,
    )


#: Of a line that is left open.
OPEN = ("", {}, (), "")


def by_name(table):
    """Run a test for each row of a table of cases, under its name.

    :param table: by name, the line, the items, and what :func:`summary` must say
    """
    return pytest.mark.parametrize(
        "said, items, expected", table.values(), ids=table.keys()
    )


def check(said, items, expected):
    """Let all rules decide a case."""
    assert summary(decide(said, *items)) == expected


A, B, C = spelled(OGM_A), spelled(OGM_B), spelled(OGM_C)
EARLIER = DAY - datetime.timedelta(days=30)
LATER = DAY + datetime.timedelta(days=3)
RF_A = rf(OGM_A)
