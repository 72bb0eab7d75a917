"""The addresses of the simulated Bancontact Pro: merchant API, payer's page, and
``/_sim/`` for tests that run in another process.
"""

import json
import secrets
import time
from typing import Any
from urllib.parse import urlsplit

from markupsafe import escape
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from .bancontact_records import (
    ApiError,
    Merchant,
    Payment,
    check_refund_signature,
    read_json,
    read_order,
)

PAYMENT = "/v3/payments/<payment_id>"
#: Name, methods and path. Those of ``OPERATIONS`` can be made to fail by name.
ADDRESSES = (
    ("keys", "GET", "/"),
    ("keys", "GET", "/.well-known/jwks.json"),
    ("create", "POST", "/v3/payments"),
    ("search", "POST", "/v3/payments/search"),
    ("get", "GET", PAYMENT),
    ("give_up", "DELETE", PAYMENT),
    ("refund_iban", "GET", PAYMENT + "/debtor/refundIban"),
    ("refund", "POST", PAYMENT + "/refunds"),
    ("get_refund", "GET", PAYMENT + "/refunds/<refund_id>"),
    ("page", "GET POST", "/pay/2/<payment_id>"),
    ("sim_ledger", "GET", "/_sim/ledger"),
    ("sim_payments", "GET", "/_sim/payments"),
    ("sim_callbacks", "GET", "/_sim/callbacks"),
    ("sim_idle", "GET", "/_sim/idle"),
    ("sim_merchants", "GET POST", "/_sim/merchants"),
    ("sim_faults", "GET POST DELETE", "/_sim/faults"),
    ("sim_rotate", "POST", "/_sim/keys/rotate"),
    ("sim_action", "POST", "/_sim/payments/<payment_id>/<action>"),
)
OPERATIONS = frozenset(
    {"create", "get", "give_up", "search", "refund", "refund_iban", "get_refund"}
)
ROUTES = Map(
    [
        Rule(path, endpoint=name, methods=methods.split())
        for name, methods, path in ADDRESSES
    ]
)


