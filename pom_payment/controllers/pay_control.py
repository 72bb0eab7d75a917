import secrets

from odoo import http
from odoo.http import request

from .pay_common import (
    BROWSER,
    POST,
    YEAR,
    back,
    control_values,
    cookie_name,
    page,
    render,
    who,
    with_cookie,
)

#: A browser that knew the answer to the control question isn't asked again today.
CONTROL_SECONDS = 24 * 3600


class PayControl(http.Controller):
    """The question before anything about the debt is shown."""

    @page("/p/<string:token>/control", control=False, closed=True, **POST)
    def control(self, link, answer="", code="", **kwargs):
        if not link._control_question():
            # It was switched off meanwhile.
            return back(link)
        if code:
            passed = link._control_try_code(code, who(link))
        else:
            passed = link._control_try(answer, who(link))
        if not passed:
            return _refuse(link, bool(code))
        return with_cookie(
            back(link),
            link,
            cookie_name(link),
            link._control_key(),
            CONTROL_SECONDS,
            "Lax",
        )

    @page("/p/<string:token>/code", control=False, closed=True, **POST)
    def code(self, link, **kwargs):
        """Says the same whether an address is known or not."""
        if not link._control_question():
            return back(link)
        link._control_send_code()
        return render("pom_payment.pay_control", control_values(link, sent=True))


def _refuse(link, sent):
    values = control_values(link, wrong=True, sent=sent)
    response = render("pom_payment.pay_control", values, status=403)
    mark = request.cookies.get(BROWSER) or secrets.token_hex(16)
    return with_cookie(response, link, BROWSER, mark[:64], YEAR, "Lax")
