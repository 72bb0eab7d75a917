from odoo import models


class AccountMove(models.Model):
    """Early payment discount that was taken: the entry of such a payment carries both
    the money and what was written off, and is reconciled as one amount.
    """

    _inherit = "account.move"

    def _compute_payments_widget_reconciled_info(self):
        # EXTENDS 'account': what came in, and what was written off beside it.
        super()._compute_payments_widget_reconciled_info()
        for move in self.filtered("invoice_payments_widget"):
            taken = move._pom_discounts_taken()
            for payment in move.invoice_payments_widget["content"] if taken else ():
                if off := taken.get(payment["partial_id"]):
                    payment["amount"] = move.currency_id.round(payment["amount"] - off)
                    payment["pom_discount"] = off
                    payment["pom_discount_shown"] = move.currency_id.format(off)

    def _pom_discounts_taken(self):
        """What was written off of this invoice, in its currency.

        :rtype: dict[int, float]
        :return: by id of the partial reconciliation
        """
        self.ensure_one()
        terms = self.line_ids.filtered(
            lambda item: item.display_type == "payment_term" and item.discount_date
        )
        taken = {
            partial.id: self._pom_discount_in(partial)
            for partial in terms.matched_credit_ids
        }
        return {key: off for key, off in taken.items() if off}

    def _pom_discount_in(self, partial):
        term, entry = partial.debit_move_id, partial.credit_move_id.move_id
        off = self.currency_id.round(
            term.amount_currency - term.discount_amount_currency
        )
        paid, whole = partial.debit_amount_currency, term.amount_currency
        others = entry.line_ids.matched_debit_ids - partial
        # Of several invoices in one payment, those that were paid in time.
        in_time = not others or entry.date <= term.discount_date
        is_whole = not self.currency_id.compare_amounts(paid, whole)
        short = entry._pom_written_off(self.currency_id)
        is_short = self.currency_id.compare_amounts(short, off) >= 0
        return off if in_time and is_whole and is_short else 0

    def _pom_written_off(self, currency):
        """What this entry takes off debtors beyond the money that came in; nothing when
        that was in another currency.
        """
        money = self._pom_received_in(currency)
        credited = self.line_ids.filtered(
            lambda item: (
                item.account_id.account_type == "asset_receivable"
                and item.currency_id == currency
            )
        )
        return money and -sum(credited.mapped("amount_currency")) - money

    def _pom_kept_on_the_way(self, currency, fees):
        """What was kept of the money of this entry before it came here, in a currency:
        its debtor paid that, too. Without what its bank told, which
        :meth:`_pom_received_in` counts.

        :param account.account fees: of :meth:`_pom_fee_accounts`
        """
        kept = self.line_ids.filtered(
            lambda item: item.account_id in fees and item.currency_id == currency
        )
        line = self.statement_line_id
        told = line._pom_kept() if line.currency_id == currency else 0
        return sum(kept.mapped("amount_currency")) - told

    def _pom_fee_accounts(self):
        """Accounts of what is kept of debtors' money on its way to these entries. Hook.

        :rtype: account.account
        """
        providers = self.env["payment.provider"].sudo()
        ours = [("company_id", "parent_of", self.company_id.ids)]
        return providers.search(ours).pom_fee_account_id

    def _pom_received_in(self, currency):
        payment, line = self.origin_payment_id, self.statement_line_id
        if payment.currency_id == currency:
            return payment.amount
        if line.foreign_currency_id == currency:
            return abs(line.amount_currency)
        if line.currency_id == currency:
            return abs(line.amount + line._pom_kept())
        return 0
