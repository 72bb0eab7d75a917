from dataclasses import replace
from datetime import date

from odoo import models
from odoo.tools.misc import format_date


class AccountMove(models.Model):
    """What the creditor decided about a customer keeps us quiet too."""

    _inherit = "account.move"

    def _pom_with_quiet(self, facts):
        # EXTENDS 'pom_payment'
        facts = super()._pom_with_quiet(facts)
        customers = self._pom_customers()
        ends = (facts.quiet_until, *(one.pom_quiet_until for one in customers))
        return replace(
            facts,
            quiet_until=max(filter(None, ends), default=None),
            opted_out=facts.opted_out or any(one.pom_no_reminders for one in customers),
        )

    def _pom_hold_words(self):
        """That nobody is reminded of this, why, and until when: of the decision that
        holds longest.

        :rtype: str
        """
        holders = [self, *self._pom_customers()]
        until = max(one.pom_quiet_until or date.min for one in holders)
        reason = next(
            one.pom_quiet_reason for one in holders if one.pom_quiet_until == until
        )
        if until == date.max:
            return self.env._("On hold: %s", reason or self.env._("no reason given"))
        return self.env._(
            "On hold until %(day)s: %(reason)s",
            day=format_date(self.env, until),
            reason=reason or self.env._("no reason given"),
        )

    def _pom_customers(self):
        """The contact, and the company that it belongs to: apart, since a union of both
        would be read by itself, with a query for each invoice.
        """
        return self.partner_id, self.commercial_partner_id
