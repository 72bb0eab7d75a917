from odoo import api, models


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _hook_if_success(self, moves_data, from_cron=False):
        # EXTENDS 'account': a message that goes out makes its link valid anew.
        moves = self.env["account.move"].union(*moves_data)
        moves.sudo().pom_paylink_id._renew()
        return super()._hook_if_success(moves_data, from_cron=from_cron)
