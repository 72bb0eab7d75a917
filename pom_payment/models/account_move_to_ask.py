from odoo import models

from ..debt.asking import Asking
from ..debt.standing import standing


class AccountMove(models.Model):
    """How a debt stands for whoever is about to ask: what keeps us quiet counts too."""

    _inherit = "account.move"

    def _pom_standings_to_ask(self, as_wished=False):
        """The same for whoever is about to ask: with what keeps us quiet.

        :param bool as_wished: for who wants to be reminded: nothing keeps us quiet then
        :rtype: dict[int, Standing]
        """
        today = {company: company._pom_today() for company in self.company_id}
        facts = self._pom_facts_to_ask(as_wished)
        return {
            move.id: standing(facts[move.id], today[move.company_id]) for move in self
        }

    def _pom_askings(self, as_wished=False):
        """These debts as whoever is about to ask for them sees them.

        :param bool as_wished: for who wants to be reminded: nothing keeps us quiet then
        :rtype: dict[int, Asking]
        """
        today = {company: company._pom_today() for company in self.company_id}
        facts = self._pom_facts_to_ask(as_wished)
        return {
            move.id: Asking.of(facts[move.id], today[move.company_id]) for move in self
        }

    def _pom_facts_to_ask(self, as_wished=False):
        """
        :rtype: dict[int, Facts]
        """
        facts = self._pom_covered_facts()
        if not as_wished:
            for move in self:
                facts[move.id] = move._pom_with_quiet(facts[move.id])
        return facts

    def _pom_with_quiet(self, facts):
        """Hook: what keeps us quiet about this debt."""
        return facts
