from odoo import api, models


class IrCron(models.Model):
    _inherit = "ir.cron"

    @api.model
    def _pom_long_work(self):
        # EXTENDS 'pom_payment'
        return {
            **super()._pom_long_work(),
            "pom_status_api.cron_push": "push",
            "pom_status_api.cron_push_2": "push",
        }
