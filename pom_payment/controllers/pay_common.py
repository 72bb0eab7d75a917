"""What the routes behind a payment link share."""

import functools
import inspect
import secrets
from urllib.parse import urlencode

from odoo import http
from odoo.http import request
from odoo.tools.misc import format_amount, format_date

from ..tools.whole_words import whole
from .headers import HEADERS, is_secure, policy
from .pay_look import ASSETS, company_number, look
from .sender import sent_from

#: Cookie of a browser that gave a wrong answer to a control question.
BROWSER = "pom_browser"
YEAR = 365 * 24 * 3600
HTML = [("Content-Type", "text/html; charset=utf-8")]
#: No session to ride on: who knows the token may act.
POST = {
    "type": "http",
    "auth": "public",
    "methods": ["POST"],
    "csrf": False,
    "save_session": False,
}
#: Who is logged in doesn't matter, and isn't asked for. Never from a replica, as Odoo
#: reads by itself where nobody is asked for: who just paid would be asked again.
GET = {
    "type": "http",
    "auth": "none",
    "readonly": False,
    "methods": ["GET"],
    "save_session": False,
    "sitemap": False,
}


# -- the link --------------------------------------------------------------------------


def page(
    path,
    control=True,
    closed=False,
    withdrawn=None,
    first=None,
    looks=False,
    **routing,
):
    """A route behind a payment link: the method is handed the link in place of its
    token, or isn't called when there is none.

    :param bool control: whether only who passed the control question may enter
    :param bool closed: whether it's there for links that are over for long, too
    :param withdrawn: answers in the method's place, given the link, when that was
        taken back; False where the method tells so itself
    :param first: answers in its place before the link is looked up, given what was
        typed, or returns None
    :param bool looks: whether it changes nothing, and shows much
    """
    if withdrawn is None:
        withdrawn = taken_back

    def decorator(method):
        @http.route(path, **routing)
        @functools.wraps(method)
        def enter(self, token, lang=None, **params):
            params.pop("link", None)  # in case that stands in the address
            become_public()
            if first and (answer := first(token)):
                return answer
            link = find(token, lang, looks)
            if not link:
                return not_found()
            # Before anything else: the debt behind it may be somebody else's now.
            if link.withdrawn and withdrawn:
                return withdrawn(link)
            if control and not has_passed(link):
                return render("pom_payment.pay_control", control_values(link))
            if not closed and link._is_closed():
                return not_found()
            return method(self, link, **params)

        # Odoo asks for it at each request; looking behind wrappers takes long.
        enter.__signature__ = inspect.signature(enter)
        return enter

    return decorator


def find(token, lang=None, looks=False):
    """The link, in its company and in the debtor's language; empty if none."""
    become_public()
    link = request.env["pom.paylink"]._find(token, looks)
    return in_language(link._read_parties(), lang) if link else link


def become_public():
    """As core does it, without asking the database whether that user still exists."""
    if request.env.uid is None:
        data = request.env["ir.model.data"].sudo()
        request.update_env(user=data._xmlid_to_res_id("base.public_user"))


def in_language(link, lang=None):
    language = choose_language(link, lang)
    request.update_context(lang=language)
    return link.with_context(
        lang=language,
        allowed_company_ids=link.company_id.ids,
        tz=_zone(link),
        pom_page=page_number(),
    )


def page_number():
    """Which page of a long statement is looked at; each address leads to the same."""
    given = request.params.get("page", "")
    return max(int(given), 1) if is_id(given) else 1


def choose_language(link, lang):
    """The one that was asked for, the debtor's, the browser's, the company's."""
    installed = [code for code, _name in request.env["res.lang"].get_installed()]
    wanted = (
        lang,
        link.partner_id.lang,
        *request.httprequest.accept_languages.values(),
        link.company_id.partner_id.lang,
        "en_US",
    )
    found = (nearest(code, installed) for code in wanted if code)
    return next(filter(None, found), installed[0])


def nearest(code, installed):
    """The installed language that fits: whoever reads 'nl' or 'nl-NL' reads 'nl_BE'."""
    code = code.replace("-", "_")
    family = code.partition("_")[0].lower()
    same = (other for other in installed if other.partition("_")[0] == family)
    return code if code in installed else next(same, None)


def _zone(link):
    return link.company_id.partner_id.tz or "Europe/Brussels"


def has_passed(link):
    """Whether this browser may see the link without a control question."""
    return link._control_passed(request.cookies.get(cookie_name(link), ""))


def cookie_name(link):
    return f"pom_{link.id}"


def control_values(link, **values):
    return {
        **page_values(link),
        "question": link._control_question(),
        "locked": link._control_is_locked(who(link)),
        "wrong": False,
        "sent": False,
        "can_send": link._control_can_send(),
        **values,
    }


def who(link):
    """This browser and its sender, as wrong answers are remembered."""
    return link._control_who(sent_from(), request.cookies.get(BROWSER, "")[:64])


