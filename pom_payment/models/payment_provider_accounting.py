from odoo import api, fields, models

#: Where a new account's number is looked for: (account type, codes to begin after).
#: The codes are Belgian; a chart without them gets the next free number after its own
#: liquidity transfers and expenses.
CLEARING_PREFIX = "580"
FEE_PREFIX = "6572"


class PaymentProvider(models.Model):
    _inherit = "payment.provider"

    pom_clearing_account_id = fields.Many2one(
        "account.account",
        string="Clearing Account",
        check_company=True,
        copy=False,
        domain=[("reconcile", "=", True)],
        help="Paid by debtors but not yet paid out by the provider.",
    )
    pom_fee_account_id = fields.Many2one(
        "account.account",
        string="Fee Account",
        check_company=True,
        copy=False,
        help="What the provider keeps for itself.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'payment'
        providers = super().create(vals_list)
        providers._pom_set_up_accounting()
        return providers

    def write(self, vals):
        # EXTENDS 'payment'
        result = super().write(vals)
        if vals.get("state") in ("enabled", "test"):
            self._pom_set_up_accounting()
        return result

    def _pom_set_up_accounting(self):
        """A journal, a clearing account and a fee account for each provider that is
        switched on, so that the money between payer and bank is always to be seen.
        """
        for provider in self:
            company = provider.company_id
            if (
                provider.state != "disabled"
                and provider._pom_adapter()
                and not provider.pom_clearing_account_id
                and company.root_id.chart_template
            ):
                provider.sudo().with_company(company)._pom_make_accounts()

    def _pom_make_accounts(self):
        company = self.company_id
        self.pom_clearing_account_id = self._pom_new_account(
            self.env._("%s – payouts to receive", self.name),
            "asset_current",
            CLEARING_PREFIX,
            company.transfer_account_id.code,
            reconcile=True,
        )
        self.pom_fee_account_id = self._pom_new_account(
            self.env._("%s – fees", self.name),
            "expense",
            FEE_PREFIX,
            company.expense_account_id.code,
        )
        self.journal_id = self._pom_new_journal()
        self._pom_clearing_line().payment_account_id = self.pom_clearing_account_id

    def _pom_new_account(self, name, account_type, prefix, after, **values):
        account = self.env["account.account"]
        like = account.search(
            [
                ("code", "=like", f"{prefix}%"),
                *account._check_company_domain(self.company_id),
            ],
            order="code desc",
            limit=1,
        )
        start = like.code or after or prefix.ljust(6, "0")
        return account.create(
            {
                "name": name,
                "code": account._search_new_account_code(start),
                "account_type": account_type,
                "company_ids": [self.company_id.id],
                **values,
            }
        )

    def _pom_new_journal(self):
        """Last in the list: the company's own bank stays the one that is proposed."""
        return self.env["account.journal"].create(
            {
                "name": self.name,
                "type": "bank",
                "sequence": 90,
                "company_id": self.company_id.id,
            }
        )

    def _pom_clearing_line(self):
        """How the journal takes in this provider's payments."""
        return self.journal_id.inbound_payment_method_line_ids.filtered(
            lambda line: line.payment_provider_id == self
        )
