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

    def _reconcile_post_hook(self, data):
        # EXTENDS 'account'
        result = super()._reconcile_post_hook(data)
        quiet = data["not_paid_invoices"].sudo().filtered("pom_quiet_until")
        found = quiet.filtered(
            lambda move: (
                move._pom_settled().credit_move_id.move_id & self.move_id
            ).filtered(lambda entry: entry._pom_is_money())
        )
        found._pom_note_found()
        return result

    def _pom_shares_of_surplus(self):
        """Of debtors' open credit, what was paid beyond what was due and is still here.

        :return: (item, invoice that it was paid for, amount) of each
        """
        shares = []
        for line, moves in self._pom_paid_too_much().items():
            tx = line.payment_id.payment_transaction_id
            promised = tx._pom_on_its_way_back() + tx._pom_ordered()
            left = -line.amount_residual_currency - promised
            for move in moves:
                # Of several invoices in one payment, the last takes the rest.
                is_last = move == moves[-1]
                share = left if is_last else min(left, move.amount_total)
                shares.append((line, move, share))
                left -= share
        return shares

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
