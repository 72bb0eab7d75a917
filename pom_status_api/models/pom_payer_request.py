from odoo import models


class PomPayerRequest(models.Model):
    """What is agreed to changes how a debt stands."""

    _inherit = "pom.payer.request"

    def write(self, vals):
        # EXTENDS 'pom_payment'
        done = super().write(vals)
        if "state" in vals:
            self.move_ids._pom_tell_later()
        return done
