from odoo import http
from odoo.http import request

from .pay_common import (
    GET,
    POST,
    back,
    chosen_way,
    closed_values,
    page,
    protected,
    read_choice,
    redirect,
    render,
    with_cookie,
)
from .pay_values import SAVED, on_phone, pay_values, saved_token, under_way

#: What is remembered is kept as long as browsers allow.
SAVED_SECONDS = 400 * 24 * 3600
#: How a link stands that was taken back, whatever became of the debt.
WITHDRAWN = {"state": "withdrawn", "status": "withdrawn", "busy": 0}
#: What browsers say that have a phone beside them to scan a code with.
COMPUTERS = ("Windows NT", "Macintosh", "X11", "CrOS")


class PayPage(http.Controller):
    """The page behind the link. No session, no account, no app; a GET changes nothing,
    since mail scanners open every link.
    """

    @page("/p/<string:token>", closed=True, **GET)
    def show(self, link, problem=None, done=None, **kwargs):
        if link._is_closed():
            return render("pom_payment.pay_closed", closed_values(link))
        values = pay_values(link, read_choice(link))
        return render("pom_payment.pay_page", {**values, "notice": problem or done})

    @page("/p/<string:token>/pay", **POST)
    def pay(self, link, way="", remember="", **kwargs):
        choice = read_choice(link)
        provider, method = chosen_way(link, way, choice)
        if choice.problem:
            # The page says what is wrong with the amount.
            items = choice.moves.ids if link.debtor_id else None
            return back(link, amount=request.params.get("amount"), item=items)
        if not provider:
            return back(link, problem="choose")
        if not provider._pom_adapter():
            # Cards and the like are typed on core's own form.
            params = {"amount": choice.amount}
            if link.debtor_id:
                params["item"] = choice.moves.ids
            return back(link, "/form", way=way, **params)
        attempt = link._begin_attempt(provider, method, choice=choice)
        if not attempt:
            return back(link)
        remembers = bool(remember) and provider._pom_can_save(method)
        if remembers:
            link._remember(attempt)
        attempt._pom_start_committed(
            f"{link.company_id._pom_base_url()}/p/{link.token}"
        )
        if not attempt.pom_redirect_url:
            return back(link, problem="start")
        response = go_and_pay(link, attempt)
        return keep(response, link, attempt) if remembers else response

    @page("/p/<string:token>/again", **POST)
    def again(self, link, **kwargs):
        """One tap: charged to what this browser's payer had remembered."""
        saved, choice = saved_token(link), read_choice(link)
        key = saved.provider_id._pom_way_key(saved.payment_method_id)
        provider, method = chosen_way(link, key, choice)
        if not saved or not provider or choice.problem:
            return back(link, problem="choose")
        attempt = link._begin_attempt(
            provider, method, "online_token", choice, token=saved
        )
        if attempt:
            tapped = attempt.with_context(pom_committed=True, pom_tapped=True)
            tapped._charge_with_token()
        failed = attempt.state == "error"
        return back(link, problem="start" if failed else None)

    @page("/p/<string:token>/forget", **POST)
    def forget(self, link, **kwargs):
        link._forget(saved_token(link))
        response = back(link)
        response.delete_cookie(SAVED, path="/p")
        return response

    @page("/p/<string:token>/give-up", **POST)
    def give_up(self, link, **kwargs):
        link._give_up()
        return back(link)

    @page("/p/<string:token>/renew", closed=True, **POST)
    def renew(self, link, **kwargs):
        """The debt still stands, so the debtor may make an expired link good again."""
        if link.state == "expired" and link._is_closed():
            values = closed_values(link, sent=True)
            link._mail_new_link()
            return render("pom_payment.pay_closed", values)
        if link.state == "expired":
            link._renew()
        return back(link)

    @page("/p/<string:token>/seen", closed=True, **POST)
    def seen(self, link, d="", **kwargs):
        """Sent by the script of a page that somebody has before the eyes.

        :param str d: code of the message that the link came with
        """
        link._note_seen(d)
        return protected(request.make_response("", status=204))

    @page("/p/<string:token>/status.json", closed=True, withdrawn=False, **GET)
    def status(self, link, **kwargs):
        if link.withdrawn:
            return protected(request.make_json_response(WITHDRAWN))
        answer = {
            "state": link.state,
            "status": link._word(),
            "busy": under_way(link),
        }
        return protected(request.make_json_response(answer))


def keep(response, link, attempt):
    """Have the browser remember that its owner agreed. Not sent along when another
    site makes it post here.
    """
    key = link._saved_key(attempt)
    return with_cookie(response, link, SAVED, key, SAVED_SECONDS, "Strict")


def go_and_pay(link, attempt):
    """To where this device pays with one tap: the app on a phone; on a computer the
    code that the phone scans; else the provider's page.
    """
    if on_phone():
        return redirect(attempt.pom_deeplink or attempt.pom_redirect_url)
    if on_computer() and attempt.pom_qr_payload:
        return back(link)
    return redirect(attempt.pom_redirect_url)


def on_computer():
    agent = request.httprequest.headers.get("User-Agent", "")
    return not on_phone() and any(system in agent for system in COMPUTERS)
