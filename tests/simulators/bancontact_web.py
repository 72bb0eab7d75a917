"""The addresses of the simulated Bancontact Pro."""

import secrets

from werkzeug.wrappers import Request, Response

from .bancontact_records import (
    Merchant,
    Payment,
    check_signature,
    read_order,
)
from .service import ApiError, now
from .web import Application, as_response, back_to, page, payer_page, read_json, routes

PAYMENT = "/v3/payments/<payment_id>"
BUTTONS = (("cancel", "Cancel"), ("fail", "Fail (the bank refuses)"))


class BancontactApplication(Application):
    ROUTES = routes(
        ("keys", "GET", "/"),
        ("keys", "GET", "/.well-known/jwks.json"),
        ("create", "POST", "/v3/payments"),
        ("create", "POST", "/v3/payments/pos"),
        ("search", "POST", "/v3/payments/search"),
        ("get", "GET", PAYMENT),
        ("give_up", "DELETE", PAYMENT),
        ("refund_iban", "GET", PAYMENT + "/debtor/refundIban"),
        ("refund", "POST", PAYMENT + "/refunds"),
        ("get_refund", "GET", PAYMENT + "/refunds/<refund_id>"),
        ("payouts", "GET", "/v3/reconciliation/payouts"),
        ("payout_payments", "GET", "/v3/reconciliation/payments"),
        ("payout_refunds", "GET", "/v3/reconciliation/refunds"),
        ("page", "GET POST", "/pay/2/<payment_id>"),
        ("sim_merchants", "GET POST", "/_sim/merchants"),
        ("sim_rotate", "POST", "/_sim/keys/rotate"),
    )
    OPERATIONS = frozenset(
        {"create", "get", "give_up", "search", "refund", "refund_iban", "get_refund"}
        | {"payouts", "payout_payments", "payout_refunds"}
    )

    def failure(self, http_status: int, code: str, message: str) -> Response:
        trace = {"traceId": secrets.token_hex(8), "spanId": secrets.token_hex(4)}
        return as_response({"code": code, "message": message, **trace}, http_status)

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
        payment = self._payment(request, payment_id)
        if payment.status == "AUTHORIZED":
            # The payer's bank has said yes: only the payer's money is awaited.
            raise ApiError(422, "PAYMENT_NOT_PENDING", payment.status)
        self.psp.cancel(payment.id)
        return Response(status=204)

    def on_search(self, request: Request) -> Response:
        found = self.psp.search(self._merchant(request), read_json(request))
        if self.psp.search_by == "offset":
            size = request.args.get("limit", 10, int)
            number = request.args.get("offset", 0, int) // size
        else:
            size = request.args.get("size", 50, int)
            number = request.args.get("page", 0, int)
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
        check_signature(request, payment.merchant)
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

    # --- reconciliation -------------------------------------------------------

    def on_payouts(self, request: Request) -> Response:
        merchant = self._signed(request)
        day = request.args.get("date", f"{now():%Y-%m-%d}")
        found = [
            payout.as_json(merchant)
            for payout in self.psp.payouts
            if payout.merchant is merchant and f"{payout.created_at:%Y-%m-%d}" == day
        ]
        return self._listed(request, "payouts", found)

    def on_payout_payments(self, request: Request) -> Response:
        return self._entries(request, "payments", "payment")

    def on_payout_refunds(self, request: Request) -> Response:
        return self._entries(request, "refunds", "refund")

    def _entries(self, request: Request, name: str, kind: str) -> Response:
        merchant = self._signed(request)
        number = request.args.get("payout-id", "")
        for payout in self.psp.payouts:
            if payout.number == number and payout.merchant is merchant:
                return self._listed(request, name, payout.details(kind))
        raise ApiError(404, "PAYOUT_NOT_FOUND", number)

    def _listed(self, request: Request, name: str, found: list) -> Response:
        if request.args.get("size") != "10000":
            raise ApiError(400, "BAD_REQUEST", "size")
        number, size = request.args.get("page", 0, int), self.psp.page_size
        page = found[number * size : (number + 1) * size]
        return as_response(
            {
                "size": len(page),
                "totalPages": -(-len(found) // size),
                "totalElements": len(found),
                "number": number,
                name: page,
            }
        )

    def _signed(self, request: Request) -> Merchant:
        merchant = self._merchant(request)
        if not request.headers.get("Signature"):
            raise ApiError(401, "UNAUTHORIZED", "signature")
        check_signature(request, merchant, issuer=merchant.number)
        return merchant

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
            return show(payment)
        action = request.form.get("action", "")
        if action not in ("pay", "cancel", "fail"):
            return page("Unknown action", "<p>Please go back.</p>", 400)
        if payment.is_open:
            self.psp.finish(payment_id, action)
        return back_to(payment.asked.get("returnUrl", "")) or show(payment)

    # --- for tests ------------------------------------------------------------

    def on_sim_merchants(self, request: Request) -> Response:
        if request.method == "POST":
            self.psp.add_merchant(**read_json(request))
        return as_response([vars(merchant) for merchant in self.psp.merchants])

    def on_sim_rotate(self, request: Request) -> Response:
        self.psp.rotate_keys(**read_json(request))
        return as_response({"kid": self.psp.keys.current.kid("ES256")})


def show(payment: Payment) -> Response:
    """The page on which the payer decides."""
    amount = f"€ {payment.amount // 100:,}.{payment.amount % 100:02d}"
    rows = (
        ("To", payment.merchant.name),
        ("Account", payment.merchant.iban),
        ("Description", payment.asked.get("description", "")),
        ("Reference", payment.reference),
        ("Status", payment.status),
    )
    buttons = (("pay", f"Pay {amount}"), *BUTTONS) if payment.is_open else ()
    return payer_page(payment.merchant.name, amount, rows, buttons)
