from odoo import api, models

#: Nothing more is to be done about these.
OVER = ("done", "foreign", "dead")
#: So many in one transaction.
BATCH = 5000


class PomWebhookEvent(models.Model):
    """What providers told us is kept as long as somebody may ask about it."""

    _inherit = "pom.webhook.event"

    @api.autovacuum
    def _gc(self):
        return self.env["res.company"]._pom_forget(self._forget_raw, self._forget)

    @api.model
    def _forget_raw(self, company):
        """Bodies as they came: names and accounts stand in them."""
        events = self.search(
            [
                ("company_id", "=", company.id),
                ("create_date", "<", company._pom_forget_before("pom_keep_raw_days")),
                ("state", "!=", "new"),
                ("body", "!=", False),
            ],
            limit=BATCH,
        )
        events.write({"body": False, "headers": False})
        return len(events)

    @api.model
    def _forget(self, company):
        """All of them but those that somebody has to decide about."""
        domain = [
            ("company_id", "=", company.id),
            ("create_date", "<", company._pom_forget_before("pom_keep_days")),
            "|",
            ("state", "in", OVER),
            ("transaction_id.pom_problem", "=", False),
            ("state", "!=", "new"),
        ]
        events = self.search(domain, limit=BATCH)
        events.unlink()
        return len(events)
