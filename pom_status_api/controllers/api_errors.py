"""What is refused, for programs: problem details (RFC 9457)."""

from werkzeug.exceptions import HTTPException

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from odoo.addons.pom_payment.controllers.headers import protect
from odoo.addons.pom_payment.utils import BUSY

from ..tools import openapi
from ..tools.problems import MIMETYPE, Refusal, problem

#: Headers of an error that mean something.
KEPT = ("Allow", "Retry-After", "WWW-Authenticate")


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
        if allowed := status == 405 and openapi.methods(request.httprequest.path):
            # Not of one route alone.
            headers["Allow"] = ", ".join(allowed)
        return problem(status, str(exception.description or "")), headers
    for kind, status in KINDS:
        if isinstance(exception, kind):
            sentence = str(exception) if status == 422 else ""
            return problem(status, sentence), {}
    return problem(500, "Something is wrong on our side, and was noted."), {}


#: The first that it is; whoever sees the others is told nothing of the records.
KINDS = (
    (AccessError, 403),
    (MissingError, 404),
    (UserError, 422),
    (BUSY, 503),
)
