from odoo import api, models


class IrCron(models.Model):
    _inherit = "ir.cron"

    @api.model
    def _pom_long_work(self):
        # EXTENDS 'pom_payment'
        return {
            **super()._pom_long_work(),
            "pom_reconcile.ir_cron_auto_match": "import",
            "pom_reconcile.ir_cron_fetch_payouts": "import",
            "pom_reconcile.ir_cron_statement_import": "import",
            "pom_reconcile.ir_cron_statement_import_2": "import",
        }
