"""How a payment stands at Stripe: Sessions, PaymentIntents and their charges."""

from collections.abc import Mapping
from typing import Any

from odoo.addons.pom_payment.psp.reading import optional_text, text
from odoo.addons.pom_payment.psp.values import ZERO, PaymentUpdate

from .declines import why_declined
from .events import CHARGE, DATABASE, KIND, REFERENCE
from .wire import currency_of, from_units, moment, number_of, numbered

#: Of a PaymentIntent. What failed once may be tried again as long as its page is open.
INTENT_STATUS = {
    "requires_payment_method": "pending",
    "requires_confirmation": "pending",
    "requires_action": "pending",
    "processing": "pending",
    "requires_capture": "authorized",
    "canceled": "cancelled",
    "succeeded": "done",
}
SESSION_STATUS = {"open", "complete", "expired"}
PAID = {"paid", "unpaid", "no_payment_required"}


def read_session(session: Mapping[str, Any]) -> PaymentUpdate:
    """
    :raises PayloadError: when it can't be read.
    """
    number = numbered(text(session, "id"), "cs")
    word, paid = text(session, "status"), text(session, "payment_status")
    intent = session.get("payment_intent")
    values = money_values(intent) if isinstance(intent, Mapping) else {}
    intent_status = values.pop("intent_status", "")
    status, unknown = session_status(word, paid, intent_status)
    is_done = status == "done"
    currency = currency_of(session)
    received = values.pop("received", None)
    asked = from_units(session, "amount_total", currency)
    # What came in counts, not what was asked for.
    values["amount"] = received if is_done and received is not None else asked
    money = number_of(session, "payment_intent")
    return PaymentUpdate(
        provider_reference=money if is_done and money else number,
        begun_as=number,
        status=status,
        unknown_status=unknown,
        raw_status=f"{word}/{paid}",
        # A card that was refused leaves nothing under way: the page is open again.
        untouched=word == "open"
        and (not money or intent_status == "requires_payment_method"),
        currency=currency,
        **session_values(session),
        **values,
    )


def session_values(session: Mapping[str, Any]) -> dict[str, Any]:
    """What any Session tells, whatever it is for."""
    return {
        "reference": optional_text(session, "metadata", REFERENCE),
        "merchant_id": optional_text(session, "metadata", DATABASE),
        "expires_at": moment(session, "expires_at"),
        "mode": mode_of(session),
        "customer": number_of(session, "customer"),
        "payer_name": optional_text(session, "customer_details", "name"),
    }


def session_status(word: str, paid: str, intent_status: str) -> tuple[str, str]:
    """
    :param intent_status: of the payment made in it, '' when there's none
    :return: in our words, and theirs when we don't know it
    """
    if word not in SESSION_STATUS or paid not in PAID:
        return "pending", f"{word}/{paid}"
    if paid == "paid":
        return "done", ""
    if word == "expired":
        return "expired", ""
    if word == "complete" and intent_status in ("requires_payment_method", "canceled"):
        # A debit that came to nothing days later: the page is closed by then.
        return "failed", ""
    return "pending", ""


def read_intent(intent: Mapping[str, Any]) -> PaymentUpdate:
    """
    :raises PayloadError: when it can't be read.
    """
    number = numbered(text(intent, "id"), "pi")
    values = money_values(intent)
    word, received = values.pop("intent_status"), values.pop("received")
    status = INTENT_STATUS.get(word, "pending")
    is_charge = optional_text(intent, "metadata", KIND) == CHARGE
    if is_charge and word == "requires_payment_method":
        # Nobody is there to try with something else.
        status = "failed"
    currency = currency_of(intent)
    return PaymentUpdate(
        provider_reference=number,
        reference=optional_text(intent, "metadata", REFERENCE),
        status=status,
        unknown_status="" if word in INTENT_STATUS else word,
        raw_status=word,
        amount=received if status == "done" else from_units(intent, "amount", currency),
        currency=currency,
        merchant_id=optional_text(intent, "metadata", DATABASE),
        mode=mode_of(intent),
        customer=number_of(intent, "customer"),
        **values,
    )


def money_values(intent: Mapping[str, Any]) -> dict[str, Any]:
    """What a PaymentIntent and its charge tell.

    :raises PayloadError: when they can't be read.
    """
    currency = currency_of(intent)
    charge = intent.get("latest_charge")
    charge = charge if isinstance(charge, Mapping) else {}
    means = charge.get("payment_method_details")
    means = means if isinstance(means, Mapping) else {}
    kind = optional_text(means, "type")
    # Only a trigger: how much was disputed, and what came of it, is asked for.
    disputed = charge.get("disputed") is True
    return {
        "intent_status": text(intent, "status"),
        "received": from_units(intent, "amount_received", currency),
        "method": kind,
        "refunded": from_units(charge, "amount_refunded", currency)
        if "amount_refunded" in charge
        else ZERO,
        "charged_back": from_units(intent, "amount", currency) if disputed else ZERO,
        "paid_at": moment(charge, "created"),
        "mandate": mandate_of(intent, means, kind),
        "mandate_hint": last_digits(means, kind),
        **failure_values(intent),
    }


def failure_values(intent: Mapping[str, Any]) -> dict[str, str]:
    error = intent.get("last_payment_error")
    kind, code = why_declined(error) if isinstance(error, Mapping) else ("", "")
    return {"failure": kind, "failure_code": code}


def mandate_of(intent: Mapping[str, Any], means: Mapping[str, Any], kind: str) -> str:
    """What later payments can be charged to, if the payer agreed."""
    agreed = intent.get("setup_future_usage") == "off_session"
    return reusable(intent, means, kind) if agreed else ""


def reusable(intent: Mapping[str, Any], means: Mapping[str, Any], kind: str) -> str:
    """The payment method itself; for Bancontact and iDEAL a direct debit that Stripe
    made of it.
    """
    made = means.get(kind)
    debit = number_of(made, "generated_sepa_debit") if isinstance(made, Mapping) else ""
    if kind in ("bancontact", "ideal"):
        return debit
    return number_of(intent, "payment_method")


def last_digits(means: Mapping[str, Any], kind: str) -> str:
    """Of the card or the account, as the payer knows it."""
    return optional_text(means, kind, "last4") or optional_text(
        means, kind, "iban_last4"
    )


def mode_of(payload: Mapping[str, Any]) -> str:
    live = payload.get("livemode")
    return "" if live not in (True, False) else "live" if live else "test"
