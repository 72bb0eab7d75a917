from odoo import api, models

from .pom_payer_request import CLOSED

BATCH = 1000


class PomPayerRequest(models.Model):
    _inherit = "pom.payer.request"

    @api.autovacuum
    def _gc(self):
        return self.env["res.company"]._pom_forget(self._forget)

    @api.model
    def _forget(self, company):
        """What was answered long ago about what is closed. What was agreed to in it is
        kept: consents are records of their own.
        """
        requests = self.search(
            [
                ("company_id", "=", company.id),
                ("create_date", "<", company._pom_forget_before("pom_keep_days")),
                ("state", "in", CLOSED),
                ("move_ids", "not any", self.env["account.move"]._pom_unsettled()),
            ],
            limit=BATCH,
        )
        requests.unlink()
        return len(requests)
