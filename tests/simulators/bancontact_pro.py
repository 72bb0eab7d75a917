"""Bancontact Pro (merchant API v3) as a real web server on loopback.

``python -m tests.simulators.bancontact_pro --port 8901`` runs it by itself, and in a
test ``with BancontactPro() as psp:`` does, where ``psp.url`` is the API's address and
``psp.api_key`` and ``psp.ppid`` belong to its first merchant.

It follows https://docs.bancontactpro.com, and does wrong what it is asked to do wrong:
see ``FAULTS`` and ``service.COMMON_FAULTS``. What it believes was paid is in its
ledger, to be compared with ours.
"""

import argparse
import itertools
import json
import secrets
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from .bancontact_records import CLAIM, CLAIMS, PENDING, Merchant, Payment
from .bancontact_web import BancontactApplication
from .callbacks import Callback
from .service import ApiError, Service, iso, now
from .signing import SigningKeys

FAULTS = {
    # What a callback says
    "iss": "value: spelling of the issuer",
    "alg": "value: ES256 or RS256",
    "der_signature": "the signature is ASN.1 instead of r || s",
    "iat_nanoseconds": "nine digits after the point of the time of signing",
    "iat_age": "value: seconds that the signature is old",
    "unknown_kid": "signed with a key that is never published",
    "forged": "signed with a forger's key under the name of the real one",
    "foreign_ppid": "value: profile of another merchant that it is signed for",
    "other_path": "value: address that it is signed for",
    "tamper_body": "the amount is changed after signing",
    "callback_amount": "value: cents that the (well signed) callback is off",
    "no_signature": "the header is left out",
    # In which order it arrives
    "authorized_first": "AUTHORIZED is announced, then SUCCEEDED",
    "out_of_order": "SUCCEEDED is announced, then AUTHORIZED",
    # What the API says
    "wrong_amount": "value: cents that the payer pays too much (negative: too little)",
    "unknown_status": "value: word that fetching a payment says",
    "expire_field": "value: expireAt, expiresAt, both or none",
    "search_lag": "value: seconds until search finds a payment",
}

EXPIRY_SECONDS = 1200
CALLBACK_TIMEOUT = 15
RETRY_STATUSES = frozenset({429, 500, 503, 504, 509})
#: Seconds; the documentation only says "up to 24 hours".
RETRY_DELAYS = (5, 15, 60, 300, 900, *[3600] * 23)

PAYERS = (
    ("Ivan", "BE68539007547034"),
    ("Noémie Van den Broeck", "BE71096123456769"),
    ("J. Peeters-Claes", "BE62510007547061"),
)
#: Status that each way out leads to.
OUTCOMES = {
    "pay": "SUCCEEDED",
    "cancel": "CANCELLED",
    "fail": "AUTHORIZATION_FAILED",
    "expire": "EXPIRED",
}


