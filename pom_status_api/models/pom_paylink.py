from odoo import models


class PomPaylink(models.Model):
    """A request that is taken back is news."""

    _inherit = "pom.paylink"

    def write(self, vals):
        # EXTENDS 'pom_payment'
        done = super().write(vals)
        if "withdrawn" in vals:
            self.move_id._pom_tell_later()
        return done
