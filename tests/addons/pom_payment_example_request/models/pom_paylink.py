from odoo import models

from ..tools.callback_form import CALLBACK


class PomPaylink(models.Model):
    _inherit = "pom.paylink"

    def _all_request_kinds(self):
        return [*super()._all_request_kinds(), CALLBACK]
