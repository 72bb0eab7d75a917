from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _pom_surplus(self):
        """Of debtors' open credit: the invoices that it was paid for, and how much of it
        is still here. Hook: an addon that knows more of where money comes from.

        :rtype: dict[account.move.line, tuple[account.move, float]]
        """
        transactions = {line: line.payment_id.payment_transaction_id for line in self}
        return {
            line: (transaction.invoice_ids, transaction.pom_surplus)
            for line, transaction in transactions.items()
            if transaction
        }
