"""Many entries at once: rows that are copies of one that core made, in one statement.

Core makes the entry of one bank line, with all that its code does; the rows of the
others differ from it in what the bank said, and in numbers. Read
:mod:`odoo.addons.pom_reconcile.models.account_bank_statement_line_copies` for when that
is so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

MOVE = "account_move"
LINE = "account_bank_statement_line"
ITEM = "account_move_line"

#: Which columns of a copy are its own, by table: an expression over ``v``, the values
#: of the bank line, and ``t``, the row that is copied.
OWN = {
    MOVE: {
        "id": "v.move_id",
        "statement_line_id": "v.line_id",
        "name": "v.name",
        "sequence_number": "v.sequence_number",
        "date": "v.date",
        "partner_id": "v.partner_id",
        # Numbers go on from the copied one's.
        "made_sequence_gap": "false",
        "amount_total": "abs(v.amount)",
        "amount_total_signed": "abs(v.amount)",
        "amount_total_in_currency_signed": "abs(v.amount)",
    },
    LINE: {
        "id": "v.line_id",
        "move_id": "v.move_id",
        "amount": "v.amount",
        "amount_residual": "v.amount * sign(t.amount) * sign(t.amount_residual)",
        "pom_named_id": "NULL::int",
        # As _compute_internal_index writes it.
        "internal_index": "to_char(v.date, 'YYYYMMDD')"
        " || lpad((2147483647 - t.sequence)::text, 10, '0')"
        " || lpad(v.line_id::text, 10, '0')",
    },
    ITEM: {
        "move_id": "v.move_id",
        "statement_line_id": "v.line_id",
        "move_name": "v.name",
        "date": "v.date",
        "name": "v.payment_ref",
        "ref": "v.ref",
        "partner_id": "v.partner_id",
    },
}
#: The type of each of them, and of what may be given besides.
TYPES = {
    "template_move": "int",
    "template_line": "int",
    "bank_item": "int",
    "other_item": "int",
    "move_id": "int",
    "line_id": "int",
    "bank_item_id": "int",
    "other_item_id": "int",
    "name": "text",
    "sequence_number": "int",
    "date": "date",
    "amount": "numeric",
}
#: Amounts of an item: of its sign, or of one that may be settled.
_SIGNED = ("balance", "amount_currency", "price_subtotal", "price_total")
_RESIDUAL = ("amount_residual", "amount_residual_currency")


class Given(NamedTuple):
    """What a bank line may be given with: the column's table, its type."""

    table: str
    type: str


#: By name of the field. Whatever isn't here is core's to make.
GIVEN = {
    "payment_ref": Given(LINE, "text"),
    "partner_id": Given(LINE, "int"),
    "account_number": Given(LINE, "text"),
    "partner_name": Given(LINE, "text"),
    "transaction_type": Given(LINE, "text"),
    "transaction_details": Given(LINE, "jsonb"),
    "unique_import_id": Given(LINE, "text"),
    "raw_data": Given(LINE, "text"),
    "pom_value_date": Given(LINE, "date"),
    "pom_counterparty_bic": Given(LINE, "text"),
    "pom_end_to_end_id": Given(LINE, "text"),
    "pom_mandate": Given(LINE, "text"),
    "pom_received_id": Given(LINE, "int"),
    "pom_fingerprint": Given(LINE, "text"),
    "ref": Given(MOVE, "text"),
    "narration": Given(MOVE, "text"),
    "partner_bank_id": Given(MOVE, "int"),
}


def parameters(rows: Sequence[Mapping]) -> list[list]:
    """Return the parameters of :func:`insertion`: a list of values for each column.

    :param rows: by name of :data:`TYPES` and :data:`GIVEN`; what is absent is NULL.

    >>> parameters([{"template_move": 7, "mandate": "M"}, {"template_move": 8}])[0]
    [7, 8]
    """
    return [[row.get(name) for row in rows] for name in (*TYPES, *GIVEN)]


def insertion(columns: Mapping[str, Iterable[str]]) -> str:
    """Return the statement that makes the entries, bank lines and items of rows.

    Foreign keys that point at each other are checked at its end, so neither needs to
    be there first.

    :param columns: the names of each table's columns.
    """
    types = TYPES | {name: given.type for name, given in GIVEN.items()}
    lines, moves = (
        OWN[table] | {name: f"v.{name}" for name, given in GIVEN.items()
                      if given.table == table}
        for table in (LINE, MOVE)
    )  # fmt: skip
    given = ", ".join(f"%s::{kind}[]" for kind in types.values())
    return (
        f"WITH v ({_named(types)}) AS (SELECT * FROM unnest({given})), "
        f"moves AS ({_copies(MOVE, columns[MOVE], moves, 'template_move')}), "
        f"lines AS ({_copies(LINE, columns[LINE], lines, 'template_line')}), "
        f"items AS ({_items(columns[ITEM], 'bank_item', '')}) "
        + _items(columns[ITEM], "other_item", "-")
    )


def _items(columns: Iterable[str], name: str, sign: str) -> str:
    return _copies(ITEM, columns, _item(name, sign), name)


def _item(name: str, sign: str) -> dict[str, str]:
    amount = f"{sign}v.amount"
    # What can't be settled has no residual.
    residuals = {
        column: f"CASE WHEN t.{column} = 0 THEN 0 ELSE {amount} END"
        for column in _RESIDUAL
    }
    return {
        **OWN[ITEM],
        **dict.fromkeys(_SIGNED, amount),
        **residuals,
        "id": f"v.{name}_id",
        "debit": f"greatest({amount}, 0)",
        "credit": f"greatest(-({amount}), 0)",
    }


def _copies(table: str, columns: Iterable[str], own: Mapping[str, str], key: str):
    """Return the INSERT; a column of anybody else's has what the copied row has."""
    columns = list(columns)
    copied = ", ".join(own.get(name, f't."{name}"') for name in columns)
    return (
        f"INSERT INTO {table} ({_named(columns)}) "
        f"SELECT {copied} FROM v JOIN {table} t ON t.id = v.{key}"
    )


def _named(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
