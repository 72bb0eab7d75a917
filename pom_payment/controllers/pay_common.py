"""What the routes behind a payment link share."""

import secrets
from hashlib import sha256
from urllib.parse import urlencode

from odoo.http import request
from odoo.tools import file_open
from odoo.tools.misc import format_amount, format_date

from ..tools import colors, identity

HTML = [("Content-Type", "text/html; charset=utf-8")]
STATIC = "pom_payment/static/src/pay"
#: No session to ride on: who knows the token may act.
POST = {
    "type": "http",
    "auth": "public",
    "methods": ["POST"],
    "csrf": False,
    "save_session": False,
}
#: Who is logged in doesn't matter, and isn't asked for.
GET = {
    "type": "http",
    "auth": "none",
    "methods": ["GET"],
    "save_session": False,
    "sitemap": False,
}


def _versioned(name):
    """Address of a static file that changes with its content."""
    with file_open(f"{STATIC}/{name}", "rb") as file:
        return f"/{STATIC}/{name}?v={sha256(file.read()).hexdigest()[:8]}"


ASSETS = {name: _versioned(name) for name in ("pay.css", "pay.js")}
#: Names of what comes with devices; nothing is fetched. Without quotes: in a style
#: sheet inside the page they would stay escaped.
FONTS = {
    "humanist": "Seravek, Gill Sans Nova, Ubuntu, Calibri, DejaVu Sans, sans-serif",
    "serif": "Charter, Bitstream Charter, Sitka Text, Cambria, Georgia, serif",
    "round": "ui-rounded, Hiragino Maru Gothic ProN, Quicksand, Comfortaa, Manjari, "
    "Arial Rounded MT Bold, Calibri, sans-serif",
}


# -- the link --------------------------------------------------------------------------


def enter(token, lang=None):
    """The link that somebody opened, or the answer to whom may not see it.

    :return: (link, None) or (None, response)
    """
    link = find(token, lang)
    if not link:
        return None, not_found()
    key = request.cookies.get(cookie_name(link), "")
    if not link._control_passed(key):
        return None, render("pom_payment.pay_control", control_values(link))
    return link, None


def find(token, lang=None):
    """The link, in its company and in the debtor's language; empty if none."""
    become_public()
    link = request.env["pom.paylink"]._find(token)
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
        lang=language, allowed_company_ids=link.company_id.ids, tz=_zone(link)
    )


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


def cookie_name(link):
    return f"pom_{link.id}"


def control_values(link, wrong=False):
    return {
        **page_values(link),
        "question": link._control_question(),
        "locked": link._control_is_locked(),
        "wrong": wrong,
    }


def chosen_way(link, way, choice):
    """The provider and method that a form named, if they can take this payment."""
    for provider, method in link._ways_to_pay(choice):
        if way == provider._pom_way_key(method):
            return provider, method
    return None, None


def read_choice(link):
    """What the address or the form says about what to pay."""
    params = request.httprequest.values
    items = [int(item) for item in params.getlist("item") if item.isdecimal()]
    items = items or link._asked_by(params.get("d", ""))
    return link._choice(items, params.get("amount", ""))


# -- what every page shows -------------------------------------------------------------


def page_values(link):
    company, env = link.company_id, link.env
    given = request.params.get("lang")
    return {
        "link": link,
        "company": company,
        "page_lang": (env.context["lang"] or "en_US").replace("_", "-"),
        "languages": languages(env),
        "here": f"/p/{link.token}",
        "given_lang": given if given == env.context["lang"] else None,
        "address": lambda path="", **params: address(link, path, given, params),
        "money": lambda value, currency: format_amount(env, float(value), currency),
        "date": lambda value: value and format_date(env, value, date_format="medium"),
        "company_number": company_number(company.partner_id),
        **look(company),
    }


def look(company, color=None, font=None):
    """The creditor's colours, letters and pictures."""
    brand = colors.brand(
        color
        or company.pom_page_color
        or company.email_secondary_color
        or company.primary_color
    )
    version = company._pom_picture_version()
    pictures = f"/pom/brand/{company.id}/{version}"
    has_logo, has_icon = company._pom_has_pictures(version)
    return {
        "brand": brand,
        "font": FONTS.get(font or company.pom_page_font),
        "assets": ASSETS,
        "logo": has_logo and f"{pictures}/logo",
        "icon": f"{pictures}/icon" if has_icon else letter_icon(company.name, brand),
    }


def letter_icon(name, brand):
    """The first letter of the name, as an address that holds the picture itself."""
    letter = (name or "?").strip()[:1].upper()
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="8" fill="{brand.fill}"/>'
        f'<text x="16" y="23" text-anchor="middle" font-family="sans-serif" '
        f'font-size="20" font-weight="700" fill="{brand.on_fill}">'
        f"{letter if letter.isalnum() else '€'}</text></svg>"
    )
    return f"data:image/svg+xml,{urlencode({'': drawing})[1:].replace('+', '%20')}"


def company_number(partner):
    """As it is written in the public register, so that one can compare."""
    vat = partner.vat or ""
    return identity.readable(partner.company_registry or vat, country=vat[:2])


def languages(env):
    """(code, name) of the languages one can switch to."""
    return [
        (code, name.rpartition(" / ")[2].partition(" (")[0])
        for code, name in env["res.lang"].get_installed()
    ]


def address(link, path, lang, params):
    """Of something behind the link; the language that was chosen goes along."""
    query = {**({"lang": lang} if lang else {}), **params}
    query = {name: value for name, value in query.items() if value not in (None, "")}
    text = urlencode(query, doseq=True)
    return f"/p/{link.token}{path}{'?' if text else ''}{text}"


# -- answers ---------------------------------------------------------------------------


def render(template, values, status=200):
    nonce = secrets.token_urlsafe(16)
    # In the link's environment: that of the request would look up who is asking.
    qweb = values["link"].env["ir.qweb"]
    html = qweb._render(template, {**values, "nonce": nonce})
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


def back(link, path="", **params):
    lang = request.params.get("lang")
    return redirect(address(link, path, lang, params))


def redirect(location):
    return protected(request.redirect(location, code=303, local=False))


def file(content, mimetype, name=None, inline=True):
    headers = [("Content-Type", mimetype), ("Content-Length", len(content))]
    if name:
        kind = "inline" if inline else "attachment"
        headers.append(("Content-Disposition", f'{kind}; filename="{name}"'))
    return protected(request.make_response(content, headers))


def protected(response, nonce=None, framed=False):
    """The address holds a secret, and somebody pays here."""
    style = f"'self' 'nonce-{nonce}'" if nonce else "'self'"
    # A form's target includes where it is redirected to: the provider's page.
    plain = " http:" if request.httprequest.scheme == "http" else ""
    ancestors = "'self'" if framed else "'none'"
    response.headers.update(
        {
            "Content-Security-Policy": "default-src 'none'; img-src 'self' data:; "
            f"style-src {style}; script-src 'self'; connect-src 'self'; "
            f"font-src 'self'; form-action 'self' https:{plain}; "
            f"frame-ancestors {ancestors}; base-uri 'none'",
            "X-Frame-Options": "SAMEORIGIN" if framed else "DENY",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex, nofollow",
        }
    )
    return response
