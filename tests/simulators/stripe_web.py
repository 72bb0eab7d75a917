"""The addresses of the simulated Stripe."""

from urllib.parse import parse_qsl

from werkzeug.wrappers import Request, Response

from .service import ApiError
from .stripe_objects import page_of
from .stripe_records import Declined, Payment, missing, nested, new_id, refusal
from .web import Application, as_response, back_to, page, payer_page, routes

SESSION = "/v1/checkout/sessions/<number>"
INTENT = "/v1/payment_intents/<number>"
#: Since this version of the API it refuses to be told which methods are offered.
NO_TYPES_SINCE = "2026-09-30"
ADDRESSES = (
    ("create", "POST", "/v1/checkout/sessions"),
    ("sessions", "GET", "/v1/checkout/sessions"),
    ("get", "GET", SESSION),
    ("expire", "POST", SESSION + "/expire"),
    ("create_intent", "POST", "/v1/payment_intents"),
    ("intents", "GET", "/v1/payment_intents"),
    ("get_intent", "GET", INTENT),
    ("cancel_intent", "POST", INTENT + "/cancel"),
    ("refund", "POST", "/v1/refunds"),
    ("refunds", "GET", "/v1/refunds"),
    ("get_refund", "GET", "/v1/refunds/<number>"),
    ("cancel_refund", "POST", "/v1/refunds/<number>/cancel"),
    ("disputes", "GET", "/v1/disputes"),
    ("get_dispute", "GET", "/v1/disputes/<number>"),
    ("create_customer", "POST", "/v1/customers"),
    ("customers", "GET", "/v1/customers"),
    ("get_customer", "GET", "/v1/customers/<number>"),
    ("get_method", "GET", "/v1/payment_methods/<number>"),
    ("detach", "POST", "/v1/payment_methods/<number>/detach"),
    ("payouts", "GET", "/v1/payouts"),
    ("get_payout", "GET", "/v1/payouts/<number>"),
    ("lines", "GET", "/v1/balance_transactions"),
    ("listen", "POST", "/v1/webhook_endpoints"),
    ("endpoints", "GET", "/v1/webhook_endpoints"),
    ("silence", "DELETE", "/v1/webhook_endpoints/<number>"),
)


