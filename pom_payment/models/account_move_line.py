from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

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