def closed_values(link, sent=False):
    """Of a link that is over for long: nothing that somebody could learn from it."""
    return {
        **page_values(link),
        "state": link.state,
        "has_receipt": link._has_receipt(),
        "thanks": link.state == "paid" and link._is_paid(),
        "sent": sent,
    }


def chosen_way(link, way, choice):
    """The provider and method that a form named, if they can take this payment."""
    return next(iter(chosen_ways(link, way, choice)), (None, None))


def chosen_ways(link, way, choice):
    """The same, and after it the other providers of that method.

    :return: (provider, method) pairs; none when it can't take this payment
    """
    pairs = link._ways_to_pay(choice)
    chosen = [pair for pair in pairs if way == pair[0]._pom_way_key(pair[1])]
    methods = [method for _provider, method in chosen]
    others = [pair for pair in pairs if pair[1] in methods and pair not in chosen]
    return chosen + others


def read_choice(link):
    """What the address or the form says about what to pay."""
    params = request.httprequest.values
    items = [int(item) for item in params.getlist("item") if is_id(item)]
    # Sent by the list: what isn't named isn't wanted.
    ticked = "ticked" in params
    if not items and not ticked:
        items = link._still_asked(link._asked_by(params.get("d", "")))
    return link._choice(items, params.get("amount", ""), ticked)


def is_id(text):
    """Whether it's a number that an id may have."""
    return text.isdecimal() and len(text) < 10


# -- what every page shows -------------------------------------------------------------


def page_values(link):
    company, env = link.company_id, link.env
    style = link._page_style()
    given = request.params.get("lang")
    return {
        "link": link,
        "company": company,
        "page_lang": (env.context["lang"] or "en_US").replace("_", "-"),
        "languages": languages(env),
        "here": f"/p/{link.token}",
        # Words that the script says: of an attribute of ours Odoo translates none.
        "moment": env._("One moment…"),
        "copied": env._("Copied"),
        "given_lang": given if given == env.context["lang"] else None,
        "address": lambda path="", **params: address(link, path, given, params),
        "money": functools.cache(
            lambda value, currency: format_amount(env, float(value), currency)
        ),
        "date": lambda value: value and format_date(env, value, date_format="medium"),
        "company_number": company_number(company.partner_id),
        "style": style,
        **look(company, color=style.color),
    }


def languages(env):
    """(code, name) of the languages one can switch to."""
    return [
        (code, name.rpartition(" / ")[2].partition(" (")[0])
        for code, name in env["res.lang"].get_installed()
    ]


def address(link, path, lang, params):
    """Of something behind the link; the language that was chosen goes along."""
    query = {**({"lang": lang} if lang else {}), **params}
    number = link.env.context.get("pom_page", 1)
    if number > 1:
        query.setdefault("page", number)
    query = {name: value for name, value in query.items() if value not in (None, "")}
    asked = f"?{urlencode(query, doseq=True)}" if query else ""
    return f"/p/{link.token}{path}{asked}"


# -- answers ---------------------------------------------------------------------------


def render(template, values, status=200):
    nonce = secrets.token_urlsafe(16)
    # In the link's environment: that of the request would look up who is asking.
    qweb = values["link"].env["ir.qweb"]
    html = whole(qweb._render(template, {**values, "nonce": nonce}))
    response = request.make_response(html, HTML, status=status)
    return protected(response, nonce)


def not_found():
    """The same answer for whatever isn't a link, so that guessing teaches nothing."""
    become_public()
    qweb = request.env["ir.qweb"].sudo()
    lang = choose_language(request.env["pom.paylink"], None)
    values = {"assets": ASSETS, "nonce": None, "page_lang": lang.replace("_", "-")}
    html = qweb.with_context(lang=lang)._render("pom_payment.pay_not_found", values)
    response = request.make_response(html, HTML, status=404)
    return protected(response)


def taken_back(link):
    """Says so, and nothing about the debt: not even that there's still one, where it's
    somebody else's by now.
    """
    newer = link._newer()
    is_replaced = newer.partner_id == link.partner_id and bool(newer)
    values = {**page_values(link), "state": "withdrawn", "is_replaced": is_replaced}
    return render("pom_payment.pay_taken_back", values)


def back(link, path="", **params):
    lang = request.params.get("lang")
    return redirect(address(link, path, lang, params))


def redirect(location):
    return protected(request.redirect(location, code=303, local=False))


def file(content, mimetype, name=None, inline=True):
    headers = [("Content-Type", mimetype), ("Content-Length", len(content))]
    if name:
        shown = http.content_disposition(name, "inline" if inline else "attachment")
        headers.append(("Content-Disposition", shown))
    return protected(request.make_response(content, headers))


def with_cookie(response, link, name, value, seconds, samesite):
    """Have the browser bring this back to links of ours, and to nothing else."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/p",
        secure=is_secure(link),
        httponly=True,
        samesite=samesite,
    )
    return response


def kept(response):
    """For browsers to keep: it has another address when it changes."""
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


def protected(response, nonce=None, framed=False):
    """The address holds a secret, and somebody pays here."""
    response.headers["Content-Security-Policy"] = policy(nonce, framed)
    response.headers.update(HEADERS)
    if framed:
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
