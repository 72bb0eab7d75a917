from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..listed_fields import ListedInteger, ListedSelection
from .account_move_debt import PAYABLE
from .account_move_lateness import AGES

#: What can be sorted, grouped and searched in lists, and how PostgreSQL keeps it.
LISTED = {
    "pom_payment_status": "text",
    "pom_age": "text",
    "pom_days_overdue": "int",
}
#: Words that the books themselves tell.
SETTLED = ("draft", "cancelled", "reversed", "credit", "paid")
#: As what the books have all others.
UNPAID = ("not_paid", "partial", "blocked")
#: What the parts of an invoice that the books have open say, of those of which nothing
#: else is known; of any kind of document, since it's asked row by row.
OPEN_PARTS = """
    SELECT max(today.day - part.date_maturity) FILTER (
               WHERE NOT part.reconciled) AS late,
           bool_or(part.date_maturity <= today.day) FILTER (
               WHERE NOT part.reconciled) AS is_due,
           count(DISTINCT part.date_maturity) > 1 AS is_spread
      FROM account_move_line part
      JOIN (VALUES %(today)s) today(company_id, day)
        ON today.company_id = part.company_id
     WHERE part.move_id = %(move)s AND part.display_type = 'payment_term'"""
STATUS = """
    CASE WHEN %(state)s = 'draft' THEN 'draft'
         WHEN %(state)s = 'cancel' THEN 'cancelled'
         WHEN %(payment)s = 'reversed' THEN 'reversed'
         WHEN %(open)s < 0 THEN 'credit'
         WHEN %(open)s = 0 THEN 'paid'
         WHEN %(known)s
         ELSE (SELECT CASE WHEN parts.late > 0 THEN 'overdue'
                           WHEN %(open)s = %(total)s THEN 'open'
                           WHEN parts.is_spread AND NOT parts.is_due THEN 'planned'
                           ELSE 'partial' END
                 FROM (%(parts)s) parts) END"""
DAYS = """
    CASE WHEN %(state)s <> 'posted' OR %(payment)s = 'reversed' OR %(open)s <= 0 THEN 0
         WHEN %(known)s
         ELSE (SELECT greatest(parts.late, 0) FROM (%(parts)s) parts) END"""
AGE = """
    CASE WHEN %(state)s <> 'posted' OR %(payment)s = 'reversed' OR %(open)s <= 0
         THEN 'coming'
         WHEN %(known)s
         ELSE (SELECT CASE WHEN COALESCE(parts.late, 0) <= 0 THEN 'coming' %(ages)s
                           ELSE 'older' END
                 FROM (%(parts)s) parts) END"""
SAID = {"pom_payment_status": STATUS, "pom_age": AGE, "pom_days_overdue": DAYS}


class AccountMove(models.Model):
    """How debts stand, in lists of any length: what the books tell of most of them is
    derived by PostgreSQL, and the standing is asked of those of whom more is known.
    """

    _inherit = "account.move"

    pom_payment_status = ListedSelection(search="_search_pom_payment_status")
    pom_age = ListedSelection()
    pom_days_overdue = ListedInteger()

    def _search_pom_payment_status(self, operator, value):
        if operator != "in":
            return NotImplemented
        words = [word for word in value if word]
        found = Domain.FALSE
        if words:
            found = Domain("move_type", "in", PAYABLE) & Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "%s IN %s",
                    model._field_to_sql(alias, "pom_payment_status", query),
                    tuple(words),
                )
            )
            if not set(SETTLED) & set(words):
                found &= Domain("payment_state", "in", UNPAID)
        if len(words) < len(value):
            found |= Domain("move_type", "not in", PAYABLE)
        return found

    def _field_to_sql(self, alias, field_expr, query=None):
        # EXTENDS 'base'
        if field_expr not in LISTED:
            return super()._field_to_sql(alias, field_expr, query)
        companies = self.env["res.company"].sudo().search_fetch([], ["partner_id"])
        today = [SQL("(%s, %s::date)", one.id, one._pom_today()) for one in companies]
        column = {
            name: self._field_to_sql(alias, field, query)
            for name, field in (
                ("move", "id"),
                ("state", "state"),
                ("payment", "payment_state"),
                ("open", "amount_residual"),
                ("total", "amount_total"),
            )
        }
        parts = SQL(OPEN_PARTS, today=SQL(", ").join(today), move=column["move"])
        ages = [SQL("WHEN parts.late <= %s THEN %s", n, str(n)) for n in AGES]
        known = self._pom_sql_known(companies, field_expr, column["move"])
        said = SQL(
            SAID[field_expr],
            **column,
            parts=parts,
            ages=SQL(" ").join(ages),
            known=known,
        )
        if field_expr != "pom_payment_status":
            return SQL("(%s)", said)
        kinds = self._field_to_sql(alias, "move_type", query)
        return SQL("(CASE WHEN %s IN %s THEN %s END)", kinds, PAYABLE, said)

    @api.model
    def _pom_sql_known(self, companies, name, move):
        """Condition and value of what isn't as the books have it."""
        others = self.sudo()._pom_not_as_booked(companies, whenever=True)
        kind = SQL(LISTED[name])
        said = {one.id: None if one[name] is False else one[name] for one in others}
        values = [SQL("(%s, %s)", *pair) for pair in said.items()]
        return SQL(
            "%(move)s = ANY(%(ids)s) THEN (SELECT told.said::%(kind)s"
            "  FROM (VALUES %(values)s) told(move_id, said)"
            " WHERE told.move_id = %(move)s)",
            move=move,
            ids=others.ids,
            kind=kind,
            values=SQL(", ").join([SQL("(0, NULL::%s)", kind), *values]),
        )
