from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL, ormcache

from .pom_payer_request import UNANSWERED
from .pom_paylink_mark import TELLING_MINUTES
from .pom_paylink_view import ACCOUNT, CURRENCY, LINK, PARTNER

#: In the context of a page that only looks.
AROUND = "pom_around"


class Around(NamedTuple):
    """What a page found that only looks, in its one transaction.

    :param there: names of what there may be
    :param known: what was looked for, by name
    """

    link_id: int
    there: frozenset
    known: dict


#: What is behind a link, another one each time: models by their aliases.
BEHIND = {"link": "pom.paylink", "move": "account.move", "partner": "res.partner"}
JOINED = """
              pom_paylink link
    LEFT JOIN account_move move ON move.id = link.move_id
    LEFT JOIN res_partner partner
           ON partner.id = COALESCE(move.partner_id, link.debtor_id)"""
#: Where nobody looked around.
UNKNOWN = Around(0, frozenset(), {})


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
        asked, (columns, sql) = self._sql_around(), self._columns_behind()
        told = SQL(", ").join([sql, *asked.values()])
        rows = self.env.execute_query(
            SQL("SELECT %s FROM %s WHERE link.token = %s", told, SQL(JOINED), token)
        )
        if not rows:
            return self.browse().sudo()
        row = iter(rows[0])
        ids = dict(zip(BEHIND, row, strict=False))
        # As the ORM fetches it itself: texts in all languages.
        env = self.sudo().with_context(prefetch_langs=True).env
        records = {
            alias: env[name].browse(ids[alias] or ()) for alias, name in BEHIND.items()
        }
        for (alias, name), value in zip(columns, row, strict=False):
            if record := records[alias]:
                record._fields[name]._insert_cache(record, [value])
        _insert_kept(records["link"], records["move"])
        there = frozenset(name for name, yes in zip(asked, row, strict=True) if yes)
        around = Around(ids["link"], there, {})
        return self.browse(ids["link"]).sudo().with_context(**{AROUND: around})

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
    def _columns_behind(self):
        """What is read of each, the same for all links.

        :return: (alias, name of a field) pairs, and SQL of the ids by alias, then of
            the fields
        """
        read = {"link": LINK, "move": self._move_fields(), "partner": PARTNER}
        in_all = self.sudo().with_context(prefetch_langs=True).env
        found = {
            (alias, name): in_all[model]._field_to_sql(alias, name)
            for alias, model in BEHIND.items()
            for name in read[alias]
            for field in [in_all[model]._fields[name]]
            if field.store and field.column_type
        }
        ids = [SQL.identifier(alias, "id") for alias in BEHIND]
        # All was flushed before.
        sql = [SQL(one.code, *one.params) for one in found.values()]
        return tuple(found), SQL(", ").join([*ids, *sql])

    def _read_parties(self):
        # What was found to be looked at was read with it.
        around = self.env.context.get(AROUND, UNKNOWN)
        return self if around.link_id == self.id else super()._read_parties()

    def _may_have(self, name):
        """Whether something is worth a query; yes, where nobody looked around.

        :param str name: of ``_sql_around``
        """
        around = self.env.context.get(AROUND, UNKNOWN)
        return around.link_id != self.id or name in around.there

    def _once(self, name, records):
        """What ``records()`` finds: looked for once by a page that only looks."""
        around = self.env.context.get(AROUND, UNKNOWN)
        if around.link_id != self.id:
            return records()
        if name not in around.known:
            around.known[name] = records()
        return around.known[name].with_env(self.env)

    @api.model
    def _sql_around(self):
        """Conditions by their names, each an expression of ``link``, of its ``partner``
        and, where it's an invoice's, of ``move``: true where there may be something of
        it, so that its method looks for itself. Hook.

        :rtype: dict[str, SQL]
        """
        since = fields.Datetime.subtract(fields.Datetime.now(), minutes=TELLING_MINUTES)
        return {
            "methods": SQL(
                """CASE WHEN link.move_id IS NULL
                        THEN EXISTS (SELECT FROM pom_move_method_rel)
                        ELSE EXISTS (SELECT FROM pom_move_method_rel own
                                      WHERE own.account_move_id = link.move_id) END
                OR EXISTS (SELECT FROM pom_partner_method_rel own
                            WHERE own.res_partner_id
                                  = partner.commercial_partner_id)"""
            ),
            "ended": SQL(
                """EXISTS (SELECT FROM payment_transaction tx
                            WHERE tx.pom_paylink_id = link.id
                              AND tx.last_state_change >= %s)""",
                since,
            ),
            "paid": SQL(
                """link.move_id IS NULL
                OR EXISTS (SELECT FROM account_invoice_transaction_rel rel
                            WHERE rel.invoice_id = link.move_id)"""
            ),
            "requests": SQL(
                """EXISTS (SELECT FROM pom_payer_request request
                            WHERE request.paylink_id = link.id
                              AND request.state IN %s)""",
                UNANSWERED,
            ),
        }


def _insert_kept(link, move):
    """What is the same for all of a creditor's links is there without a query."""
    company = link.company_id
    _insert(link, company)
    shown = (company.partner_id, company.currency_id, move.currency_id)
    for record in dict.fromkeys((*shown, move.partner_bank_id)):
        _insert(link, record)


def _insert(link, record):
    if record:
        for field, value in link._kept(record._name, record.id):
            field._insert_cache(record, [value])
