from odoo import models

from odoo.addons.pom_payment.utils import rate_in_words

#: Who says what a law wants said: keys of a rule's ``must_state``.
STATED = {
    "balance": "_state_balance",
    "penalty": "_state_penalty",
    "creditor": "_state_creditor",
    "enterprise": "_state_enterprise",
    "product": "_state_product",
    "deadline": "_state_deadline",
}


class PomDelivery(models.Model):
    """What a law wants said in a first reminder."""

    _inherit = "pom.delivery"

    def _legal_text(self):
        # EXTENDS 'pom_message': content without which a first reminder isn't one. Book
        # XIX, article XIX.2, § 3: added by us rather than by whoever words the
        # reminder, so that it can't be forgotten.
        if not self.first_move_ids or not self.policy_id:
            return super()._legal_text()
        rule = self.policy_id._rule()
        lines = [getattr(self, STATED[name])(rule) for name in rule.must_state]
        return "\n".join(line for line in lines if line)

    def _state_balance(self, rule):
        debts = (
            f"{move.name}: {self._money(self._asked_of(move))}"
            for move in self.first_move_ids
        )
        return self.env._("Balance due: %s", "; ".join(debts))

    def _state_penalty(self, rule):
        may_cost = self.policy_id._may_cost(self.company_id)
        is_ours = self.currency_id == self.company_id.currency_id
        costs = (may_cost and is_ours) and [
            self._threat_of_penalty(rule),
            self._threat_of_interest(),
            self._threat_of_fee(rule),
        ]
        known = [cost for cost in costs or () if cost]
        if not known:
            return self.env._("No compensation or interest is asked if you pay late.")
        return self.env._(
            "If you do not pay within the period stated here, we may ask: %s.",
            "; ".join(known),
        )

    def _threat_of_penalty(self, rule):
        if not any(self.policy_id.level_ids.mapped("with_penalty")):
            return ""
        balances = [
            move._pom_decimal(self._asked_of(move)) for move in self.first_move_ids
        ]
        amount = self._money(float(rule.penalties(balances)))
        return self.env._("a compensation of %s", amount)

    def _threat_of_interest(self):
        rate = self.policy_id._rate(self.company_id._pom_today())
        if not rate or not any(self.policy_id.level_ids.mapped("with_interest")):
            return ""
        return self.env._("interest of %s %% a year", rate_in_words(self.env, rate))

    def _threat_of_fee(self, rule):
        fee = max(self.policy_id.level_ids.mapped("fee"), default=0)
        if not fee or rule.fee_only_recurring and not self.policy_id.regular:
            return ""
        return self.env._("%s plus postage for each further reminder", self._money(fee))

    def _state_creditor(self, rule):
        return self.env._("Creditor: %s", self.company_id.name)

    def _state_enterprise(self, rule):
        number = self.company_id.sudo()._pom_public_number()
        return self.env._("Company number: %s", number)

    def _state_product(self, rule):
        return self.env._(
            "For: %s",
            "; ".join(move._pom_description() for move in self.first_move_ids),
        )

    def _state_deadline(self, rule):
        # The date alone: two ways to say it would be one too many.
        return self.env._(
            "You can pay without any cost until %s.", self._day(self.deadline)
        )
