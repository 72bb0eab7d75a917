from datetime import timedelta
from decimal import Decimal

from odoo import models

from odoo.addons.pom_payment.debt.facts import ZERO

from ..laws.rates import Owed, interest_of
from ..tools.on_top import OnTop, in_all, share


class PomReminder(models.Model):
    """What a reminder may cost the debtor: by the part of the invoice, each from its
    own day.
    """

    _inherit = "pom.reminder"

    def _costs(self, on_top):
        """What a message asks on top of its debts, in the fields that hold it.

        :param dict[int, OnTop] on_top: by id of the invoice
        """
        total = in_all(on_top.values())
        return {
            "on_top": {
                str(move_id): [str(amount) for amount in one]
                for move_id, one in on_top.items()
                if any(one)
            },
            "fee": float(total.costs),
            "interest": float(total.interest),
            "penalty": float(total.compensation),
        }

    def _on_top(self, lead, askings, today, on_paper):
        """What may be asked on top of each debt with this message; the fee is the
        lowest of its reminders', and of the oldest debt.

        :rtype: dict[int, OnTop]
        :return: by id of the invoice
        """
        level, policy = lead.level_id, lead.policy_id
        company = lead.company_id
        if (
            not level
            or lead.currency_id != company.currency_id
            or not policy._may_cost(company)
        ):
            # The amounts of policies and laws are in the company's currency.
            return {}
        rule = policy._rule()
        costly = self.filtered(lambda r: r.number > rule.free_reminders)
        penalties = costly.filtered("level_id.with_penalty")._penalties(askings, today)
        # Where the compensation covers all, nothing stands beside it.
        is_covered = rule.is_exclusive and any(penalties.values())
        fee = ZERO if is_covered else self._fee(lead, today, on_paper)
        interests = costly.filtered("level_id.with_interest")._interests(askings, today)
        first = self.sorted("due_date").move_id[:1]
        return {
            move.id: OnTop(
                fee if move == first else ZERO,
                interests.get(move.id, ZERO),
                penalties.get(move.id, ZERO),
            )
            for move in self.move_id
        }

    def _fee(self, lead, today, on_paper):
        setup, policy = lead.company_id._pom_setup(), lead.policy_id
        postage = Decimal(str(setup.postage)) if on_paper else ZERO
        regular = self._debts_this_year(today) if policy.regular else None
        asked = Decimal(str(lead.level_id.fee))
        return min(policy._rule().fee(asked, r.number, postage, regular) for r in self)

    def _interests(self, askings, today):
        return {
            move.id: sum(interest_of(r._periods(askings[r.id], today)) for r in parts)
            for move, parts in self.grouped("move_id").items()
        }

    def _periods(self, asking, today):
        """Interest of this part up to today, period by period.

        :rtype: tuple[Period]
        """
        rates = self.policy_id._rates()
        owed = self._owed(asking.part(self.due_date), self._last_free_day())
        return rates.periods(owed, today) if rates else ()

    def _owed(self, balance, start):
        """What interest is counted of since a day. Hook: for what was paid since.

        :rtype: list[Owed]
        """
        return [Owed(start, balance)]

    def _penalties(self, askings, today):
        """Of each part, and never more than of all parts of an invoice as one; or of
        all that the message asks, where the law wants it so.
        """
        late = self.filtered(lambda reminder: today > reminder._last_free_day())
        if not late:
            return {}
        rule = late.policy_id[:1]._rule()
        invoices = {
            move.id: [askings[r.id].part(r.due_date) for r in parts]
            for move, parts in late.grouped("move_id").items()
        }
        balances = [sum(parts, ZERO) for parts in invoices.values()]
        if rule.per_notice and any(balances):
            shares = share(rule.penalties(balances), balances)
            return dict(zip(invoices, shares, strict=True))
        return {
            move_id: min(rule.penalties(parts), rule.penalty(sum(parts, ZERO)))
            for move_id, parts in invoices.items()
        }

    def _last_free_day(self):
        """Last day of this part that costs nothing."""
        rule = self.policy_id._rule()
        if rule.costs_from == "due":
            return self.due_date
        sent = self.move_id.pom_reminder_ids.filtered(
            lambda r: r.state == "sent"
            and r.number == 1
            and r.done_date
            and r.due_date == self.due_date
        )[:1]
        if not sent:
            today = self.company_id._pom_today()
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
        return len(set((known | self).mapped("due_date")))
