from odoo import models


class AccountJournal(models.Model):
    """First steps, on the card of the journal that invoices."""

    _inherit = "account.journal"

    def _fill_sale_purchase_dashboard_data(self, dashboard_data):
        # EXTENDS 'account'
        super()._fill_sale_purchase_dashboard_data(dashboard_data)
        company = self.env.company
        sales = self.filtered(
            lambda journal: journal.type == "sale" and journal.company_id == company
        )
        words = sales and self._pom_first_steps(company)
        if words:
            dashboard_data[sales[0].id]["pom_first_steps"] = words

    def _pom_first_steps(self, company):
        """How far they are: a few queries, and none once nobody needs to know.

        :return: '' for nothing to show
        :rtype: str
        """
        steps = self.env["pom.first.step"]
        if company.pom_knows_first_steps or not steps.has_access("create"):
            return ""
        found = steps._done(company)[company.id]
        done, count = sum(found.values()), len(found)
        if done == count:
            return ""
        return self.env._("First steps: %(done)s of %(count)s", done=done, count=count)

    def action_pom_first_steps(self):
        self.ensure_one()
        self.check_access("read")
        return self.env["pom.first.step"].with_company(self.company_id)._look()

    def action_pom_know_first_steps(self):
        """Whoever sets the company up needs to see them no more."""
        self.ensure_one()
        self.check_access("read")
        self.env["pom.first.step"].check_access("create")
        self.company_id.sudo().pom_knows_first_steps = True
        return {"type": "ir.actions.client", "tag": "soft_reload"}
