from odoo import fields, models

from ..debt.agreed_plan import AgreedPlan, is_kept, spread
from ..debt.facts import ZERO


class AccountMove(models.Model):
    """Debts that are paid in parts as agreed. To be extended by whatever makes other
    plans.
    """

    _inherit = "account.move"

    def _pom_plans(self):
        # EXTENDS 'account_move_debt'
        plans = super()._pom_plans()
        requests = self.env["pom.payer.request"]._plans_of(self)
        if not requests:
            return plans
        dues = requests.move_ids._pom_terms().dues
        for request in requests:
            plans.update(request._kept_parts(dues))
        return {key: parts for key, parts in plans.items() if key in self._ids}


class PomPayerRequest(models.Model):
    _inherit = "pom.payer.request"

    plan_amount = fields.Monetary(
        string="Amount of the Plan",
        readonly=True,
        help="What was open when the plan was agreed to.",
    )

    def _plans_of(self, moves):
        """Plans that were agreed to about these invoices, the newest last."""
        if not moves.ids:
            return self.browse()
        return self.sudo().search_fetch(
            [
                ("kind", "=", "plan"),
                ("state", "=", "accepted"),
                ("move_ids", "in", moves.ids),
                ("plan_count", ">", 0),
                ("plan_first_on", "!=", False),
            ],
            ["plan_amount", "plan_count", "plan_first_on", "currency_id", "company_id"],
            order="id",
        )

    def _kept_parts(self, dues):
        """The unpaid parts, by invoice; none when the plan isn't kept.

        :param dict[int, tuple[Due]] dues: of the invoices
        :rtype: dict[int, tuple[Due]]
        """
        amount = self.move_ids[:1]._pom_decimal(self.plan_amount)
        plan = AgreedPlan(amount, self.plan_count, self.plan_first_on)
        left = {
            key: sum((due.left for due in dues.get(key, ())), ZERO)
            for key in self.move_ids._ids
        }
        debts = sorted(
            (key for key in left if left[key] > 0), key=lambda key: (dues[key][0], key)
        )
        owed = [left[key] for key in debts]
        if not is_kept(plan, sum(owed, ZERO), self.company_id._pom_today()):
            return {}
        return dict(zip(debts, spread(plan, owed), strict=True))
