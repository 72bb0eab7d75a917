from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.accounts import codes

ACCOUNTS = {
    "costs": "claims_costs_account_id",
    "interest": "claims_interest_account_id",
    "compensation": "claims_compensation_account_id",
}
INCOME = [("account_type", "in", ("income", "income_other"))]


class PomReminderSetup(models.Model):
    """Whether what reminders ask on top is owed, and where it goes when it's paid."""

    _inherit = "pom.reminder.setup"

    claims = fields.Boolean(
        string="What Reminders Ask on Top Is Owed",
        tracking=True,
        help="Costs, interest and compensation that a message asked stand on the page, "
        "in codes and in later messages until they are paid, waived or lapsed. What is "
        "paid of them is booked as income; until then they are off the books.",
    )
    claims_days = fields.Integer(
        string="They Lapse After",
        default=30,
        help="Days after the invoice itself was paid. 0: never.",
    )
    claims_costs_account_id = fields.Many2one(
        "account.account",
        string="Costs Are Booked On",
        check_company=True,
        domain="[('account_type', 'in', ('income', 'income_other', 'expense'))]",
    )
    claims_interest_account_id = fields.Many2one(
        "account.account",
        string="Interest Is Booked On",
        check_company=True,
        domain="[('account_type', 'in', ('income', 'income_other', 'expense'))]",
    )
    claims_compensation_account_id = fields.Many2one(
        "account.account",
        string="Compensation Is Booked On",
        check_company=True,
        domain="[('account_type', 'in', ('income', 'income_other', 'expense'))]",
    )

    _claims_days_positive = models.Constraint(
        "CHECK(claims_days >= 0)", "Days after which claims lapse can't be below zero."
    )

    @api.onchange("claims")
    def _onchange_claims(self):
        if self.claims:
            self.update(self._proposed_accounts())

    @api.constrains("claims", *ACCOUNTS.values())
    def _check_claims(self):
        for setup in self:
            if setup.claims and not all(setup[name] for name in ACCOUNTS.values()):
                raise ValidationError(
                    self.env._(
                        "Choose the income accounts for costs, interest and "
                        "compensation first: what is paid of them is booked there."
                    )
                )

    def _proposed_accounts(self):
        """Accounts of the chart for those that aren't chosen yet, by field."""
        chosen = codes(self.company_id.chart_template or "")
        return {
            name: self._account_like(getattr(chosen, kind) if chosen else "").id
            for kind, name in ACCOUNTS.items()
            if not self[name]
        }

    def _account_like(self, code):
        accounts = self.env["account.account"].with_company(self.company_id)
        ours = [*accounts._check_company_domain(self.company_id)]
        found = code and accounts.search(
            [*ours, ("code", "=like", f"{code}%")], order="code", limit=1
        )
        return found or accounts.search([*ours, *INCOME], order="code", limit=1)

    def _account_for(self, kind):
        """
        :raises UserError: when none was chosen
        """
        account = self[ACCOUNTS[kind]]
        if not account:
            raise UserError(
                self.env._(
                    "Choose in Reminders on which account %s is booked.",
                    dict(self.env["pom.claim"]._fields["kind"].selection)[kind],
                )
            )
        return account
