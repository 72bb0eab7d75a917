"""Twilio's Messages API on loopback, and its reports of what became of a message.

Source: https://www.twilio.com/docs/messaging/api/message-resource and
https://www.twilio.com/docs/usage/webhooks/webhooks-security (signature of reports).
"""

import base64
import hashlib
import hmac
import json
import threading
import uuid
from dataclasses import dataclass, field

import requests
from werkzeug.wrappers import Request, Response

from .faults import Faults
from .server import WebServer

FAULTS = {
    "refused": "value: Twilio's error code instead of taking the message",
    "api_error": "value: HTTP status without a message being taken",
}
HOST = "https://api.twilio.com"


@dataclass
class Sms:
    """
    :param callback: where reports go, '' for none.
    """

    sid: str
    sender: str
    to: str
    body: str
    callback: str
    reports: list[int] = field(default_factory=list)


class SmsGateway:
    """
    :param account, token: credentials that are accepted.
    """

    def __init__(self, account: str = "AC" + "a" * 32, token: str = "secret"):
        self.account, self.token = account, token
        self.messages: list[Sms] = []
        self.faults = Faults(FAULTS)
        self._lock = threading.Lock()
        self._server = WebServer(self._application)
        self.url = self._server.url

    def __enter__(self) -> "SmsGateway":
        self._server.start()
        return self

    def __exit__(self, *error):
        self._server.stop()

    def sent_to(self, number: str) -> list[Sms]:
        with self._lock:
            return [sms for sms in self.messages if sms.to == number]

    def session(self):
        """Class to put in the place of ``requests.Session``: api.twilio.com is us."""
        url = self.url

        class Session(requests.Session):
            def request(self, method, address, *args, **kwargs):
                here = address.replace(HOST, url, 1)
                return super().request(method, here, *args, **kwargs)

        return Session

    def report_values(self, sms: Sms, status: str, **values) -> dict:
        return {"MessageSid": sms.sid, "SmsStatus": status, "To": sms.to, **values}

    def signature(self, url: str, values: dict) -> str:
        text = url + "".join(f"{name}{values[name]}" for name in sorted(values))
        digest = hmac.new(self.token.encode(), text.encode(), hashlib.sha1).digest()
        return base64.b64encode(digest).decode()

    def report(self, sms: Sms, status: str, **values) -> int:
        """Tell what became of a message.

        :return: HTTP status of the answer
        """
        values = self.report_values(sms, status, **values)
        headers = {"X-Twilio-Signature": self.signature(sms.callback, values)}
        answer = requests.post(sms.callback, data=values, headers=headers, timeout=10)
        sms.reports.append(answer.status_code)
        return answer.status_code

    def _application(self, environ, start_response):
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        path = f"/2010-04-01/Accounts/{self.account}/Messages.json"
        login = request.authorization
        if not login or (login.username, login.password) != (self.account, self.token):
            return error(401, 20003, "Authenticate")
        if request.path != path or request.method != "POST":
            return error(404, 20404, "Not found")
        to = request.form.get("To", "")
        if status := self.faults.take("api_error", [to]):
            return error(status, 20500, "as asked")
        if code := self.faults.take("refused", [to]):
            return error(400, code, "as asked")
        if not to.startswith("+"):
            return error(400, 21211, f"Invalid 'To' Phone Number: {to}")
        return self._take(request.form, to)

    def _take(self, form, to) -> Response:
        sms = Sms(
            f"SM{uuid.uuid4().hex}",
            form.get("From", ""),
            to,
            form.get("Body", ""),
            form.get("StatusCallback", ""),
        )
        with self._lock:
            self.messages.append(sms)
        return as_json(201, {"sid": sms.sid, "status": "queued", "to": to})


def error(status: int, code: int, message: str) -> Response:
    return as_json(status, {"code": code, "message": message, "status": status})


def as_json(status: int, body: dict) -> Response:
    return Response(json.dumps(body), status, mimetype="application/json")
