from odoo import models


class AccountJournal(models.Model):
    """How many reminders wait, on the cards of the journals that invoice."""

    _inherit = "account.journal"

    def _fill_sale_purchase_dashboard_data(self, dashboard_data):
        # EXTENDS 'account'
        super()._fill_sale_purchase_dashboard_data(dashboard_data)
        sales = self.filtered(lambda journal: journal.type == "sale")
        reminders = self.env["pom.reminder"]
        if not sales or not reminders.has_access("read"):
            return
        figures = {
            "pom_to_approve": [("state", "=", "planned")],
            "pom_stalled": reminders._domain_stalled(),
        }
        for name, domain in figures.items():
            counts = {
                journal.id: count
                for journal, count in reminders._read_group(
                    [*domain, ("journal_id", "in", sales.ids)],
                    ["journal_id"],
                    ["__count"],
                )
            }
            for journal in sales:
                dashboard_data[journal.id][name] = counts.get(journal.id, 0)

    def action_pom_reminders(self):
        self.check_access("read")
        return self.env["pom.reminder"].action_worklist()

    def action_pom_stalled(self):
        self.check_access("read")
        return self.env["pom.reminder"].action_stalled()
