from odoo import fields, models

from ..tools.callback_form import CALLBACK


class PomPayerRequest(models.Model):
    _inherit = "pom.payer.request"

    kind = fields.Selection(
        selection_add=[(CALLBACK.code, "Call me back")],
        ondelete={CALLBACK.code: "cascade"},
    )
    call_phone = fields.Char(readonly=True)

    def _kinds_quiet_until_answered(self):
        # Who waits for a call isn't reminded meanwhile; the owner gets an activity.
        return (*super()._kinds_quiet_until_answered(), CALLBACK.code)
