"""Indexes on tables that are there already, made while people work in them.

Odoo makes an addon's indexes within its installation, which keeps all writers waiting
until that is done. PostgreSQL can build one beside them: then it's there when Odoo
looks for it, with the comment by which Odoo knows its own. Of a small table it's made
at once, and the table is free again.
"""

import logging
from typing import NamedTuple

import psycopg2

from odoo import models
from odoo.models import MetaModel
from odoo.tools import SQL
from odoo.tools.sql import make_index_name

_logger = logging.getLogger(__name__)

#: Bytes of a table from which on it's built beside, thousands of rows; less takes no
#: time. How many rows there are, PostgreSQL may not know yet.
LARGE_SIZE = 2**20
#: How long it is waited for those who are at work: of a large table they don't notice.
PATIENCE = {True: "60s", False: "300ms"}
LARGE = """
    SELECT relname FROM pg_class
     WHERE relname = ANY(%s) AND relkind = 'r' AND pg_relation_size(oid) >= %s
       AND relnamespace = current_schema::regnamespace"""
#: Who is stopped while it's being built leaves an index that nobody may use, and that
#: Odoo would take for one that somebody made by hand.
THERE = """
    SELECT c.relname, i.indisvalid
      FROM pg_index i
      JOIN pg_class c ON c.oid = i.indexrelid
     WHERE c.relname = ANY(%s) AND c.relnamespace = current_schema::regnamespace"""


class Wanted(NamedTuple):
    """
    :param what: columns and condition, as SQL
    :param comment: by which Odoo knows it; '' of a field's own index
    """

    name: str
    table: str
    what: str
    comment: str = ""


def make_indexes(env, addon):
    """Build what the addon wants of tables that are there. What can't be built, on a
    column that isn't there yet or a table that is never free, is left to Odoo.

    :param env: of whom nothing is open: else it would wait for itself
    """
    wanted = list(_wanted(env, addon))
    tables = list({index.table for index in wanted})
    env.cr.execute(SQL(LARGE, tables, LARGE_SIZE))
    large = {table for (table,) in env.cr.fetchall()}
    env.cr.execute(SQL(THERE, [index.name for index in wanted]))
    there = dict(env.cr.fetchall())
    env.cr.commit()  # pylint: disable=invalid-commit
    missing = [index for index in wanted if not there.get(index.name)]
    if not missing:
        return
    with env.registry.cursor() as cr:
        # No transaction: PostgreSQL builds in several.
        cr._cnx.autocommit = True
        try:
            for index in missing:
                _build(cr, index, index.table in large)
            cr.execute("RESET lock_timeout")
        finally:
            cr._cnx.autocommit = False


def _wanted(env, addon):
    """The indexes that an addon adds to tables that are there.

    :rtype: Iterator[Wanted]
    """
    for definition in MetaModel._module_to_models__.get(addon, ()):
        model = env.get(definition._name)
        if model is None or not model._auto or model._transient:
            continue
        for index in definition._table_object_definitions:
            comment = type(index) is models.Index and index.get_definition(env.registry)
            if comment:
                name, what = index.full_name(model), comment.removeprefix("INDEX ")
                yield Wanted(name, model._table, what, comment)
        for field in definition._field_definitions:
            what = _what_of_field(field)
            if what:
                name = make_index_name(model._table, field.name)
                yield Wanted(name, model._table, what)


def _what_of_field(field):
    """As ``Registry.check_indexes`` makes it; '' where it makes none, or another."""
    kind = field._args__.get("index")
    if kind not in (True, "btree", "btree_not_null"):
        return ""
    if field._args__.get("company_dependent"):
        return ""
    where = f' WHERE "{field.name}" IS NOT NULL' if kind == "btree_not_null" else ""
    return f'("{field.name}"){where}'


def _build(cr, index, is_large):
    name = SQL.identifier(index.name)
    beside = SQL("CONCURRENTLY") if is_large else SQL()
    create = SQL(
        "CREATE INDEX %s %s ON %s %s",
        beside,
        name,
        SQL.identifier(index.table),
        SQL(index.what.replace("%", "%%")),
    )
    try:
        cr.execute(SQL("SET lock_timeout = %s", PATIENCE[is_large]))
        cr.execute(SQL("DROP INDEX %s IF EXISTS %s", beside, name))
        cr.execute(create, log_exceptions=False)
        if index.comment:
            cr.execute(SQL("COMMENT ON INDEX %s IS %s", name, index.comment))
    except psycopg2.Error as error:
        _logger.info("Left to Odoo: an index on %s (%s)", index.table, error)
        if is_large:
            cr.execute(SQL("DROP INDEX CONCURRENTLY IF EXISTS %s", name))
