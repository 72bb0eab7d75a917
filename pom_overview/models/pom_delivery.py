from odoo import api, models


class PomDelivery(models.Model):
    """What is said to debtors, and seen by them, changes the figures."""

    _inherit = "pom.delivery"

    @api.model_create_multi
    def create(self, vals_list):
        deliveries = super().create(vals_list)
        self.env["pom.debt.figure"]._touch(deliveries.sudo().move_ids.ids)
        return deliveries

    def _write_multi(self, vals_list):
        # EXTENDS 'base'
        super()._write_multi(vals_list)
        figures = self.env["pom.debt.figure"]
        figures._touch(figures._changed(self, vals_list).move_ids.ids)

    @api.model
    def _note_seen(self, link, code):
        # EXTENDS 'pom_message'
        super()._note_seen(link, code)
        figures = self.env["pom.debt.figure"]
        if code and figures._notes_changes():
            messages = self.sudo().search([("paylink_id", "=", link.id)])
            figures._touch(messages.move_ids.ids)
