from odoo import fields, http
from odoo.http import request

from ..models.pom_payer_request import OPEN
from ..tools import qr
from .pay_common import (
    GET,
    POST,
    back,
    chosen_way,
    control_values,
    cookie_name,
    enter,
    find,
    not_found,
    page_values,
    protected,
    read_choice,
    redirect,
    render,
)

#: What can be asked in which state of the link.
KINDS = {
    "open": ("question", "dispute", "already_paid", "remind", "plan", "contact"),
    "expired": ("question", "already_paid", "contact"),
    "in_progress": ("question",),
    "planned": ("question", "dispute", "already_paid", "contact"),
    "disputed": ("question", "already_paid", "contact"),
    "paid": ("question", "contact"),
    "credit": ("question", "contact"),
    "withdrawn": (),
}
#: A browser that knew the answer to the control question isn't asked again today.
CONTROL_SECONDS = 24 * 3600
#: Cookie of a browser whose owner had a way to pay remembered, and how long it's kept;
#: browsers allow no longer time.
SAVED = "pom_saved"
SAVED_SECONDS = 400 * 24 * 3600
PAYING = ("open", "planned", "disputed")
#: In these the first screen says what the invoice is for.
SUBJECT = ("open", "in_progress", "expired")
#: What browsers say that have a phone beside them to scan a code with.
COMPUTERS = ("Windows NT", "Macintosh", "X11", "CrOS")


class PayPage(http.Controller):
    """The page behind the link. No session, no account, no app; a GET changes nothing,
    since mail scanners open every link.
    """

    @http.route("/p/<string:token>", **GET)
    def show(self, token, lang=None, problem=None, done=None, **kwargs):
        link, refusal = enter(token, lang)
        if refusal:
            return refusal
        values = pay_values(link, read_choice(link))
        return render("pom_payment.pay_page", {**values, "notice": problem or done})

    @http.route("/p/<string:token>/pay", **POST)
    def pay(self, token, way="", remember="", lang=None, **kwargs):
        link, refusal = enter(token, lang)
        if refusal:
            return refusal
        choice = read_choice(link)
        provider, method = chosen_way(link, way, choice)
        if not provider or choice.problem:
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

    @http.route("/p/<string:token>/again", **POST)
    def again(self, token, lang=None, **kwargs):
        """One tap: charged to what this browser's payer had remembered."""
        link, refusal = enter(token, lang)
        if refusal:
            return refusal
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

    @http.route("/p/<string:token>/forget", **POST)
    def forget(self, token, lang=None, **kwargs):
        link, refusal = enter(token, lang)
        if refusal:
            return refusal
        link._forget(saved_token(link))
        response = back(link)
        response.delete_cookie(SAVED, path="/p")
        return response

    @http.route("/p/<string:token>/give-up", **POST)
    def give_up(self, token, lang=None, **kwargs):
        link, refusal = enter(token, lang)
        if refusal:
            return refusal
        link._give_up()
        return back(link)

    @http.route("/p/<string:token>/renew", **POST)
    def renew(self, token, lang=None, **kwargs):
        """The debt still stands, so the debtor may make an expired link good again."""
        link, refusal = enter(token, lang)
        if refusal:
            return refusal
        if link.state == "expired":
            link._renew()
        return back(link)

    @http.route("/p/<string:token>/control", **POST)
    def control(self, token, answer="", lang=None, **kwargs):
        link = find(token, lang)
        if not link:
            return not_found()
        if not link._control_try(answer):
            values = control_values(link, wrong=True)
            return render("pom_payment.pay_control", values, status=403)
        response = back(link)
        response.set_cookie(
            cookie_name(link),
            link._control_key(),
            max_age=CONTROL_SECONDS,
            path="/p",
            secure=request.httprequest.scheme == "https",
            httponly=True,
            samesite="Lax",
        )
        return response

    @http.route("/p/<string:token>/seen", **POST)
    def seen(self, token, d="", **kwargs):
        """Sent by the script of a page that somebody has before the eyes.

        :param str d: code of the message that the link came with
        """
        link, refusal = enter(token)
        if refusal:
            return refusal
        link._count_view()
        request.env["pom.delivery"].sudo()._note_seen(link, d)
        return protected(request.make_response("", status=204))

    @http.route("/p/<string:token>/status.json", **GET)
    def status(self, token, **kwargs):
        link, refusal = enter(token)
        if refusal:
            return refusal
        return protected(request.make_json_response({"state": link.state}))


