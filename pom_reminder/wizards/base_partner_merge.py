from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_values(self, src_partners, dst_partner):
        # EXTENDS 'base', which lets the values of who is kept win, and forgets those
        # that whoever merges can't see: one of them isn't reminded, so none is.
        values = (src_partners | dst_partner).sudo()._pom_quiet_together()
        super()._update_values(src_partners, dst_partner)
        if values:
            dst_partner.sudo().write(values)
