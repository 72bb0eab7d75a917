from odoo import api, models


class IrCron(models.Model):
    _inherit = "ir.cron"

    @api.model
    def _pom_long_work(self):
        # EXTENDS 'pom_payment'
        return {
            **super()._pom_long_work(),
            "pom_message.cron_send_whatsapp": "send",
        }
