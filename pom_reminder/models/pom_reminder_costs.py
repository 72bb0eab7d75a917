from datetime import timedelta
from decimal import Decimal

from odoo import models

from odoo.addons.pom_payment.debt.facts import ZERO


class PomReminder(models.Model):
    """What a reminder may cost the debtor: by the part of the invoice, each from its
    own day.
    """

    _inherit = "pom.reminder"

    def _costs(self, lead, askings, today, on_paper):
        """Costs that may be asked with this message; the lowest of its reminders'."""
        level, policy = lead.level_id, lead.policy_id
        rule, company = policy._rule(), lead.company_id
        if lead.currency_id != company.currency_id or not policy._may_cost(company):
            # The amounts of policies and laws are in the company's currency.
            return {}
        setup = company._pom_setup()
        postage = Decimal(str(setup.postage)) if on_paper else ZERO
        regular = self._debts_this_year(today) if policy.regular else None
        fee = min(
            rule.fee(Decimal(str(level.fee)), r.number, postage, regular) for r in self
        )
        costly = self.filtered(lambda r: r.number > rule.free_reminders)
        bearing = costly.filtered("level_id.with_interest")
        penal = costly.filtered("level_id.with_penalty")
        penalty = penal._penalty(askings, today)
        return {
            # Where the compensation covers all, nothing stands beside it.
            "fee": float(ZERO if penalty and rule.is_exclusive else fee),
            "interest": float(sum(r._interest(askings[r.id], today) for r in bearing)),
            "penalty": float(penalty),
        }

    def _interest(self, asking, today):
        balance = asking.part(self.due_date)
        return self.policy_id._interest(balance, self._last_free_day(), today)

    def _penalty(self, askings, today):
        """Of each part, and never more than of all parts of an invoice as one; or of
        all that the message asks, where the law wants it so.
        """
        late = self.filtered(lambda reminder: today > reminder._last_free_day())
        if not late:
            return ZERO
        rule = late.policy_id[:1]._rule()
        invoices = [
            [askings[r.id].part(r.due_date) for r in parts]
            for parts in late.grouped("move_id").values()
        ]
        if rule.per_notice:
            return rule.penalties([part for parts in invoices for part in parts])
        return sum(min(rule.penalties(p), rule.penalty(sum(p))) for p in invoices)

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
