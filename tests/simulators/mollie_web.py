"""The addresses of the simulated Mollie."""

from werkzeug.wrappers import Request, Response

from .mollie_records import Customer, Payment, read_order
from .mollie_settlements import LISTS
from .service import ApiError
from .web import Application, as_response, back_to, page, payer_page, read_json, routes

PAYMENT = "/v2/payments/<payment_id>"
CUSTOMER = "/v2/customers/<customer_id>"
MANDATE = CUSTOMER + "/mandates/<mandate_id>"
#: Switched on in the account, as payers see them.
METHODS = {
    "bancontact": "Bancontact",
    "creditcard": "Card",
    "applepay": "Apple Pay",
    "ideal": "iDEAL",
    "kbc": "KBC/CBC",
    "belfius": "Belfius",
    "paybybank": "Pay by Bank",
    "klarna": "Klarna",
}


class MollieApplication(Application):
    ROUTES = routes(
        ("create", "POST", "/v2/payments"),
        ("list", "GET", "/v2/payments"),
        ("get", "GET", PAYMENT),
        ("give_up", "DELETE", PAYMENT),
        ("refund", "POST", PAYMENT + "/refunds"),
        ("get_refund", "GET", PAYMENT + "/refunds/<refund_id>"),
        ("refunds", "GET", PAYMENT + "/refunds"),
        ("cancel_refund", "DELETE", PAYMENT + "/refunds/<refund_id>"),
        ("chargebacks", "GET", PAYMENT + "/chargebacks"),
        ("create_customer", "POST", "/v2/customers"),
        ("customers", "GET", "/v2/customers"),
        ("get_customer", "GET", CUSTOMER),
        ("mandates", "GET", CUSTOMER + "/mandates"),
        ("customer_payments", "GET", CUSTOMER + "/payments"),
        ("get_mandate", "GET", MANDATE),
        ("revoke_mandate", "DELETE", MANDATE),
        ("methods", "GET", "/v2/methods"),
        ("get_method", "GET", "/v2/methods/<method>"),
        ("settlements", "GET", "/v2/settlements"),
        ("get_settlement", "GET", "/v2/settlements/<settlement_id>"),
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
            "refunds",
            "cancel_refund",
            "chargebacks",
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
        wanted = request.args.get("include") == "details.qrCode"
        return self._once(
            request, lambda: self.psp.as_json(self.psp.create(asked), code=wanted)
        )

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
        payments = [self.psp.as_json(payment) for payment in latest]
        return self._paged(request, "payments", payments)

    def on_refunds(self, request: Request, payment_id: str) -> Response:
        refunds = self._payment(request, payment_id).refunds
        return self._paged(request, "refunds", refunds[::-1])

    def on_cancel_refund(
        self, request: Request, payment_id: str, refund_id: str
    ) -> Response:
        for place, refund in enumerate(self._payment(request, payment_id).refunds):
            if refund["id"] == refund_id and refund["status"] in ("queued", "pending"):
                self.psp.end_refund(payment_id, "canceled", place)
                return Response(status=204)
        raise ApiError(404, "Not Found", f"no refund {refund_id} that can be canceled")

    def on_chargebacks(self, request: Request, payment_id: str) -> Response:
        chargebacks = self._payment(request, payment_id).chargebacks
        return self._paged(request, "chargebacks", chargebacks[::-1])

    def on_get_refund(
        self, request: Request, payment_id: str, refund_id: str
    ) -> Response:
        for refund in self._payment(request, payment_id).refunds:
            if refund["id"] == refund_id:
                return as_response(refund)
        raise ApiError(404, "Not Found", f"no refund {refund_id}")

    def on_create_customer(self, request: Request) -> Response:
        self._check_key(request)
        asked = read_json(request)
        return self._once(request, lambda: self.psp.add_customer(asked).as_json())

    def on_customers(self, request: Request) -> Response:
        self._check_key(request)
        found = [customer.as_json() for customer in self.psp.customers.values()]
        return self._paged(request, "customers", found[::-1])

    def on_get_customer(self, request: Request, customer_id: str) -> Response:
        return as_response(self._customer(request, customer_id).as_json())

    def on_mandates(self, request: Request, customer_id: str) -> Response:
        customer = self._customer(request, customer_id)
        found = [customer.mandate(number) for number in customer.mandates]
        return self._paged(request, "mandates", found[::-1])

    def on_customer_payments(self, request: Request, customer_id: str) -> Response:
        self._customer(request, customer_id)
        found = [
            self.psp.as_json(payment)
            for payment in self.psp.payments.values()
            if payment.asked.get("customerId") == customer_id
        ]
        return self._paged(request, "payments", found[::-1])

    def on_methods(self, request: Request) -> Response:
        self._check_key(request)
        found = [as_method(name) for name in METHODS]
        return as_response(
            {"count": len(found), "_embedded": {"methods": found}, "_links": {}}
        )

    def on_get_method(self, request: Request, method: str) -> Response:
        self._check_key(request)
        if method not in METHODS:
            raise ApiError(404, "Not Found", f"no method {method}")
        return as_response(as_method(method))

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

    def on_get_settlement(self, request: Request, settlement_id: str) -> Response:
        """By its number, or by the reference on the bank statement."""
        self._check_token(request)
        for settlement in self.psp.settlements:
            if settlement_id in (settlement.id, settlement.reference):
                return as_response(settlement.as_json())
        raise ApiError(404, "Not Found", f"no settlement {settlement_id}")

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
        links = {"self": {"href": self.psp.api_url + request.path[3:]}, "next": None}
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


def as_method(name: str) -> dict:
    return {
        "resource": "method",
        "id": name,
        "description": METHODS[name],
        "status": "activated",
        "minimumAmount": {"currency": "EUR", "value": "0.01"},
        "maximumAmount": {"currency": "EUR", "value": "50000.00"},
    }


def show(payment: Payment) -> Response:
    """The page on which the payer decides."""
    amount = f"€ {payment.amount // 100:,}.{payment.amount % 100:02d}"
    rows = (
        ("Description", payment.asked["description"]),
        ("Status", payment.status),
    )
    buttons = (("pay", f"Pay {amount}"), ("cancel", "Cancel"), ("fail", "Fail"))
    return payer_page("with Mollie", amount, rows, buttons if payment.is_open else ())
