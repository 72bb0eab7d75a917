from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.pom_payment.models.account_move_debt import PAYABLE

#: Days in which a customer's habit is looked for.
YEAR = 365
#: What the payments of a year say, by company and customer.
HABITS = """
    SELECT line.company_id, line.partner_id,
           ROUND(AVG(partial.max_date - line.date_maturity))::int AS days
      FROM account_partial_reconcile partial
      JOIN account_move_line line ON line.id = partial.debit_move_id
      JOIN account_move move ON move.id = line.move_id
      JOIN account_move_line credit ON credit.id = partial.credit_move_id
      JOIN account_move entry ON entry.id = credit.move_id
      JOIN (VALUES %(today)s) today(company_id, day)
        ON today.company_id = line.company_id
     WHERE move.move_type IN %(payable)s
       AND line.partner_id IS NOT NULL
       AND line.date_maturity >= today.day - %(year)s
       AND %(is_money)s
  GROUP BY line.company_id, line.partner_id"""
#: Only what differs is written.
LEARN = """
    WITH habit AS MATERIALIZED (%(habits)s), gone AS (
        DELETE FROM pom_debtor_habit known
         WHERE known.company_id IN %(companies)s
           AND NOT EXISTS (SELECT FROM habit
                            WHERE habit.company_id = known.company_id
                              AND habit.partner_id = known.partner_id))
    INSERT INTO pom_debtor_habit (company_id, partner_id, days)
    SELECT company_id, partner_id, days FROM habit
        ON CONFLICT (company_id, partner_id) DO UPDATE SET days = EXCLUDED.days
     WHERE pom_debtor_habit.days <> EXCLUDED.days"""


class PomDebtorHabit(models.Model):
    """How many days after the due date a customer usually pays. Counted once a day: it
    takes all payments of a year, and whoever looks at a list shouldn't wait for that.
    """

    _name = "pom.debtor.habit"
    _description = "When a Customer Usually Pays"
    _rec_name = "partner_id"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", required=True, readonly=True, ondelete="cascade", index=True
    )
    days = fields.Integer(readonly=True)

    _one_each = models.Constraint(
        "UNIQUE(company_id, partner_id)", "This customer's habit is known already."
    )

    @api.model
    def _cron_learn(self):
        companies = self.env["res.company"].search_fetch([], ["partner_id"])
        self.env.flush_all()
        today = [SQL("(%s, %s::date)", one.id, one._pom_today()) for one in companies]
        habits = SQL(
            HABITS,
            today=SQL(", ").join(today),
            payable=PAYABLE,
            year=YEAR,
            is_money=self.env["account.move"]._pom_sql_is_money(SQL("entry")),
        )
        self.env.cr.execute(SQL(LEARN, habits=habits, companies=tuple(companies.ids)))
        self.invalidate_model()