# -- what the page shows ---------------------------------------------------------------


def saved_token(link):
    return link._saved_token(request.cookies.get(SAVED, ""))


def keep(response, link, attempt):
    """Have the browser remember that its owner agreed. Not sent along when another
    site makes it post here.
    """
    response.set_cookie(
        SAVED,
        link._saved_key(attempt),
        max_age=SAVED_SECONDS,
        path="/p",
        secure=request.httprequest.scheme == "https",
        httponly=True,
        samesite="Strict",
    )
    return response


def is_ours(link, attempt):
    """Whether this browser may go on with the attempt: who agrees to be charged later
    on does that in one browser.
    """
    key = request.cookies.get(SAVED, "")
    return not attempt.tokenize or link._is_keeper(attempt, key)


def pay_values(link, choice):
    state = link.state
    paying = state in PAYING
    move = link.move_id
    attempt = link._attempts_under_way()[:1] if state == "in_progress" else None
    ways = link._ways_offered(choice) if paying else ()
    saved = saved_token(link) if ways else None
    return {
        **page_values(link),
        "move": move,
        "state": state,
        "screen": screen(link, state),
        "status": move.pom_payment_status,
        "overdue": bool(move) and is_overdue(link),
        "choice": choice,
        "standing": link._standing() if move else None,
        "documents": documents(link, choice) if link.debtor_id else (),
        "ways": ways,
        "saved": saved,
        "remember": [way.label for way in ways if way.saves and not saved],
        "transfer": transfer(link, choice) if state == "open" else None,
        "attempt": attempt,
        "ours": attempt and is_ours(link, attempt),
        "phone": on_phone(),
        "link_qr": state == "open" and not on_phone() and qr.data_uri(qr.svg(link.url)),
        "subject": subject(link) if state in SUBJECT else "",
        "requests": open_requests(link),
        "request_kinds": KINDS[state],
        "dispute": paying and move.pom_disputed_amount or 0,
    }


def screen(link, state):
    """Which screen shows this state; two more than there are states."""
    if state != "open" or not link.move_id:
        return state
    standing = link._standing()
    if standing and standing.next_date and standing.asked:
        return "instalment"
    return "partial" if link.move_id.payment_state == "partial" else "open"


def subject(link):
    """What the invoice is for, in a few words: the debtor's first question."""
    names = [
        line.name or line.product_id.display_name for line in link._lines("product")
    ]
    first = (names[0] if names else "").strip().partition("\n")[0]
    short = first if len(first) <= 60 else f"{first[:59].rstrip()}…"
    return f"{short}\u00a0…" if len(names) > 1 and short[-1:] != "…" else short


def is_overdue(link):
    due = link.move_id.invoice_date_due
    return bool(due and due < fields.Date.context_today(link))


def documents(link, choice):
    """What a statement lists, one group a currency."""
    moves = link._open_moves()
    return [
        {
            "currency": currency,
            "chosen": currency == choice.currency,
            "rows": [
                {
                    "move": move,
                    "owed": float(link._owed(move)),
                    "checked": move in choice.moves,
                }
                for move in group
            ],
        }
        for currency, group in moves.grouped("currency_id").items()
    ]


def transfer(link, choice):
    if not link.company_id.pom_page_transfer:
        return None
    found = link._bank_transfer(choice)
    if not found:
        return None
    account = found.pop("account")
    code = account._pom_qr_uri(
        float(choice.amount), choice.currency, found["reference"]
    )
    return {**found, "qr": code}


def go_and_pay(link, attempt):
    """To where this device pays with one tap: the app on a phone; on a computer the
    code that the phone scans; else the provider's page.
    """
    if on_phone():
        return redirect(attempt.pom_deeplink or attempt.pom_redirect_url)
    if on_computer() and attempt.pom_qr_payload:
        return back(link)
    return redirect(attempt.pom_redirect_url)


def on_phone():
    """Only to put first what fits: everything is on the page either way."""
    headers = request.httprequest.headers
    hint = headers.get("Sec-CH-UA-Mobile")
    return hint == "?1" if hint else "Mobi" in headers.get("User-Agent", "")


def on_computer():
    agent = request.httprequest.headers.get("User-Agent", "")
    return not on_phone() and any(system in agent for system in COMPUTERS)


def open_requests(link):
    return link.env["pom.payer.request"].search(
        [("paylink_id", "=", link.id), ("state", "in", OPEN)], limit=5
    )
