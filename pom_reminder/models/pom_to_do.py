from odoo import api, models

from odoo.addons.pom_payment.models.account_move_debt import PAYABLE
from odoo.addons.pom_payment.models.pom_to_do import OPEN
from odoo.addons.pom_payment.tools.to_do import Task

from .pom_reminder_stalled import NO_ADDRESS


class PomToDo(models.AbstractModel):
    """Reminders that wait for a person."""

    _inherit = "pom.to.do"

    @api.model
    def _tasks(self, companies):
        # EXTENDS 'pom_message'
        mine = ("company_id", "in", companies.ids)
        return {
            "approve": Task(
                self.env._("Reminders to approve"),
                "pom.reminder",
                [mine, ("state", "=", "planned")],
                "pom_reminder.pom_reminder_action",
            ),
            **super()._tasks(companies),
            "no_address": Task(
                self.env._("Reminders that nothing delivers"),
                "pom.reminder",
                [mine, *NO_ADDRESS],
                "pom_reminder.pom_reminder_action",
            ),
            "quiet": Task(
                self.env._("Unpaid invoices without reminders, with no end"),
                "account.move",
                [
                    mine,
                    ("move_type", "in", PAYABLE),
                    ("state", "=", "posted"),
                    ("payment_state", "in", OPEN),
                    ("pom_is_quiet_forever", "=", True),
                ],
                "account.action_move_out_invoice_type",
            ),
        }
