from odoo import api, models


class PomPaylink(models.Model):
    """What is asked by no link isn't asked."""

    _inherit = "pom.paylink"

    @api.model_create_multi
    def create(self, vals_list):
        links = super().create(vals_list)
        self.env["pom.debt.figure"]._touch(links.sudo().move_id.ids)
        return links

    def _write_multi(self, vals_list):
        # EXTENDS 'base': whatever is stored passes here, computed values too.
        super()._write_multi(vals_list)
        figures = self.env["pom.debt.figure"]
        figures._touch(figures._changed(self, vals_list).move_id.ids)

    def unlink(self):
        self.env["pom.debt.figure"]._touch(self.sudo().move_id.ids)
        return super().unlink()
