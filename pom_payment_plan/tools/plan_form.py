"""The form with which a debtor asks to pay in parts."""

import re

from odoo.addons.pom_payment.tools.request_form import OPEN, RequestKind, day, text

#: Into how many parts a debtor may wish a debt to be divided.
PLAN_COUNTS = range(2, 25)
#: Days from today within which the debtor must choose the day of the first part.
PLAN_DAYS = 62


def read_plan(form, limits, values, problems):
    values["text"] = text(form)
    count = form.get("plan_count", "").strip()
    values["plan_count"] = int(count) if re.fullmatch(r"[0-9]{1,4}", count) else 0
    if values["plan_count"] not in PLAN_COUNTS:
        problems.append("plan_count_bounds")
    values["plan_first_on"] = day(form, "plan_first_on")
    latest = limits.last_days["plan_first_on"]
    if not values["plan_first_on"] or not (
        limits.today <= values["plan_first_on"] <= latest
    ):
        problems.append("plan_first_on_bounds")


PLAN = RequestKind("plan", read_plan, "pom_payment_plan.pay_ask_plan", OPEN)
