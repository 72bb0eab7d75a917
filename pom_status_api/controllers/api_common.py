"""What all routes of the API share: who asks, how often, what they may, and answers."""

import functools
import json
import time
from hashlib import sha256

from odoo import SUPERUSER_ID, http
from odoo.http import request

from odoo.addons.pom_payment.controllers.pay_common import become_public, nearest
from odoo.addons.pom_payment.controllers.sender import sent_from

from ..tools import cursor, openapi, schema, standard_webhooks
from ..tools.openapi_paths import MOST_BODY, MOST_BYTES
from ..tools.problems import Refusal
from .api_errors import rate_headers, refused

#: Wrong keys per minute and sender before we stop looking at them.
REFUSALS_PER_MINUTE = 30
MINUTE = 60
#: Mistakes that one answer names.
MOST_WRONG = 50
ROUTING = {
    "type": "http",
    "auth": "none",
    "readonly": False,
    "csrf": False,
    "save_session": False,
    "sitemap": False,
    "max_content_length": MOST_BYTES,
}


def operation(name):
    """A route for one operation of the description, which says path, verb, parameters
    and body: the method is called with the system and what was given.
    """
    said = openapi.operation(name)

    def decorator(method):
        @http.route(said.route, methods=[said.method], **ROUTING)
        @functools.wraps(method)
        def enter(self, id=None, **params):
            become_public()
            try:
                subscriber = _who_asks()
            except Refusal as refusal:
                # Nothing was done but counting, and that counts.
                return refused(refusal)
            if said.acts and not subscriber.may_create:
                raise Refusal(403, "This system may only ask how things stand.")
            given = {**_parameters(said), **_headers(said), **_body(said)}
            if id is not None:
                given["id"] = id
            return _respond(method(self, subscriber, **given), said)

        return enter

    return decorator


def page_given(given):
    """
    :return: id after which a page begins, most that it may hold, and what else was
        given
    """
    rest = dict(given)
    limit = rest.pop("limit", openapi.LIMIT)
    return cursor.read(rest.pop("cursor", "")), limit, rest


# -- who asks --------------------------------------------------------------------------


def _who_asks():
    """
    :return: the system, as superuser in its company
    """
    header = request.httprequest.headers.get("Authorization", "")
    kind, _blank, key = header.partition(" ")
    keys = request.env["pom.api.key"]
    asker = kind.lower() == "bearer" and keys._find(key.strip())
    if not asker:
        raise _unknown(key)
    _count(asker)
    request.update_env(user=SUPERUSER_ID)
    company = request.env["res.company"].browse(asker.company_id)
    company._pom_read_kept()
    request.update_context(allowed_company_ids=company.ids, lang=_language(company))
    return request.env["pom.subscriber"].browse(asker.subscriber_id)


def _language(company):
    """In which Odoo says why it refuses and why a message failed: the caller's, as
    Accept-Language says it; the company's where that says nothing.
    """
    installed = [code for code, _name in request.env["res.lang"].get_installed()]
    wanted = request.httprequest.accept_languages.values()
    found = filter(None, (nearest(code, installed) for code in wanted))
    return next(found, company.partner_id.lang or "en_US")


def _unknown(key):
    challenge = {"WWW-Authenticate": "Bearer"}
    sentence = "Send the header Authorization: Bearer pomk_…"
    if not request.httprequest.headers.get("Authorization"):
        # Who has no key guesses none.
        return Refusal(401, sentence, headers=challenge)
    place = ("status key", sent_from(), REFUSALS_PER_MINUTE, MINUTE)
    counts = request.env["pom.rate.limit"]
    if counts._is_over(*place) or not counts._hit(*place):
        return _too_often("Too many wrong keys. Try again in a minute.", MINUTE)
    if key:
        sentence = "This key opens nothing: it is wrong, or was archived."
    if standard_webhooks.is_secret(key):
        sentence = "This secret signs, and is no key. Use New Key."
    return Refusal(401, sentence, headers=challenge)


def _count(asker):
    used = request.env["pom.rate.limit"]._used("api", str(asker.key_id), MINUTE)
    if used == 1:
        request.env["pom.api.key"]._note_use(asker.key_id)
    most = asker.per_minute
    left = max(most - used, 0)
    reset = MINUTE - int(time.time()) % MINUTE
    request.pom_rate_headers = {
        "RateLimit-Policy": f'"minute";q={most};w={MINUTE}',
        "RateLimit": f'"minute";r={left};t={reset}',
    }
    if used > most:
        raise _too_often("This key asked too often. Go on in a moment.", reset)


def _too_often(sentence, seconds):
    return Refusal(429, sentence, headers={"Retry-After": str(seconds)})


# -- what is given ---------------------------------------------------------------------


def _parameters(said):
    given, wrong = {}, []
    asked = request.httprequest.args
    for name in asked:
        values = asked.getlist(name)
        if name not in said.query:
            wrong.append((name, "There is no such parameter."))
        elif len(values) > 1:
            wrong.append((name, "Give this once."))
        else:
            described = said.query[name]["schema"]
            given[name] = schema.from_text(values[0], described)
            wrong += schema.errors(given[name], described, openapi.SCHEMAS, name)
    if wrong:
        raise _malformed("Look at the address.", wrong)
    return given


def _headers(said):
    given = {}
    for name, one in said.headers.items():
        value = request.httprequest.headers.get(name)
        wrong = (
            [(name, "This is missing.")]
            if value is None
            else schema.errors(value, one["schema"], openapi.SCHEMAS, name)
        )
        if wrong:
            raise _malformed(f"Send the header {name}.", wrong)
        given[name.lower().replace("-", "_")] = value
    return given


def _body(said):
    if not said.takes:
        return {}
    if request.httprequest.mimetype != said.takes:
        raise Refusal(415, f"Send it as {said.takes}.")
    content = request.httprequest.get_data()
    if said.schema is None:
        return {"content": content}
    if len(content) > MOST_BODY:
        raise Refusal(413, f"Send at most {MOST_BODY} bytes.")
    try:
        asked = json.loads(
            content, parse_constant=_no_number, object_pairs_hook=_named_once
        )
    except (ValueError, RecursionError):
        raise _malformed("The body isn't JSON.") from None
    wrong = schema.errors(asked, said.schema, openapi.SCHEMAS)
    if wrong:
        raise _malformed("Look at the body.", wrong)
    return {"asked": asked}


def _malformed(sentence, wrong=()):
    return Refusal(400, sentence, "malformed", wrong[:MOST_WRONG])


def _no_number(text):
    raise ValueError(text)


def _named_once(pairs):
    """Of two amounts, whoever looked before us may have seen the other one."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name comes twice")
    return found


# -- answers ---------------------------------------------------------------------------


def _respond(answer, said):
    """
    :param answer: what is told; with a status, where that isn't 200, and with more
        headers, where there are some
    """
    answer = answer if isinstance(answer, tuple) else (answer, 200)
    data, status, more = (*answer, {})[:3]
    headers = {**rate_headers(), **more, "Cache-Control": "private, no-cache"}
    content = json.dumps(data)
    if said.method == "GET":
        headers["ETag"] = tag = f'"{sha256(content.encode()).hexdigest()[:32]}"'
        if request.httprequest.if_none_match.contains_weak(tag.strip('"')):
            return request.make_response("", headers=list(headers.items()), status=304)
    headers["Content-Type"] = "application/json"
    return request.make_response(content, headers=list(headers.items()), status=status)
