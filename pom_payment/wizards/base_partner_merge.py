from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        # EXTENDS 'base', which drops what there can be only one of: printed links of
        # all of them lead to the one statement that is left.
        self.env["pom.paylink"]._merge_statements(src_partners, dst_partner)
        super()._update_foreign_keys(src_partners, dst_partner)
