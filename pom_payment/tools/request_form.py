"""What debtors ask on the page: read and judged, field by field.

A problem is a key (``text_missing``); its sentence is the template's.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from ..debt import amounts
from . import plain

DISPUTE_REASONS = ("amount", "not_received", "faulty", "not_mine", "other")
WISHES = ("email", "sms", "whatsapp", "letter")
CONSENT_CHANNELS = ("email", "sms", "whatsapp")
EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")
PHONE = re.compile(r"\+?[\d\s./()-]{6,24}")
CONTACT_TEXTS = {"street": 120, "zip": 12, "city": 80}
LONGEST_TEXT = 3000
#: States of the link in which something can be asked.
OPEN = ("open",)
UNPAID = ("open", "expired", "planned", "disputed", "covered")
CONTESTABLE = ("open", "planned", "covered", "collected")
WAITING = ("in_progress", "received", "held")
#: No state, but what the page shows of an open debt that the debtor told to be paid.
TOLD_PAID = "told_paid"
NOTHING_ASKED = ("collected", "blocked", "paid", "credit")
#: Where the debtor may have paid what isn't owed, an invoice that was cancelled too.
SETTLED = ("paid", "credit", "withdrawn")


class Limits(NamedTuple):
    """What this debt and this creditor allow.

    :param open_amount: of the one document that it's about; None where it's not one.
    :param last_days: by name of a field, the last day that may be chosen.
    :param digits: that the debt's currency has behind the comma.
    """

    today: date
    open_amount: Decimal | None
    last_days: Mapping[str, date]
    languages: tuple[str, ...] = ()
    digits: int = 2


class Answer(NamedTuple):
    """What a form says, and the keys of what is wrong with it."""

    values: dict[str, Any]
    problems: list[str]


class RequestKind(NamedTuple):
    """Something that debtors can ask with a link. What it needs beside this:

    * in the list that ``pom.paylink._all_request_kinds`` gives;
    * in ``pom.payer.request``, its code in ``kind``, a field for each of the values
      that are read, and what is done: ``_apply_at_once``, or ``_settling`` when a
      person decides;
    * in the templates, its line in ``pay_help``, its heading in ``pay_ask`` and the
      sentences of its problems in ``pay_ask_problems``.

    :param reader: reads and judges the fields of its form: gets form, limits, values
        and problems, and adds to the latter two.
    :param template: external id of those fields.
    :param states: of the link, in which this can be asked; with :data:`TOLD_PAID`, also
        beside what is said to be paid.
    """

    code: str
    reader: Callable[..., None]
    template: str
    states: tuple[str, ...]


def read(kind: RequestKind, form: Mapping[str, str], limits: Limits) -> Answer:
    """Read the form of a kind, with the address for the answer that each may have.

    >>> limits = Limits(date(2026, 1, 1), Decimal(100), {})
    >>> read(KINDS[0], {"text": " Why? "}, limits)
    Answer(values={'text': 'Why?', 'email': ''}, problems=[])
    """
    values: dict[str, Any] = {}
    problems: list[str] = []
    kind.reader(form, limits, values, problems)
    values["email"] = one_line(form, "email", 120)
    if values["email"] and not EMAIL.fullmatch(values["email"]):
        problems.append("email_wrong")
    return Answer(values, problems)


def read_question(form, limits, values, problems):
    values["text"] = text(form)
    if not values["text"]:
        problems.append("text_missing")


def read_dispute(form, limits, values, problems):
    values["text"] = text(form)
    values["reason"] = form.get("reason", "")
    if values["reason"] not in DISPUTE_REASONS:
        problems.append("reason_missing")
    most = limits.open_amount
    typed = form.get("amount", "").strip()
    amount = amounts.parse(typed, limits.digits) if typed else most
    if typed and amount is None:
        problems.append("amount_unreadable")
    elif most is not None and not 0 < amount <= most:
        problems.append("amount_bounds")
    values["amount"] = amount


def read_already_paid(form, limits, values, problems):
    values["text"] = text(form)
    values["paid_on"] = day(form, "paid_on")
    earliest = limits.today - timedelta(days=366)
    if not values["paid_on"] or not earliest <= values["paid_on"] <= limits.today:
        problems.append("paid_on_bounds")


def read_contact(form, limits, values, problems):
    email = one_line(form, "new_email", 120)
    phone = one_line(form, "new_phone", 24)
    if email and not EMAIL.fullmatch(email):
        problems.append("new_email_wrong")
    if phone and not PHONE.fullmatch(phone):
        problems.append("new_phone_wrong")
    values.update(new_email=email, new_phone=phone)
    for name, length in CONTACT_TEXTS.items():
        values[f"new_{name}"] = one_line(form, f"new_{name}", length)
    values["new_lang"] = among(form, "new_lang", limits.languages)
    values["new_channel"] = among(form, "new_channel", WISHES)
    values["consents"] = {
        channel: form[f"consent_{channel}"] == "yes"
        for channel in CONSENT_CHANNELS
        if form.get(f"consent_{channel}") in ("yes", "no")
    }
    if not any(values.values()):
        problems.append("contact_empty")


KINDS = (
    RequestKind(
        "question",
        read_question,
        "pom_payment.pay_ask_question",
        (*UNPAID, *WAITING, *NOTHING_ASKED, TOLD_PAID),
    ),
    RequestKind(
        "dispute",
        read_dispute,
        "pom_payment.pay_ask_dispute",
        (*CONTESTABLE, TOLD_PAID),
    ),
    RequestKind(
        "already_paid", read_already_paid, "pom_payment.pay_ask_already_paid", UNPAID
    ),
    # The form is that of a question: the creditor knows how much it may be.
    RequestKind("money_back", read_question, "pom_payment.pay_ask_money_back", SETTLED),
    RequestKind(
        "contact",
        read_contact,
        "pom_payment.pay_ask_contact",
        (*UNPAID, *NOTHING_ASKED, TOLD_PAID),
    ),
)


def text(form: Mapping[str, str]) -> str:
    return plain.shown(form.get("text", "")).strip()[:LONGEST_TEXT]


def one_line(form: Mapping[str, str], name: str, length: int) -> str:
    return plain.one_line(form.get(name, ""))[:length]


def among(form: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    return form.get(name, "") if form.get(name) in allowed else ""


def day(form: Mapping[str, str], name: str) -> date | None:
    """
    >>> day({"on": "2026-02-31"}, "on")
    >>> day({"on": "2026-02-28"}, "on")
    datetime.date(2026, 2, 28)
    """
    try:
        return date.fromisoformat(form.get(name, "").strip()[:10])
    except ValueError:
        return None
