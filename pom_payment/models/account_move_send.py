from odoo import api, models


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _get_mail_params(self, move, move_data):
        # EXTENDS 'account', which sends what was stored at the first time again.
        params = super()._get_mail_params(move, move_data)
        if params:
            params["attachments"] = move._pom_as_asked(params["attachments"])
        return params

    @api.model
    def _hook_if_success(self, moves_data, from_cron=False):
        # EXTENDS 'account': a message that goes out makes its link valid anew.
        moves = self.env["account.move"].union(*moves_data)
        moves.sudo().pom_paylink_id._renew()
        return super()._hook_if_success(moves_data, from_cron=from_cron)
