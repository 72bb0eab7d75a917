import logging
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

import psycopg2

from odoo import api, models
from odoo.tools import SQL

from ..tools import working_days
from ..tools.channels import CHANNELS
from ..tools.reminder_reasons import Demands, why_not
from ..tools.reminder_rules import interest

_logger = logging.getLogger(__name__)

#: First half of the key of the advisory locks on debtors.
LOCK = 0x504F4D
#: A debtor of whom another server just wrote is met again a moment later.
TRIES = 5


class PomReminder(models.Model):
    _inherit = "pom.reminder"

    @api.model
    def _cron_send(self, batch=50):
        """Send what is approved and due, a batch of debtors per transaction."""
        for company in self._reminding_companies():
            self.with_company(company)._send_company(company, batch)

    @api.model
    def _send_company(self, company, batch):
        cron = self.env["ir.cron"]
        while True:
            done = self._send_batch(company, batch)
            if not done or not cron._commit_progress(
                done, remaining=self._waiting(company)
            ):
                return
            self.env.invalidate_all()

    @api.model
    def _waiting(self, company):
        return len(self._due_debtors(company, 1, lock=False))

    @api.model
    def _send_batch(self, company, batch):
        """
        :return: number of reminders that were decided on
        """
        for _try in range(TRIES):
            # The locks must be the first thing that this transaction asks for: what it
            # sees is as old as its first query.
            self.env.cr.commit()  # pylint: disable=invalid-commit
            try:
                reminders = self._take(company, batch)
                reminders._send_now(company._pom_now().date())
                self.env.flush_all()
            except psycopg2.errors.SerializationFailure:
                self.env.cr.rollback()
                self.env.invalidate_all(flush=False)
                continue
            return len(reminders)
        return 0

    @api.model
    def _due_debtors(self, company, limit, lock=True):
        """Ids of customers with something to send now, who are ours until the end of
        the transaction. Locking customers (of several contacts: the whole) rather than
        reminders keeps two servers from writing to the same one.
        """
        if company.pom_reminders_stopped:
            return []
        now = company._pom_now()
        hour = now.hour + now.minute / 60
        taken = SQL("pg_try_advisory_xact_lock(%s, debtor_id)", LOCK)
        return [
            row[0]
            for row in self.env.execute_query(
                SQL(
                    """
                    SELECT debtor_id
                      FROM (SELECT DISTINCT partner.commercial_partner_id AS debtor_id
                              FROM pom_reminder reminder
                              JOIN res_partner partner
                                ON partner.id = reminder.partner_id
                         LEFT JOIN pom_reminder_policy policy
                                ON policy.id = reminder.policy_id
                             WHERE reminder.company_id = %(company)s
                               AND reminder.state = 'approved'
                               AND %(due)s
                             ORDER BY debtor_id) debtors
                     WHERE %(taken)s
                     LIMIT %(limit)s
                    """,
                    company=company.id,
                    due=self._due_now(now.date(), hour),
                    taken=taken if lock else SQL("TRUE"),
                    limit=limit,
                )
            )
        ]

    @api.model
    def _due_now(self, today, hour):
        is_open = SQL(
            "%s >= COALESCE(NULLIF(reminder.hour, 0), policy.hour_from, 0) "
            "AND %s < COALESCE(policy.hour_to, 24)",
            hour,
            hour,
        )
        if not working_days.is_working_day(today):
            is_open = SQL("%s AND policy.working_days IS NOT TRUE", is_open)
        return SQL("reminder.planned_date <= %s AND %s", today, is_open)

    @api.model
    def _take(self, company, batch):
        """Reminders of a batch of debtors, locked.

        :raises psycopg2.errors.SerializationFailure: when another server just sent them
        """
        debtors = self._due_debtors(company, batch)
        if not debtors:
            return self
        now = company._pom_now()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT reminder.id
                  FROM pom_reminder reminder
                  JOIN res_partner partner ON partner.id = reminder.partner_id
             LEFT JOIN pom_reminder_policy policy ON policy.id = reminder.policy_id
                 WHERE reminder.company_id = %s
                   AND partner.commercial_partner_id IN %s
                   AND reminder.state = 'approved'
                   AND %s
              ORDER BY reminder.partner_id, reminder.id
                   FOR UPDATE OF reminder SKIP LOCKED
                """,
                company.id,
                tuple(debtors),
                self._due_now(now.date(), now.hour + now.minute / 60),
            )
        )
        return self.browse(row[0] for row in rows)

    def _send_here(self):
        """Send at once, in the transaction of whoever asked for it; what a scheduled
        action is sending at this moment is left to that.
        """
        mine = self.try_lock_for_update().filtered(lambda r: r.state == "approved")
        for company, reminders in mine.grouped("company_id").items():
            if not company.pom_reminders_stopped:
                today = company._pom_now().date()
                reminders.with_company(company)._send_now(today)

    def _send_now(self, today):
        """Ask, after looking once more at everything that may have changed."""
        going = self._look_again(today)
        groups = going._messages()
        try:
            with self.env.cr.savepoint():
                self._send_messages(groups, today)
        except psycopg2.OperationalError:
            # Somebody else changed the same records: for the caller to play again.
            raise
        except Exception:
            _logger.exception("A batch of reminders failed; trying one by one")
            self._send_one_by_one(groups, today)

    def _send_one_by_one(self, groups, today):
        for group in groups:
            try:
                with self.env.cr.savepoint():
                    self._send_messages([group], today)
            except Exception:
                _logger.exception("Reminders %s failed", group.ids)
                group.write({"state": "left_out", "reason": "error"})

    # -- the last look -----------------------------------------------------------------

    def _look_again(self, today):
        """Those that are still right to send; the others are left out, with why."""
        debts = self.move_id._pom_debts()
        left_out = defaultdict(self.browse)
        for reminder in self:
            reason = reminder._why_not(debts[reminder.move_id.id], today)
            if reason:
                left_out[reason] |= reminder
        for reason, reminders in left_out.items():
            reminders.write({"state": "left_out", "reason": reason})
        return self - self.browse().union(*left_out.values())

    def _why_not(self, debt, today):
        # What the debtor asked for, no policy forbids.
        by_policy = self.level_id and self.policy_id
        demands = by_policy._demands(self.company_id) if by_policy else Demands()
        reason = why_not(debt if self.level_id else debt.as_asked(), demands, today)
        if reason:
            return reason
        if self.level_id and self.policy_id != self.move_id._pom_policy():
            return "superseded"
        if not self.channel or not self.partner_id._pom_address(self.channel):
            return "no_address"
        return ""

    # -- messages ----------------------------------------------------------------------

    def _messages(self):
        """Reminders that go in one message together.

        :rtype: list[pom.reminder]
        """
        groups = defaultdict(self.browse)
        for reminder in self:
            groups[reminder._message_key()] |= reminder
        return list(groups.values())

    def _message_key(self):
        policy = self.policy_id
        if not policy.group or not self.level_id:
            return (self.id,)
        return (self.partner_id.id, policy.id, self.channel, self.currency_id.id)

    @api.model
    def _send_messages(self, groups, today):
        deliveries = self.env["pom.delivery"]._ask(
            [group._delivery_values(today) for group in groups]
        )
        sent = {}
        for group, delivery in zip(groups, deliveries, strict=True):
            for reminder in group:
                check = reminder.level_id and reminder._check_again_on(today)
                sent.setdefault((delivery, check), self.browse())
                sent[delivery, check] |= reminder
        for (delivery, check), reminders in sent.items():
            reminders.write(
                {
                    "state": "sent",
                    "reason": False,
                    "delivery_id": delivery.id,
                    "check_date": check,
                    "on_paper": CHANNELS[delivery.channel].on_paper,
                }
            )
        deliveries._send()

    def _delivery_values(self, today):
        """What is to be asked, for how much, and in whose words."""
        lead = self.sorted(lambda r: (r.number, r.level_id.days, r.id))[-1]
        level, moves = lead.level_id, self.move_id.sorted("invoice_date_due")
        first = self.filtered(lambda reminder: reminder.number == 1)
        rule = lead.policy_id._rule() if lead.policy_id else None
        on_paper = CHANNELS[lead.channel].on_paper
        return {
            "kind": "reminder" if level else "asked",
            "channel": lead.channel,
            "partner_id": lead.partner_id.id,
            "company_id": lead.company_id.id,
            "currency_id": moves[0].currency_id.id,
            "moves": moves,
            "level_id": level.id,
            "policy_id": lead.policy_id.id,
            "variant_id": lead.variant_id.id,
            "previous_id": lead.delivery_id.id,
            "first_move_ids": [(6, 0, first.move_id.ids)],
            "deadline": first and rule.last_free_day(today, on_paper),
            **(self._costs(lead, today, on_paper) if level else {}),
        }

    def _costs(self, lead, today, on_paper):
        """Costs that may be asked with this message; the lowest of its reminders'."""
        level, policy = lead.level_id, lead.policy_id
        rule, company = policy._rule(), lead.company_id
        if lead.currency_id != company.currency_id:
            # The amounts of policies and laws are in the company's currency.
            return {}
        postage = Decimal(str(company.pom_postage)) if on_paper else Decimal(0)
        regular = self._debts_this_year(today) if policy.regular else None
        fee = min(
            rule.fee(Decimal(str(level.fee)), r.number, postage, regular) for r in self
        )
        interests, penalties = zip(
            *(reminder._lateness(rule, level, today) for reminder in self), strict=True
        )
        return {
            "fee": float(fee),
            "interest": float(sum(interests)),
            "penalty": float(sum(penalties)),
        }

    def _lateness(self, rule, level, today):
        """(interest, penalty) of one reminder under its national rule."""
        if self.number <= rule.free_reminders:
            return Decimal(0), Decimal(0)
        balance = self.move_id._pom_residual() - self.move_id._pom_disputed()
        start = self._costs_start(rule)
        rate = Decimal(str(self.policy_id.interest_rate))
        return (
            interest(balance, rate, start, today)
            if level.with_interest
            else Decimal(0),
            rule.penalty(balance)
            if level.with_penalty and today > start
            else Decimal(0),
        )

    def _costs_start(self, rule):
        """Last day that costs nothing."""
        due = self.move_id.invoice_date_due
        if rule.from_due:
            return due
        sent = self.move_id.pom_reminder_ids.filtered(
            lambda r: r.state == "sent" and r.number == 1 and r.done_date
        )[:1]
        if not sent:
            today = self.company_id._pom_now().date()
            return today + timedelta(days=rule.grace_days)
        return rule.last_free_day(sent.done_date, sent.on_paper)

    def _debts_this_year(self, today):
        """For how many of the customer's due dates of this year reminders went out."""
        known = self.search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("policy_id", "in", self.policy_id.ids),
                ("state", "=", "sent"),
                ("number", ">", 0),
                ("planned_date", ">=", today.replace(month=1, day=1)),
            ]
        )
        return len(set((known | self).move_id.mapped("invoice_date_due")))
