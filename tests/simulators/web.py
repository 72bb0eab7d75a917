"""Addresses that every simulated PSP has: the payer's page's frame, and ``/_sim/`` for
tests that run in another process.
"""

import json
import time
from collections.abc import Collection
from typing import Any, ClassVar
from urllib.parse import urlsplit

from markupsafe import escape
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from .service import ApiError, Service

#: Name, methods and path.
SIM_ADDRESSES = (
    ("sim_ledger", "GET", "/_sim/ledger"),
    ("sim_payments", "GET", "/_sim/payments"),
    ("sim_callbacks", "GET", "/_sim/callbacks"),
    ("sim_idle", "GET", "/_sim/idle"),
    ("sim_faults", "GET POST DELETE", "/_sim/faults"),
    ("sim_action", "POST", "/_sim/payments/<payment_id>/<action>"),
)


def routes(*addresses: tuple[str, str, str]) -> Map:
    return Map(
        [
            Rule(path, endpoint=name, methods=methods.split())
            for name, methods, path in addresses + SIM_ADDRESSES
        ]
    )


class Application:
    """WSGI application: address ``name`` is answered by the method ``on_name``."""

    ROUTES: ClassVar[Map]
    #: Addresses of the merchant API, which can be made to fail by name.
    OPERATIONS: ClassVar[Collection[str]]

    def __init__(self, psp: Service):
        self.psp: Any = psp

    def __call__(self, environ, start_response):
        request = Request(environ)
        try:
            name, values = self.ROUTES.bind_to_environ(environ).match()
            response = self._answer(request, name, values)
        except ApiError as error:
            response = self.failure(error.http_status, error.code, error.message)
        except HTTPException as error:
            response = self.failure(error.code, "NOT_FOUND", error.name)
        except (TypeError, ValueError) as error:
            response = self.failure(400, "FIELD_INVALID", str(error))
        return response(environ, start_response)

    def failure(self, http_status: int, code: str, message: str) -> Response:
        """An error as this PSP words it."""
        raise NotImplementedError

    def _answer(self, request: Request, name: str, values: dict) -> Response:
        handle = getattr(self, f"on_{name}")
        if name not in self.OPERATIONS:
            return handle(request, **values)
        faults, subjects = self.psp.faults, (name, *values.values())
        time.sleep(faults.take("slow_answer", subjects) or 0)
        refused = faults.take("api_error", subjects)
        if refused:
            return self.failure(refused, "TRY_AGAIN_LATER", "as asked")
        response = handle(request, **values)
        time.sleep(faults.take("late_answer", subjects) or 0)
        lost = faults.take("lost_answer", subjects)
        return self.failure(lost, "TECHNICAL_ERROR", "as asked") if lost else response

    def on_sim_ledger(self, request: Request) -> Response:
        return as_response(self.psp.ledger())

    def on_sim_payments(self, request: Request) -> Response:
        payments = list(self.psp.payments.values())
        return as_response([self.psp.as_json(payment) for payment in payments])

    def on_sim_callbacks(self, request: Request) -> Response:
        return as_response([c.as_json() for c in list(self.psp.callbacks)])

    def on_sim_idle(self, request: Request) -> Response:
        timeout = request.args.get("timeout", 10, float)
        return as_response({"idle": self.psp.wait_idle(timeout)})

    def on_sim_faults(self, request: Request) -> Response:
        faults = self.psp.faults
        if request.method == "DELETE":
            faults.clear(request.args.get("name", ""))
        elif request.method == "POST":
            faults.inject(**read_json(request))
        return as_response(
            {
                "known": faults.known,
                "active": faults.active(),
                "happened": faults.happened,
            }
        )

    def on_sim_action(self, request: Request, payment_id: str, action: str) -> Response:
        payment = self.psp.payment(payment_id)
        if action not in self.psp.ACTIONS:
            raise ApiError(404, "ACTION_NOT_FOUND", action)
        getattr(self.psp, action)(payment_id, **read_json(request))
        return as_response(self.psp.as_json(payment))


def read_json(request: Request) -> dict:
    body = json.loads(request.get_data() or b"{}")
    if not isinstance(body, dict):
        raise ApiError(400, "BODY_MISSING", "a JSON object is expected")
    return body


def as_response(value: Any, status: int = 200) -> Response:
    return Response(json.dumps(value), status, mimetype="application/json")


PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – simulated</title>
<style>
body {{ font: 1.125rem/1.5 system-ui, sans-serif; margin: 0; color: #1d1d1f; }}
main {{ max-width: 26rem; margin: 0 auto; padding: 1rem; }}
dt {{ color: #4a4a4f; }} dd {{ margin: 0 0 .75rem; overflow-wrap: anywhere; }}
.amount {{ font-size: 2rem; font-weight: 700; }}
button {{ display: block; width: 100%; min-height: 3rem; margin: .75rem 0;
  font: inherit; border: 2px solid #005498; border-radius: .5rem; }}
button {{ background: #fff; color: #005498; }}
button[value=pay] {{ background: #005498; color: #fff; font-weight: 700; }}
</style>
</head>
<body><main><h1>{title}</h1>{content}</main></body>
</html>
"""
BUTTON = '<button name="action" value="{action}">{label}</button>'


def page(title: str, content: str, status: int = 200) -> Response:
    """
    :param content: safe HTML.
    """
    html = PAGE.format(title=escape(title), content=content)
    return Response(html, status, mimetype="text/html")


def payer_page(
    merchant: str,
    amount: str,
    rows: tuple[tuple[str, str], ...],
    buttons: tuple[tuple[str, str], ...],
) -> Response:
    """
    :param rows: what is shown, with its name.
    :param buttons: actions with their labels; none when the payment is over.
    """
    terms = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows
    )
    form = "".join(BUTTON.format(action=a, label=escape(label)) for a, label in buttons)
    content = f'<p class="amount">{escape(amount)}</p><dl>{terms}</dl>'
    if form:
        content += f'<form method="post">{form}</form>'
    return page(f"Pay {merchant}", content)


def back_to(url: str) -> Response | None:
    """Redirect to the merchant, None when there is no address to go to."""
    is_web = urlsplit(url).scheme in ("http", "https")
    return redirect(url, 303) if is_web else None
