"""Installing beside people who work, in databases with years of books.

Odoo adds an addon's columns one by one, and keeps the tables locked until all of the
addon's data is loaded: seconds in which nobody reads an invoice. So the columns are
made before, all of a table at once, and what is locked after that is released before
the data is loaded. Whatever stops the installation later on, these columns are there
already when it is tried again.
"""

import logging
import time

from psycopg2.errors import CheckViolation, LockNotAvailable, UndefinedColumn

from odoo import fields, models
from odoo.models import MetaModel
from odoo.tools import SQL, sql

from .installing_indexes import make_indexes

_logger = logging.getLogger(__name__)

#: PostgreSQL's type of a field's column; of others it is left to Odoo.
TYPES = {
    fields.Boolean: SQL("bool"),
    fields.Char: SQL("varchar"),
    fields.Date: SQL("date"),
    fields.Datetime: SQL("timestamp"),
    fields.Integer: SQL("int4"),
    fields.Json: SQL("jsonb"),
    fields.Many2one: SQL("int4"),
    fields.Monetary: SQL("numeric"),
    fields.Selection: SQL("varchar"),
    fields.Text: SQL("text"),
}
#: How long others may be kept waiting for one table, and how often it is tried.
PATIENCE, TRIES = "300ms", 200


#: By database and addon, what was made here: names of fields by model.
_made = {}


def make_room(env, addon):
    """Add the columns and checks of an addon to the tables that are there, and its
    indexes to the large ones: its ``pre_init_hook``.

    :raises LockNotAvailable: when somebody keeps a table to himself for minutes
    """
    env.flush_all()
    # What was locked up to now must not wait for us; nothing of ours is begun yet.
    env.cr.commit()  # pylint: disable=invalid-commit
    found = _new_fields(env, addon)
    for model, new in found.items():
        _add(env.cr, env[model]._table, new)
    for table, name, check in _new_checks(env, addon):
        _add_check(env.cr, table, name, check)
    make_indexes(env, addon)
    _made[env.cr.dbname, addon] = {model: list(new) for model, new in found.items()}


def release(env, addon):
    """Let others have the tables that the addon's models were just put on.

    :param addon: name of one whose models are set up, and whose data isn't loaded yet
    """
    made = _made.pop((env.cr.dbname, addon), None)
    if made is None:
        return
    for model, names in made.items():
        for name in names:
            # Odoo gives a default to columns that it made itself only.
            if env[model]._fields[name].default:
                env[model]._init_column(name)
    env.cr.commit()  # pylint: disable=invalid-commit


def _new_fields(env, addon):
    """PostgreSQL's columns of the fields that an addon adds to models that are there
    before it is loaded: by model and field.
    """
    found = {}
    for model, definition in _extended(env, addon):
        for field in definition._field_definitions:
            if _is_plain(field) and field.name not in model._fields:
                new = found.setdefault(model._name, {})
                new[field.name] = _column(field)
    return found


def _new_checks(env, addon):
    """What an addon demands of rows of tables that are there before it is loaded.

    :return: table, name and definition of each constraint
    """
    for model, definition in _extended(env, addon):
        for demand in definition._table_object_definitions:
            if type(demand) is not models.Constraint:
                continue
            name, check = demand.full_name(model), demand.get_definition(env.registry)
            known = sql.constraint_definition(env.cr, model._table, name)
            if check.startswith("CHECK") and not known:
                yield model._table, name, check


def _extended(env, addon):
    """Models with a table that are there before an addon is loaded, each with a class
    by which the addon extends it.
    """
    for definition in MetaModel._module_to_models__.get(addon, ()):
        model = env.get(definition._name)
        if model is not None and model._auto and not model._transient:
            yield model, definition


def _is_plain(field):
    """Whether it has a column that nothing has to be computed for."""
    derived = {"compute", "related", "selection_add"}
    return bool(_type(field)) and not derived.intersection(field._args__)


def _column(field):
    """Its type, and what Odoo would lock the table for once more: that it's never
    empty. With its default: others, who don't know of it yet, go on making records.
    """
    kind, default = _type(field), field._args__.get("default")
    if not field._args__.get("required") or not isinstance(default, str):
        return kind
    return SQL("%s NOT NULL DEFAULT %s", kind, default)


def _type(field):
    if {"company_dependent", "translate"}.intersection(field._args__):
        return TYPES[fields.Json]
    if type(field) is fields.Float:
        return SQL("numeric" if field._args__.get("_digits") else "float8")
    return TYPES.get(type(field))


def _add(cr, table, columns):
    change = SQL(
        "ALTER TABLE %s %s",
        SQL.identifier(table),
        SQL(", ").join(
            SQL("ADD COLUMN IF NOT EXISTS %s %s", SQL.identifier(name), kind)
            for name, kind in columns.items()
        ),
    )
    _patiently(cr, table, lambda: cr.execute(change, log_exceptions=False))


def _add_check(cr, table, name, check):
    """As Odoo does when it puts the model on its table, which by then keeps others from
    reading it until that is done for all models of the addon.
    """
    try:
        _patiently(cr, table, lambda: sql.add_constraint(cr, table, name, check))
    except (UndefinedColumn, CheckViolation):
        # Of a column that is computed, which Odoo makes.
        cr.rollback()


def _patiently(cr, table, change):
    """Change a table in a moment in which nobody uses it.

    :raises LockNotAvailable: when there is none
    """
    for number in range(TRIES):
        try:
            cr.execute(SQL("SET LOCAL lock_timeout = %s", PATIENCE))
            change()
            cr.commit()  # pylint: disable=invalid-commit
            return
        except LockNotAvailable:
            cr.rollback()
            if number == TRIES - 1:
                raise
            _logger.info("Waiting for a moment in which nobody uses %s", table)
            time.sleep(0.5)


def keep_payments(env, code):
    """What was paid by a provider stays paid by it, in name, when its addon goes: core
    refuses to let a method go that a payment has, and a provider that a transaction has
    isn't the addon's any more, but history.

    By the database itself: nothing else of a payment changes, and there may be many.

    :param code: of the provider and of its payment method
    """
    providers = env["payment.provider"].search([("code", "=", code)])
    used = env["payment.transaction"]._read_group(
        [("provider_id", "in", providers.ids)], ["provider_id"]
    )
    env["ir.model.data"].search(
        [
            ("model", "=", "payment.provider"),
            ("res_id", "in", [provider.id for [provider] in used]),
        ]
    ).unlink()
    methods = env["account.payment.method"].search([("code", "=", code)])
    for method in methods:
        manual = env["account.payment.method"].search(
            [("code", "=", "manual"), ("payment_type", "=", method.payment_type)]
        )
        for query in (
            "UPDATE account_payment SET payment_method_id = %s"
            " WHERE payment_method_id = %s",
            "UPDATE account_payment_method_line"
            " SET payment_method_id = %s, payment_provider_id = NULL"
            " WHERE payment_method_id = %s",
        ):
            env.cr.execute(SQL(query, manual.id, method.id))
    env.invalidate_all()
