from datetime import timedelta

from odoo import fields, http
from odoo.http import request

from ..tools import request_form, uploads
from .pay_common import GET, POST, back, enter, not_found, page_values, render
from .pay_page import KINDS

#: Three files of five MB, and the form around them.
MAX_BODY = uploads.MAX_FILES * uploads.MAX_BYTES + 256 * 1024


class PayRequests(http.Controller):
    """Forms with which debtors help themselves."""

    @http.route("/p/<string:token>/ask/<string:kind>", **GET)
    def ask(self, token, kind, lang=None, **kwargs):
        link, refusal = enter(token, lang)
        if refusal:
            return refusal
        if kind not in KINDS[link.state]:
            return not_found()
        return _form(link, kind)

    @http.route(
        "/p/<string:token>/ask/<string:kind>/send", max_content_length=MAX_BODY, **POST
    )
    def send(self, token, kind, lang=None, **kwargs):
        link, refusal = enter(token, lang)
        if refusal:
            return refusal
        if kind not in KINDS[link.state]:
            return not_found()
        form = request.httprequest.form
        moves = _about(link, form.get("item", ""))
        answer = request_form.read(kind, form, _limits(link, moves))
        files, problem = uploads.check(_files())
        problems = [*answer.problems, *([f"file_{problem}"] if problem else ())]
        if kind == "dispute" and len(moves) != 1:
            problems.append("item_missing")
        link._lock()
        requests = request.env["pom.payer.request"].sudo().with_env(link.env)
        if not requests._is_allowed(link):
            problems = ["too_many"]
        if problems:
            return _form(link, kind, problems, status=422)
        wordings = _wordings(link) if answer.values.get("consents") else {}
        requests._receive(link, kind, answer.values, moves, files, wordings)
        return back(link, done=kind)


def _form(link, kind, problems=(), status=200):
    form = request.httprequest.form
    today = fields.Date.context_today(link)
    values = {
        **page_values(link),
        "kind": kind,
        "here": f"/p/{link.token}/ask/{kind}",
        "problems": problems,
        "typed": lambda name: form.get(name, ""),
        "moves": link._open_moves() if link.debtor_id else link.move_id,
        "reasons": _options(link, "reason"),
        "channels": _options(link, "new_channel"),
        "wordings": _wordings(link),
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "last_reminder": today + timedelta(days=link.company_id.pom_remind_days),
        "last_plan": today + timedelta(days=62),
    }
    return render("pom_payment.pay_ask", values, status=status)


def _options(link, name):
    field = link.env["pom.payer.request"]._fields[name]
    return field._description_selection(link.env)


def _about(link, item):
    """The documents that a request is about: one, or all of a statement."""
    moves = link._open_moves()
    return moves.filtered(lambda move: str(move.id) == item) or moves


def _limits(link, moves):
    return request_form.Limits(
        today=fields.Date.context_today(link),
        open_amount=max(link._owed(moves), 0) if len(moves) == 1 else 0,
        remind_days=link.company_id.pom_remind_days,
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
