from odoo import fields, models

from .pom_delivery import PAGER


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Core's: how this customer gets invoices.
    invoice_sending_method = fields.Selection(
        selection_add=[(PAGER.sending_method, "by pager")]
    )
    pager = fields.Char()

    def _pom_address_pager(self):
        return self.pager
