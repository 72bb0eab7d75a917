import re

from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    MethodNotAllowed,
    NotFound,
    TooManyRequests,
)

from odoo import models
from odoo.http import Response, request

from ..controllers.headers import protect
from ..controllers.sender import sent_from

#: Perhaps more than any id.
LONG_NUMBER = re.compile(r"/(\d{10,})(?!\d)")
LARGEST_ID = 2**31 - 1
#: Characters that act, halves of pairs, and slashes that would be merged.
STRANGE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]|//")
#: Where our own routes begin.
OURS = ("/p/<", "/s/<", "/pom/", "/my/pom/")
#: What pays; the rest of what a payer does has an allowance of its own, so that nobody
#: who floods the one shuts a debtor out of the other.
PAYING = ("/pay", "/again", "/transaction")
#: Fields of forms in which files are sent.
FILES = {"file"}
#: Largest body of a request, where a route doesn't say otherwise. Core's is 128 MiB.
MAX_BYTES = 256 * 1024
#: Per minute, sender and link: nobody needs more.
ACTIONS_PER_MINUTE = 30
#: Per minute and link, of all senders together.
ACTIONS_PER_LINK = 150
#: Per minute and sender, to what is no link.
MISSES_PER_MINUTE = 60


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _match(cls, path_info):
        # EXTENDS 'base': numbers that no database holds name nothing, and what no
        # address is made of gets no further: not to a search by it, nor a redirect.
        if is_ours(path_info) and STRANGE.search(path_info):
            raise BadRequest(response=protect(Response(status=400)))
        if path_info.startswith("/pom/") and _has_no_id(path_info):
            raise NotFound
        return super()._match(path_info)

    @classmethod
    def _pre_dispatch(cls, rule, args):
        # EXTENDS 'base': what acts on a payment page is counted, and only what a route
        # declares reaches it.
        if rule.rule.startswith(OURS):
            _check_verb(rule.endpoint.routing)
            if _is_action(rule) and not hasattr(request, "pom_counted"):
                # Once, however often it's played again because of others' locks.
                request.pom_counted = True
                _count_action(rule.rule, str(args.get("token")))
        super()._pre_dispatch(rule, args)
        if rule.rule.startswith(OURS):
            _bound_body(rule)
            _check_texts(rule.rule, args)

    @classmethod
    def _post_dispatch(cls, response):
        # EXTENDS 'base'
        super()._post_dispatch(response)
        if is_ours(request.httprequest.path):
            protect(response)

    @classmethod
    def _handle_error(cls, exception):
        # EXTENDS 'base': refusals are answers of ours, too.
        response = super()._handle_error(exception)
        if not is_ours(request.httprequest.path):
            return response
        if isinstance(response, TooManyRequests):
            response = _too_often()
        elif isinstance(response, HTTPException):
            response = response.get_response(request.httprequest.environ)
        return protect(response)


def _bound_body(rule):
    """Of whatever verb: forms are looked for in all of them."""
    if rule.endpoint.routing.get("max_content_length") is None:
        request.httprequest.max_content_length = MAX_BYTES
    if rule.rule.startswith("/pom/webhook/"):
        # Kept before a form is read from it: events are judged as they came.
        request.httprequest.get_data()


def _too_often():
    # Not at the top: what answers on pages imports models.
    from ..controllers.pay_brief import too_often

    return too_often()


def _has_no_id(path):
    """Whether a number in it is larger than any id; Python reads no endless ones."""
    numbers = LONG_NUMBER.findall(path)
    return any(len(n) > 10 or int(n) > LARGEST_ID for n in numbers)


def is_ours(path):
    return path.startswith(("/p/", "/s/", "/pom/", "/my/pom/"))


def _check_verb(routing):
    """Odoo lets OPTIONS in everywhere, and treats it as safe."""
    declared = routing.get("methods") or ["POST"]
    allowed = {*declared, *(["HEAD"] if "GET" in declared else ())}
    if request.httprequest.method not in allowed:
        raise MethodNotAllowed(sorted(allowed))


def _check_texts(rule, args):
    """:raises BadRequest: for what no database can look up, and no handler expects"""
    asked = request.httprequest
    # Events are judged as they came, whatever is in them.
    given = asked.args if rule.startswith("/pom/webhook/") else asked.values
    texts = [*args.values(), *given.keys()]
    texts += [text for name in given for text in given.getlist(name)]
    if not all(_is_storable(text) for text in texts if isinstance(text, str)):
        raise BadRequest
    # What is sent becomes arguments by name: a file in a text's place, or what Python
    # itself fills in, would end in a traceback.
    if set(asked.files) - FILES or "self" in {*asked.args, *asked.form}:
        raise BadRequest


def _is_storable(text):
    return "\0" not in text and not any("\ud800" <= one <= "\udfff" for one in text)


def _is_action(rule):
    return request.httprequest.method == "POST" and rule.rule.startswith("/p/<")


def _count_action(path, typed):
    """:raises TooManyRequests: when this sender, or all together, did too much"""
    sender = sent_from()
    counts = request.env["pom.rate.limit"]
    link = request.env["pom.paylink"].sudo()._find(typed)
    if not link:
        # However many are made up, they are counted in one place.
        place = ("no such link", sender, MISSES_PER_MINUTE, 60)
        within = not counts._is_over(*place) and counts._hit(*place)
    else:
        what = "paying" if path.endswith(PAYING) else "pay page"
        within = counts._hit_each(
            (what, f"{link.id}:{sender}", ACTIONS_PER_MINUTE, 60),
            (what, str(link.id), ACTIONS_PER_LINK, 60),
        )
    if not within:
        raise TooManyRequests(retry_after=60)
