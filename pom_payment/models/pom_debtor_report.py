from odoo import fields, models
from odoo.tools import SQL

from .account_move import PAYABLE


class PomDebtorReport(models.Model):
    """What is open, how old it is, and when the money may come: one row a due date."""

    _name = "pom.debtor.report"
    _description = "Aged Debtors and Expected Cash"
    _auto = False
    _rec_name = "move_id"
    _order = "date_maturity, id"

    move_id = fields.Many2one("account.move", string="Invoice", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    date_maturity = fields.Date(string="Due Date", readonly=True)
    days_overdue = fields.Integer(readonly=True, aggregator="max")
    age = fields.Selection(
        selection=[
            ("0", "Not due"),
            ("1", "1-30 days"),
            ("2", "31-60 days"),
            ("3", "61-90 days"),
            ("4", "Over 90 days"),
        ],
        readonly=True,
    )
    residual = fields.Monetary(string="Open", readonly=True)
    usual_delay = fields.Integer(
        string="Usual Delay (days)",
        readonly=True,
        aggregator="avg",
        help="How many days after the due date this customer paid, over a year.",
    )
    expected_date = fields.Date(
        string="Expected On",
        readonly=True,
        help="The due date and the customer's usual delay, or the end of a hold when "
        "that is later. Empty when that day is over: nobody knows then.",
    )

    @property
    def _table_query(self):
        # Payment terms, not invoices: an instalment has an age of its own.
        return SQL(
            """
            WITH habit AS (
                SELECT line.company_id, line.partner_id,
                       ROUND(AVG(partial.max_date - line.date_maturity))::int AS days
                  FROM account_partial_reconcile partial
                  JOIN account_move_line line ON line.id = partial.debit_move_id
                  JOIN account_move move ON move.id = line.move_id
                 WHERE move.move_type IN %(payable)s
                   AND line.date_maturity >= CURRENT_DATE - 365
              GROUP BY line.company_id, line.partner_id)
            SELECT line.id, line.move_id, line.partner_id, line.company_id,
                   line.company_currency_id AS currency_id, line.date_maturity,
                   line.amount_residual AS residual,
                   GREATEST(CURRENT_DATE - line.date_maturity, 0) AS days_overdue,
                   CASE WHEN line.date_maturity >= CURRENT_DATE THEN '0'
                        WHEN line.date_maturity >= CURRENT_DATE - 30 THEN '1'
                        WHEN line.date_maturity >= CURRENT_DATE - 60 THEN '2'
                        WHEN line.date_maturity >= CURRENT_DATE - 90 THEN '3'
                        ELSE '4' END AS age,
                   habit.days AS usual_delay,
                   CASE WHEN expected.day >= CURRENT_DATE THEN expected.day
                        END AS expected_date
              FROM account_move_line line
              JOIN account_move move ON move.id = line.move_id
         LEFT JOIN habit ON habit.company_id = line.company_id
                        AND habit.partner_id = line.partner_id
        CROSS JOIN LATERAL (
                SELECT GREATEST(line.date_maturity + COALESCE(habit.days, 0),
                                move.pom_hold_until, move.pom_reminder_hold_until)
                       ) expected(day)
             WHERE line.display_type = 'payment_term'
               AND line.parent_state = 'posted'
               AND NOT line.reconciled
               AND move.move_type IN %(documents)s
            """,
            payable=PAYABLE,
            documents=(*PAYABLE, "out_refund"),
        )
