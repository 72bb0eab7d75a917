"""Statements as plain values for JSON: amounts as strings, dates in ISO 8601."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from .base import Problem, Reference, Statement, Transaction

#: What other programs are given, by type; of other types all fields.
SCHEMA = MappingProxyType(
    {
        Statement: (
            "account",
            "currency",
            "number",
            "sequence",
            "holder",
            "bic",
            "duplicate",
            "old_balance",
            "old_balance_date",
            "new_balance",
            "new_balance_date",
            "warnings",
            "transactions",
        ),
        Transaction: (
            "ordinal",
            "amount",
            "date",
            "value_date",
            "code",
            "counterparty_name",
            "counterparty_account",
            "counterparty_bic",
            "references",
            "text",
            "end_to_end_id",
            "mandate",
            "return_reason",
            "foreign",
            "details",
        ),
    }
)


def dump(value, schema: Mapping = SCHEMA):
    """Return a statement, or any value in it, as values that JSON knows.

    :param schema: names of the fields by type; ``{}`` for all of them.

    >>> dump(Problem(1, "%(a)s isn't there", {"a": "b"})), dump((Decimal("1E+2"),))
    ("b isn't there", ['100'])
    """
    if isinstance(value, Problem):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Reference):
        return value._asdict()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [dump(item, schema) for item in value]
    if is_dataclass(value):
        names = schema.get(type(value)) or [item.name for item in fields(value)]
        return {name: dump(getattr(value, name), schema) for name in names}
    return value
