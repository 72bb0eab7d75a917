from odoo import api, models


class IrCron(models.Model):
    _inherit = "ir.cron"

    @api.model
    def _pom_long_work(self):
        # EXTENDS 'pom_payment'
        return {
            **super()._pom_long_work(),
            "pom_payment_charge.cron_announce": "send",
            "pom_payment_charge.cron_charge": "sweep",
            "pom_payment_charge.cron_confirm": "send",
            "pom_payment_charge.cron_plan": "plan",
        }
