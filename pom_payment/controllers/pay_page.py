import secrets
from hashlib import sha256

from odoo import http
from odoo.http import request
from odoo.tools import file_open
from odoo.tools.misc import format_amount, format_date

from ..tools import colors, qr

STATIC = "pom_payment/static/src/pay"


def _versioned(name):
    """Address of a static file that changes with its content."""
    with file_open(f"{STATIC}/{name}", "rb") as file:
        return f"/{STATIC}/{name}?v={sha256(file.read()).hexdigest()[:8]}"


ASSETS = {name: _versioned(name) for name in ("pay.css", "pay.js")}


class PayPage(http.Controller):
    """The page behind the link. No session, no account, no app; a GET changes nothing,
    since mail scanners open every link.
    """

    @http.route(
        "/p/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
        sitemap=False,
    )
    def show(self, token, lang=None, problem=None, **kwargs):
        link = _find(token, lang)
        if not link:
            return _not_found()
        return _render(link, problem=problem)

    @http.route(
        "/p/<string:token>/pay",
        type="http",
        auth="public",
        methods=["POST"],
        # There is no session to ride on: who knows the token may pay.
        csrf=False,
        save_session=False,
    )
    def pay(self, token, way="", lang=None, **kwargs):
        link = _find(token, lang)
        if not link:
            return _not_found()
        provider, method = _chosen(link, way)
        if not provider:
            return _back(link, problem="choose")
        if not provider._pom_adapter():
            # Cards and the like are typed on core's own form.
            return _redirect(f"/p/{link.token}/form?way={way}")
        attempt = link._begin_attempt(provider, method)
        if not attempt:
            return _back(link)
        attempt._pom_start_committed(
            f"{link.company_id._pom_base_url()}/p/{link.token}"
        )
        if not attempt.pom_redirect_url:
            return _back(link, problem="start")
        return _redirect(attempt.pom_redirect_url)

    @http.route(
        "/p/<string:token>/give-up",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def give_up(self, token, lang=None, **kwargs):
        link = _find(token, lang)
        if not link:
            return _not_found()
        link._give_up()
        return _back(link)

    @http.route(
        "/p/<string:token>/renew",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def renew(self, token, lang=None, **kwargs):
        """The debt still stands, so the debtor may make an expired link good again."""
        link = _find(token, lang)
        if not link:
            return _not_found()
        if link.state == "expired":
            link._renew()
        return _back(link)

    @http.route(
        "/p/<string:token>/status.json",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
        sitemap=False,
    )
    def status(self, token, **kwargs):
        link = _find(token)
        if not link:
            return _not_found()
        response = request.make_json_response({"state": link.state})
        return _protected(response)

    @http.route(
        "/p/<string:token>/qr.png",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
        sitemap=False,
    )
    def link_qr(self, token, **kwargs):
        """The link's own code, for a second screen: pictures in mails need an
        address.
        """
        link = _find(token)
        if not link:
            return _not_found()
        headers = [("Content-Type", "image/png")]
        return _protected(request.make_response(qr.png(link.url), headers))

    @http.route(
        "/p/<string:token>/invoice.pdf",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
        sitemap=False,
    )
    def invoice_pdf(self, token, **kwargs):
        link = _find(token)
        if not link or link.state == "withdrawn":
            return _not_found()
        document = link.move_id._get_invoice_legal_documents("pdf", allow_fallback=True)
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Length", len(document["content"])),
            ("Content-Disposition", http.content_disposition(document["filename"])),
        ]
        return _protected(request.make_response(document["content"], headers))


# -- what the routes share ---


def _find(token, lang=None):
    """The link, in its company and in the debtor's language."""
    link = request.env["pom.paylink"]._find(token)
    if not link:
        return link
    installed = [code for code, _name in request.env["res.lang"].get_installed()]
    wanted = (lang, link.partner_id.lang, link.company_id.partner_id.lang, "en_US")
    language = next(code for code in (*wanted, installed[0]) if code in installed)
    request.update_context(lang=language)
    return link.with_context(
        lang=language, allowed_company_ids=link.company_id.ids, tz=_zone(link)
    )


def _zone(link):
    return link.company_id.partner_id.tz or "Europe/Brussels"


def _chosen(link, way):
    """The provider and method that a form named, if they can take this payment."""
    for provider, method in link._ways_to_pay():
        if way == _way_key(provider, method):
            return provider, method
    return None, None


def _way_key(provider, method):
    return f"{provider.id}-{method.id}"


def _render(link, problem=None, status=200):
    nonce = secrets.token_urlsafe(16)
    values = {**_page_values(link), "problem": problem, "nonce": nonce}
    response = request.render("pom_payment.pay_page", values)
    response.status_code = status
    return _protected(response, nonce)


def _page_values(link):
    move, company, env = link.move_id, link.company_id, link.env
    state = link.state
    brand = colors.brand(company.email_secondary_color or company.primary_color)
    return {
        "link": link,
        "move": move,
        "company": company,
        "state": state,
        "status": move.pom_payment_status,
        "lang": (env.context["lang"] or "en_US").replace("_", "-"),
        "languages": _languages(env),
        "amount": format_amount(env, move.amount_residual, move.currency_id),
        "total": format_amount(env, move.amount_total, move.currency_id),
        "money": lambda value: format_amount(env, value, move.currency_id),
        "due": move.invoice_date_due and format_date(env, move.invoice_date_due),
        "date": move.invoice_date and format_date(env, move.invoice_date),
        "lines": move.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        ),
        "ways": [
            {"key": _way_key(provider, method), "label": method.name, "method": method}
            for provider, method in (link._ways_to_pay() if state == "open" else ())
        ],
        "transfer": link._bank_transfer() if state == "open" else None,
        "attempt": link._attempts_under_way()[:1] if state == "in_progress" else None,
        "brand": brand,
        "assets": ASSETS,
    }


def _languages(env):
    """(code, name) of the languages one can switch to."""
    return [
        (code, name.rpartition(" / ")[2].partition(" (")[0])
        for code, name in env["res.lang"].get_installed()
    ]


def _not_found():
    """The same answer for whatever isn't a link, so that guessing teaches nothing."""
    response = request.render("pom_payment.pay_not_found", {"assets": ASSETS})
    response.status_code = 404
    return _protected(response)


def _back(link, problem=None):
    query = f"?problem={problem}" if problem else ""
    return _redirect(f"/p/{link.token}{query}")


def _redirect(location):
    return _protected(request.redirect(location, code=303, local=False))


def _protected(response, nonce=None):
    """The address holds a secret, and somebody pays here."""
    style = f"'self' 'nonce-{nonce}'" if nonce else "'self'"
    # A form's target includes where it is redirected to: the provider's page.
    plain = " http:" if request.httprequest.scheme == "http" else ""
    response.headers.update(
        {
            "Content-Security-Policy": "default-src 'none'; img-src 'self' data:; "
            f"style-src {style}; script-src 'self'; connect-src 'self'; "
            f"font-src 'self'; form-action 'self' https:{plain}; "
            "frame-ancestors 'none'; base-uri 'none'",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex, nofollow",
        }
    )
    return response
