from collections import defaultdict
from dataclasses import replace
from typing import NamedTuple

from odoo import api, models

from odoo.addons.pom_payment.debt.asking import Asking
from odoo.addons.pom_payment.debt.reasons import FINAL, Demands

from ..laws.base import Rule
from ..tools.channels import CALL
from ..tools.reminder_steps import Done, Level, grace_end, next_step, ordered

#: States in which a reminder can still change its mind.
LIVE = ("planned", "approved", "left_out")


class Course(NamedTuple):
    """A policy as plain values, read once for all invoices of a company.

    :ivar country: on whose working days alone one writes; None for any day.
    :ivar automatic: whether nobody approves its reminders first.
    """

    levels: list[Level]
    rule: Rule
    demands: Demands
    country: str | None
    automatic: bool = False


class Known(NamedTuple):
    """What is known of an invoice when its reminders are planned.

    :ivar history: reminders of the levels, by the due date of their part.
    :ivar reached: who is reminded at a step and how, of all that are looked at
        together: found once for all invoices of one.
    """

    move: models.BaseModel
    policy: models.BaseModel
    course: Course
    asking: Asking
    history: dict
    bank_day: object
    reached: dict


class Plan(NamedTuple):
    """What becomes of an invoice's reminders.

    :ivar new: values of those to make.
    :ivar keep: those that stay, with their values.
    :ivar drop: those that don't, with the reason.
    """

    new: list
    keep: list
    drop: list


