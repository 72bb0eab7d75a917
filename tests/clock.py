"""The day in Belgium, where the companies of the tests are: in the last hours of a day
in Greenwich theirs is the next one already.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Brussels")


def today() -> date:
    return datetime.now(ZONE).date()
