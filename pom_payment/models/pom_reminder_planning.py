from collections import defaultdict
from datetime import timedelta

from odoo import api, models

from ..tools.channels import CHANNELS
from ..tools.reminder_reasons import FINAL, why_not
from ..tools.reminder_steps import Done, grace_end, next_step, ordered
from .account_move import PAYABLE
from .account_move_reminders import OPEN
from .pom_delivery_outcome import LOST

#: States in which a reminder can still change its mind.
LIVE = ("planned", "approved", "left_out")
#: What is read of an invoice to plan with, in one query.
MOVE_FIELDS = [
    "company_id",
    "partner_id",
    "commercial_partner_id",
    "invoice_date_due",
    "amount_residual",
    "state",
    "payment_state",
    "move_type",
    "pom_policy_id",
    "pom_reminder_hold",
    "pom_reminder_hold_until",
]


class PomReminder(models.Model):
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
        today = company._pom_now().date()
        self._drop_paid(company)
        self._use_next_channels(company, today)
        last = 0
        while moves := self._candidates(company, today, last, batch):
            self._plan_for(moves, today)
            last = moves[-1].id
            if commit:
                self.env["ir.cron"]._commit_progress(len(moves))
                self.env.invalidate_all()

    @api.model
    def _drop_paid(self, company):
        paid = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "in", ("planned", "approved")),
                ("move_id.payment_state", "not in", OPEN),
            ]
        )
        paid.write({"state": "left_out", "reason": "paid"})

    @api.model
    def _candidates(self, company, today, last, batch):
        levels = self.env["pom.reminder.policy.level"].search_fetch([], ["days"])
        # The longest notice, and the weekend and holidays that it may be sent before.
        ahead = -min([0, *levels.mapped("days")]) + 7
        return self.env["account.move"].search_fetch(
            [
                ("company_id", "=", company.id),
                ("state", "=", "posted"),
                ("move_type", "in", PAYABLE),
                ("payment_state", "in", OPEN),
                ("amount_residual", ">", 0),
                ("invoice_date_due", "<=", today + timedelta(days=ahead)),
                ("id", ">", last),
            ],
            MOVE_FIELDS,
            limit=batch,
            order="id",
        )

    @api.model
    def _plan_now(self, moves):
        """The next reminder of each of these, approved, for today; the terms of the law
        hold all the same.
        """
        reminders = self.browse()
        for company, group in moves.grouped("company_id").items():
            mine = self.with_company(company)
            today = company._pom_now().date()
            reminders += mine._plan_for(group, today, whatever_the_day=True)
        due = reminders.filtered(lambda r: r.state in ("planned", "approved"))
        due.state = "approved"
        return due

    @api.model
    def _plan_for(self, moves, today, whatever_the_day=False):
        """
        :return: the reminders that are to be decided on for these invoices
        """
        history = self._history(moves)
        debts = moves._pom_debts()
        policies = self._policies(moves)
        new, changes, kept = [], defaultdict(list), []
        for move in moves:
            policy = policies.get(move.id)
            values = policy and self._next_values(
                move, policy, history[move.id], today, whatever_the_day
            )
            live = [row for row in history[move.id] if row.state in LIVE]
            if not values:
                self._note(changes, live, {"state": "left_out", "reason": "superseded"})
                continue
            values.update(self._verdict(debts[move.id], policy, values, today))
            match = [row for row in live if row.level_id.id == values["level_id"]]
            others = [row for row in live if row not in match]
            self._note(changes, others, {"state": "left_out", "reason": "superseded"})
            kept += match
            if match:
                self._note(changes, match, self._kept_approval(match[0], values))
            elif values["reason"] not in FINAL:
                new.append(values)
        for key, rows in changes.items():
            self.browse(row.id for row in rows).write(dict(key))
        return self.create(new) + self.browse(row.id for row in kept)

    @api.model
    def _history(self, moves):
        """Reminders of the levels, by invoice."""
        rows = self.search_fetch(
            [("move_id", "in", moves.ids), ("level_id", "!=", False)],
            [
                "move_id",
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
        found = defaultdict(list)
        for row in rows:
            found[row.move_id.id].append(row)
        return found

    @api.model
    def _policies(self, moves):
        """The policy of each invoice; none without levels."""
        found = {move.id: move._pom_policy() for move in moves}
        return {
            key: policy for key, policy in found.items() if policy and policy.level_ids
        }

    @api.model
    def _next_values(self, move, policy, history, today, whatever_the_day):
        """What the next reminder would be; None when it isn't time."""
        closed = [row for row in history if row.state in ("sent", "skipped")]
        if any(not row.done_date for row in closed):
            # On its way: a letter that isn't printed, a mail in the queue.
            return None
        levels = [level._step() for level in policy.level_ids]
        done = {
            row.level_id.id: Done(row.done_date, row.on_paper, row.state == "skipped")
            for row in closed
        }
        step = next_step(
            levels,
            move.invoice_date_due,
            today,
            done,
            rule=policy._rule(),
            only_working_days=policy.working_days,
        )
        if not step or (step.day > today and not whatever_the_day):
            return None
        grace = grace_end(ordered(levels), done, policy._rule())
        if grace and today <= grace:
            return None
        level = self.env["pom.reminder.policy.level"].browse(step.level.key)
        tried = max(
            (row.step for row in history if row.level_id == level and row.delivery_id),
            default=0,
        )
        return self._values(move, policy, level, step, tried)

    @api.model
    def _values(self, move, policy, level, step, tried):
        token = move.pom_paylink_id.token or str(move.id)
        variant = self.env["pom.ab.variant"]
        if level.test_ids:
            variant = level.test_ids[0]._pick(token)
        chain = level._chain_for(move.partner_id, variant, step.number)
        position = self._reachable(chain, move.partner_id, tried)
        return {
            "move_id": move.id,
            "company_id": move.company_id.id,
            "partner_id": move.partner_id.id,
            "policy_id": policy.id,
            "level_id": level.id,
            "number": step.number,
            "planned_date": step.day,
            "variant_id": variant.id,
            "hour": variant.hour or level.hour,
            "step": position if position >= 0 else tried,
            "channel": chain[position] if position >= 0 else False,
        }

    @api.model
    def _reachable(self, chain, partner, start=0):
        """Index of the first channel that reaches somebody; -1 when none does."""
        return next(
            (
                index
                for index, channel in enumerate(chain)
                if index >= start and partner._pom_address(channel)
            ),
            -1,
        )

    @api.model
    def _verdict(self, debt, policy, values, today):
        company = self.env["res.company"].browse(values["company_id"])
        reason = why_not(debt, policy._demands(company), today)
        if not reason and not values["channel"]:
            reason = "no_address"
        if reason:
            return {"state": "left_out", "reason": reason}
        state = "approved" if policy.automatic else "planned"
        return {"state": state, "reason": False}

    @api.model
    def _kept_approval(self, row, values):
        """What somebody approved stays approved, on the way that was planned."""
        if row.state == "approved" and values["state"] == "planned":
            values["state"] = "approved"
        return values

    @api.model
    def _note(self, changes, rows, values):
        """Remember to write only what differs, the same values in one write."""
        for row in rows:
            new = {
                name: value
                for name, value in values.items()
                if self._plain(row[name]) != (value or False)
            }
            if new:
                changes[tuple(new.items())].append(row)

    @api.model
    def _plain(self, value):
        return value.id if isinstance(value, models.BaseModel) else value or False

    # -- the next channel --------------------------------------------------------------

    @api.model
    def _use_next_channels(self, company, today):
        """Reminders that bounced, or that nobody looked at in time, go by the next
        channel: the same reminder, so it stays one per level.
        """
        unseen = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "sent"),
                ("check_date", "<=", today),
                ("delivery_id.seen_date", "=", False),
            ]
        )
        open_ones = unseen.filtered(lambda r: r.move_id.payment_state in OPEN)
        (unseen - open_ones).check_date = False
        changes = defaultdict(list)
        for reminder in open_ones:
            changes[tuple(reminder._next_channel_values(today).items())].append(
                reminder.id
            )
        for values, ids in changes.items():
            self.browse(ids).write(dict(values))

    def _next_channel_values(self, today):
        chain = self._chain()
        position = self._reachable(chain, self.partner_id, self.step + 1)
        if position >= 0:
            return {
                "state": "approved" if self.policy_id.automatic else "planned",
                "step": position,
                "channel": chain[position],
                "planned_date": today,
                "check_date": False,
                # The term of the law counts from the message that arrives.
                "done_date": False,
            }
        if self.delivery_id.state not in LOST:
            # It merely wasn't looked at, so it was a reminder.
            return {"check_date": False}
        # What didn't arrive was none: no next level may follow from it.
        return {
            "check_date": False,
            "state": "left_out",
            "reason": "no_address",
            "done_date": False,
            "step": len(chain),
        }

    def _chain(self):
        return self.level_id._chain_for(self.partner_id, self.variant_id, self.number)

    def _check_again_on(self, today):
        """When the next channel is due after a message by the present one."""
        self.ensure_one()
        chain = self._chain()
        if self.step + 1 >= len(chain) or CHANNELS[self.channel].by_hand:
            return False
        return today + timedelta(days=self.level_id.unseen_days)
