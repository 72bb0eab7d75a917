"""What needs an administrator, and what a monitor is told of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

#: Nothing is wrong; something was given up, the rest goes on; something stands still.
OK, ATTENTION, FAILING = "ok", "attention", "failing"


class Check(NamedTuple):
    """
    :param model: of which records tell it, and ``domain`` which of them.
    :param action: external id of the action that shows them.
    :param label: what is wrong where records are found, translated.
    :param advice: what to do about it, translated.
    :param since: field that says since when, a date or a moment.
    :param company: field that says of which company; '' for what is of none.
    :param stops: whether a part of the work stands still until somebody acts: monitors
        raise the alarm then.
    """

    model: str
    domain: list
    action: str
    label: str
    advice: str
    since: str = "create_date"
    company: str = "company_id"
    stops: bool = False

    @property
    def word(self) -> str:
        """How it stands where records are found."""
        return FAILING if self.stops else ATTENTION


class Finding(NamedTuple):
    """
    :param code: of the check.
    :param company_id: whose records; None for what is of no company.
    :param since: of the oldest of them, in UTC.
    """

    code: str
    company_id: int | None
    count: int
    since: datetime | None


def report(
    checks: Mapping[str, Check], findings: Iterable[Finding], now: datetime
) -> dict:
    """What a monitor is told: no names, no texts, nothing that leads anywhere.

    :return: how it stands in all, and for each check the word, how many and, in
        seconds, for how long
    """
    told = {code: {"status": OK, "count": 0, "age": 0} for code in checks}
    for finding in findings:
        age = int((now - finding.since).total_seconds()) if finding.since else 0
        row = told[finding.code]
        row["status"] = checks[finding.code].word
        row["count"] += finding.count
        row["age"] = max(row["age"], age)
    found = {row["status"] for row in told.values()}
    worst = next((word for word in (FAILING, ATTENTION) if word in found), OK)
    return {"status": worst, "checks": told}
