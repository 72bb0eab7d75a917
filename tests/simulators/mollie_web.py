"""The addresses of the simulated Mollie."""

from werkzeug.wrappers import Request, Response

from .mollie_records import Customer, Payment, read_order
from .mollie_settlements import LISTS
from .service import ApiError
from .web import Application, as_response, back_to, page, payer_page, read_json, routes

PAYMENT = "/v2/payments/<payment_id>"
MANDATE = "/v2/customers/<customer_id>/mandates/<mandate_id>"


class MollieApplication(Application):
    ROUTES = routes(
        ("create", "POST", "/v2/payments"),
        ("list", "GET", "/v2/payments"),
        ("get", "GET", PAYMENT),
        ("give_up", "DELETE", PAYMENT),
        ("refund", "POST", PAYMENT + "/refunds"),
        ("get_refund", "GET", PAYMENT + "/refunds/<refund_id>"),
        ("create_customer", "POST", "/v2/customers"),
        ("get_mandate", "GET", MANDATE),
        ("revoke_mandate", "DELETE", MANDATE),
        ("settlements", "GET", "/v2/settlements"),
        ("settled", "GET", "/v2/settlements/<settlement_id>/<name>"),
        ("page", "GET POST", "/checkout/<payment_id>"),
        ("sim_sign", "POST", "/_sim/signed-webhooks"),
    )
    OPERATIONS = frozenset(
        {
            "create",
            "list",
            "get",
            "give_up",
            "refund",
            "get_refund",
            "create_customer",
            "get_mandate",
            "revoke_mandate",
            "settlements",
            "settled",
        }
    )

    def failure(self, http_status: int, code: str, message: str) -> Response:
        shown = {"status": http_status, "title": code, "detail": message}
        return as_response(shown, http_status)

    def on_create(self, request: Request) -> Response:
        self._check_key(request)
        asked = read_order(read_json(request))
        return self._once(request, lambda: self.psp.as_json(self.psp.create(asked)))

    def on_get(self, request: Request, payment_id: str) -> Response:
        payment = self._payment(request, payment_id)
        word = self.psp.faults.take("unknown_status", payment.subjects) or ""
        return as_response(self.psp.as_json(payment, status=word))

    def on_give_up(self, request: Request, payment_id: str) -> Response:
        payment = self._payment(request, payment_id)
        self.psp.cancel(payment_id)
        return as_response(self.psp.as_json(payment))

    def on_refund(self, request: Request, payment_id: str) -> Response:
        payment = self._payment(request, payment_id)
        asked = read_json(request)
        return self._once(request, lambda: self.psp.refund(payment, asked))

    def on_list(self, request: Request) -> Response:
        """The latest first."""
        self._check_key(request)
        latest = list(reversed(self.psp.payments.values()))
        shown = latest[: request.args.get("limit", 50, int)]
        payments = [self.psp.as_json(payment) for payment in shown]
        return as_response({"count": len(shown), "_embedded": {"payments": payments}})

    def on_get_refund(
        self, request: Request, payment_id: str, refund_id: str
    ) -> Response:
        for refund in self._payment(request, payment_id).refunds:
            if refund["id"] == refund_id:
                return as_response(refund)
        raise ApiError(404, "Not Found", f"no refund {refund_id}")

    def on_create_customer(self, request: Request) -> Response:
        self._check_key(request)
        customer = self.psp.add_customer(read_json(request))
        return as_response({"resource": "customer", "id": customer.id}, 201)

    def on_get_mandate(
        self, request: Request, customer_id: str, mandate_id: str
    ) -> Response:
        return as_response(self._customer(request, customer_id).mandate(mandate_id))

    def on_revoke_mandate(
        self, request: Request, customer_id: str, mandate_id: str
    ) -> Response:
        customer = self._customer(request, customer_id)
        customer.mandate(mandate_id)
        customer.mandates[mandate_id] = ""
        return Response(status=204)

    def on_settlements(self, request: Request) -> Response:
        """The latest first."""
        self._check_token(request)
        latest = [settlement.as_json() for settlement in self.psp.settlements[::-1]]
        return self._paged(request, "settlements", latest)

    def on_settled(self, request: Request, settlement_id: str, name: str) -> Response:
        self._check_token(request)
        for settlement in self.psp.settlements:
            if settlement.id == settlement_id and name in LISTS:
                return self._paged(request, name, settlement.details(name))
        raise ApiError(404, "Not Found", f"no settlement {settlement_id}")

    def _paged(self, request: Request, name: str, found: list[dict]) -> Response:
        ids = [item["id"] for item in found]
        start = ids.index(request.args["from"]) if "from" in request.args else 0
        end = start + min(self.psp.page_size, request.args.get("limit", 50, int))
        links = {}
        if end < len(found):
            href = f"{self.psp.api_url}{request.path[3:]}?from={ids[end]}&limit=5"
            links["next"] = {"href": href, "type": "application/hal+json"}
        page = found[start:end]
        return as_response(
            {"count": len(page), "_embedded": {name: page}, "_links": links}
        )

    def _check_token(self, request: Request):
        if request.headers.get("Authorization") != f"Bearer {self.psp.access_token}":
            raise ApiError(403, "Forbidden", "settlements.read is needed")

    def _customer(self, request: Request, customer_id: str) -> Customer:
        self._check_key(request)
        return self.psp.customer(customer_id)

    def on_page(self, request: Request, payment_id: str) -> Response:
        payment = self.psp.payments.get(payment_id)
        if payment is None:
            return page("Unknown payment", "<p>There is no such payment.</p>", 404)
        if request.method == "GET":
            return show(payment)
        action = request.form.get("action", "")
        if action not in ("pay", "cancel", "fail"):
            return page("Unknown action", "<p>Please go back.</p>", 400)
        if payment.is_open:
            self.psp.finish(payment_id, action)
        return back_to(payment.asked.get("redirectUrl", "")) or show(payment)

    def on_sim_sign(self, request: Request) -> Response:
        url = read_json(request)["url"]
        return as_response({"secret": self.psp.sign_for(url)})

    def _once(self, request: Request, answer) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        same = f"{request.path} {request.get_data(as_text=True)}"
        return as_response(self.psp.remembered(key, same, answer), 201)

    def _check_key(self, request: Request):
        if request.headers.get("Authorization") != f"Bearer {self.psp.api_key}":
            raise ApiError(401, "Unauthorized Request", "wrong API key")

    def _payment(self, request: Request, payment_id: str) -> Payment:
        self._check_key(request)
        return self.psp.payment(payment_id)


def show(payment: Payment) -> Response:
    """The page on which the payer decides."""
    amount = f"€ {payment.amount // 100:,}.{payment.amount % 100:02d}"
    rows = (
        ("Description", payment.asked["description"]),
        ("Status", payment.status),
    )
    buttons = (("pay", f"Pay {amount}"), ("cancel", "Cancel"), ("fail", "Fail"))
    return payer_page("with Mollie", amount, rows, buttons if payment.is_open else ())