class PomReminder(models.Model):
    """What becomes of the reminders of an invoice: each of its parts has its own
    history and next step.
    """

    _inherit = "pom.reminder"

    @api.model
    def _decide(self, known, today, whatever_the_day):
        """
        :rtype: Plan
        """
        plan = Plan([], [], [])
        days = known.asking.days()
        gone = [day for day in known.history if day not in days]
        for day in gone:
            reason = "paid" if known.asking.has(day) else "superseded"
            plan.drop.extend((row, reason) for row in self._live(known.history[day]))
        if whatever_the_day:
            days = [day for day in days if day <= today] or days[:1]
        for day in days:
            self._decide_part(plan, known, day, today, whatever_the_day)
        return plan

    @api.model
    def _live(self, rows):
        return [row for row in rows if row.state in LIVE]

    @api.model
    def _decide_part(self, plan, known, day, today, whatever_the_day):
        rows = known.history.get(day, [])
        values, wait = self._next_values(known, day, today, whatever_the_day)
        if wait:
            plan.drop.extend((row, "superseded") for row in self._live(rows))
            return
        values.update(self._verdict(known, values, by_will=whatever_the_day))
        match, others = [], []
        for row in self._live(rows):
            same = row.level_id.id == values["level_id"]
            (match if same else others).append(row)
        plan.drop.extend((row, "superseded") for row in others)
        if match:
            plan.keep.append((match[0], self._kept_approval(match[0], values)))
        elif values["reason"] not in FINAL:
            plan.new.append(values)

    @api.model
    def _next_values(self, known, day, today, whatever_the_day):
        """What the next reminder of the part of this day would be.

        :return: its values and '', or None and why it isn't time: a code of
            :meth:`_words_of_waiting`
        """
        step, wait = self._step_of(known, day, today)
        if wait or (step.day > today and not whatever_the_day):
            return None, wait or "early"
        return self._values_of(known, day, step), ""

    @api.model
    def _step_of(self, known, day, today):
        """
        :return: the next step of the part of this day, and '' or why it can't be now:
            a code of :meth:`_words_of_waiting`; of a term that has to pass, both
        """
        if not known.course.levels:
            return None, "no_policy"
        rows = known.history.get(day, [])
        closed = [row for row in rows if row.state in ("sent", "skipped")]
        if any(not row.done_date for row in closed):
            # A letter that isn't printed, a mail in the queue.
            return None, "on_its_way"
        return self._next_step(known.course, day, today, closed)

    @api.model
    def _values_of(self, known, day, step):
        rows = known.history.get(day, [])
        level = self.env["pom.reminder.policy.level"].browse(step.level.key)
        tried = max(
            (row.step for row in rows if row.level_id == level and row.delivery_id),
            default=0,
        )
        return self._values(known, level, step, day, tried)

    @api.model
    def _next_step(self, course, day, today, closed):
        """
        :return: what comes after these, and '' or why it can't be now
        """
        done = {
            row.level_id.id: Done(row.done_date, row.on_paper, row._is_unsaid())
            for row in closed
        }
        step = next_step(
            course.levels,
            day,
            today,
            done,
            rule=course.rule,
            working_days_of=course.country,
        )
        if not step:
            return None, "done"
        grace = grace_end(ordered(course.levels), done, course.rule)
        return step, "term" if grace and today <= grace else ""

    def _is_unsaid(self):
        """Whether nothing was written to the debtor: no first reminder of a law."""
        return self.state == "skipped" or self.channel == CALL

    @api.model
    def _values(self, known, level, step, day, tried):
        move, policy, reached = known.move, known.policy, known.reached
        debtor = (move.company_id.id, move.partner_id.id, move.commercial_partner_id.id)
        key = (*debtor, policy.id, level.id, step.number, tried)
        if key not in reached:
            reached[key] = self._values_of_debtor(move, policy, level, step, tried)
        return {
            **reached[key],
            "move_id": move.id,
            "due_date": day,
            "planned_date": step.day,
        }

    @api.model
    def _values_of_debtor(self, move, policy, level, step, tried):
        """What is the same of all invoices of a debtor at a step."""
        partner = move._pom_reminded()
        variant = level.test_ids[:1]._pick(move.commercial_partner_id)
        chain = level._chain_for(partner, variant, step.number)
        position = self._reachable(chain, partner, tried)
        return {
            "company_id": move.company_id.id,
            "partner_id": partner.id,
            "policy_id": policy.id,
            "level_id": level.id,
            "number": step.number,
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
    def _verdict(self, known, values, *, by_will=False):
        """
        :param bool by_will: a person wants it, of an old debt too
        """
        demands = known.course.demands
        reason = known.asking.why_not(
            values["due_date"],
            replace(demands, since=None) if by_will else demands,
            rate=known.move._pom_rate(),
            bank_day=known.bank_day,
        )
        if not reason and not values["channel"]:
            reason = "no_address"
        if reason:
            return {"state": "left_out", "reason": reason}
        state = "approved" if known.course.automatic else "planned"
        return {"state": state, "reason": False}

    @api.model
    def _kept_approval(self, row, values):
        """What somebody approved stays approved, on the way that was planned."""
        if row.state == "approved" and values["state"] == "planned":
            values["state"] = "approved"
        return values

    # -- writing -----------------------------------------------------------------------

    @api.model
    def _carry_out(self, plans):
        """Make the plans true, the same values in one write.

        :return: the reminders that were made or kept
        """
        changes = defaultdict(list)
        for row, values in self._changes(plans):
            new = row._differing(values)
            if new:
                changes[tuple(new.items())].append(row.id)
        self._write_each(changes)
        made = self.create([values for plan in plans for values in plan.new])
        return made + self.browse(row.id for plan in plans for row, _v in plan.keep)

    @api.model
    def _write_each(self, changes):
        """
        :param dict changes: ids by the values to write, as tuples of name and value
        """
        for items, ids in changes.items():
            self.browse(ids).write(dict(items))

    @api.model
    def _changes(self, plans):
        for plan in plans:
            yield from plan.keep
            for row, reason in plan.drop:
                yield row, {"state": "left_out", "reason": reason}

    def _differing(self, values):
        """Those of the values that this reminder doesn't have yet."""
        return {
            name: value
            for name, value in values.items()
            if self._fields[name].convert_to_write(self[name], self) != (value or False)
        }

    # -- why nothing comes of it -------------------------------------------------------

    @api.model
    def _why_not_now(self, moves):
        """Why none of these can be reminded now, in words.

        :rtype: list[str]
        """
        return list(dict.fromkeys(filter(None, self._hindrances(moves))))

    @api.model
    def _any_now(self, moves):
        """Whether there is a part of these that could be reminded now."""
        return not all(self._hindrances(moves))

    @api.model
    def _hindrances(self, moves):
        """Why each part of these can't be reminded now, in words; '' when it can."""
        words = self._words_of_waiting()
        for company, group in moves.grouped("company_id").items():
            mine, today = self.with_company(company), company._pom_today()
            words["no_policy"] = mine._words_of_no_policy(company)
            for known in mine._known(group):
                yield from mine._reasons_of(known, today, words)

    @api.model
    def _words_of_silence(self, reason, move):
        """Why nobody is reminded of an invoice, in words; of a hold, its own.

        :param str reason: a code of ``debt.reasons.SILENCE``
        """
        if reason == "hold":
            return move._pom_hold_words()
        return dict(self._fields["reason"]._description_selection(self.env))[reason]

    @api.model
    def _reasons_of(self, known, today, words):
        days = known.asking.days()
        if not days:
            yield self._words_of_silence("paid", known.move)
        for day in [day for day in days if day <= today] or days[:1]:
            values, wait = self._next_values(known, day, today, True)
            verdict = values and self._verdict(known, values, by_will=True)
            reason = verdict and verdict["reason"]
            silence = reason and self._words_of_silence(reason, known.move)
            yield (wait and words.get(wait)) or silence or ""

    @api.model
    def _words_of_no_policy(self, company):
        """Why nothing is followed, and what to do about it."""
        words = {
            "draft": self.env._(
                "Reminders haven't been started yet. Press Start under "
                "Configuration → Reminders"
            ),
            "stopped": self.env._(
                "All reminders are stopped. Start them again under "
                "Configuration → Reminders"
            ),
            "running": self.env._(
                "No reminder policy is followed. Choose one on the invoice, on the "
                "customer or under Configuration → Reminders"
            ),
        }
        return words[company.sudo()._pom_setup().state]

    @api.model
    def _words_of_waiting(self):
        return {
            "no_policy": self.env._("No reminder policy is followed"),
            "on_its_way": self.env._("The last reminder is still on its way"),
            "term": self.env._("The term after the first reminder has to pass"),
            "done": self.env._("All levels have been sent"),
        }
