import logging
from collections import defaultdict
from dataclasses import replace

import psycopg2

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.pom_message.tools import working_days
from odoo.addons.pom_payment.debt.reasons import Demands

from .pom_reminder_policy import HOURS

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
        cron, is_alone = self.env["ir.cron"], True
        while done := self._send_batch(company, batch):
            waiting = self._waiting(company)
            if waiting and is_alone:
                # Another server may take what this one doesn't hold.
                self.env.ref("pom_reminder.cron_send_reminders_2")._trigger()
                is_alone = False
            if not cron._commit_progress(done, remaining=waiting):
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
                reminders._send_now(company._pom_today())
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
                    due=self._due_now(company, now),
                    taken=taken if lock else SQL("TRUE"),
                    limit=limit,
                )
            )
        ]

    @api.model
    def _due_now(self, company, now):
        today, hour = now.date(), now.hour + now.minute / 60
        is_open = SQL(
            "%s >= COALESCE(NULLIF(reminder.hour, 0), policy.hour_from, %s) "
            "AND %s < COALESCE(policy.hour_to, %s)",
            hour,
            HOURS[0],
            hour,
            HOURS[1],
        )
        if not working_days.is_working_day(today, company._pom_place()):
            is_open = SQL("%s AND policy.working_days IS FALSE", is_open)
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
                self._due_now(company, now),
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
                today = company._pom_today()
                reminders.with_company(company)._send_now(today, by_will=True)

    def _send_now(self, today, *, by_will=False):
        """Ask, after looking once more at everything that may have changed.

        :param bool by_will: a person wants it, of an old debt too
        """
        askings = self._askings()
        going = self._look_again(askings, by_will)
        groups = going._messages()
        try:
            with self.env.cr.savepoint():
                self._send_messages(groups, askings, today)
        except psycopg2.OperationalError:
            # Somebody else changed the same records: for the caller to play again.
            raise
        except Exception:
            _logger.exception("A batch of reminders failed; trying one by one")
            self._send_one_by_one(groups, askings, today)

    def _send_one_by_one(self, groups, askings, today):
        for group in groups:
            try:
                with self.env.cr.savepoint():
                    self._send_messages([group], askings, today)
            except Exception:
                _logger.exception("Reminders %s failed", group.ids)
                group.write({"state": "left_out", "reason": "error"})

    # -- the last look -----------------------------------------------------------------

    def _askings(self):
        """How the debt of each of these may be asked; who wants to be reminded, is.

        :rtype: dict[int, Asking]
        """
        found = {}
        for as_wished, reminders in self.grouped(lambda r: not r.level_id).items():
            askings = reminders.move_id._pom_askings(as_wished)
            found.update((r.id, askings[r.move_id.id]) for r in reminders)
        return found

    def _look_again(self, askings, by_will=False):
        """Those that are still right to send; the others are left out, with why."""
        bank_days = self.move_id._pom_bank_days()
        left_out = defaultdict(list)
        for reminder in self:
            reason = reminder._why_not(askings[reminder.id], bank_days, by_will)
            if reason:
                left_out[reason].append(reminder.id)
        for reason, ids in left_out.items():
            self.browse(ids).write({"state": "left_out", "reason": reason})
        dropped = {id_ for ids in left_out.values() for id_ in ids}
        return self.filtered(lambda reminder: reminder.id not in dropped)

    def _why_not(self, asking, bank_days, by_will=False):
        # What the debtor asked for, no policy forbids.
        by_policy = self.level_id and self.policy_id
        demands = by_policy._demands(self.company_id) if by_policy else Demands()
        if by_will:
            demands = replace(demands, since=None)
        reason = asking.why_not(
            self.due_date,
            demands,
            rate=self.move_id._pom_rate(),
            bank_day=bank_days[self.move_id.id],
        )
        if reason:
            return reason
        if self.level_id and self.policy_id != self.move_id._pom_policy():
            return "superseded"
        if not self.channel or not self.partner_id._pom_address(self.channel):
            return "no_address"
        return ""

    # -- messages ----------------------------------------------------------------------

    def _messages(self):
        """Reminders that go in one message together: those of one invoice always.

        :rtype: list[pom.reminder]
        """
        groups = defaultdict(self.browse)
        by_invoice = self.grouped(lambda r: (r.move_id, not r.level_id))
        for parts in by_invoice.values():
            groups[parts._message_key()] |= parts
        return list(groups.values())

    def _message_key(self):
        """Of the reminders of one invoice."""
        policy = self.policy_id[:1]
        if not self[:1].level_id:
            # Who asked for several at once, or twice, gets one message.
            day, channel = self[:1].planned_date, self[:1].channel
            return ("asked", self.partner_id.id, day, channel, self.currency_id.id)
        if not policy.group:
            # Those of a dry run have no ids yet.
            return self._ids
        channel = self._carrier().channel
        return (self.partner_id.id, policy.id, channel, self.currency_id.id)

    def _lead(self):
        """The one whose words are used: the last step of the oldest debt."""
        return self.sorted(lambda r: (r.number, r.level_id.days, r.move_id.id))[-1]

    def _carrier(self):
        """The one by whose channel all go: that of a first reminder has room for what
        a law wants said.
        """
        first = self.filtered(lambda reminder: reminder.number == 1)
        return (first or self)._lead()

    @api.model
    def _send_messages(self, groups, askings, today):
        deliveries = self.env["pom.delivery"]._ask(
            [group._delivery_values(askings, today) for group in groups]
        )
        sent = defaultdict(list)
        for group, delivery in zip(groups, deliveries, strict=True):
            for reminder in group:
                check = reminder.level_id and reminder._check_again_on(today)
                sent[delivery, check].append(reminder.id)
        channels = deliveries._channels()
        for (delivery, check), ids in sent.items():
            self.browse(ids).write(
                {
                    "state": "sent",
                    "reason": False,
                    "channel": delivery.channel,
                    "delivery_id": delivery.id,
                    "check_date": check,
                    "on_paper": channels[delivery.channel].on_paper,
                }
            )
        deliveries._send()

    def _delivery_values(self, askings, today):
        """What is to be asked, for how much, and in whose words."""
        lead, channel = self._lead(), self._carrier().channel
        level, moves = lead.level_id, self.sorted("due_date").move_id
        first = self.filtered(lambda reminder: reminder.number == 1)
        rule = lead.policy_id._rule() if lead.policy_id else None
        on_paper = self.env["pom.delivery"]._channels()[channel].on_paper
        return {
            "kind": "reminder" if level else "asked",
            "channel": channel,
            "partner_id": lead.partner_id.id,
            "company_id": lead.company_id.id,
            "currency_id": moves[0].currency_id.id,
            "moves": moves,
            "parts": self._parts_asked(askings),
            "level_id": level.id,
            "policy_id": lead.policy_id.id,
            "variant_id": lead.variant_id.id,
            "instead_of_id": lead.delivery_id.id,
            "first_move_ids": [(6, 0, first.move_id.ids)],
            "deadline": first and rule.last_free_day(today, on_paper),
            **self._costs(self._on_top(lead, askings, today, on_paper)),
        }

    def _parts_asked(self, askings):
        """What is asked of each invoice: what is due by the latest of the parts that
        we remind of.

        :rtype: dict[int, list[Part]]
        """
        last = {reminder.move_id.id: reminder for reminder in self.sorted("due_date")}
        return {
            move_id: askings[reminder.id].parts(reminder.due_date)
            for move_id, reminder in last.items()
        }
