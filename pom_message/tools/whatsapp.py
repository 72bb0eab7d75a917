"""What the WhatsApp Business Cloud API is told and tells.

Sources: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
(templates, buttons with an address whose end is variable), …/webhooks/components
(statuses) and https://developers.facebook.com/docs/graph-api/webhooks/getting-started
(signature of events).
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
