from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _pom_administrators(self):
        """Whoever administers the system for one of these, and is a person."""
        group = self.env.ref("base.group_system").sudo()
        return group.all_user_ids.filtered(
            lambda user: user.active and not user.share and user.company_ids & self
        )
