from odoo import api, models

from odoo.addons.pom_payment.models.pom_first_step import Step


class PomFirstStep(models.TransientModel):
    """Whom to remind, and how."""

    _inherit = "pom.first.step"

    @api.model
    def _steps(self, company):
        # EXTENDS 'pom_payment'
        running = [("company_id", "=", company.id), ("state", "=", "running")]
        return {
            **super()._steps(company),
            "reminders": Step(
                [("pom.reminder.setup", running)],
                self.env._("Reminders"),
                self.env._(
                    "Choose whom you remind and how, look at the dry run, then press "
                    "Start."
                ),
                "pom_reminder.pom_reminder_setup_open",
            ),
        }
