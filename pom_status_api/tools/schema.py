"""What a body and parameters have to look like, checked by the same descriptions that
are served as OpenAPI: one truth for programs that ask and for us.

The part of JSON Schema (2020-12) that the API uses; a keyword that isn't known here is
refused by the tests, not ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

Error = tuple[str, str]
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
#: Said, and not checked.
SAID = {"description", "title", "default", "example", "examples", "writeOnly"}
CHECKED = {
    "$ref",
    "type",
    "enum",
    "oneOf",
    "required",
    "properties",
    "additionalProperties",
    "items",
    "minItems",
    "maxItems",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "pattern",
    "format",
}
WHOLE = re.compile(r"-?[0-9]{1,10}", re.ASCII)
#: What no database stores.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def errors(value: Any, schema: Mapping, schemas: Mapping, at="") -> list[Error]:
    """What is wrong with a value: (JSON pointer, sentence) of each.

    :param schemas: by name, those that are referred to

    >>> errors({"a": 1}, {"properties": {"a": {"type": "string"}}}, {})
    [('/a', 'This must be a string.')]
    """
    if name := schema.get("$ref"):
        return errors(value, schemas[name.rpartition("/")[2]], schemas, at)
    if choices := schema.get("oneOf"):
        return _of_choices(value, choices, schemas, at)
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(value, kind) for kind in kinds):
        return [(at, f"This must be {' or '.join(map(_named, kinds))}.")]
    if "enum" in schema and value not in schema["enum"]:
        known = ", ".join(map(str, schema["enum"]))
        return [(at, f"This must be one of: {known}.")]
    by_type = {str: _of_text, int: _of_number, list: _of_list, dict: _of_object}
    check = by_type.get(type(value))
    return list(check(value, schema, schemas, at)) if check else []


def from_text(text: str, schema: Mapping) -> Any:
    """A parameter of an address as what it's described to be; the text itself where it
    isn't that.

    >>> from_text("12", {"type": "integer"}), from_text("x", {"type": "integer"})
    (12, 'x')
    """
    if schema.get("type") == "integer" and WHOLE.fullmatch(text):
        return int(text)
    return text


def _is(value: Any, kind: str) -> bool:
    # To Python, yes and no are numbers.
    is_flag = isinstance(value, bool)
    return isinstance(value, TYPES[kind]) and is_flag == (kind == "boolean")


def _named(kind: str) -> str:
    return kind if kind == "null" else f"a{'n' * (kind[0] in 'aio')} {kind}"


def _of_choices(value, choices, schemas, at) -> list[Error]:
    found = [errors(value, choice, schemas, at) for choice in choices]
    if found.count([]) > 1:
        return [(at, "This fits several descriptions, and must fit one.")]
    return min(found, key=len)


def _of_text(value, schema, schemas, at) -> Iterator[Error]:
    if UNSTORABLE.search(value):
        yield at, "This has characters that can't be stored."
    least = schema.get("minLength", 0)
    if len(value) < least:
        few = f"This has fewer than {least} characters."
        yield at, "This must not be empty." if least == 1 else few
    if len(value) > schema.get("maxLength", len(value)):
        yield at, f"This has more than {schema['maxLength']} characters."
        # Patterns take long for what is long.
        return
    if "pattern" in schema and not _fits(value, schema["pattern"]):
        yield at, f"This must match {schema['pattern']}."
    reader = FORMATS.get(schema.get("format", ""))
    if reader and not reader(value):
        such = SUCH_AS[schema["format"]]
        yield at, f"This must be a {schema['format']}, such as {such}."


def _fits(value: str, pattern: str) -> bool:
    """As other engines read it: to Python, the end is before a last line end, too.

    >>> _fits("1", "^1$"), _fits("1\\n", "^1$")
    (True, False)
    >>> _fits("10", "^1"), _fits("01", "^1")
    (True, False)
    """
    if pattern.endswith("$"):
        pattern = pattern[:-1] + r"\Z"
    return bool(re.search(pattern, value, re.ASCII))


def _of_number(value, schema, schemas, at) -> Iterator[Error]:
    if value < schema.get("minimum", value):
        yield at, f"This must be at least {schema['minimum']}."
    if value > schema.get("maximum", value):
        yield at, f"This must be at most {schema['maximum']}."


def _of_list(value, schema, schemas, at) -> Iterator[Error]:
    if len(value) < schema.get("minItems", 0):
        yield at, f"This must have at least {schema['minItems']}."
    if len(value) > schema.get("maxItems", len(value)):
        yield at, f"This must have at most {schema['maxItems']}."
    for number, item in enumerate(value):
        yield from errors(item, schema.get("items", {}), schemas, f"{at}/{number}")


def _of_object(value, schema, schemas, at) -> Iterator[Error]:
    known = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{at}/{name}", "This is missing."
    for name, item in value.items():
        pointer = f"{at}/{name.replace('~', '~0').replace('/', '~1')}"
        if name in known:
            yield from errors(item, known[name], schemas, pointer)
        elif schema.get("additionalProperties") is False:
            yield pointer, "There is no such field."


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    try:
        return "T" in text and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


FORMATS = {"date": _is_day, "date-time": _is_moment}
SUCH_AS = {"date": "2026-11-28", "date-time": "2026-11-28T09:30:00Z"}
