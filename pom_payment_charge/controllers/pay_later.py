from odoo import http
from odoo.http import request

from odoo.addons.pom_payment.controllers.pay_common import (
    GET,
    POST,
    back,
    page,
    page_values,
    read_choice,
    redirect,
    render,
)
from odoo.addons.pom_payment.tools.request_form import day as read_day

from ..tools.later_form import proposed, read_bounds


class PayLater(http.Controller):
    """Agreeing to charges that nobody taps for: shown in plain words first, unticked;
    moved and stopped at any time.
    """

    @page("/p/<string:token>/later/<string:kind>", **GET)
    def show(self, link, kind, **kwargs):
        choice = read_choice(link)
        if kind not in link._later_kinds(choice):
            return back(link)
        return _form(link, kind, choice)

    @page("/p/<string:token>/later/<string:kind>/agree", **POST)
    def agree(self, link, kind, way="", seen="", **kwargs):
        choice = read_choice(link)
        if kind not in link._later_kinds(choice):
            return back(link)
        bounds = _bounds(link, choice)
        later = link._later(kind, bounds, choice)
        pair = next(
            (pair for pair in later.ways if pair[0]._pom_way_key(pair[1]) == way), None
        )
        if bounds.problems or not kwargs.get("agree") or not pair:
            problem = bounds.problems or ("agree",)
            return _form(link, kind, choice, problem, status=422)
        if seen != later.seen:
            # What was before the eyes isn't what would be agreed to.
            return _form(link, kind, choice, ("changed",), status=422)
        attempt = link._agree_later(later, bounds, choice, pair, _browser())
        if not attempt.pom_redirect_url:
            return back(link, problem="start")
        return redirect(attempt.pom_redirect_url)

    @page("/p/<string:token>/charge/now", **POST)
    def now(self, link, **kwargs):
        link._pay_myself()
        return back(link)

    @page("/p/<string:token>/charge/day", **POST)
    def move(self, link, **kwargs):
        problem = link._charge_on(read_day(request.httprequest.form, "day"))
        if problem:
            values = {**page_values(link), "problem": problem}
            return render("pom_payment_charge.pay_later_problem", values, status=422)
        return back(link)

    @page("/p/<string:token>/charge/stop", **POST)
    def stop(self, link, **kwargs):
        link._stop_charges()
        return back(link)


def _form(link, kind, choice, problems=(), status=200):
    bounds = _bounds(link, choice)
    later = link._later(kind, bounds, choice)
    typed = request.httprequest.values
    values = {
        **page_values(link),
        "here": f"/p/{link.token}/later/{kind}",
        "later": later,
        "bounds": bounds,
        "problems": {*problems, *bounds.problems},
        "paragraphs": later.wording.split("\n\n"),
        "typed": lambda name: typed.get(name, ""),
        "ways": [
            (provider._pom_way_key(method), method.name)
            for provider, method in later.ways
        ],
    }
    return render("pom_payment_charge.pay_later", values, status=status)


def _bounds(link, choice):
    form = request.httprequest.values
    usual = proposed(choice.amount)
    return read_bounds(form, usual, link._today(), choice.currency.decimal_places)


def _browser():
    """Of who agrees: a part of the proof."""
    asked = request.httprequest
    return {"ip": asked.remote_addr, "agent": (asked.user_agent.string or "")[:200]}
