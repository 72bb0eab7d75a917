from odoo import models

from odoo.addons.pom_reminder.laws import series


class PomReminderPolicy(models.Model):
    _inherit = "pom.reminder.policy"

    def _rates_of_law(self, rule):
        # EXTENDS 'pom_reminder': with what somebody entered since.
        rates, code = super()._rates_of_law(rule), series(rule)
        return self.env["pom.interest.rate"].sudo()._complete(code, rates)
