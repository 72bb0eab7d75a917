from odoo import api, models

from odoo.addons.pom_reconcile.formats import register

from ..formats import example


class AccountStatementImport(models.TransientModel):
    _inherit = "account.statement.import"

    @api.model
    def _pom_formats(self):
        return register(*super()._pom_formats(), example)
