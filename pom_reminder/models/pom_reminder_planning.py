from collections import defaultdict
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.pom_payment.debt.reasons import Demands

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
#: Invoices that are planned at a time.
BATCH = 1000
#: What isn't paid by customer, from each receivable account so much and all of the
#: last customer's: in the order of core's index (account_id, partner_id) and asked as
#: by no other, so that what comes later isn't read. With each row whether it's an open
#: part that may be asked, and whether its account has more after this customer.
CANDIDATES = """
    SELECT due.partner_id, due.move_id, due.is_wanted,
           due.partner_id = max(due.partner_id) OVER account
           AND count(*) OVER account >= %(limit)s
      FROM account_account account
CROSS JOIN LATERAL (
           SELECT line.partner_id, line.move_id,
                  line.parent_state = 'posted'
                  AND line.display_type = 'payment_term'
                  AND line.company_id = %(company)s
                  AND line.balance > 0
                  AND line.date_maturity <= %(until)s
                  AND line.partner_id %% %(divisor)s = %(rest)s AS is_wanted
             FROM account_move_line line
            WHERE (line.account_id, line.partner_id) > (account.id, %(after)s)
              AND line.account_id <= account.id
              AND line.reconciled IS NOT TRUE
            ORDER BY line.account_id, line.partner_id
            FETCH FIRST %(limit)s ROWS WITH TIES) due
     WHERE account.account_type = 'asset_receivable'
    WINDOW account AS (PARTITION BY account.id)"""


class PomReminder(models.Model):
    """Which invoices are looked at, and with what is known of them."""

    _inherit = "pom.reminder"

    @api.model
    def _cron_plan(self):
        self.env["pom.reminder.round"]._cron_plan()

    @api.model
    def _plan(self, company):
        """Bring the plan of a company up to date: what is to be sent by today, and
        what isn't and why. Sends nothing.
        """
        if company.pom_reminders_stopped:
            return
        self._plan_beside(company)
        last = 0
        while last is not None:
            last, moves = self._candidates(company, last, BATCH)
            self._plan_batch(moves)

    @api.model
    def _plan_beside(self, company):
        """What comes once before all invoices are looked at."""
        today = company._pom_today()
        self._drop_paid(company)
        self._use_next_channels(company, today)
        self._go_on_after_grace(company, today)

    @api.model
    def _plan_batch(self, moves):
        for company, group in moves.grouped("company_id").items():
            self._plan_for(group, company._pom_today())

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
    def _candidates(self, company, after, limit, part=None):
        """Invoices with an open part that may be asked by now, those of one customer
        together.

        :param int after: id of the customer after whom one begins
        :param int limit: of invoices, about
        :param part: which of the customers: (rest, divisor) of their ids
        :return: id of the last customer, None where no more follow; and invoices
        """
        levels = self.env["pom.reminder.policy.level"].search_fetch([], ["days"])
        # The longest notice, and the weekend and holidays that it may be sent before.
        ahead = -min([0, *levels.mapped("days")]) + 7
        self._flush_lines()
        rest, divisor = part or (0, 1)
        rows = self.env.execute_query(
            SQL(
                CANDIDATES,
                company=company.id,
                until=company._pom_today() + timedelta(days=ahead),
                after=after,
                limit=limit * divisor,
                rest=rest,
                divisor=divisor,
            )
        )
        # Of an account with more to come nobody knows what follows its last customer.
        ends = [owner for owner, _move_id, _is_wanted, is_cut in rows if is_cut]
        last = min(ends, default=None)
        ids = {
            move_id
            for owner, move_id, is_wanted, _is_cut in rows
            if is_wanted and (last is None or owner <= last)
        }
        moves = self.env["account.move"].search_fetch(
            [("id", "in", list(ids))], MOVE_FIELDS, order="id"
        )
        return last, moves

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
        policies = self._policies(moves, setup)
        reached = {}
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
                reached,
            )
            for move in moves
        ]

    @api.model
    def _policies(self, moves, setup):
        """The policy of each invoice, found once for all alike of a customer.

        :rtype: dict[int, pom.reminder.policy]
        """
        known, policies = {}, {}
        for move in moves:
            key = (move.company_id.id, move.partner_id.id, move.pom_policy_id.id)
            if key not in known:
                known[key] = move._pom_policy(setup)
            policies[move.id] = known[key]
        return policies

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
