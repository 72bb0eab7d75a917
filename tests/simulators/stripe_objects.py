"""What the simulated Stripe shows, as its API does."""

from .stripe_records import GENERATES, MEANS, PAYER, Payment, seconds


class Objects:
    """
    :param live: whether money moves in this account.
    """

    def __init__(self, url: str, live: bool):
        self.url, self.live = url, live

    def session(self, payment: Payment, expand=frozenset(), word: str = "") -> dict:
        """
        :param expand: paths of what is given whole.
        :param word: status to be shown instead of the real one.
        """
        asked, is_open = payment.asked, payment.state == "open"
        return {
            "id": payment.session_id,
            "object": "checkout.session",
            "amount_subtotal": payment.amount or None,
            "amount_total": payment.amount or None,
            "currency": payment.currency,
            "client_reference_id": asked.get("client_reference_id"),
            "created": seconds(payment.created_at),
            "customer": payment.customer,
            "customer_details": None if is_open else PAYER,
            "expires_at": seconds(payment.expires_at),
            "livemode": self.live,
            "locale": asked.get("locale"),
            "metadata": payment.metadata,
            "mode": asked["mode"],
            "setup_intent": self.setup_of(payment, expand),
            "payment_intent": self.intent_of(payment, expand),
            "payment_method_types": types_of(payment),
            "payment_status": payment.payment_status,
            "status": word or payment.state,
            "success_url": asked.get("success_url"),
            "cancel_url": asked.get("cancel_url"),
            "url": f"{self.url}/c/pay/{payment.session_id}" if is_open else None,
        }

    def setup_of(self, payment: Payment, expand):
        if not payment.is_setup:
            return None
        number = "seti_" + payment.session_id[-24:]
        if "setup_intent" not in steps(expand):
            return number
        means = self.means(payment) if payment.method else {"type": None}
        agreed = payment.state == "complete"
        return {
            "id": number,
            "object": "setup_intent",
            "customer": payment.customer,
            "latest_attempt": {
                "id": "setatt_" + payment.session_id[-24:],
                "object": "setup_attempt",
                "payment_method_details": means,
            },
            "metadata": payment.asked.get("setup_intent_data", {}).get("metadata"),
            "payment_method": payment.method_id or None,
            "status": "succeeded" if agreed else "requires_payment_method",
            "usage": "off_session",
        }

    def means(self, payment: Payment) -> dict:
        means = {**MEANS[payment.method]}
        if payment.method in GENERATES:
            means["generated_sepa_debit"] = payment.debit_id or None
        return {"type": payment.method, payment.method: means}

    def intent_of(self, payment: Payment, expand):
        if not payment.intent_id or "payment_intent" not in steps(expand):
            return payment.intent_id or None
        return self.intent(payment, below(expand, "payment_intent"))

    def intent(self, payment: Payment, expand=frozenset(), word: str = "") -> dict:
        asked = payment.intent_asked
        return {
            "id": payment.intent_id,
            "object": "payment_intent",
            "amount": payment.amount,
            "amount_received": payment.amount if payment.paid_at else 0,
            "cancellation_reason": None,
            "capture_method": asked.get("capture_method", "automatic"),
            "client_secret": f"{payment.intent_id}_secret_x",
            "created": seconds(payment.created_at),
            "currency": payment.currency,
            "customer": payment.customer,
            "description": asked.get("description"),
            "last_payment_error": payment.error,
            "latest_charge": self.charge(payment)
            if payment.charge_id and "latest_charge" in steps(expand)
            else payment.charge_id or None,
            "livemode": self.live,
            "metadata": asked.get("metadata", {}),
            "next_action": None,
            "payment_method": self.method(payment.method_id, payment.method)
            if payment.method_id and "payment_method" in steps(expand)
            else payment.method_id or None,
            "payment_method_types": types_of(payment),
            "setup_future_usage": asked.get("setup_future_usage"),
            "status": word or payment.intent_status,
        }

    def charge(self, payment: Payment) -> dict:
        return {
            "id": payment.charge_id,
            "object": "charge",
            "amount": payment.amount,
            "amount_captured": payment.amount if payment.paid_at else 0,
            "amount_refunded": payment.refunded,
            "created": seconds(payment.paid_at or payment.created_at),
            "currency": payment.currency,
            "customer": payment.customer,
            "description": payment.intent_asked.get("description"),
            "disputed": bool(payment.disputes),
            "livemode": self.live,
            "metadata": payment.intent_asked.get("metadata", {}),
            "paid": bool(payment.paid_at),
            "payment_intent": payment.intent_id,
            "payment_method": payment.method_id,
            "payment_method_details": self.means(payment),
            "refunded": payment.refunded == payment.amount,
            "status": "succeeded" if payment.paid_at else "pending",
        }

    def method(self, number: str, kind: str) -> dict:
        return {
            "id": number,
            "object": "payment_method",
            "billing_details": PAYER,
            "livemode": self.live,
            "type": kind,
            kind: MEANS[kind],
        }


def types_of(payment: Payment) -> list[str]:
    return payment.asked.get("allowed_payment_method_types") or [
        payment.method or "card"
    ]


def steps(expand) -> set[str]:
    """What is given whole here."""
    return {path.partition(".")[0] for path in expand}


def below(expand, name: str) -> frozenset[str]:
    """
    >>> sorted(below({"a.b", "c.d"}, "a"))
    ['b']
    """
    return frozenset(
        path.partition(".")[2] for path in expand if path.startswith(name + ".")
    )


def page_of(items: list[dict], asked: dict, url: str) -> dict:
    """The latest first.

    :param items: in the order in which they were made.
    """
    found = items[::-1]
    ids = [item["id"] for item in found]
    start, end = 0, len(found)
    if asked.get("starting_after") in ids:
        start = ids.index(asked["starting_after"]) + 1
    if asked.get("ending_before") in ids:
        end = ids.index(asked["ending_before"])
    limit = min(int(asked.get("limit", 10)), 100)
    shown = found[start:end][:limit]
    return {
        "object": "list",
        "url": url,
        "has_more": start + len(shown) < end,
        "data": shown,
    }
