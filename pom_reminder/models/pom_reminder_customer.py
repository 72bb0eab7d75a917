from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

#: More than there are customers: from the row of one company to that of the next.
STEP = 2**31


class PomReminderCustomer(models.Model):
    """The worklist: a customer who owes something, with what was said last, what comes
    next and what waits for a person.

    Who owes and what is planned is grouped by the database; amounts, next steps and
    reasons are derived for those that are looked at.
    """

    _name = "pom.reminder.customer"
    _description = "Customer to Remind"
    _auto = False
    _rec_name = "partner_id"
    _order = "due_date, id"
    _depends = {
        "account.move": ["commercial_partner_id"],
        "account.move.line": [
            "account_id",
            "balance",
            "company_id",
            "date_maturity",
            "display_type",
            "parent_state",
            "reconciled",
        ],
        "pom.reminder": ["move_id", "state", "reason", "planned_date", "level_id"],
    }

    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    due_date = fields.Date(string="Oldest Due Date", readonly=True)
    invoice_count = fields.Integer(string="Invoices", readonly=True)
    to_approve = fields.Integer(string="To Approve", readonly=True)
    approved = fields.Integer(readonly=True)
    left_out = fields.Integer(string="Left Out", readonly=True)
    planned_date = fields.Date(string="Next On", readonly=True)
    level_id = fields.Many2one(
        "pom.reminder.policy.level", string="Last Level", readonly=True
    )
    days_late = fields.Integer(
        string="Days Late", compute="_compute_debt", search="_search_days_late"
    )
    overdue = fields.Monetary(compute="_compute_debt")
    next_step = fields.Char(
        compute="_compute_next",
        help="What comes next and when, or why nothing does.",
    )
    costs = fields.Monetary(
        compute="_compute_next", help="That the next messages would ask on top."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH debt AS (%(debts)s),
                 told AS (%(told)s)
            SELECT debt.partner_id + debt.company_id * %(step)s AS id,
                   debt.partner_id, debt.company_id,
                   MIN(debt.due_date) AS due_date,
                   COUNT(*)::int AS invoice_count,
                   COALESCE(SUM(told.to_approve), 0)::int AS to_approve,
                   COALESCE(SUM(told.approved), 0)::int AS approved,
                   COALESCE(SUM(told.left_out), 0)::int AS left_out,
                   MIN(told.planned_date) AS planned_date,
                   (ARRAY_AGG(told.level_id ORDER BY told.days DESC)
                    FILTER (WHERE told.level_id IS NOT NULL))[1] AS level_id
              FROM debt
         LEFT JOIN told ON told.move_id = debt.move_id
          GROUP BY debt.partner_id, debt.company_id
            """,
            debts=self._query_debts(),
            told=self._query_told(),
            step=STEP,
        )

    @api.model
    def _query_debts(self):
        """Invoices of which something is open, with the day of their oldest part."""
        return SQL(
            """
            SELECT line.move_id, line.company_id,
                   move.commercial_partner_id AS partner_id,
                   MIN(line.date_maturity) AS due_date
              FROM account_move_line line
              JOIN account_move move ON move.id = line.move_id
             WHERE line.account_id IN (
                   SELECT id FROM account_account
                    WHERE account_type = 'asset_receivable')
               AND line.reconciled IS NOT TRUE
               AND line.parent_state = 'posted'
               AND line.display_type = 'payment_term'
               AND line.balance > 0
          GROUP BY line.move_id, line.company_id, move.commercial_partner_id
            """
        )

    @api.model
    def _query_told(self):
        """What was said and planned of these, by invoice."""
        return SQL(
            """
            SELECT reminder.move_id,
                   COUNT(*) FILTER (WHERE reminder.state = 'planned') AS to_approve,
                   COUNT(*) FILTER (WHERE reminder.state = 'approved') AS approved,
                   COUNT(*) FILTER (WHERE reminder.state = 'left_out'
                                      AND reminder.reason NOT IN ('paid', 'superseded')
                                   ) AS left_out,
                   MIN(reminder.planned_date) FILTER (
                       WHERE reminder.state IN ('planned', 'approved')) AS planned_date,
                   MAX(level.days) FILTER (WHERE reminder.state = 'sent') AS days,
                   (ARRAY_AGG(level.id ORDER BY level.days DESC)
                    FILTER (WHERE reminder.state = 'sent'
                              AND level.id IS NOT NULL))[1] AS level_id
              FROM pom_reminder reminder
         LEFT JOIN pom_reminder_policy_level level ON level.id = reminder.level_id
             WHERE reminder.move_id IN (SELECT move_id FROM debt)
          GROUP BY reminder.move_id
            """
        )

    # -- what is derived ---------------------------------------------------------------

    def _moves_by_customer(self):
        """
        :rtype: dict[tuple, account.move]
        """
        moves = self.env["account.move"].sudo()
        found = moves.search(
            moves._pom_with_open_part()
            & Domain("commercial_partner_id", "in", self.partner_id.ids)
            & Domain("company_id", "in", self.company_id.ids)
            & Domain("move_type", "in", ("out_invoice", "out_receipt"))
        )
        return found.grouped(lambda move: (move.company_id, move.commercial_partner_id))

    def _moves(self):
        return self.env["account.move"].union(*self._moves_by_customer().values())

    @api.depends("partner_id", "company_id")
    def _compute_debt(self):
        moves = self._moves_by_customer()
        nothing = self.env["account.move"]
        for row in self:
            mine = moves.get((row.company_id, row.partner_id), nothing)
            row.overdue = sum(mine.mapped("pom_amount_overdue"))
            row.days_late = max(mine.mapped("pom_days_overdue"), default=0)

    @api.model
    def _search_days_late(self, operator, value):
        """Of more than that only, as lists ask for it; any, and none."""
        if operator in ("=", "!=") and not value:
            late = self._search_days_late(">", 0)
            return late if operator == "!=" else ~late
        if operator != ">" or value < 0:
            return NotImplemented
        moves = self.env["account.move"].sudo()
        late = moves._search(
            Domain("pom_days_overdue", ">", value) & moves._pom_with_open_part()
        )
        column = lambda name: moves._field_to_sql(moves._table, name, late)  # noqa: E731
        row = SQL(
            "%s + %s * %s", column("commercial_partner_id"), column("company_id"), STEP
        )
        return Domain("id", "in", late.select(row))

    @api.depends("partner_id", "company_id")
    def _compute_next(self):
        found = {}
        moves = self._moves_by_customer()
        for company, rows in self.grouped("company_id").items():
            mine = self.env["account.move"].union(
                *(moves.get((company, row.partner_id), ()) for row in rows)
            )
            reminders = self.env["pom.reminder"].sudo().with_company(company)
            found[company] = reminders._outlook(mine, company)
        for row in self:
            outlook = found[row.company_id].get(row.partner_id)
            row.next_step = outlook.words if outlook else False
            row.costs = outlook.costs if outlook else 0

    # -- actions -----------------------------------------------------------------------

    def _reminders(self, *states):
        return self.env["pom.reminder"].search(
            [
                ("partner_id.commercial_partner_id", "in", self.partner_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("state", "in", states),
            ]
        )

    def action_approve(self):
        """All that waits for it, of these customers."""
        self._reminders("planned").action_approve()

    def action_take_back(self):
        self._reminders("approved").action_take_back()

    def action_preview(self):
        """Each message as it would be read, with what it costs."""
        self.ensure_one()
        self.check_access("read")
        setup = self.env["pom.reminder.setup"].search(
            [("company_id", "=", self.company_id.id)]
        )
        policies = self.sudo()._moves()._pom_policies()
        return self.env["pom.reminder.trial"]._open(setup, policies, self.partner_id)

    def action_open(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "pom_reminder.pom_debtors_action"
        )
        return {
            **action,
            "name": self.partner_id.display_name,
            "domain": [("id", "in", self._moves().ids)],
            "context": {},
        }

    def action_reminders(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "pom_reminder.pom_reminder_action"
        )
        return {
            **action,
            "domain": [("move_id", "in", self._moves().ids)],
            "context": {"search_default_by_state": True},
        }

    def action_remind_now(self):
        self.check_access("read")
        return self._moves().with_env(self.env).action_pom_remind_now()

    @api.model
    def get_empty_list_help(self, help_message):
        # EXTENDS 'base'
        return self.env["pom.reminder"].get_empty_list_help(help_message)
