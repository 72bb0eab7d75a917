from odoo import api, models


class IrCron(models.Model):
    _inherit = "ir.cron"

    @api.model
    def _pom_long_work(self):
        # EXTENDS 'pom_payment'
        return {
            **super()._pom_long_work(),
            "pom_reminder.cron_plan_reminders": "plan",
            "pom_reminder.cron_plan_reminders_2": "plan",
            "pom_reminder.cron_send_reminders": "send",
            "pom_reminder.cron_send_reminders_2": "send",
        }
