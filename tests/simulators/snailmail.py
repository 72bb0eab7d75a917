"""Odoo's print service on loopback.

Source: what core's ``snailmail.letter`` sends and reads (its docstrings): JSON-RPC, a
list of documents with their PDF, and for each of them whether it was sent.
"""

import base64
import json
import threading

from werkzeug.wrappers import Request, Response

from .faults import Faults
from .server import WebServer

FAULTS = {"refused": "value: code of the error that a letter is refused with"}
PATH = "/iap/snailmail/1/print"


class Snailmail:
    """``letters`` has the documents that were taken, ``pdfs`` what was printed."""

    def __init__(self):
        self.letters: list[dict] = []
        self.faults = Faults(FAULTS)
        self._lock = threading.Lock()
        self._server = WebServer(self._application)
        self.url = self._server.url

    def __enter__(self) -> "Snailmail":
        self._server.start()
        return self

    def __exit__(self, *error):
        self._server.stop()

    @property
    def pdfs(self) -> list[bytes]:
        return [base64.b64decode(letter["pdf_bin"]) for letter in self.letters]

    def _application(self, environ, start_response):
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if request.path != PATH:
            return Response(status=404)
        call = json.loads(request.get_data())
        documents = call["params"]["documents"]
        for number, document in enumerate(documents):
            error = self.faults.take("refused", [document["address"]["name"]])
            if error:
                document["error"] = error
                continue
            document.update(sent=True, send_id=f"letter-{number}")
            with self._lock:
                self.letters.append(document)
        result = {"request_code": 200, "request": {"documents": documents}}
        body = {"jsonrpc": "2.0", "id": call.get("id"), "result": result}
        return Response(json.dumps(body), mimetype="application/json")
