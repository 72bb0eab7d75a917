from collections import defaultdict
from decimal import Decimal

from odoo import models

from odoo.addons.pom_reminder.laws.rates import Owed
from odoo.addons.pom_reminder.tools.on_top import ZERO

from ..tools.half_year import LIMITS, Wanted, limited


class PomReminder(models.Model):
    """What a reminder asks on top, with what others asked before and nobody paid."""

    _inherit = "pom.reminder"

    def _on_top(self, lead, askings, today, on_paper):
        # EXTENDS 'pom_reminder'
        new = super()._on_top(lead, askings, today, on_paper)
        company = lead.company_id
        is_ours = lead.currency_id == company.currency_id
        if not is_ours or not company._pom_setup().claims:
            return new
        policy = lead.policy_id
        is_exclusive = bool(policy) and policy._rule().is_exclusive
        claims = self.env["pom.claim"].sudo()
        asked = claims._open_with(self.move_id, new, is_exclusive)
        limit = LIMITS.get(policy.rule) if policy else None
        return self._within(limit, asked, today) if limit else asked

    def _within(self, limit, asked, today):
        """What may be asked where small debts may cost so much in half a year.

        :param Limit limit:
        :param dict[int, OnTop] asked: by id of the debt
        """
        moves = self.move_id.filtered(
            lambda move: move._pom_decimal(move.amount_total) < limit.below
        )
        claims = self.env["pom.claim"].sudo()
        known = claims._of(moves)
        wanted = []
        for move in moves.sorted("id"):
            before = known.get(move.id, {}).get("compensation")
            left = before._row().left if before else ZERO
            wanted.append(Wanted(move.id, asked[move.id].compensation, left))
        room = limit.most - claims._asked_of_small(moves, limit, today)
        allowed = limited(wanted, room)
        return {
            **asked,
            **{key: asked[key]._replace(compensation=allowed[key]) for key in allowed},
        }

    def _owed(self, balance, start):
        # EXTENDS 'pom_reminder': each payment made it less from its own day on.
        if not self.company_id._pom_setup().claims:
            return super()._owed(balance, start)
        paid = self._paid_after(start)
        rows, left = [], balance
        for day in sorted(paid, reverse=True):
            rows.insert(0, Owed(day, left))
            left += paid[day]
        return [Owed(start, left), *rows]

    def _paid_after(self, start):
        """What was paid of this part after a day, by day.

        :rtype: dict[datetime.date, decimal.Decimal]
        """
        terms = self.move_id.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
            and line.date_maturity == self.due_date
        )
        paid = defaultdict(Decimal)
        for partial in terms.matched_credit_ids:
            day = partial.credit_move_id.date
            if day > start:
                paid[day] += self.move_id._pom_decimal(partial.debit_amount_currency)
        return paid

    def _delivery_values(self, askings, today):
        # EXTENDS 'pom_reminder'
        values = super()._delivery_values(askings, today)
        bearing = self.filtered("level_id.with_interest") if values["interest"] else ()
        periods = defaultdict(list)
        for reminder in bearing:
            periods[str(reminder.move_id.id)] += [
                [one.after.isoformat(), one.until.isoformat(), *map(str, one[2:])]
                for one in reminder._periods(askings[reminder.id], today)
            ]
        lefts = self.env["pom.claim"].sudo()._lefts(self.move_id)
        before = {key: left for key, left in lefts.items() if left}
        return {**values, "interest_periods": dict(periods), "claims_before": before}
