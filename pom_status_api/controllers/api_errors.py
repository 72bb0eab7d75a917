"""What is refused, for programs: problem details (RFC 9457)."""

from werkzeug.exceptions import HTTPException

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from odoo.addons.pom_payment.controllers.headers import protect
from odoo.addons.pom_payment.utils import BUSY

from ..tools import openapi
from ..tools.openapi_paths import MOST_BYTES
from ..tools.problems import MIMETYPE, Refusal, problem

#: Headers of an error that mean something.
KEPT = ("Retry-After", "WWW-Authenticate")
TOO_LARGE = f"Send at most {MOST_BYTES} bytes."


def rate_headers():
    """What the answer to this request says about the allowance; {} before the key."""
    return getattr(request, "pom_rate_headers", {})


def refused(exception):
    """The answer to what can't be done."""
    found, headers = _told(exception)
    response = request.make_json_response(
        found,
        headers=[*rate_headers().items(), *headers.items(), ("Content-Type", MIMETYPE)],
        status=found["status"],
    )
    return protect(response)


def _told(exception):
    """
    :return: problem details, and headers
    """
    if isinstance(exception, Refusal):
        return exception.body(), exception.headers
    if isinstance(exception, HTTPException):
        status = exception.code or 500
        own = exception.get_response(request.httprequest.environ).headers
        headers = {name: own[name] for name in KEPT if name in own}
        if status == 405:
            headers["Allow"] = _allowed(exception)
        detail = TOO_LARGE if status == 413 else str(exception.description or "")
        return problem(status, detail), headers
    for kind, status in KINDS:
        if isinstance(exception, kind):
            sentence = str(exception) if status == 422 else ""
            return problem(status, sentence), {}
    return problem(500, "Something is wrong on our side, and was noted."), {}


def _allowed(exception):
    """What can be done at this address; OPTIONS, which Odoo's routing knows, isn't."""
    path = request.httprequest.path.rstrip("/")
    described = openapi.methods(path)
    return ", ".join(described or sorted({*exception.valid_methods} - {"OPTIONS"}))


#: The first that it is; whoever sees the others is told nothing of the records.
KINDS = (
    (AccessError, 403),
    (MissingError, 404),
    (UserError, 422),
    (BUSY, 503),
)
