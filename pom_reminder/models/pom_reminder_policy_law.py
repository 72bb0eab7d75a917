from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date, formatLang

from odoo.addons.pom_payment.debt.facts import ZERO
from odoo.addons.pom_payment.utils import rate_in_words

from ..laws import RULES
from ..laws.rates import Rates


class PomReminderPolicy(models.Model):
    """What the law that a policy follows allows it to ask."""

    _inherit = "pom.reminder.policy"

    law_summary = fields.Text(string="What It Allows", compute="_compute_law_summary")

    @api.depends("rule")
    @api.depends_context("lang")
    def _compute_law_summary(self):
        for policy in self:
            rule = policy._rule() if policy.rule else None
            about = policy._about_law(rule) if rule and rule.is_law else []
            policy.law_summary = "\n".join(line for line in about if line)

    def _about_law(self, rule):
        yield rule.needs_clause and self.env._(
            "Nothing is asked on top unless your conditions say so: see Reminders."
        )
        yield rule.grace_days and self.env._(
            "The first reminder is free and gives %s days, counted by the way it is "
            "sent; no cost and no second reminder before.",
            rule.grace_days,
        )
        yield self._about_fee(rule)
        yield self._about_penalty(rule)
        yield self._about_interest(rule)
        yield self.env._(
            "Sources read on %(day)s: %(sources)s. This is no legal advice.",
            day=format_date(self.env, rule.checked_on),
            sources="; ".join(self._source_in_words(one) for one in rule.sources),
        )

    def _source_in_words(self, source):
        title = self.env._(source.title)  # pylint: disable=translation-required
        return f"{title} ({source.where})"

    def _about_fee(self, rule):
        if rule.fee_is_postage:
            return self.env._("A further reminder by post costs its postage.")
        if not rule.fee_cap:
            return rule.fee_cap is not None and self.env._(
                "A further reminder costs nothing."
            )
        most = self._euros(rule.fee_cap)
        if rule.fee_only_recurring:
            return self.env._(
                "A further reminder costs %(most)s and the postage at most, and only "
                "of regular deliveries after %(count)s free ones a year.",
                most=most,
                count=rule.free_reminders_recurring,
            )
        return self.env._("A further reminder costs %s and the postage at most.", most)

    def _about_penalty(self, rule):
        if not rule.brackets:
            return self.env._("No compensation may be asked.")
        amounts = [
            self.env._(
                "%(penalty)s of %(balance)s",
                penalty=self._euros(rule.penalty(Decimal(balance))),
                balance=self._euros(balance),
            )
            for balance in (100, 1000)
        ]
        return self.env._("Compensation: %s.", ", ".join(amounts))

    def _euros(self, amount):
        return formatLang(
            self.env, float(amount), currency_obj=self.env.ref("base.EUR")
        )

    def _about_interest(self, rule):
        if not rule.may_ask_interest:
            return self.env._("No interest may be asked.")
        rates = self._rates_of_law(rule)
        if not rates:
            return ""
        today = self.env.company._pom_today()
        percent = rates.on(today)
        if percent is None:
            return self.env._(
                "The rate of this half-year isn't known yet: no interest is asked for "
                "it."
            )
        return self.env._(
            "Interest: %(percent)s %% a year today; rates are known up to %(day)s.",
            percent=rate_in_words(self.env, percent),
            day=format_date(self.env, rates.until),
        )

    def _check_interest(self):
        company = self.company_id or self.env.company
        rule = self._rule()
        cap = rule.rate_cap(company._pom_today(), self._rates_of_law(rule))
        if cap is not None and self._agreed_rate() > cap:
            raise ValidationError(
                self.env._(
                    "%(policy)s: interest may be %(cap)s %% at most, which is the rate "
                    "of the law for this half-year.",
                    policy=self.name,
                    cap=rate_in_words(self.env, cap),
                )
            )

    def _rule(self):
        """
        :rtype: Rule
        """
        return RULES[self.rule]

    def _law_name(self):
        """In the user's language."""
        names = self._fields["rule"]._description_selection(self.env)
        return dict(names)[self.rule]

    def _may_cost(self, company):
        """Whether anything at all may be asked on top of the debts."""
        return not self._rule().needs_clause or company._pom_setup().has_clause

    def _rates(self):
        """What interest is counted by: the rate that was agreed on, or the law's own.

        :return: None when no interest may be asked, or no rate is known
        :rtype: Rates
        """
        rule = self._rule()
        if not rule.may_ask_interest:
            return None
        rates, agreed = self._rates_of_law(rule), self._agreed_rate()
        if not agreed:
            return rates
        is_capped = rule.rate_is_cap and rates
        return rates.at_most(agreed) if is_capped else Rates.agreed(agreed)

    def _agreed_rate(self):
        return Decimal(str(round(self.interest_rate, 3)))

    def _rates_of_law(self, rule):
        """Hook: for rates that became known since. None when the law gives none."""
        return rule.rates

    def _rate(self, today):
        """Yearly interest in percent, as far as it can be said in one number: what was
        agreed on, or the law's of today.

        :rtype: decimal.Decimal
        """
        rates = self._rates()
        return (rates and rates.on(today)) or ZERO
