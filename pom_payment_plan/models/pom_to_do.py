from odoo import api, models

from odoo.addons.pom_payment.models.pom_to_do import OPEN
from odoo.addons.pom_payment.tools.to_do import Task


class PomToDo(models.AbstractModel):
    """Payment plans that wait for a person."""

    _inherit = "pom.to.do"

    @api.model
    def _tasks(self, companies):
        # EXTENDS 'pom_message'
        mine = ("company_id", "in", companies.ids)
        plans = ("pom.payment.plan", "pom_payment_plan.pom_payment_plan_action")
        return {
            **super()._tasks(companies),
            "plan": Task(
                self.env._("Payment plans to decide on"),
                plans[0],
                [mine, ("state", "=", "draft")],
                plans[1],
            ),
            "broken": Task(
                self.env._("Broken plans, not paid yet"),
                plans[0],
                [
                    mine,
                    ("state", "=", "broken"),
                    ("move_ids.payment_state", "in", OPEN),
                ],
                plans[1],
            ),
        }
