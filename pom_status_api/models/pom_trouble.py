from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.pom_payment.tools.trouble import Check

#: One that restarts isn't failing yet.
FAILS_FOR = timedelta(hours=1)


class PomTrouble(models.Model):
    """Third systems that don't take what they are told."""

    _inherit = "pom.trouble"

    @api.model
    def _checks(self):
        # EXTENDS 'pom_payment'
        long_ago = fields.Datetime.now() - FAILS_FOR
        return {
            **super()._checks(),
            "systems_failing": Check(
                "pom.subscriber",
                [("active", "=", True), ("failing_since", "<", long_ago)],
                "pom_status_api.pom_subscriber_action",
                self.env._("Third systems that take no messages"),
                self.env._("Open it and press Test; whoever runs it can mend it."),
                "failing_since",
            ),
        }
