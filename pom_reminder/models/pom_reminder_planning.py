from collections import defaultdict
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL, split_every

from odoo.addons.pom_payment.debt.reasons import Demands
from odoo.addons.pom_payment.models.account_move_not_as_booked import OWING

from ..laws.base import NONE
from .pom_reminder_deciding import Course, Known

#: What is read of an invoice to plan with, in one query.
MOVE_FIELDS = [
    "company_id",
    "partner_id",
    "commercial_partner_id",
    "invoice_currency_rate",
    "state",
    "payment_state",
    "move_type",
    "partner_bank_id",
    "pom_policy_id",
    "pom_quiet_until",
]


class PomReminder(models.Model):
    """Which invoices are looked at, and with what is known of them."""

    _inherit = "pom.reminder"

    @api.model
    def _cron_plan(self):
        for company in self._reminding_companies():
            self.with_company(company)._plan(company, commit=True)

    @api.model
    def _plan(self, company, *, batch=1000, commit=False):
        """Bring the plan of a company up to date: what is to be sent by today, and
        what isn't and why. Sends nothing.

        :param bool commit: after each batch; for a scheduled action only
        """
        if company.pom_reminders_stopped:
            return
        today = company._pom_today()
        self._drop_paid(company)
        self._use_next_channels(company, today)
        self._go_on_after_grace(company, today)
        for ids in split_every(batch, self._candidates(company, today)):
            moves = self.env["account.move"].search_fetch(
                [("id", "in", ids)], MOVE_FIELDS, order="id"
            )
            self._plan_for(moves, today)
            if commit:
                self.env["ir.cron"]._commit_progress(len(moves))
                self.env.invalidate_all()

    @api.model
    def _drop_paid(self, company):
        """Reminders of parts that the books don't have open any more: paid, or moved to
        another day.
        """
        self.flush_model(["company_id", "state", "move_id", "due_date"])
        self._flush_lines()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT reminder.id,
                       reminder.level_id IS NULL OR EXISTS (
                       SELECT FROM account_move_line line
                        WHERE line.move_id = reminder.move_id
                          AND line.display_type = 'payment_term'
                          AND line.date_maturity = reminder.due_date)
                  FROM pom_reminder reminder
                 WHERE reminder.company_id = %s
                   AND reminder.state IN ('planned', 'approved')
                   AND NOT EXISTS (
                       SELECT FROM account_move_line line
                        WHERE line.move_id = reminder.move_id
                          AND line.display_type = 'payment_term'
                          AND line.parent_state = 'posted'
                          AND line.reconciled IS NOT TRUE
                          AND (line.date_maturity = reminder.due_date
                               OR reminder.level_id IS NULL))
                """,
                company.id,
            )
        )
        for reason, wanted in (("paid", True), ("superseded", False)):
            gone = self.browse(id_ for id_, was_there in rows if was_there == wanted)
            gone.write({"state": "left_out", "reason": reason})

    @api.model
    def _flush_lines(self):
        self.env["account.move.line"].flush_model(
            ["account_id", "company_id", "date_maturity", "parent_state", "reconciled"]
        )

    @api.model
    def _candidates(self, company, today):
        """Ids of invoices with an open part that may be asked by now."""
        levels = self.env["pom.reminder.policy.level"].search_fetch([], ["days"])
        # The longest notice, and the weekend and holidays that it may be sent before.
        ahead = -min([0, *levels.mapped("days")]) + 7
        self._flush_lines()
        rows = self.env.execute_query(
            SQL(
                """
                %s AND line.company_id = %s
                   AND line.balance > 0
                   AND line.date_maturity <= %s
              ORDER BY line.move_id
                """,
                OWING,
                company.id,
                today + timedelta(days=ahead),
            )
        )
        return [row[0] for row in rows]

    @api.model
    def _plan_now(self, moves):
        """The next reminder of each of these, approved, for today; the terms of the law
        hold all the same.
        """
        reminders = self.browse()
        for company, group in moves.grouped("company_id").items():
            mine = self.with_company(company)
            today = company._pom_today()
            reminders += mine._plan_for(group, today, whatever_the_day=True)
        due = reminders.filtered(lambda r: r.state in ("planned", "approved"))
        due.state = "approved"
        return due

    @api.model
    def _plan_for(self, moves, today, whatever_the_day=False):
        """
        :param bool whatever_the_day: the next reminder of what is late, or else of the
            first part, before its day has come
        :return: the reminders that are to be decided on for these invoices
        """
        return self._carry_out(
            [
                self._decide(known, today, whatever_the_day)
                for known in self._known(moves)
            ]
        )

    @api.model
    def _known(self, moves, setup=None):
        """
        :param setup: whose policies are tried, instead of those that are followed
        :rtype: list[Known]
        """
        history = self._history(moves)
        askings = moves._pom_askings()
        bank_days = moves._pom_bank_days()
        policies = {move.id: move._pom_policy(setup) for move in moves}
        keys = {(policies[move.id], move.company_id) for move in moves}
        courses = {key: self._course(*key) for key in keys}
        return [
            Known(
                move,
                policies[move.id],
                courses[policies[move.id], move.company_id],
                askings[move.id],
                history[move.id],
                bank_days[move.id],
            )
            for move in moves
        ]

    @api.model
    def _course(self, policy, company):
        if not policy:
            return Course([], NONE, Demands(), None)
        return Course(
            [level._step() for level in policy.level_ids],
            policy._rule(),
            policy._demands(company),
            policy._working_days_of(company),
            policy._is_automatic(company),
        )

    @api.model
    def _history(self, moves):
        """Reminders of the levels, by invoice and due date."""
        rows = self.search_fetch(
            [("move_id", "in", moves.ids), ("level_id", "!=", False)],
            [
                "move_id",
                "due_date",
                "level_id",
                "state",
                "reason",
                "done_date",
                "on_paper",
                "step",
                "channel",
                "hour",
                "variant_id",
                "planned_date",
                "number",
                "delivery_id",
            ],
        )
        found = defaultdict(lambda: defaultdict(list))
        for row in rows:
            found[row.move_id.id][row.due_date].append(row)
        return found
