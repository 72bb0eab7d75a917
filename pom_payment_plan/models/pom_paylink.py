import hashlib
from datetime import timedelta

from odoo import models

from odoo.addons.pom_payment.debt.agreed_plan import equal_parts
from odoo.addons.pom_payment.debt.facts import ZERO
from odoo.addons.pom_payment.tools.request_form import day

from ..tools.plan_form import PLAN, PLAN_DAYS
from .pom_payment_plan import LIVE


class PomPaylink(models.Model):
    """Plans on the page: asked for, proposed, running."""

    _inherit = "pom.paylink"

    # -- asked for ---------------------------------------------------------------------

    def _all_request_kinds(self):
        # EXTENDS 'pom_payment'
        return [*super()._all_request_kinds(), PLAN]

    def _request_kinds(self):
        # EXTENDS 'pom_payment': one plan at a time.
        kinds = super()._request_kinds()
        if PLAN.code in kinds and (self._planned() or self._plans_offered()):
            del kinds[PLAN.code]
        return kinds

    def _last_days(self):
        # EXTENDS 'pom_payment'
        last = self._today() + timedelta(PLAN_DAYS)
        return {**super()._last_days(), "plan_first_on": last}

    def _seen_first(self, kind, values, moves):
        # EXTENDS 'pom_payment': the days and amounts, and what it costs.
        if kind != PLAN.code:
            return super()._seen_first(kind, values, moves)
        wish = self._plan_wished(values["plan_count"], values["plan_first_on"], moves)
        seen = repr([moves.ids, wish["parts"], wish["costs"], wish["at_once"]])
        return hashlib.sha256(seen.encode()).hexdigest()[:20]

    def _plan_wished(self, count, first_on, moves):
        """What a wish comes to, before anything is kept of it.

        :return: ``parts``, ``costs``, their ``currency``, and whether it's agreed to
            ``at_once``
        """
        debts = moves._pom_to_plan()
        costs = debts[:1]._pom_decimal(self.company_id.pom_plan_costs)
        standings = debts._pom_standings()
        amount = sum((one.left for one in standings.values()), ZERO) + costs
        parts = equal_parts(amount, count, first_on)
        plans = self.env["pom.payment.plan"]
        return {
            "parts": parts,
            "costs": costs,
            "currency": debts.currency_id,
            "at_once": not plans._why_not_at_once(debts, parts),
        }

    def _plan_asked(self, count, first_on, item):
        """The same of what was typed, once that was judged."""
        moves = self._open_moves()
        chosen = moves.filtered(lambda move: str(move.id) == item) or moves
        first = day({"first_on": first_on}, "first_on")
        return self._plan_wished(int(count), first, chosen)

    def _plan_bounds_in_words(self, money, date):
        """The bounds as the page says them; '' when a person decides anyhow.

        :param money: how the page writes amounts, and ``date`` days
        """
        company = self.company_id.sudo()
        if not company._pom_plans_at_once_for(self.partner_id):
            return ""
        bounds = company._pom_plan_bounds()
        sentence = self.env._(
            "Up to %(count)s parts of at least %(least)s, all paid by %(day)s, are "
            "agreed to at once. Anything else we look at, and answer you.",
            count=bounds.most_parts,
            least=money(bounds.least_part, company.currency_id),
            day=date(bounds.last_day),
        )
        if not bounds.first_now:
            return sentence
        now = self.env._("For that, the first part is to be paid today.")
        return f"{sentence} {now}"

    def _plan_costs_in_words(self, amount):
        """:param str amount: of the costs"""
        return self.env._("In this are costs of %s.", amount)

    # -- running, proposed -------------------------------------------------------------

    def _planned(self):
        """Whether a plan runs for anything behind this link."""
        plans = self._documents().sudo().pom_plan_id
        return any(plan.state in LIVE for plan in plans)

    def _plans_shown(self):
        """The plans that run: on the page of an invoice, that of nothing else."""
        plans = self._documents().sudo().pom_plan_id
        return plans.filtered(
            lambda plan: plan.state in LIVE
            and (self.debtor_id or plan.move_ids <= self.move_id)
        )

    def _plans_offered(self):
        """What was proposed for nothing but what is behind this link, and open."""
        documents = self._documents()
        plans = self.env["pom.payment.plan"].sudo()
        offered = plans.search(
            [("state", "=", "offered"), ("move_ids", "in", documents.ids)]
        )
        return offered.filtered(
            lambda plan: plan.move_ids <= documents and not plan._has_settled()
        )