class StripeApplication(Application):
    ROUTES = routes(*ADDRESSES, ("page", "GET POST", "/c/pay/<payment_id>"))
    OPERATIONS = frozenset(name for name, _method, _path in ADDRESSES)

    def failure(self, http_status: int, code: str, message: str) -> Response:
        kind = "api_error" if http_status >= 500 else "invalid_request_error"
        if http_status == 402:
            kind = "card_error"
        if code == "idempotency_error":
            kind = code
        error = {"type": kind, "code": code, "message": message}
        response = as_response({"error": error}, http_status)
        response.headers["Request-Id"] = new_id("req", 14)
        return response

    def _or_declined(self, answer) -> Response:
        try:
            return answer()
        except Declined as refused:
            return as_response({"error": refused.error}, refused.http_status)

    def on_create(self, request: Request) -> Response:
        asked, expand = self._read(request)
        answer = lambda: self.psp.shown.session(self.psp.create(asked), expand)  # noqa: E731
        return self._once(request, answer)

    def on_sessions(self, request: Request) -> Response:
        asked, expand = self._read(request)
        found = [
            self.psp.shown.session(payment, expand)
            for payment in self._made(asked)
            if payment.session_id
            and asked.get("payment_intent") in (None, payment.intent_id)
        ]
        return as_response(page_of(found, asked, "/v1/checkout/sessions"))

    def on_get(self, request: Request, number: str) -> Response:
        _asked, expand = self._read(request)
        payment = self._session(number)
        word = self.psp.faults.take("unknown_status", payment.subjects) or ""
        return as_response(self.psp.shown.session(payment, expand, word))

    def on_expire(self, request: Request, number: str) -> Response:
        _asked, expand = self._read(request)
        payment = self._session(number)
        if payment.state != "open":
            raise refusal(f"This Session is {payment.state}.")
        self.psp.expire(number)
        return as_response(self.psp.shown.session(payment, expand))

    def on_create_intent(self, request: Request) -> Response:
        asked, expand = self._read(request)
        answer = lambda: self.psp.shown.intent(self.psp.create_intent(asked), expand)  # noqa: E731
        return self._or_declined(lambda: self._once(request, answer))

    def on_intents(self, request: Request) -> Response:
        asked, expand = self._read(request)
        found = [
            self.psp.shown.intent(payment, expand)
            for payment in self._made(asked)
            if payment.intent_id and asked.get("customer") in (None, payment.customer)
        ]
        return as_response(page_of(found, asked, "/v1/payment_intents"))

    def on_get_intent(self, request: Request, number: str) -> Response:
        _asked, expand = self._read(request)
        payment = self._intent(number)
        word = self.psp.faults.take("unknown_status", payment.subjects) or ""
        return as_response(self.psp.shown.intent(payment, expand, word))

    def on_cancel_intent(self, request: Request, number: str) -> Response:
        _asked, expand = self._read(request)
        payment = self._intent(number)
        if payment.paid_at or payment.session_id:
            raise refusal("It can't be canceled.", "payment_intent_unexpected_state")
        self.psp.cancel(number)
        return as_response(self.psp.shown.intent(payment, expand))

    def on_refund(self, request: Request) -> Response:
        asked, _expand = self._read(request)
        payment = self.psp.paid_with(asked)
        return self._once(request, lambda: self.psp.refund(payment, asked))

    def on_refunds(self, request: Request) -> Response:
        return self._list_of(request, "refunds")

    def on_get_refund(self, request: Request, number: str) -> Response:
        self._read(request)
        return as_response(self.psp.find("refunds", number)[1])

    def on_cancel_refund(self, request: Request, number: str) -> Response:
        self._read(request)
        payment, refund = self.psp.find("refunds", number)
        if refund["status"] not in ("pending", "requires_action"):
            raise refusal("It can't be canceled.")
        place = payment.refunds.index(refund)
        return as_response(self.psp.end_refund(payment.id, "canceled", place))

    def on_disputes(self, request: Request) -> Response:
        return self._list_of(request, "disputes")

    def on_get_dispute(self, request: Request, number: str) -> Response:
        self._read(request)
        return as_response(self.psp.find("disputes", number)[1])

    def on_create_customer(self, request: Request) -> Response:
        asked, _expand = self._read(request)
        return self._once(request, lambda: self._new_customer(asked))

    def on_customers(self, request: Request) -> Response:
        asked, _expand = self._read(request)
        found = list(self.psp.customers.values())
        return as_response(page_of(found, asked, "/v1/customers"))

    def on_get_customer(self, request: Request, number: str) -> Response:
        self._read(request)
        if number not in self.psp.customers:
            raise missing("customer", number)
        return as_response(self.psp.customers[number])

    def on_get_method(self, request: Request, number: str) -> Response:
        self._read(request)
        return as_response(self._method(number))

    def on_detach(self, request: Request, number: str) -> Response:
        self._read(request)
        self._method(number)
        self.psp.methods[number]["customer"] = ""
        return as_response(self._method(number))

    def on_payouts(self, request: Request) -> Response:
        asked, _expand = self._read(request)
        found = [payout.as_json() for payout in self.psp.payouts]
        days = asked.get("arrival_date", {})
        first, after = int(days.get("gte", 0)), int(days.get("lt", 2**40))
        within = [one for one in found if first <= one["arrival_date"] < after]
        return as_response(page_of(within, asked, "/v1/payouts"))

    def on_get_payout(self, request: Request, number: str) -> Response:
        self._read(request)
        return as_response(self._payout(number).as_json())

    def on_lines(self, request: Request) -> Response:
        asked, expand = self._read(request)
        whole = self._source if "data.source" in expand else None
        lines = self._payout(asked.get("payout", "")).all_lines(whole)
        return as_response(page_of(lines, asked, "/v1/balance_transactions"))

    def on_listen(self, request: Request) -> Response:
        asked, _expand = self._read(request)
        events, version = asked.get("enabled_events"), asked.get("api_version", "")
        if not asked.get("url") or not events:
            raise refusal("Missing required param: url or enabled_events.")
        listen = self.psp.listen
        return self._once(request, lambda: listen(asked["url"], events, version))

    def on_endpoints(self, request: Request) -> Response:
        asked, _expand = self._read(request)
        found = [
            {name: value for name, value in endpoint.items() if name != "secret"}
            for endpoint in self.psp.endpoints.values()
        ]
        return as_response(page_of(found, asked, "/v1/webhook_endpoints"))

    def on_silence(self, request: Request, number: str) -> Response:
        self._read(request)
        if not self.psp.endpoints.pop(number, None):
            raise missing("webhook endpoint", number)
        kind = {"id": number, "object": "webhook_endpoint", "deleted": True}
        return as_response(kind)

    def on_page(self, request: Request, payment_id: str) -> Response:
        payment = self.psp.payments.get(payment_id)
        if payment is None:
            return page("Unknown payment", "<p>There is no such payment.</p>", 404)
        if request.method == "GET":
            return show(payment)
        action = request.form.get("action", "")
        if action not in ("pay", "back", "fail"):
            return page("Unknown action", "<p>Please go back.</p>", 400)
        if payment.state == "open" and action != "back":
            getattr(self.psp, action)(payment_id)
        if action == "fail":
            return show(payment)
        name = "success_url" if payment.paid_at else "cancel_url"
        url = payment.asked.get(name, "")
        filled = url.replace("{CHECKOUT_SESSION_ID}", payment.id)
        return back_to(filled) or show(payment)

    # -- reading -----------------------------------------------------------------------

    def _read(self, request: Request) -> tuple[dict, frozenset[str]]:
        """What is asked, and what is to be given whole; with the right key only."""
        self._check_key(request)
        pairs = [*request.args.items(multi=True)]
        pairs += parse_qsl(request.get_data(as_text=True), keep_blank_values=True)
        asked = nested(pairs)
        version = request.headers.get("Stripe-Version", NO_TYPES_SINCE)
        if "payment_method_types" in asked and version >= NO_TYPES_SINCE:
            code = "payment_method_types_no_longer_supported"
            raise refusal("Use allowed_payment_method_types.", code)
        return asked, frozenset(asked.pop("expand", ()))

    def _check_key(self, request: Request):
        basic = request.authorization.username if request.authorization else ""
        bearer = request.headers.get("Authorization", "")
        if self.psp.api_key not in (basic, bearer.removeprefix("Bearer ")):
            raise ApiError(401, "api_key_invalid", "Invalid API Key provided")

    def _once(self, request: Request, answer) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        same = f"{request.path} {request.get_data(as_text=True)}"
        response = as_response(self.psp.remembered(key, same, answer))
        response.headers["Request-Id"] = new_id("req", 14)
        return response

    def _made(self, asked: dict) -> list[Payment]:
        """Payments of the time that is asked for."""
        times = asked.get("created", {})
        first, last = int(times.get("gte", 0)), int(times.get("lte", 2**40))
        return [
            payment
            for payment in self.psp.payments.values()
            if first <= int(payment.created_at.timestamp()) <= last
        ]

    def _session(self, number: str) -> Payment:
        if number not in self.psp.payments or not number.startswith("cs_"):
            raise missing("checkout.session", number)
        return self.psp.payments[number]

    def _intent(self, number: str) -> Payment:
        if number not in self.psp.intents:
            raise missing("payment_intent", number)
        return self.psp.intents[number]

    def _method(self, number: str) -> dict:
        kept = self.psp.methods.get(number)
        if not kept:
            raise missing("PaymentMethod", number)
        shown = self.psp.shown.method(number, kept["type"])
        return {**shown, "customer": kept["customer"] or None}

    def _payout(self, number: str):
        for payout in self.psp.payouts:
            if payout.id == number:
                return payout
        raise missing("payout", number)

    def _source(self, number: str) -> dict:
        for payment in self.psp.intents.values():
            if payment.charge_id == number:
                return self.psp.shown.charge(payment)
        kind = "refunds" if number.startswith("re_") else "disputes"
        return self.psp.find(kind, number)[1]

    def _list_of(self, request: Request, kind: str) -> Response:
        asked, _expand = self._read(request)
        if asked.keys() & {"payment_intent", "charge"}:
            payments = [self.psp.paid_with(asked)]
        else:
            payments = list(self.psp.intents.values())
        found = [one for payment in payments for one in getattr(payment, kind)]
        return as_response(page_of(found, asked, f"/v1/{kind}"))

    def _new_customer(self, asked: dict) -> dict:
        number = new_id("cus", 14)
        shown = {"id": number, "object": "customer", "metadata": {}, **asked}
        self.psp.customers[number] = {**shown, "livemode": self.psp.shown.live}
        return self.psp.customers[number]


def show(payment: Payment) -> Response:
    """The page on which the payer decides."""
    amount = f"€ {payment.amount // 100:,}.{payment.amount % 100:02d}"
    lines = payment.asked.get("line_items", [])
    names = [line["price_data"]["product_data"]["name"] for line in lines]
    rows = (("Description", ", ".join(names)), ("Status", payment.status))
    buttons = (("pay", f"Pay {amount}"), ("back", "Back"), ("fail", "Refused card"))
    is_open = payment.state == "open"
    return payer_page("with Stripe", amount, rows, buttons if is_open else ())
