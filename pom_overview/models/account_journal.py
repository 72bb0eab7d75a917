from datetime import timedelta

from odoo import models
from odoo.fields import Domain

from odoo.addons.pom_message.models.pom_delivery_credit import CREDIT_NOTE

from ..tools.speed import percent

#: Invoices of so many days back show how it goes.
LATELY = 90


class AccountJournal(models.Model):
    """How fast the invoices of a journal are paid, on its card."""

    _inherit = "account.journal"

    def _fill_sale_purchase_dashboard_data(self, dashboard_data):
        # EXTENDS 'account'
        super()._fill_sale_purchase_dashboard_data(dashboard_data)
        sales = self.filtered(lambda journal: journal.type == "sale")
        if not sales or not self.env["pom.debt.figure"].has_access("read"):
            return
        for journal, count, paid, days in sales._pom_lately():
            share = percent(paid, count)
            words = self.env._("%(share)s %% paid", share=round(share))
            if paid:
                words = self.env._(
                    "%(share)s %% paid; days to pay on average: %(days)s",
                    share=round(share),
                    days=round(days),
                )
            dashboard_data[journal.id]["pom_lately"] = words

    def _pom_lately(self):
        """Rows of journal, parts, paid ones, and after how many days on average."""
        since = min(one._pom_today() for one in self.company_id) - timedelta(LATELY)
        return self.env["pom.debt.figure"]._read_group(
            Domain("journal_id", "in", self.ids)
            & Domain("invoice_date", ">=", since)
            & (Domain("way", "=", False) | Domain("way", "!=", CREDIT_NOTE)),
            ["journal_id"],
            ["__count", "paid_date:count", "days_to_pay:avg"],
        )

    def action_pom_overview(self):
        """The page for this journal's company."""
        self.check_access("read")
        action = self.env["ir.actions.client"]._for_xml_id(
            "pom_overview.pom_overview_action"
        )
        return {**action, "context": {"company": self.company_id[:1].id}}