class Application:
    """WSGI application.

    :param psp: the :class:`~.bancontact_pro.BancontactPro` behind it.
    """

    def __init__(self, psp):
        self.psp = psp

    def __call__(self, environ, start_response):
        request = Request(environ)
        try:
            name, values = ROUTES.bind_to_environ(environ).match()
            response = self._answer(request, name, values)
        except ApiError as error:
            response = failure(error.http_status, error.code, error.message)
        except HTTPException as error:
            response = failure(error.code, "NOT_FOUND", error.name)
        except (TypeError, ValueError) as error:
            response = failure(400, "FIELD_INVALID", str(error))
        return response(environ, start_response)

    def _answer(self, request: Request, name: str, values: dict) -> Response:
        handle = getattr(self, f"on_{name}")
        if name not in OPERATIONS:
            return handle(request, **values)
        faults, subjects = self.psp.faults, (name, *values.values())
        time.sleep(faults.take("slow_answer", subjects) or 0)
        refused = faults.take("api_error", subjects)
        if refused:
            return failure(refused, "TRY_AGAIN_LATER", "as asked")
        response = handle(request, **values)
        lost = faults.take("lost_answer", subjects)
        return failure(lost, "TECHNICAL_ERROR", "as asked") if lost else response

    # --- merchant API ---------------------------------------------------------

    def on_keys(self, request: Request) -> Response:
        return as_response(self.psp.keys.document())

    def on_create(self, request: Request) -> Response:
        merchant = self._merchant(request)
        payment = self.psp.create(merchant, read_order(request))
        return as_response(self.psp.as_json(payment), 201)

    def on_get(self, request: Request, payment_id: str) -> Response:
        payment = self._payment(request, payment_id)
        word = self.psp.faults.take("unknown_status", payment.subjects) or ""
        return as_response(self.psp.as_json(payment, status=word))

    def on_give_up(self, request: Request, payment_id: str) -> Response:
        self.psp.cancel(self._payment(request, payment_id).id)
        return Response(status=204)

    def on_search(self, request: Request) -> Response:
        found = self.psp.search(self._merchant(request), read_json(request))
        number = request.args.get("page", 0, int)
        size = request.args.get("size", 50, int)
        details = found[number * size : (number + 1) * size]
        return as_response(
            {
                "size": len(details),
                "totalPages": -(-len(found) // size),
                "totalElements": len(found),
                "number": number,
                "details": [self.psp.as_json(payment) for payment in details],
            }
        )

    def on_refund_iban(self, request: Request, payment_id: str) -> Response:
        return as_response({"iban": self._paid(request, payment_id).payer[1]})

    def on_refund(self, request: Request, payment_id: str) -> Response:
        payment = self._paid(request, payment_id)
        key = request.headers.get("Idempotency-Key", "")
        if not 0 < len(key) <= 64:
            raise ApiError(400, "FIELD_REQUIRED", "Idempotency-Key")
        check_refund_signature(request, payment.merchant)
        refund = self.psp.refund(payment, key, read_json(request))
        return as_response({**refund, "status": "PENDING"}, 201)

    def on_get_refund(
        self, request: Request, payment_id: str, refund_id: str
    ) -> Response:
        payment = self._paid(request, payment_id)
        for refund in payment.refunds.values():
            if refund["refundId"] == refund_id:
                return as_response(refund)
        raise ApiError(404, "REFUND_NOT_FOUND", refund_id)

    def _merchant(self, request: Request) -> Merchant:
        given = request.headers.get("Authorization", "")
        for merchant in self.psp.merchants:
            if given == f"Bearer {merchant.api_key}":
                return merchant
        raise ApiError(401, "UNAUTHORIZED", "wrong API key")

    def _payment(self, request: Request, payment_id: str) -> Payment:
        merchant = self._merchant(request)
        payment = self.psp.payment(payment_id)
        if payment.merchant is not merchant:
            raise ApiError(404, "PAYMENT_NOT_FOUND", payment_id)
        return payment

    def _paid(self, request: Request, payment_id: str) -> Payment:
        payment = self._payment(request, payment_id)
        if payment.status != "SUCCEEDED":
            raise ApiError(422, "PAYMENT_NOT_SUCCEEDED", payment.status)
        return payment

    # --- payer's page ---------------------------------------------------------

    def on_page(self, request: Request, payment_id: str) -> Response:
        payment = self.psp.payments.get(payment_id)
        if payment is None:
            return page("Unknown payment", "<p>There is no such payment.</p>", 404)
        if request.method == "GET":
            return payer_page(payment)
        action = request.form.get("action", "")
        if action not in ("pay", "cancel", "fail"):
            return page("Unknown action", "<p>Please go back.</p>", 400)
        if payment.is_open:
            self.psp.finish(payment_id, action)
        return_url = payment.asked.get("returnUrl", "")
        if urlsplit(return_url).scheme in ("http", "https"):
            return redirect(return_url, 303)
        return payer_page(payment)

    # --- for tests ------------------------------------------------------------

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

    def on_sim_merchants(self, request: Request) -> Response:
        if request.method == "POST":
            self.psp.add_merchant(**read_json(request))
        return as_response([vars(merchant) for merchant in self.psp.merchants])

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

    def on_sim_rotate(self, request: Request) -> Response:
        self.psp.rotate_keys(**read_json(request))
        return as_response({"kid": self.psp.keys.current.kid("ES256")})

    def on_sim_action(self, request: Request, payment_id: str, action: str) -> Response:
        payment = self.psp.payment(payment_id)
        if action not in self.psp.ACTIONS:
            raise ApiError(404, "ACTION_NOT_FOUND", action)
        getattr(self.psp, action)(payment_id, **read_json(request))
        return as_response(self.psp.as_json(payment))


def as_response(value: Any, status: int = 200) -> Response:
    return Response(json.dumps(value), status, mimetype="application/json")


def failure(http_status: int, code: str, message: str) -> Response:
    trace = {"traceId": secrets.token_hex(8), "spanId": secrets.token_hex(4)}
    return as_response({"code": code, "message": message, **trace}, http_status)


PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – simulated Bancontact</title>
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
BUTTONS = """<form method="post">
<button name="action" value="pay">Pay {amount}</button>
<button name="action" value="cancel">Cancel</button>
<button name="action" value="fail">Fail (the bank refuses)</button>
</form>"""


def page(title: str, content: str, status: int = 200) -> Response:
    """
    :param content: safe HTML.
    """
    html = PAGE.format(title=escape(title), content=content)
    return Response(html, status, mimetype="text/html")


def payer_page(payment: Payment) -> Response:
    amount = f"€ {payment.amount // 100:,}.{payment.amount % 100:02d}"
    rows = (
        ("To", payment.merchant.name),
        ("Account", payment.merchant.iban),
        ("Description", payment.asked.get("description", "")),
        ("Reference", payment.reference),
        ("Status", payment.status),
    )
    terms = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in rows)
    buttons = BUTTONS.format(amount=amount) if payment.is_open else ""
    content = f'<p class="amount">{amount}</p><dl>{terms}</dl>{buttons}'
    return page(f"Pay {payment.merchant.name}", content)
