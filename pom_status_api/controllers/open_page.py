"""The page of a link for an open amount: who has it chooses what to pay."""

import secrets

from odoo import SUPERUSER_ID, http
from odoo.http import request
from odoo.tools import email_normalize
from odoo.tools.misc import format_amount

from odoo.addons.pom_payment.controllers.headers import policy, protect
from odoo.addons.pom_payment.controllers.pay_common import choose_language, not_found
from odoo.addons.pom_payment.controllers.pay_look import look
from odoo.addons.pom_payment.controllers.sender import sent_from
from odoo.addons.pom_payment.debt import amounts
from odoo.addons.pom_payment.tools import plain, qr

ROUTING = {"type": "http", "auth": "public", "save_session": False, "sitemap": False}
#: What one sender may begin in an hour, and all together with one link.
PER_SENDER, PER_LINK = 20, 500
HOUR = 3600
LONGEST = 100


class OpenPage(http.Controller):
    """No session, no account; a GET changes nothing."""

    @http.route("/pom/open/<string:token>", methods=["GET"], **ROUTING)
    def show(self, token, **params):
        link = _find(token)
        return _page(link) if link else not_found()

    @http.route("/pom/open/<string:token>/poster", methods=["GET"], **ROUTING)
    def poster(self, token, **params):
        link = _find(token)
        if not link or not link._is_open():
            return _page(link) if link else not_found()
        code = qr.data_uri(qr.svg(link.url))
        return _render("pom_status_api.open_poster", link, code=code)

    @http.route("/pom/open/<string:token>", methods=["POST"], csrf=False, **ROUTING)
    def begin(self, token, amount="", name="", email="", **params):
        link = _find(token)
        if not link or not link._is_open():
            return _page(link) if link else not_found()
        typed = {"typed": amount, "name": name, "email": email}
        digits = link.currency_id.decimal_places
        wanted, problem = amounts.choose(amount, link._bounds(), digits)
        name, email = plain.one_line(name)[:LONGEST], email_normalize(email)
        if not amount.strip() or not name:
            problem = problem or "missing"
        if problem:
            return _page(link, problem=problem, **typed)
        if not _is_within(link):
            return _page(link, problem="often", **typed)
        link = link.with_user(SUPERUSER_ID)
        paylink = link._begin(wanted, name, email, link.env.context["lang"])
        return protect(request.redirect(f"/p/{paylink.token}", code=303))


def _page(link, **values):
    """Where one chooses an amount, or reads that nothing is collected any more."""
    response = _render("pom_status_api.open_page", link, **values)
    if not link._is_open():
        response.status_code = 410
    return response


def _find(token):
    """The link, in its company and in the language of whoever looks."""
    link = request.env["pom.open.link"]._find(token)
    lang = choose_language(request.env["pom.paylink"], request.params.get("lang"))
    return link.with_context(lang=lang, allowed_company_ids=link.company_id.ids)


def _is_within(link):
    return request.env["pom.rate.limit"]._hit_each(
        ("open amount", f"{link.id}:{sent_from()}", PER_SENDER, HOUR),
        ("open amount", str(link.id), PER_LINK, HOUR),
    )


def _render(template, link, **values):
    nonce = secrets.token_urlsafe(16)
    company, env = link.company_id, link.env
    bounds = link._bounds()

    def money(value):
        return format_amount(env, float(value), link.currency_id)

    html = env["ir.qweb"]._render(
        template,
        {
            "open_link": link,
            "company": company,
            "page_lang": env.context["lang"].replace("_", "-"),
            "nonce": nonce,
            "choose": env._(
                "Choose an amount from %(least)s to %(most)s.",
                least=money(bounds.least),
                most=money(bounds.most),
            ),
            "suggestions": link._suggestions(),
            **look(company),
            **values,
        },
    )
    response = protect(request.make_response(html))
    response.headers["Content-Security-Policy"] = policy(nonce)
    return response
