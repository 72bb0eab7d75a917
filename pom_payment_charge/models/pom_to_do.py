from odoo import api, models

from odoo.addons.pom_payment.models.pom_to_do import OPEN
from odoo.addons.pom_payment.tools.to_do import Task


class PomToDo(models.AbstractModel):
    """Charges that came to nothing."""

    _inherit = "pom.to.do"

    @api.model
    def _tasks(self, companies):
        # EXTENDS 'pom_message'
        return {
            **super()._tasks(companies),
            "charge": Task(
                self.env._("Failed charges, not paid yet"),
                "pom.charge",
                [
                    ("company_id", "in", companies.ids),
                    ("state", "in", ("failed", "returned")),
                    ("move_id.payment_state", "in", OPEN),
                ],
                "pom_payment_charge.action_pom_charge",
            ),
        }
