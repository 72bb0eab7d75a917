from odoo import api, models

BATCH = 1000


class PomDelivery(models.Model):
    _inherit = "pom.delivery"

    @api.autovacuum
    def _gc(self):
        return self.env["res.company"]._pom_forget(self._forget)

    @api.model
    def _forget(self, company):
        """Messages about what is closed long ago; about what is open they are proof."""
        deliveries = self.search(
            [
                ("company_id", "=", company.id),
                ("create_date", "<", company._pom_forget_before("pom_keep_days")),
                ("state", "not in", ("queued", "by_hand", "sending")),
                ("move_ids", "not any", self.env["account.move"]._pom_unsettled()),
            ],
            limit=BATCH,
        )
        deliveries.attachment_id.unlink()
        deliveries.unlink()
        return len(deliveries)
