from odoo import models


class PomAnchored(models.AbstractModel):
    """Records that are whose the record is on which they hang. Core looks at the rules
    before a change; here afterwards too, so that nobody moves one to where it couldn't
    be made.
    """

    _name = "pom.anchored"
    _description = "Stays Within One's Rights"

    def write(self, vals):
        # EXTENDS 'base'
        done = super().write(vals)
        self.check_access("write")
        return done
