from odoo import api, models
from odoo.tools import SQL

from odoo.addons.pom_message.models.pom_delivery_credit import CREDIT_NOTE
from odoo.addons.pom_reminder.models.pom_debtor_report import YEAR

from .pom_debt_figure import KEPT


class PomDebtorReport(models.Model):
    """Large books: how late customers usually pay is known already."""

    _inherit = "pom.debtor.report"

    @api.model
    def _query_habit(self):
        # EXTENDS 'pom_reminder'
        if not self.env["pom.debt.figure"]._is_kept():
            return super()._query_habit()
        return SQL(
            """
            SELECT known.company_id, contact.id AS partner_id, known.days
              FROM (SELECT known.company_id, known.partner_id,
                           ROUND(AVG(known.days_late))::int AS days
                      FROM %(kept)s known
                      JOIN today ON today.company_id = known.company_id
                     WHERE known.paid_date IS NOT NULL
                       AND known.way <> %(credit_note)s
                       AND known.due_date >= today.day - %(year)s
                  GROUP BY known.company_id, known.partner_id) known
              JOIN res_partner contact
                ON contact.commercial_partner_id = known.partner_id
            """,
            kept=SQL.identifier(KEPT),
            credit_note=CREDIT_NOTE,
            year=YEAR,
        )
