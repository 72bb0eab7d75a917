"""The form with which a debtor asks to be called back."""

from odoo.addons.pom_payment.tools.request_form import (
    PHONE,
    UNPAID,
    RequestKind,
    one_line,
)


def read_callback(form, limits, values, problems):
    # What is read goes into the field of the same name.
    values["call_phone"] = one_line(form, "call_phone", 24)
    if not PHONE.fullmatch(values["call_phone"]):
        problems.append("call_phone_wrong")


CALLBACK = RequestKind(
    "callback",
    read_callback,
    template="pom_payment_example_request.pay_ask_callback",
    states=UNPAID,
)
