from datetime import timedelta

from odoo import api, models

from odoo.addons.pom_payment.models.pom_to_do import OPEN
from odoo.addons.pom_payment.tools.to_do import Task

#: Days after which nobody looks at what didn't arrive any more.
LATELY = 60


class PomToDo(models.AbstractModel):
    """Messages that wait for a person."""

    _inherit = "pom.to.do"

    @api.model
    def _tasks(self, companies):
        # EXTENDS 'pom_payment'
        mine = ("company_id", "in", companies.ids)
        lately = min(one._pom_today() for one in companies) - timedelta(LATELY)
        return {
            **super()._tasks(companies),
            "send": Task(
                self.env._("Letters to print and calls to make"),
                "pom.delivery",
                [mine, ("state", "=", "by_hand")],
                "pom_message.pom_delivery_action",
            ),
            "address": Task(
                self.env._("Messages that didn't arrive, of unpaid invoices"),
                "pom.delivery",
                [
                    mine,
                    ("state", "in", ("bounced", "failed")),
                    ("create_date", ">=", lately),
                    ("move_ids.payment_state", "in", OPEN),
                ],
                "pom_message.pom_delivery_action",
            ),
        }
