"""Indexes on tables that are large already, made while people work in them.

Odoo makes an addon's indexes within its installation, which keeps all writers waiting
until each is built. PostgreSQL can build one beside them: then it's there when Odoo
looks for it, with the comment by which Odoo knows its own.
"""

import logging

import psycopg2

from odoo import models
from odoo.models import MetaModel
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

#: Rows from which on that is worth the trouble; of less, Odoo makes it in no time.
MANY = 10_000
#: How long it is waited for those who are at work, who don't notice.
PATIENCE = "60s"
LARGE = """
    SELECT relname FROM pg_class
     WHERE relname = ANY(%s) AND relkind = 'r' AND reltuples >= %s
       AND relnamespace = current_schema::regnamespace"""
THERE = """
    SELECT indexname FROM pg_indexes
     WHERE tablename = ANY(%s) AND schemaname = current_schema"""


def make_indexes(env, addon):
    """Build what the addon wants of large tables. What can't be built, a column that
    isn't there yet or a table that is never free, is left to Odoo.

    :param env: of whom nothing is open: else it would wait for itself
    """
    wanted = list(_wanted(env, addon))
    tables = list({table for _name, table, _index in wanted})
    if not tables:
        return
    env.cr.execute(SQL(LARGE, tables, MANY))
    large = {table for (table,) in env.cr.fetchall()}
    env.cr.commit()  # pylint: disable=invalid-commit
    with env.registry.cursor() as cr:
        cr.execute(
            "SELECT indexname FROM pg_indexes WHERE tablename = ANY(%s)", [tables]
        )
        there = {name for (name,) in cr.fetchall()}
        cr.commit()  # pylint: disable=invalid-commit
        # No transaction: PostgreSQL builds in several.
        cr._cnx.autocommit = True
        try:
            cr.execute(SQL("SET lock_timeout = %s", PATIENCE))
            for name, table, index in wanted:
                if table in large and name not in there:
                    _build(cr, env.registry, name, table, index)
            cr.execute("RESET lock_timeout")
        finally:
            cr._cnx.autocommit = False


def _wanted(env, addon):
    """Name, table and definition of each index on a table that is there."""
    for definition in MetaModel._module_to_models__.get(addon, ()):
        model = env.get(definition._name)
        if model is None or not model._auto or model._transient:
            continue
        for index in definition._table_object_definitions:
            if type(index) is models.Index:
                yield index.full_name(model), model._table, index


def _build(cr, registry, name, table, index):
    comment = index.get_definition(registry)
    if not comment:
        return
    name = SQL.identifier(name)
    what = SQL(comment.removeprefix("INDEX ").replace("%", "%%"))
    create = SQL(
        "CREATE INDEX CONCURRENTLY %s ON %s %s", name, SQL.identifier(table), what
    )
    try:
        cr.execute(create, log_exceptions=False)
        cr.execute(SQL("COMMENT ON INDEX %s IS %s", name, comment))
    except psycopg2.Error as error:
        _logger.info("Left to Odoo: an index on %s (%s)", table, error)
        cr.execute(SQL("DROP INDEX CONCURRENTLY IF EXISTS %s", name))
