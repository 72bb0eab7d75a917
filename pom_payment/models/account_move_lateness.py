from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..listed_fields import ListedInteger, ListedSelection
from .account_move_debt import PAYABLE

#: Last days of the ages; what is older is old.
AGES = (30, 60, 90)


class SummedMonetary(fields.Monetary):
    """No column, and summed all the same: by ``_field_to_sql`` of its model."""

    def _description_aggregator(self, env):
        return self.aggregator


class AccountMove(models.Model):
    """How late a debt is, in lists: since the oldest day that has passed with something
    unpaid. Nobody is late with what isn't asked.
    """

    _inherit = "account.move"

    pom_days_overdue = ListedInteger(
        string="Days Overdue",
        compute="_compute_pom_days_overdue",
        search="_search_pom_days_overdue",
        compute_sudo=True,
        # Of a customer: days of several invoices don't add up.
        aggregator="max",
    )
    pom_age = ListedSelection(
        selection=[
            ("coming", "Not due"),
            ("30", "1-30 days"),
            ("60", "31-60 days"),
            ("90", "61-90 days"),
            ("older", "Over 90 days"),
            ("unasked", "Not asked now"),
        ],
        string="Age",
        compute="_compute_pom_days_overdue",
        search="_search_pom_age",
        compute_sudo=True,
    )

    pom_amount_overdue = SummedMonetary(
        string="Overdue Amount",
        compute="_compute_pom_days_overdue",
        compute_sudo=True,
        aggregator="sum",
        currency_field="company_currency_id",
        help="The parts whose day has passed and that are asked, in the company's "
        "currency.",
    )

    @api.depends("pom_standing")
    def _compute_pom_days_overdue(self):
        today = {company: company._pom_today() for company in self.company_id}
        for move in self:
            day, standing = today.get(move.company_id), move.pom_standing
            late = standing.days_late(day) if day else 0
            overdue = float(standing.overdue(day)) if day else 0
            move.pom_days_overdue = late
            is_unasked = bool(day and standing.unasked_since)
            move.pom_age = "unasked" if is_unasked else self._pom_age(late)
            move.pom_amount_overdue = overdue / (move.invoice_currency_rate or 1)

    @api.model
    def _pom_age(self, late):
        if late <= 0:
            return "coming"
        return next((str(n) for n in AGES if late <= n), "older")

    # -- sums --------------------------------------------------------------------------

    def _field_to_sql(self, alias, field_expr, query=None):
        # EXTENDS 'base': for sums, in one currency and in several.
        if field_expr != "pom_amount_overdue":
            return super()._field_to_sql(alias, field_expr, query)
        companies = self.env["res.company"].sudo().search_fetch([], ["partner_id"])
        others = self.sudo()._pom_not_as_booked(companies)
        told = [SQL("(%s, %s)", one.id, one.pom_amount_overdue) for one in others]
        return SQL(
            """
            COALESCE(
                (SELECT told.amount FROM (VALUES %(told)s) told(move_id, amount)
                  WHERE told.move_id = %(move)s),
                (SELECT SUM(line.amount_residual)
                   FROM account_move_line line
                   JOIN (VALUES %(today)s) today(company_id, day)
                     ON today.company_id = line.company_id
                  WHERE line.move_id = %(move)s AND %(payable)s
                    AND line.display_type = 'payment_term'
                    AND line.parent_state = 'posted'
                    AND line.date_maturity < today.day),
                0)
            """,
            told=SQL(", ").join([SQL("(0, 0::numeric)"), *told]),
            today=SQL(", ").join(
                SQL("(%s, %s::date)", company.id, company._pom_today())
                for company in companies
            ),
            move=self._field_to_sql(alias, "id", query),
            payable=SQL(
                "%s IN %s", self._field_to_sql(alias, "move_type", query), PAYABLE
            ),
        )

    # -- searching ---------------------------------------------------------------------

    def _search_pom_days_overdue(self, operator, value):
        at_least = self._pom_late_by()
        if operator == "in":
            return Domain.OR(at_least(n) & ~at_least(n + 1) for n in value)
        if operator in (">", "<="):
            late = at_least(value + 1)
        elif operator in (">=", "<"):
            late = at_least(value)
        else:
            return NotImplemented
        return late if operator in (">", ">=") else ~late

    def _search_pom_age(self, operator, value):
        if operator != "in":
            return NotImplemented
        at_least = self._pom_late_by()
        firsts = (0, 1, *(last + 1 for last in AGES))
        ages = dict(zip(("coming", *map(str, AGES), "older"), firsts, strict=True))
        ends = {age: first for age, first in zip(ages, firsts[1:], strict=False)}
        found = Domain.OR(
            at_least(ages[age]) & ~at_least(ends[age])
            if age in ends
            else at_least(ages[age])
            for age in value
            if age in ages
        )
        unasked = self._pom_unasked()
        return (found & ~unasked) | unasked if "unasked" in value else found & ~unasked

    @api.model
    def _pom_unasked(self):
        """Domain of what should have been paid by now and isn't asked."""
        companies = self.env["res.company"].sudo().search_fetch([], ["partner_id"])
        others = self._pom_not_as_booked(companies)
        unasked = others.filtered(lambda move: move.pom_standing.unasked_since)
        return Domain("id", "in", unasked.ids)

    @api.model
    def _pom_late_by(self):
        """
        :return: a function: a number of days to the domain of what is as late, or later
        :rtype: Callable[[int], Domain]
        """
        companies = self.env["res.company"].sudo().search_fetch([], ["partner_id"])
        by_day = companies.grouped(lambda company: company._pom_today())
        others = self._pom_not_as_booked(companies)

        def at_least(days):
            if days <= 0:
                return Domain.TRUE
            booked = Domain.OR(
                Domain("company_id", "in", group.ids)
                & self._pom_with_open_part(
                    ("date_maturity", "<=", today - timedelta(days))
                )
                for today, group in by_day.items()
            )
            late = others.filtered(lambda move: move.pom_days_overdue >= days)
            is_other = Domain("id", "in", others.ids)
            return (booked & ~is_other) | Domain("id", "in", late.ids)

        return at_least

    @api.model
    def _pom_with_open_part(self, *conditions):
        """
        :rtype: Domain
        """
        return Domain("move_type", "in", PAYABLE) & Domain(
            "line_ids",
            "any",
            [
                ("account_id.account_type", "=", "asset_receivable"),
                ("display_type", "=", "payment_term"),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("balance", ">", 0),
                *conditions,
            ],
        )
