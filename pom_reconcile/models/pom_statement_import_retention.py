from odoo import api, models

BATCH = 100


class PomStatementImport(models.Model):
    """A bank's file names everybody who paid: it's kept as other raw data are. What was
    booked from it is in the books.
    """

    _inherit = "pom.statement.import"

    @api.autovacuum
    def _gc(self):
        return self.env["res.company"]._pom_forget(self._forget)

    @api.model
    def _forget(self, company):
        files = self.search(
            [
                ("company_id", "=", company.id),
                ("create_date", "<", company._pom_forget_before("pom_keep_raw_days")),
                ("state", "in", ("done", "failed")),
            ],
            limit=BATCH,
        )
        files.unlink()
        return len(files)
