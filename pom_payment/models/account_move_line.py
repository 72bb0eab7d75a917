from odoo import api, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # Whose money is here and not applied (``res.partner._pom_with_money``): each list
    # that says how debts stand asks that. Credit alone is in it: a payment from when
    # it's posted until it's applied, an invoice never.
    _pom_credit_idx = models.Index(
        "(account_id) WHERE parent_state = 'posted' AND reconciled IS NOT TRUE"
        " AND amount_residual_currency < 0"
    )

    @api.model
    def _pom_domain_unapplied(self):
        """Of debtors' money that is applied to nothing."""
        return [
            ("account_id.account_type", "=", "asset_receivable"),
            ("parent_state", "=", "posted"),
            ("reconciled", "=", False),
            ("amount_residual_currency", "<", 0),
        ]

    def _pom_unapplied(self):
        """What of these, all in one currency, is debtors' money that is applied to
        nothing.

        :rtype: float
        """
        credit = self.filtered_domain(self._pom_domain_unapplied())
        return -sum(credit.mapped("amount_residual_currency"))

    def _pom_paid_too_much(self):
        """Of debtors' open credit: which invoices it was paid for, on top of what was
        due. Hook: an addon that knows more of where money comes from.

        :rtype: dict[account.move.line, account.move]
        """
        transactions = {line: line.payment_id.payment_transaction_id for line in self}
        return {
            line: transaction.invoice_ids
            for line, transaction in transactions.items()
            if transaction.pom_double
        }
