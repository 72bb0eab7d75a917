from odoo import api, models

from odoo.addons.pom_payment.models.pom_first_step import Step


class PomFirstStep(models.TransientModel):
    """The bank's side of them."""

    _inherit = "pom.first.step"

    @api.model
    def _steps(self, company):
        # EXTENDS 'pom_payment'
        journals = self.env["account.journal"].sudo()
        banks = journals.search([("company_id", "=", company.id)])
        return {
            **super()._steps(company),
            "statement": Step(
                [("account.bank.statement.line", [("journal_id", "in", banks.ids)])],
                self.env._("Bank statement"),
                self.env._(
                    "Import one on the card of the bank: what it tells is matched with "
                    "what is open."
                ),
                "account.open_account_journal_dashboard_kanban",
            ),
        }
