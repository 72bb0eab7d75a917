"""The description of the API, as OpenAPI 3.1: what is served is what answers."""

from __future__ import annotations

import re
from typing import NamedTuple

from .openapi_paths import JSON, LIMIT, PATHS, PDF, PREFIX, RATE
from .openapi_schemas import SCHEMAS, ref
from .problems import MIMETYPE

VERSION = "1.1.0"
WHAT = (
    "How debts stand and how they are paid, for webshops, billing systems, portals and "
    "ERPs. Amounts are text with a point. Whoever wants to be told is, by signed "
    "messages (Standard Webhooks); who rather asks gets the same. Odoo's own sentences "
    "are in the language of Accept-Language, or the company's; those of the API are in "
    "English, with a code for programs."
)
#: Refusals that every operation knows.
REFUSALS = {
    "400": "Something in the address, the headers or the body isn't as described.",
    "401": "There is no key, or it opens nothing.",
    "404": "There is no such thing, for this system.",
    "405": "That isn't done here.",
    "429": "Too often. Retry-After says when to go on.",
}
#: And those that act.
ACTING = {
    "403": "This system may ask how things stand, and nothing else.",
    "409": "As it stands, that can't be done.",
    "413": "That is too large.",
    "415": "Send it as described.",
    "422": "It is understood, and can't be done.",
}


class Operation(NamedTuple):
    """What a route of the API does, as its controller and the tests need it.

    :param name: the ``operationId``, by which the controller names it.
    :param method: in capitals.
    :param path: below the prefix, with ``{id}``.
    :param query: descriptions of the parameters in the address, by name; ``headers``:
        of those that stand there.
    :param schema: of the body; None when that isn't JSON.
    :param takes: type of the body's content; '' when there is none.
    :param acts: whether it changes anything: such a system needs more rights.
    """

    name: str
    method: str
    path: str
    query: dict
    headers: dict
    schema: dict | None
    takes: str
    acts: bool

    @property
    def route(self) -> str:
        """Of Odoo's routing.

        >>> operation("getInvoice").route
        '/pom/api/v1/invoices/<int:id>'
        """
        return PREFIX + re.sub(r"{(\w+)}", r"<int:\1>", self.path)


def operations() -> dict[str, Operation]:
    """All that there are, by name."""
    return {
        said["operationId"]: _operation(method, path, said)
        for path, methods in PATHS.items()
        for method, said in methods.items()
    }


def operation(name: str) -> Operation:
    return operations()[name]


def methods(path: str) -> list[str]:
    """What can be done at a path; nothing at one that isn't described.

    >>> methods("/pom/api/v1/requests/7"), methods("/pom/api/v1/payments")
    (['GET', 'HEAD', 'PATCH'], ['GET', 'HEAD'])
    """
    found = {
        one.method
        for one in operations().values()
        if re.fullmatch(PREFIX + re.sub(r"{\w+}", "[0-9]+", one.path), path)
    }
    return sorted(found | ({"HEAD"} if "GET" in found else set()))


def _operation(method, path, said) -> Operation:
    content = said.get("requestBody", {}).get("content", {})
    return Operation(
        said["operationId"],
        method.upper(),
        path,
        _named(said, "query"),
        _named(said, "header"),
        content.get(JSON, {}).get("schema"),
        next(iter(content), ""),
        said.get("x-acts", False),
    )


def _named(said, place) -> dict:
    return {one["name"]: one for one in said["parameters"] if one["in"] == place}


def document(server: str) -> dict:
    """The whole description, as it's served.

    :param server: address of this Odoo
    """
    return {
        "openapi": "3.1.0",
        "info": {"title": "POM", "version": VERSION, "description": WHAT},
        "servers": [{"url": server + PREFIX}],
        "security": [{"key": []}],
        "paths": {
            path: {method: _served(said) for method, said in methods.items()}
            for path, methods in PATHS.items()
        },
        "webhooks": WEBHOOKS,
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


def _served(said: dict) -> dict:
    refusals = {**REFUSALS, **(ACTING if said.get("x-acts") else {})}
    return {
        **{name: value for name, value in said.items() if not name.startswith("x-")},
        "responses": {
            **said["responses"],
            **{status: _refusal(status, text) for status, text in refusals.items()},
        },
    }


def _refusal(status: str, description: str) -> dict:
    headers = {"Retry-After": {"schema": {"type": "string"}}} if status == "429" else {}
    return {
        "description": description,
        "headers": {**RATE, **headers},
        "content": {MIMETYPE: {"schema": ref("Problem")}},
    }


def _webhook(kind: str, operation_id: str, summary: str, data: dict) -> dict:
    """A message that is sent by itself.

    :param data: schema of what it tells.
    """
    told = {
        "type": "object",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"const": kind},
            "timestamp": {"type": "string"},
            "data": data,
        },
    }
    return {
        "post": {
            "operationId": operation_id,
            "summary": summary,
            "requestBody": {"required": True, "content": {JSON: {"schema": told}}},
            "responses": {"2XX": {"description": "Taken."}},
        }
    }


WEBHOOKS = {
    "invoice.status": _webhook(
        "invoice.status",
        "invoiceStatus",
        "How an invoice stands has changed. What counts is the highest number in "
        "webhook-id; answer with 2xx.",
        ref("Invoice"),
    ),
    "test": _webhook(
        "test",
        "test",
        "Somebody pressed *Send a Test*: nothing has changed; answer with 2xx.",
        {"type": "object"},
    ),
}

__all__ = ["LIMIT", "PDF", "SCHEMAS", "Operation", "document", "operation"]
