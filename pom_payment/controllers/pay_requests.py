from datetime import timedelta

from odoo import http
from odoo.http import request

from ..tools import request_form, uploads
from ..tools.registry import by_code
from .pay_common import GET, POST, back, not_found, page, page_values, render

#: Three files of five MB, and the form around them.
MAX_BODY = uploads.MAX_FILES * uploads.MAX_BYTES + 256 * 1024


class PayRequests(http.Controller):
    """Forms with which debtors help themselves."""

    @page("/p/<string:token>/ask/<string:kind>", **GET)
    def ask(self, link, kind, **kwargs):
        known = link._request_kinds().get(kind)
        if known:
            return _form(link, known)
        # Not now, as while a payment is in progress: the page says how it stands.
        exists = kind in by_code(link._all_request_kinds())
        return back(link) if exists else not_found()

    @page(
        "/p/<string:token>/ask/<string:kind>/send", max_content_length=MAX_BODY, **POST
    )
    def send(self, link, kind, **kwargs):
        known = link._request_kinds().get(kind)
        if not known:
            # The first of two taps may have changed how it stands: that was received.
            return back(link, done=kind) if _came_just_now(link, kind) else not_found()
        form = request.httprequest.form
        moves = _about(link, kind, form.get("item", ""))
        answer = request_form.read(known, form, _limits(link, moves))
        files, problem = uploads.check(_files())
        problems = [*answer.problems, *([f"file_{problem}"] if problem else ())]
        if kind == "dispute" and len(moves) != 1:
            problems.append("item_missing")
        requests = _requests(link)
        problems += requests._contact_problems(link, answer.values)
        link._lock()
        if not problems and requests._same(link, kind, answer.values, moves, files):
            return _after(link, kind, answer)
        if not requests._is_allowed(link):
            problems = ["too_many"]
        if problems:
            return _form(link, known, problems, status=422)
        seen = link._seen_first(kind, answer.values, moves)
        if seen and form.get("seen") != seen:
            return _form(link, known, seen=seen)
        wordings = _wordings(link) if answer.values.get("consents") else {}
        requests._receive(link, kind, answer.values, moves, files, wordings)
        return _after(link, kind, answer)

    @page("/p/<string:token>/confirm", **GET)
    def confirm(self, link, **kwargs):
        waiting = _waiting(link)
        return _code_form(link, waiting) if waiting else back(link)

    @page("/p/<string:token>/confirm", **POST)
    def check_code(self, link, code="", **kwargs):
        """The code that we sent to a new e-mail address."""
        waiting = _waiting(link)
        if not waiting:
            return back(link)
        if not waiting._try_code(code):
            return _code_form(link, waiting, wrong=True)
        return back(link, done="contact")


def _after(link, kind, answer):
    """Where the debtor goes on when it was received."""
    is_asked = answer.values.get("new_email") and _waiting(link)
    return back(link, "/confirm") if is_asked else back(link, done=kind)


def _requests(link):
    return request.env["pom.payer.request"].sudo().with_env(link.env)


def _came_just_now(link, kind):
    return any(one._came_just_now() for one in _requests(link)._of_kind(link, kind))


def _waiting(link):
    return _requests(link)._unconfirmed(link)


def _code_form(link, waiting, wrong=False):
    values = {**page_values(link), "address_asked": waiting.new_email, "wrong": wrong}
    return render("pom_payment.pay_confirm", values, status=422 if wrong else 200)


def _form(link, kind, problems=(), status=200, seen=""):
    form = request.httprequest.form
    today = link.company_id._pom_today()
    values = {
        **page_values(link),
        "kind": kind.code,
        "fields": kind.template,
        "here": f"/p/{link.token}/ask/{kind.code}",
        "problems": problems,
        "seen": seen,
        "has_login": link._debtor_has_login(),
        "typed": lambda name: form.get(name, ""),
        "moves": link._open_moves() if link.debtor_id else link.move_id,
        "reasons": _options(link, "reason"),
        "channels": _options(link, "new_channel"),
        "wordings": _wordings(link),
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "last_days": link._last_days(),
    }
    return render("pom_payment.pay_ask", values, status=status)


def _options(link, name):
    field = link.env["pom.payer.request"]._fields[name]
    return field._description_selection(link.env)


def _about(link, kind, item):
    """The documents that a request is about: one, or all of a statement."""
    if kind == "money_back":
        return link._overpaid()
    moves = link._open_moves()
    return moves.filtered(lambda move: str(move.id) == item) or moves


def _limits(link, moves):
    return request_form.Limits(
        today=link.company_id._pom_today(),
        open_amount=max(moves.pom_standing.left, 0) if len(moves) == 1 else None,
        last_days=link._last_days(),
        digits=moves.currency_id[:1].decimal_places if moves else 2,
        languages=tuple(code for code, _name in link.env["res.lang"].get_installed()),
    )


def _files():
    """Read no more of a file than it takes to see that it's too large."""
    sent = request.httprequest.files.getlist("file")[: uploads.MAX_FILES + 1]
    return [(file.filename or "", file.read(uploads.MAX_BYTES + 1)) for file in sent]


def _wordings(link):
    """The sentences that one agrees with or not, as they are shown and kept."""
    env, company = link.env, link.company_id.name
    yes = {
        "email": env._(
            "Yes, %s may send me invoices and reminders by e-mail.", company
        ),
        "sms": env._("Yes, %s may send me invoices and reminders by SMS.", company),
        "whatsapp": env._(
            "Yes, %s may send me invoices and reminders by WhatsApp.", company
        ),
    }
    no = {
        "email": env._("No, %s may not write to me by e-mail.", company),
        "sms": env._("No, %s may not send me SMS messages.", company),
        "whatsapp": env._("No, %s may not write to me by WhatsApp.", company),
    }
    return {
        (channel, given): sentences[channel]
        for given, sentences in ((True, yes), (False, no))
        for channel in request_form.CONSENT_CHANNELS
    }
