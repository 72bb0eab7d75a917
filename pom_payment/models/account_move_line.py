from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # Whose money is here and not applied (``res.partner._pom_with_money``): each list
    # that says how debts stand asks that. Credit alone is in it: a payment from when
    # it's posted until it's applied, an invoice never.
    _pom_credit_idx = models.Index(
        "(account_id) WHERE parent_state = 'posted' AND reconciled IS NOT TRUE"
        " AND amount_residual_currency < 0"
    )

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
