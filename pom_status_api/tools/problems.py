"""Refusals that programs read: problem details for HTTP APIs (RFC 9457)."""

from __future__ import annotations

import logging
from http import HTTPStatus

MIMETYPE = "application/problem+json"


class Refusal(Exception):
    """What is asked isn't done, and all that was begun for it is undone.

    :param status: of HTTP
    :param detail: a sentence that says what to do
    :param code: what programs tell refusals of the same status apart by
    :param errors: of the body: (JSON pointer, sentence)
    :param headers: of the answer
    """

    #: Somebody else's mistake: noted, without a traceback.
    loglevel = logging.INFO

    def __init__(self, status, detail, code="", errors=(), headers=()):
        super().__init__(detail)
        self.status = int(status)
        self.detail = detail
        self.code = code
        self.errors = list(errors)
        self.headers = dict(headers)

    def body(self) -> dict:
        """
        >>> Refusal(409, "It is paid already.", "paid").body()
        {'type': 'about:blank', 'title': 'Conflict', 'status': 409, \
'detail': 'It is paid already.', 'code': 'paid'}
        """
        found = problem(self.status, self.detail)
        if self.code:
            found["code"] = self.code
        if self.errors:
            found["errors"] = [
                {"pointer": pointer, "detail": sentence}
                for pointer, sentence in self.errors
            ]
        return found


def problem(status: int, detail: str = "") -> dict:
    """
    >>> problem(404)["title"], problem(499)["title"]
    ('Not Found', 'Error')
    """
    try:
        title = HTTPStatus(status).phrase
    except ValueError:
        title = "Error"
    found = {"type": "about:blank", "title": title, "status": status}
    return {**found, "detail": detail} if detail else found
