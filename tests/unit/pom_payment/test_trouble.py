from datetime import datetime, timedelta

from odoo.addons.pom_payment.tools.trouble import (
    ATTENTION,
    FAILING,
    OK,
    Check,
    Finding,
    report,
)

NOW = datetime(2026, 11, 29, 12)
CHECKS = {
    "given_up": Check("event", [], "action", "Given up", "Apply again"),
    "late": Check("cron", [], "action", "Late", "Start it", company="", stops=True),
}


def ago(**spent):
    return NOW - timedelta(**spent)


def test_where_nothing_is_found_all_is_well():
    nothing = {"status": OK, "count": 0, "age": 0}
    assert report(CHECKS, [], NOW) == {
        "status": OK,
        "checks": {"given_up": nothing, "late": nothing},
    }


def test_companies_are_added_up_and_the_oldest_counts():
    found = [
        Finding("given_up", 1, 2, ago(minutes=1)),
        Finding("given_up", 2, 3, ago(hours=1)),
        Finding("given_up", 3, 1, None),
    ]
    told = report(CHECKS, found, NOW)
    assert told["status"] == ATTENTION
    assert told["checks"]["given_up"] == {"status": ATTENTION, "count": 6, "age": 3600}


def test_what_stands_still_is_worst():
    found = [Finding("late", None, 1, ago(hours=2)), Finding("given_up", 1, 1, NOW)]
    assert report(CHECKS, found, NOW)["status"] == FAILING