class BancontactPro(Service):
    """The simulated service.

    :param expiry_seconds: life of a payment.
    """

    ACTIONS = frozenset({"pay", "cancel", "fail", "expire", "replay", "announce"})

    def __init__(
        self,
        port: int = 0,
        *,
        expiry_seconds: float = EXPIRY_SECONDS,
        retry_delays=RETRY_DELAYS,
        callback_timeout: float = CALLBACK_TIMEOUT,
        merchant: Merchant | None = None,
        seed: int = 0,
    ):
        self.expiry_seconds = expiry_seconds
        self.keys = SigningKeys("simulator")
        self.merchants = [merchant or Merchant("Bakkerij De Kat BV")]
        #: What was paid out, see bancontact_payouts.
        self.payouts: list = []
        #: How searches are paged: the contract says "offset", clients say "page".
        self.search_by = "offset"
        #: Of the lists of payouts; the real one is 10,000.
        self.page_size = 10_000
        self._payers = itertools.cycle(PAYERS)
        super().__init__(
            BancontactApplication,
            port,
            faults=FAULTS,
            retry_delays=retry_delays,
            callback_timeout=callback_timeout,
            retry_statuses=RETRY_STATUSES,
            seed=seed,
        )
        self.jwks_url = self.url

    @property
    def api_key(self) -> str:
        return self.merchants[0].api_key

    @property
    def ppid(self) -> str:
        return self.merchants[0].ppid

    # --- what a payer or a test can do ------------------------------------------

    def pay(self, payment_id: str, *, late: bool = False) -> Payment:
        """
        :param late: even though the payment expired or was given up before.
        """
        return self.finish(payment_id, "pay", late=late)

    def cancel(self, payment_id: str) -> Payment:
        """The payer or the merchant gives up."""
        return self.finish(payment_id, "cancel")

    def fail(self, payment_id: str) -> Payment:
        """The payer's bank refuses."""
        return self.finish(payment_id, "fail")

    def expire(self, payment_id: str) -> Payment:
        """The payment's time is up now."""
        return self.finish(payment_id, "expire")

    def announce(self, payment_id: str, statuses: tuple[str, ...] = ()):
        """Send callbacks that say these statuses, in this order, whatever is true."""
        payment = self.payment(payment_id)
        self._announce(payment, *(statuses or (payment.status,)))

    def add_merchant(self, name: str = "Andere Winkel BV", **values) -> Merchant:
        merchant = Merchant(name, **values)
        self.merchants.append(merchant)
        return merchant

    def rotate_keys(self, **how):
        """See :meth:`SigningKeys.rotate`."""
        self.keys.rotate(**how)

    # --- life of a payment --------------------------------------------------------

    def create(self, merchant: Merchant, asked: dict) -> Payment:
        created, life = now(), timedelta(seconds=self.expiry_seconds)
        payment = Payment(
            merchant,
            asked["amount"],
            asked,
            created,
            created + life,
            next(self._payers),
        )
        with self._lock:
            self.payments[payment.id] = payment
        self._expiry.run(self._time_out, payment, delay=self.expiry_seconds)
        return payment

    def finish(self, payment_id: str, action: str, *, late: bool = False) -> Payment:
        with self._lock:
            payment = self.payment(payment_id)
            if payment.succeeded_at or not (payment.is_open or late):
                raise ApiError(422, "PAYMENT_NOT_PENDING", payment.status)
            payment.status = OUTCOMES[action]
            if action == "pay":
                self._book_payment(payment)
        self._announce(payment, *self._statuses_to_announce(payment))
        return payment

    def search(self, merchant: Merchant, wanted: dict) -> list[Payment]:
        return [
            payment
            for payment in list(self.payments.values())
            if payment.merchant is merchant and self._is_found(payment, wanted)
        ]

    def refund(self, payment: Payment, key: str, asked: dict) -> dict:
        """The refund with this key, made now unless it was before."""
        with self._lock:
            if key not in payment.refunds:
                payment.refunds[key] = self._new_refund(payment, asked)
            refund = payment.refunds[key]
        if refund["amount"] != asked.get("amount"):
            raise ApiError(422, "PAYMENT_CONFLICT", "key used for another refund")
        return refund

    def _time_out(self, payment: Payment):
        if payment.is_open:
            self.expire(payment.id)

    def _book_payment(self, payment: Payment):
        off = self.faults.take("wrong_amount", payment.subjects) or 0
        payment.amount = max(1, payment.amount + off)
        payment.succeeded_at = now()
        self.book("payment", payment, payment.amount)

    def _is_found(self, payment: Payment, wanted: dict) -> bool:
        lag = self.faults.take("search_lag", payment.subjects) or 0
        made = iso(payment.created_at)
        return (
            made <= iso(now() - timedelta(seconds=lag))
            and wanted.get("from", "") <= made <= wanted.get("to", "9")
            and payment.status in wanted.get("paymentStatuses", [payment.status])
            and payment.reference == wanted.get("reference", payment.reference)
        )

    def _new_refund(self, payment: Payment, asked: dict) -> dict:
        amount = asked.get("amount")
        if type(amount) is not int or not 0 < amount <= payment.refundable:
            raise ApiError(422, "REFUND_NOT_ALLOWED", f"amount {amount!r}")
        if asked.get("currency") != "EUR":
            raise ApiError(400, "FIELD_INVALID", "currency")
        number = secrets.token_hex(12)
        self.book("refund", payment, amount, number)
        return {
            "refundId": number,
            "paymentId": payment.id,
            "status": "SUCCEEDED",
            "amount": amount,
            "currency": "EUR",
            "description": asked.get("description", ""),
            "creationDate": iso(now()),
        }

    def _statuses_to_announce(self, payment: Payment) -> tuple[str, ...]:
        if payment.status != "SUCCEEDED":
            return (payment.status,)
        if self.faults.take("out_of_order", payment.subjects):
            return "SUCCEEDED", "AUTHORIZED"
        if self.faults.take("authorized_first", payment.subjects):
            return "AUTHORIZED", "SUCCEEDED"
        return ("SUCCEEDED",)

    # --- callbacks ----------------------------------------------------------------

    def _announce(self, payment: Payment, *statuses: str):
        if not payment.asked.get("callbackUrl"):
            return
        fault = self._faults_of(payment)
        self.send(payment, [self._callback(payment, s, fault) for s in statuses])

    def _faults_of(self, payment: Payment) -> Callable[[str], Any]:
        return lambda name: self.faults.take(name, payment.subjects)

    def _callback(self, payment: Payment, status: str, fault) -> Callback:
        shown = self.as_json(payment, status)
        shown["amount"] += fault("callback_amount") or 0
        body = json.dumps(shown).encode()
        headers = {
            "content-type": "application/json",
            "user-agent": "Payconiq Payments/v3",
        }
        if not fault("no_signature"):
            headers["signature"] = self._signature(payment, body, fault)
        if fault("tamper_body"):
            body = json.dumps({**shown, "amount": shown["amount"] + 100}).encode()
        return Callback(payment.id, status, payment.asked["callbackUrl"], headers, body)

    def _signature(self, payment: Payment, body: bytes, fault) -> str:
        header, keys = self._jose_header(payment, fault), self.keys.current
        if fault("unknown_kid"):
            keys = self.keys.unpublished
            header["kid"] = keys.kid(header["alg"])
        elif fault("forged"):
            keys = self.keys.unpublished
        return keys.sign(header, body, as_der=bool(fault("der_signature")))

    def _jose_header(self, payment: Payment, fault) -> dict:
        alg = fault("alg") or "ES256"
        signed_at = now() - timedelta(seconds=fault("iat_age") or 0)
        return {
            "typ": "JOSE+JSON",
            "kid": self.keys.current.kid(alg),
            "alg": alg,
            CLAIM + "iat": iso(signed_at, 9 if fault("iat_nanoseconds") else 3),
            CLAIM + "jti": secrets.token_hex(8),
            CLAIM + "path": fault("other_path") or payment.asked["callbackUrl"],
            CLAIM + "iss": fault("iss") or "Payconiq",
            CLAIM + "sub": fault("foreign_ppid") or payment.merchant.ppid,
            "crit": CLAIMS,
        }

    # --- what we tell -------------------------------------------------------------

    def as_json(self, payment: Payment, status: str = "") -> dict:
        """The payment as API and callbacks show it.

        :param status: to be shown instead of the real one.
        """
        shown = {
            "paymentId": payment.id,
            "status": status or payment.status,
            "createdAt": iso(payment.created_at),
            **self._expiry_fields(payment),
            "amount": payment.amount,
            "currency": "EUR",
            "creditor": {
                "profileId": payment.merchant.ppid,
                "merchantId": payment.merchant.number,
                "name": payment.merchant.name,
                "iban": payment.merchant.iban,
                "callbackUrl": payment.asked.get("callbackUrl", ""),
            },
        }
        for name in ("reference", "description", "bulkId"):
            if name in payment.asked:
                shown[name] = payment.asked[name]
        if payment.succeeded_at and shown["status"] == "SUCCEEDED":
            name, iban = payment.payer
            shown["succeededAt"] = iso(payment.succeeded_at)
            shown["debtor"] = {"name": name, "iban": "*" * 11 + iban[-5:]}
        return {**shown, "_links": self._links(payment, shown["status"])}

    def _links(self, payment: Payment, status: str) -> dict:
        page = f"{self.url}/pay/2/{payment.id}"
        itself = f"{self.url}/v3/payments/{payment.id}"
        links = {
            "self": itself,
            "deeplink": page,
            "checkout": page,
            "qrcode": f"{self.url}/qrcode?c={quote(page, safe='')}&f=PNG&s=L",
        }
        if status in PENDING:
            links["cancel"] = itself
        elif status == "SUCCEEDED":
            links["refund"] = f"{itself}/refunds"
        return {name: {"href": href} for name, href in links.items()}

    def _expiry_fields(self, payment: Payment) -> dict[str, str]:
        which = self.faults.take("expire_field", payment.subjects) or "expiresAt"
        names = {"both": ("expireAt", "expiresAt"), "none": ()}.get(which, (which,))
        return {name: iso(payment.expires_at) for name in names}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--expiry-seconds", type=float, default=EXPIRY_SECONDS)
    parser.add_argument("--retry-delays", type=float, nargs="*", default=RETRY_DELAYS)
    parser.add_argument("--name", default="Bakkerij De Kat BV")
    parser.add_argument("--api-key", default=secrets.token_hex(18))
    parser.add_argument("--ppid", default=secrets.token_hex(12))
    options = parser.parse_args()
    with BancontactPro(
        options.port,
        expiry_seconds=options.expiry_seconds,
        retry_delays=options.retry_delays,
        merchant=Merchant(options.name, options.api_key, options.ppid),
    ) as psp:
        ready = {"url": psp.url, "api_key": psp.api_key, "ppid": psp.ppid}
        print(json.dumps(ready), flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
