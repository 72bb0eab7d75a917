from datetime import date

from odoo import api, models
from odoo.tools import SQL, ormcache

from ..around import AROUND, Around, around
from .account_move_debt import TERMS_AS_JSON
from .pom_payer_request import UNANSWERED
from .pom_paylink_view import ACCOUNT, CURRENCY, LINK, PARTNER

#: What is behind a link, another one each time: models by their aliases.
BEHIND = {"link": "pom.paylink", "move": "account.move", "partner": "res.partner"}
JOINED = f"""
              pom_paylink link
    LEFT JOIN account_move move ON move.id = link.move_id
    LEFT JOIN res_partner partner
           ON partner.id = COALESCE(move.partner_id, link.debtor_id),
      LATERAL (
       SELECT json_agg(json_build_array(name, product_id, quantity, price_total)
                       ORDER BY sequence, id)
              FILTER (WHERE display_type = 'product') AS lines,
              {TERMS_AS_JSON} AS terms
         FROM account_move_line
        WHERE move_id = link.move_id
          AND display_type IN ('product', 'payment_term')) items"""
#: Of what is around: what may be on its way to a debt.
MOVING = {"attempts", "moving"}


class PomPaylink(models.Model):
    """What there may be around a debt besides the debt itself: most have nothing of it.
    One query says so, and the page reads only what is there.
    """

    _inherit = "pom.paylink"

    @api.model
    def _find_to_look(self, token):
        """The link with this token as superuser, for a page that changes nothing; empty
        if none. What is behind it is read with it, what the creditor is known by is
        kept from one to the next, and it knows what there is around.
        """
        self.env.flush_all()
        columns, asked, query = self._query_to_look()
        self.env.cr.execute(SQL("%s WHERE link.token = %s", query, token))
        row = self.env.cr.fetchone()
        if not row:
            return self.browse().sudo()
        values = iter(row)
        ids = dict(zip(BEHIND, values, strict=False))
        # As the ORM fetches it itself: texts in all languages.
        env = self.sudo().with_context(prefetch_langs=True).env
        records = {
            alias: env[name].browse(ids[alias] or ()) for alias, name in BEHIND.items()
        }
        for (alias, name), value in zip(columns, values, strict=False):
            if record := records[alias]:
                record._fields[name]._insert_cache(record, [value])
        link = records["link"]
        link.company_id._pom_read_kept()
        records["move"].currency_id._pom_read_kept()
        records["move"].partner_bank_id._pom_read_kept()
        lines, terms = next(values) or [], next(values) or []
        there = frozenset(name for name, yes in zip(asked, values, strict=True) if yes)
        flags = (True, "requests" in there, not there.isdisjoint(MOVING))
        terms = [_term(link.move_id.id, *row, *flags) for row in terms]
        # Of one that was taken back it isn't known whether another one is live.
        move_id = None if link.withdrawn else link.move_id.id
        found = Around(link.id, move_id, there, lines, terms, {})
        return self.browse(link.id).sudo().with_context(**{AROUND: found})

    @api.model
    @ormcache("model", "record_id")
    def _kept(self, model, record_id):
        """What is shown of one of :class:`~.pom_shown.PomShown`.

        :return: (field, value) pairs, as the ORM keeps values
        """
        env = self.sudo().with_context(prefetch_langs=True).env
        record = env[model].browse(record_id)
        names = {
            "res.company": self._company_fields(),
            "res.partner": PARTNER,
            "res.currency": CURRENCY,
            "res.partner.bank": ACCOUNT,
        }[model]
        record.fetch(names)
        found = [record._fields[name] for name in names]
        return tuple(
            (field, field._get_cache(env)[record_id])
            for field in found
            if field.store and field.column_type
        )

    @api.model
    @ormcache()
    def _query_to_look(self):
        """
        :return: (alias, name of a field) pairs of what is read, names of what there may
            be, and the query of both, without its condition. It gives the ids by
            alias, the fields, lines, terms, and what there is
        """
        read = {"link": LINK, "move": self._move_fields(), "partner": PARTNER}
        in_all = self.sudo().with_context(prefetch_langs=True).env
        columns = {
            (alias, name): in_all[model]._field_to_sql(alias, name)
            for alias, model in BEHIND.items()
            for name in read[alias]
            for field in [in_all[model]._fields[name]]
            if field.store and field.column_type
        }
        asked = self._sql_around()
        told = [
            *(SQL.identifier(alias, "id") for alias in BEHIND),
            *columns.values(),
            SQL("items.lines"),
            SQL("items.terms"),
            *asked.values(),
        ]
        query = SQL("SELECT %s FROM %s", SQL(", ").join(told), SQL(JOINED))
        return tuple(columns), tuple(asked), query

    @api.model
    def _is_any_method_named(self):
        """Whether any document or customer has ways to pay of its own."""
        [(is_any,)] = self.env.execute_query(
            SQL(
                """SELECT EXISTS (SELECT FROM pom_move_method_rel)
                       OR EXISTS (SELECT FROM pom_partner_method_rel)"""
            )
        )
        return is_any

    @api.model
    def _method_is_named(self):
        """From the first one on they are looked for."""
        _columns, asked, _query = self._query_to_look()
        if "methods" not in asked:
            self.env.registry.clear_cache()

    def _read_parties(self):
        # What was found to be looked at was read with it.
        is_read = around(self.env).link_id == self.id
        return self if is_read else super()._read_parties()

    def _rows_of_lines(self):
        found = around(self.env)
        return found.lines if found.link_id == self.id else super()._rows_of_lines()

    def _may_have(self, name):
        """Whether something is worth a query; yes, where nobody looked around.

        :param str name: of ``_sql_around``
        """
        found = around(self.env)
        return found.link_id != self.id or name in found.there

    def _once(self, name, find):
        """What ``find()`` finds, records or not: looked for once by a page that only
        looks.
        """
        found = around(self.env)
        if found.link_id != self.id:
            return find()
        if name not in found.known:
            found.known[name] = find()
        known = found.known[name]
        return (
            known.with_env(self.env) if isinstance(known, models.BaseModel) else known
        )

    @api.model
    def _sql_around(self):
        """Conditions by their names, each an expression of ``link``, of its ``partner``
        and, where it's an invoice's, of ``move``: true where there may be something of
        it, so that its method looks for itself. Kept for all links. Hook.

        Not ``EXISTS``, which is planned in two ways, and as few tables as can be: to
        plan this takes longer than to answer it.

        :rtype: dict[str, SQL]
        """
        signs = self.env["account.move"]._pom_sql_moving(SQL("link.move_id"))
        attempts = signs.pop("attempts")
        methods = SQL(
            """link.move_id IS NULL
               AND (SELECT TRUE FROM pom_move_method_rel LIMIT 1)
            OR (SELECT TRUE FROM pom_move_method_rel own
                 WHERE own.account_move_id = link.move_id LIMIT 1)
            OR (SELECT TRUE FROM pom_partner_method_rel own
                 WHERE own.res_partner_id = partner.commercial_partner_id LIMIT 1)"""
        )
        return {
            "attempts": SQL("link.move_id IS NULL OR %s", attempts),
            "moving": SQL("COALESCE(%s)", SQL(", ").join(signs.values())),
            # Where nobody ever named any, as at most creditors, none are looked for.
            **({"methods": methods} if self._is_any_method_named() else {}),
            "requests": SQL(
                """link.move_id IS NULL
                   AND (SELECT TRUE FROM pom_payer_request request
                         WHERE request.paylink_id = link.id
                           AND request.state IN %(unanswered)s LIMIT 1)
                OR (SELECT TRUE
                      FROM pom_payer_request_move_rel rel
                      JOIN pom_payer_request request ON request.id = rel.request_id
                     WHERE rel.move_id = link.move_id
                       AND request.state IN %(unanswered)s LIMIT 1)""",
                unanswered=UNANSWERED,
            ),
        }


def _term(move_id, day, amount, left, until, *others):
    """A row as ``account.move._pom_query_terms`` gives it, of one that came as JSON."""
    day, until = (value and date.fromisoformat(value) for value in (day, until))
    return (move_id, day, amount, left, until, *others)
