"""The form with which a debtor asks to be reminded later."""

from odoo.addons.pom_payment.tools.request_form import OPEN, RequestKind, day


def read_remind(form, limits, values, problems):
    values["remind_on"] = day(form, "remind_on")
    latest = limits.last_days["remind_on"]
    if not values["remind_on"] or not limits.today < values["remind_on"] <= latest:
        problems.append("remind_on_bounds")


REMIND = RequestKind("remind", read_remind, "pom_reminder.pay_ask_remind", OPEN)
