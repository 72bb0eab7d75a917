"""The WhatsApp Business Cloud API on loopback, and its events.

Source: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages and
…/webhooks/components. A business may only begin with a template that was approved, in
a language that was approved.
"""

import hashlib
import hmac
import json
import threading
import uuid
from dataclasses import dataclass

import requests
from werkzeug.wrappers import Request, Response

from .faults import Faults
from .server import WebServer

FAULTS = {
    "api_error": "value: HTTP status without a message being taken",
    "not_on_whatsapp": "the number is taken, a 'failed' event follows",
}


@dataclass(frozen=True)
class Message:
    id: str
    to: str
    template: str
    language: str
    parameters: tuple[str, ...]
    button: str


class WhatsApp:
    """
    :param templates: approved ones: number of parameters of the text by name.
    :param languages: in which they are approved.
    """

    def __init__(
        self,
        templates: dict[str, int] | None = None,
        languages: tuple[str, ...] = ("nl", "fr", "de", "en_US"),
        phone: str = "105551234567890",
        token: str = "EAAtoken",
        secret: str = "appsecret",
    ):
        self.templates = templates or {"payment_request": 4}
        self.languages = languages
        self.phone, self.token, self.secret = phone, token, secret
        self.messages: list[Message] = []
        self.faults = Faults(FAULTS)
        self._lock = threading.Lock()
        self._server = WebServer(self._application)
        self.url = f"{self._server.url}/v23.0"

    def __enter__(self) -> "WhatsApp":
        self._server.start()
        return self

    def __exit__(self, *error):
        self._server.stop()

    def event(self, message: Message, status: str, error: str = "") -> bytes:
        """Body of the event that tells how a message stands."""
        errors = {"errors": [{"code": 131026, "title": error}]} if error else {}
        news = {"id": message.id, "status": status, "recipient_id": message.to}
        value = {"messaging_product": "whatsapp", "statuses": [{**news, **errors}]}
        entry = {"id": "1", "changes": [{"field": "messages", "value": value}]}
        return json.dumps(
            {"object": "whatsapp_business_account", "entry": [entry]}
        ).encode()

    def headers(self, body: bytes) -> dict[str, str]:
        digest = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        return {
            "X-Hub-Signature-256": f"sha256={digest}",
            "Content-Type": "application/json",
        }

    def tell(self, url: str, message: Message, status: str, error: str = "") -> int:
        """
        :return: HTTP status of the answer
        """
        body = self.event(message, status, error)
        headers = self.headers(body)
        return requests.post(url, data=body, headers=headers, timeout=10).status_code

    def _application(self, environ, start_response):
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return refusal(401, 190, "Invalid OAuth access token.")
        if request.path != f"/v23.0/{self.phone}/messages":
            return refusal(404, 100, "Unsupported post request.")
        body = json.loads(request.get_data())
        if status := self.faults.take("api_error", [body.get("to", "")]):
            return refusal(status, 131000, "Something went wrong.")
        reason = self._reason(body)
        if reason:
            return refusal(400, 132000, reason)
        return self._take(body)

    def _reason(self, body: dict) -> str:
        if body.get("messaging_product") != "whatsapp" or not body["to"].isdigit():
            return "Parameter value is not valid"
        template = body.get("template", {})
        wanted = self.templates.get(template.get("name"))
        if wanted is None or template["language"]["code"] not in self.languages:
            return "Template name does not exist in the translation"
        parameters, _button = texts(template)
        if len(parameters) != wanted:
            return "Number of parameters does not match the expected number of params"
        if any("\n" in text or "\t" in text or not text for text in parameters):
            return "Param text cannot have new-line/tab characters or be empty"
        return ""

    def _take(self, body: dict) -> Response:
        template = body["template"]
        parameters, button = texts(template)
        message = Message(
            f"wamid.{uuid.uuid4().hex}",
            body["to"],
            template["name"],
            template["language"]["code"],
            parameters,
            button,
        )
        with self._lock:
            self.messages.append(message)
        return as_json(200, {"messages": [{"id": message.id}]})


def texts(template: dict) -> tuple[tuple[str, ...], str]:
    """(parameters of the text, end of the button's address)."""
    found: dict[str, tuple[str, ...]] = {
        part["type"]: tuple(parameter["text"] for parameter in part["parameters"])
        for part in template.get("components", ())
    }
    return found.get("body", ()), "".join(found.get("button", ()))


def refusal(status: int, code: int, message: str) -> Response:
    error = {"message": message, "type": "OAuthException", "code": code}
    return as_json(status, {"error": error})


def as_json(status: int, body: dict) -> Response:
    return Response(json.dumps(body), status, mimetype="application/json")
