"""What the WhatsApp Business Cloud API is told and tells.

Sources: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
(templates, buttons with an address whose end is variable), …/webhooks/components
(statuses), …/support/error-codes, and
https://developers.facebook.com/docs/graph-api/webhooks/getting-started (signature of
events).
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

API = "https://graph.facebook.com/v23.0"
EVENTS_OF = "whatsapp_business_account"
#: Their words for how a message stands, and ours.
STATUS = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "delivered",
    "failed": "bounced",
}
#: Of their errors, those that pass: too many calls (of the application, of the account,
#: of the number, to one receiver), and service unavailable. HTTP says 400 for some.
PASSING = frozenset({1, 2, 4, 80007, 130429, 131016, 131056})
TOO_MANY, THEIR_FAULT = 429, 500
#: Minutes before a message is tried again, by how often it was.
WAITS = (1, 5, 15, 60)
#: A language code of Meta has no country for these.
SHORT_LANGUAGES = {"nl", "fr", "de"}


@dataclass(frozen=True)
class Status:
    """
    :param message_id: theirs.
    :param state: sent, delivered or bounced.
    """

    message_id: str
    state: str
    error: str = ""


@dataclass(frozen=True)
class Answer:
    """What became of a message that was handed over.

    :param message_id: theirs, when they took it.
    :param error: why they didn't.
    :param passes: whether it's worth trying again, after ``wait`` seconds at least.
    """

    message_id: str = ""
    error: str = ""
    passes: bool = False
    wait: int = 0


def read_answer(status: int, body: object, retry_after: str = "") -> Answer:
    """
    :param body: their JSON, whatever it is

    >>> read_answer(200, {"messages": [{"id": "wamid.A"}]}).message_id
    'wamid.A'
    >>> read_answer(400, {"error": {"code": 132001, "message": "No template"}})
    Answer(message_id='', error='No template', passes=False, wait=0)
    >>> read_answer(429, None, "30")
    Answer(message_id='', error='429', passes=True, wait=30)
    """
    known = body if isinstance(body, dict) else {}
    error = known.get("error")
    messages = known.get("messages")
    if status < TOO_MANY and not error and messages:
        return Answer(message_id=str(messages[0]["id"]))
    error = error if isinstance(error, dict) else {}
    passes = status == TOO_MANY or status >= THEIR_FAULT or error.get("code") in PASSING
    wait = int(retry_after) if retry_after.isdecimal() and len(retry_after) < 6 else 0
    return Answer(
        error=str(error.get("message") or status),
        passes=passes,
        wait=wait if passes else 0,
    )


def click_url(number: str, text: str) -> str:
    """Address that opens WhatsApp with everything filled in; a person taps *send*.

    >>> click_url("+32 470 12 34 56", "Betaal: https://x.be/p/A")
    'https://wa.me/32470123456?text=Betaal%3A%20https%3A%2F%2Fx.be%2Fp%2FA'
    """
    digits = "".join(filter(str.isdigit, number))
    return f"https://wa.me/{digits}?text={quote(text, safe='')}"


def language_code(locale: str) -> str:
    """
    >>> language_code("nl_BE"), language_code("en_US"), language_code("")
    ('nl', 'en_US', 'en_US')
    """
    short = locale.partition("_")[0]
    return short if short in SHORT_LANGUAGES else locale or "en_US"


def template_message(
    number: str,
    template: str,
    locale: str,
    parameters: Sequence[str],
    button_suffix: str = "",
) -> dict:
    """JSON body of a message that a business may begin a conversation with.

    :param parameters: of the text, in order.
    :param button_suffix: what comes after the fixed part of the button's address.
    """
    components: list[dict] = [
        {"type": "body", "parameters": [as_text(value) for value in parameters]}
    ]
    if button_suffix:
        components.append(
            {
                "type": "button",
                "sub_type": "url",
                "index": "0",
                "parameters": [as_text(button_suffix)],
            }
        )
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "".join(filter(str.isdigit, number)),
        "type": "template",
        "template": {
            "name": template,
            "language": {"code": language_code(locale)},
            "components": components,
        },
    }


def as_text(value: str) -> dict:
    # Line ends, tabs and runs of blanks are refused in parameters.
    return {"type": "text", "text": " ".join(value.split())}


def is_authentic(body: bytes, header: str, secret: str) -> bool:
    """Whether Meta signed the event (``X-Hub-Signature-256``).

    >>> is_authentic(b"{}", "sha256=", "")
    False
    """
    if not secret:
        return False
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"sha256={expected}".encode(), header.encode())


def read_statuses(body: bytes) -> list[Status]:
    """
    :raises ValueError: when this is no event of theirs.
    """
    event = json.loads(body)
    if (
        not isinstance(event, dict)
        or event.get("object") != "whatsapp_business_account"
    ):
        raise ValueError("Not an event of a WhatsApp business account.")
    return [
        Status(
            status["id"],
            STATUS[status["status"]],
            "; ".join(error.get("title", "") for error in status.get("errors", ())),
        )
        for entry in event.get("entry", ())
        for change in entry.get("changes", ())
        for status in change.get("value", {}).get("statuses", ())
        if status.get("status") in STATUS
    ]
