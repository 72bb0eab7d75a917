import hashlib
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.pom_payment.debt.agreed_plan import equal_parts
from odoo.addons.pom_payment.debt.facts import ZERO
from odoo.addons.pom_payment.tools.request_form import day

from ..tools.plan_bounds import most_at_once
from ..tools.plan_form import PLAN, PLAN_DAYS
from .pom_payment_plan import LIVE

#: Of the creditor: within which a wish is agreed to at once.
BOUNDS = (
    "pom_plan_at_once",
    "pom_plan_most_parts",
    "pom_plan_least_part",
    "pom_plan_most",
    "pom_plan_days",
    "pom_plan_first_now",
)


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

    def _plan_at_once(self):
        """In how many parts this invoice may be paid without asking anybody; 0 for
        none.
        """
        company = self.company_id.sudo()
        if not self.move_id or company.pom_plan_at_once == "nobody":
            return 0
        today, debt = self._today(), self.move_id
        whole = self._plan_wished(1, today, debt)["parts"]
        if not whole:
            return 0
        count = most_at_once(whole[0].amount, company._pom_plan_bounds(), today)
        is_free = count and self._plan_wished(count, today, debt)["at_once"]
        return count if is_free else 0

    def _words_in_parts(self, count):
        return self.env._("In up to %s parts", count)

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

    def _company_fields(self):
        # EXTENDS 'pom_payment'
        return (*super()._company_fields(), *BOUNDS)

    @api.model
    def _sql_around(self):
        # EXTENDS 'pom_payment'
        offered = SQL(
            """link.move_id IS NULL
               AND (SELECT TRUE FROM pom_payment_plan plan
                     WHERE plan.state = 'offered'
                       AND plan.company_id = link.company_id LIMIT 1)
            OR (SELECT TRUE FROM pom_payment_plan_move_rel rel
                 WHERE rel.move_id = link.move_id LIMIT 1)"""
        )
        return {**super()._sql_around(), "plans_offered": offered}

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
        if not self._may_have("plans_offered"):
            return self.env["pom.payment.plan"].sudo()
        return self._once("plans_offered", self._find_plans_offered)

    def _find_plans_offered(self):
        documents = self._documents()
        plans = self.env["pom.payment.plan"].sudo()
        offered = plans.search(
            [("state", "=", "offered"), ("move_ids", "in", documents.ids)]
        )
        return offered.filtered(
            lambda plan: plan.move_ids <= documents and not plan._has_settled()
        )
