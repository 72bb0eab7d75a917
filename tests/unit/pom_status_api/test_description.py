"""The description of the API, and what is checked by it."""

import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from odoo.addons.pom_status_api.tools import cursor, openapi, problems, schema
from odoo.addons.pom_status_api.tools.openapi_schemas import AMOUNT, CURSOR, SCHEMAS

ORDER = {
    "number": "W-1",
    "customer": {"ref": "C-1", "name": "Marie"},
    "amount": "1.00",
    "currency": "EUR",
    "due_date": "2026-12-31",
}


def walk(node):
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def schemas_in(document):
    """All schemas: of bodies and answers, of parameters and headers."""
    waiting = [*SCHEMAS.values()]
    waiting += [node["schema"] for node in walk(document["paths"]) if "schema" in node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += one.get("properties", {}).values()
        waiting += one.get("oneOf", [])
        waiting += [one["items"]] if "items" in one else []


class TestDescription:
    document = openapi.document("https://pay.example")

    def test_all_that_it_says_is_checked(self):
        known = schema.CHECKED | schema.SAID
        for one in schemas_in(self.document):
            assert set(one) <= known, one
            assert one.get("format") in {None, "binary", *schema.FORMATS}

    def test_what_is_referred_to_is_there(self):
        for node in walk(self.document):
            if "$ref" in node:
                assert node["$ref"].rpartition("/")[2] in SCHEMAS

    def test_each_operation_has_a_name_of_its_own(self):
        found = openapi.operations()
        count = sum(len(methods) for methods in self.document["paths"].values())
        assert len(found) == count
        for one in found.values():
            assert ("{id}" in one.path) == ("<int:id>" in one.route)
            assert one.acts == (one.method != "GET")

    def test_nothing_of_ours_is_served(self):
        for node in walk(self.document):
            assert not [name for name in node if name.startswith("x-")]

    def test_patterns_mean_the_same_everywhere(self):
        """No look-around and no classes that some engines read otherwise."""
        for one in schemas_in(self.document):
            pattern = one.get("pattern", "")
            re.compile(pattern)
            assert not re.search(r"\(\?|\\[dwsDWSb]", pattern), pattern


def wrong(value, described, **schemas):
    return [pointer for pointer, _text in schema.errors(value, described, schemas)]


@pytest.mark.parametrize("amount", ("1", "0.01", "0.10", "999999999.99"))
def test_amounts(amount):
    assert wrong(amount, {"type": "string", "pattern": AMOUNT}) == []


@pytest.mark.parametrize("amount", ("0", "0.00", "-1", "1.5", "01", "1e3", "١", "1,00"))
def test_no_amounts(amount):
    assert wrong(amount, {"type": "string", "pattern": AMOUNT}) == [""]


class TestChecking:
    def test_a_request_is_for_one_or_the_other(self):
        described = SCHEMAS["NewRequest"]
        for fine in (ORDER, {"invoice": "INV/1"}):
            assert wrong(fine, described, **SCHEMAS) == []
        both = {**ORDER, "invoice": "INV/1"}
        assert wrong(both, described, **SCHEMAS) == ["/invoice"]
        assert wrong({}, described, **SCHEMAS) == ["/invoice"]
        assert wrong([], described, **SCHEMAS) == [""]

    def test_each_place_is_named(self):
        lines = [{"description": "x", "amount": "0"}, {"description": " "}]
        order = {**ORDER, "lines": lines, "a/b~c": 1}
        found = wrong(order, SCHEMAS["FromElsewhere"], **SCHEMAS)
        assert sorted(found) == [
            "/a~1b~0c",
            "/lines/0/amount",
            "/lines/1/amount",
            "/lines/1/description",
        ]

    def test_what_fits_several(self):
        described = {"oneOf": [{"type": "string"}, {"maxLength": 3}]}
        assert wrong("ab", described) == [""]
        assert wrong("abcd", described) == []

    @pytest.mark.parametrize(
        ("value", "described"),
        (
            (True, {"type": "integer"}),
            (1, {"type": "boolean"}),
            (None, {"type": ["string", "integer"]}),
            ("x", {"enum": ["y"]}),
            ("", {"minLength": 1}),
            ("xx", {"maxLength": 1}),
            ("a\0", {"type": "string"}),
            ("\ud800", {"type": "string"}),
            (0, {"minimum": 1}),
            (2, {"maximum": 1}),
            ([], {"minItems": 1}),
            ([1], {"maxItems": 0}),
            ("2026-02-30", {"format": "date"}),
            ("20260228", {"format": "date"}),
            ("2026-02-28", {"format": "date-time"}),
            ("2026-02-28T12:00:00", {"format": "date-time"}),
            ("xT", {"format": "date-time"}),
        ),
    )
    def test_refused(self, value, described):
        assert wrong(value, described) == [""]

    @pytest.mark.parametrize(
        ("value", "described"),
        (
            (None, {"type": ["string", "null"]}),
            (True, {"type": "boolean"}),
            ("2026-02-28T12:00:00Z", {"format": "date-time"}),
            ("2026-02-28", {"format": "date"}),
            ({"x": 1}, {"type": "object"}),
        ),
    )
    def test_taken(self, value, described):
        assert wrong(value, described) == []


def test_the_example_of_the_readme_is_an_answer():
    readme = (Path(__file__).resolve().parents[3] / "README.md").read_text()
    [example] = re.findall(r"```json\n(.*?)```", readme, re.DOTALL)
    assert wrong(json.loads(example), SCHEMAS["Invoice"], **SCHEMAS) == []


@pytest.mark.parametrize("last", (0, 1, 42, 2**31 - 1))
@pytest.mark.parametrize("until", (None, datetime(2026, 11, 28, 12, 0, 1, 23)))
def test_cursors_come_back(last, until):
    text = cursor.write(last, until)
    assert wrong(text, CURSOR) == []
    assert (cursor.read(text), cursor.until(text)) == (last, until)


def test_no_moment_of_a_cursor_is_too_much():
    assert cursor.until("1-" + "9" * 16)


def test_paths_that_are_not_described():
    assert openapi.methods("/pom/api/v1/nowhere") == []


def test_what_is_refused_says_where():
    refusal = problems.Refusal(400, "Look.", "malformed", [("/a", "This is missing.")])
    assert refusal.body()["errors"] == [{"pointer": "/a", "detail": "This is missing."}]
    assert refusal.body()["code"] == "malformed"
    assert problems.Refusal(401, "No.").body() == {
        "type": "about:blank",
        "title": "Unauthorized",
        "status": 401,
        "detail": "No.",
    }
