"""A client of the API, made from the file that it serves: one method for each
operation, its parameters from the file, each answer checked against what the file
promises. So the tests that use it prove that the file is true.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from odoo.addons.pom_status_api.tools import schema

DESCRIPTION = "/pom/api/v1/openapi.json"
JSON = "application/json"


class Refused(Exception):
    """Anything but 2xx and 304: a problem (RFC 9457)."""

    def __init__(self, status: int, problem: dict, headers: dict):
        super().__init__(f"{status}: {problem.get('detail')}")
        self.status, self.problem, self.headers = status, problem, headers


@dataclass
class Answer:
    status: int
    data: Any
    headers: dict[str, str] = field(default_factory=dict)


class ApiClient:
    """
    :param send: ``requests.request`` or something like it, given method, address,
        headers, params and data
    """

    def __init__(self, server: str, key: str, send: Callable):
        self.key, self.send = key, send
        self.file = send("GET", server + DESCRIPTION).json()
        [place] = self.file["servers"]
        self.base = place["url"]
        self.schemas = self.file["components"]["schemas"]
        for path, methods in self.file["paths"].items():
            for method, said in methods.items():
                setattr(self, said["operationId"], self._caller(method, path, said))

    def _caller(self, method, path, said) -> Callable[..., Answer]:
        def call(body=None, **given) -> Answer:
            headers = {"Authorization": f"Bearer {self.key}"}
            address, params = path, {}
            for one in said["parameters"]:
                name = one["name"].lower().replace("-", "_")
                if name in given:
                    value = given.pop(name)
                    if one["in"] == "path":
                        address = address.replace(f"{{{one['name']}}}", str(value))
                    else:
                        into = headers if one["in"] == "header" else params
                        into[one["name"]] = value
            # What the file doesn't know is a header of HTTP itself.
            headers.update({n.replace("_", "-"): v for n, v in given.items()})
            return self._ask(method, address, said, headers, params, body)

        return call

    def _ask(self, method, address, said, headers, params, body) -> Answer:
        more = {}
        if "requestBody" in said:
            [kind] = said["requestBody"]["content"]
            headers["Content-Type"] = kind
            more = {"json": body} if kind == JSON else {"data": body}
        answer = self.send(
            method.upper(), self.base + address, headers=headers, params=params, **more
        )
        return self._checked(answer, said)

    def _checked(self, answer, said) -> Answer:
        promised = said["responses"].get(str(answer.status_code))
        assert promised, f"{answer.status_code} isn't in the file: {answer.text[:500]}"
        for name, header in promised.get("headers", {}).items():
            assert name in answer.headers or not header.get("required"), name
        data = None
        for kind, content in promised.get("content", {}).items():
            assert answer.headers["Content-Type"].partition(";")[0] == kind
            data = answer.json()
            wrong = schema.errors(data, content["schema"], self.schemas)
            assert not wrong, wrong
        if answer.status_code >= 400:
            raise Refused(answer.status_code, data, dict(answer.headers))
        return Answer(answer.status_code, data, dict(answer.headers))
