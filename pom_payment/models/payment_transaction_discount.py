from odoo import models

from ..debt.standing import standing


class PaymentTransaction(models.Model):
    """Who pays the discounted amount in time has paid all. Core writes off by the day
    of booking, of the first invoice, and the first line of each kind only.
    """

    _inherit = "payment.transaction"

    def _create_payment(self, **extra_create_values):
        # EXTENDS 'account_payment'
        lines = self._pom_early_discount_lines()
        if lines:
            self = self.with_context(pom_written_off=True)
            others = extra_create_values.get("write_off_line_vals", [])
            extra_create_values["write_off_line_vals"] = [*others, *lines]
        return super()._create_payment(**extra_create_values)

    def _pom_early_discount_lines(self):
        """What is written off of the invoices, as values of journal items; none when
        less was paid, or too late.
        """
        moves = self.invoice_ids.filtered(lambda move: move.state == "posted")
        day = self._pom_day()
        standings = {
            key: standing(facts, day)
            for key, facts in moves._pom_facts_undisturbed().items()
        }
        asked = sum(one.asked for one in standings.values())
        if not moves or self._pom_decimal(self.amount) != asked:
            return []
        early = moves.filtered(lambda move: standings[move.id].discount)
        return [vals for move in early for vals in move._pom_early_discount_lines()]

    def _pom_day(self):
        """On which the payer paid, by the creditor's clock."""
        moment = self.last_state_change or self.create_date
        return self.company_id._pom_local(moment).date()
