from odoo import http
from odoo.http import request

from ..psp.values import UNCONFIRMED
from .pay_common import (
    GET,
    POST,
    back,
    chosen_way,
    chosen_ways,
    closed_values,
    page,
    protected,
    read_choice,
    redirect,
    render,
    with_cookie,
)
from .pay_mark import PAID, payment_before, stale
from .pay_values import SAVED, on_phone, pay_values, saved_token, under_way

#: What is remembered is kept as long as browsers allow.
SAVED_SECONDS = 400 * 24 * 3600
#: What is wrong with an amount that somebody typed.
UNFIT = ("unreadable", "little", "much")
#: How a link stands that was taken back, whatever became of the debt.
WITHDRAWN = {"state": "withdrawn", "status": "withdrawn", "busy": 0}
#: What browsers say that have a phone beside them to scan a code with.
COMPUTERS = ("Windows NT", "Macintosh", "X11", "CrOS")


class PayPage(http.Controller):
    """The page behind the link. No session, no account, no app; a GET changes nothing,
    since mail scanners open every link.
    """

    @page("/p/<string:token>", closed=True, looks=True, **GET)
    def show(self, link, problem=None, done=None, **kwargs):
        if link._is_closed():
            return render("pom_payment.pay_closed", closed_values(link))
        notice = problem or done
        before = payment_before(link) if notice == PAID else ""
        values = pay_values(link, read_choice(link))
        values.update(notice=notice, before=before)
        return render("pom_payment.pay_page", values)

    @page("/p/<string:token>/pay", **POST)
    def pay(self, link, way="", remember="", **kwargs):
        choice = read_choice(link)
        if wrong := refused(link, choice):
            return wrong
        ways = chosen_ways(link, way, choice)
        if not ways:
            return back(link, problem="choose")
        for provider, method in ways:
            # The next one is for when it can't be begun at the one before.
            response = begin(link, choice, provider, method, bool(remember))
            if response:
                return response
        return back(link, problem="start")

    @page("/p/<string:token>/again", **POST)
    def again(self, link, **kwargs):
        """One tap: charged to what this browser's payer had remembered."""
        saved, choice = saved_token(link), read_choice(link)
        if wrong := refused(link, choice):
            return wrong
        key = saved.provider_id._pom_way_key(saved.payment_method_id)
        provider, method = chosen_way(link, key, choice)
        if not saved or not provider:
            return back(link, problem="choose")
        attempt = link._begin_attempt(
            provider, method, "online_token", choice, token=saved
        )
        if attempt:
            tapped = attempt.with_context(pom_committed=True, pom_tapped=True)
            tapped._charge_with_token()
        if attempt.state != "error":
            return back(link)
        early = attempt.pom_failure_code == UNCONFIRMED
        return back(link, problem="early" if early else "start")

    @page("/p/<string:token>/forget", **POST)
    def forget(self, link, **kwargs):
        link._forget(saved_token(link))
        response = back(link)
        response.delete_cookie(SAVED, path="/p")
        return response

    @page("/p/<string:token>/receipt", **POST)
    def mail_receipt(self, link, **kwargs):
        """To the address that we know. Who asks isn't told whether there is one."""
        link._mail_receipt()
        return back(link, done="receipt")

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


def refused(link, choice):
    """Back to the page, which says what is wrong with what somebody wants to pay; None
    when nothing is.
    """
    given = request.httprequest.values
    items = given.getlist("item") if link.debtor_id else None
    if choice.problem in UNFIT and not given.get("mark"):
        return back(link, amount=given.get("amount"), item=items)
    if problem := stale(link, choice):
        return back(link, problem=problem, item=items)
    if choice.problem:
        return back(link, amount=given.get("amount"), item=items)
    return None


def begin(link, choice, provider, method, wants_remembered):
    """
    :return: where the payer goes on; None when it can't be begun there
    """
    if not provider._pom_adapter():
        # Cards and the like are typed on core's own form.
        params = {"amount": choice.amount}
        if link.debtor_id:
            params["item"] = choice.moves.ids
        return back(link, "/form", way=provider._pom_way_key(method), **params)
    attempt = link._begin_attempt(provider, method, choice=choice)
    if not attempt:
        return back(link)
    remembers = wants_remembered and provider._pom_can_save(method)
    if remembers:
        link._remember(attempt)
    attempt._pom_start_committed(f"{link.company_id._pom_base_url()}/p/{link.token}")
    if not attempt.pom_redirect_url:
        return None
    response = go_and_pay(link, attempt)
    return keep(response, link, attempt) if remembers else response


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
    if on_computer() and attempt._pom_qr_uri():
        return back(link)
    return redirect(attempt.pom_redirect_url)


def on_computer():
    agent = request.httprequest.headers.get("User-Agent", "")
    return not on_phone() and any(system in agent for system in COMPUTERS)
