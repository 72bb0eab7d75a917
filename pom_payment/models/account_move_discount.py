from dataclasses import replace

from odoo import models


class AccountMove(models.Model):
    """Discounts for early payment, as core books them."""

    _inherit = "account.move"

    def _pom_facts_undisturbed(self):
        """The facts as they were before anything was on its way."""
        return {
            key: replace(facts, coming=()) for key, facts in self._pom_facts().items()
        }

    def _pom_early_discount_lines(self):
        """What core writes off when this is paid with discount: values of all journal
        items, taxes included.
        """
        line = self.line_ids.filtered(lambda item: item.display_type == "payment_term")
        line.ensure_one()
        values = self._get_invoice_counterpart_amls_for_early_payment_discount(
            [
                {
                    "aml": line,
                    "amount_currency": -line.amount_residual_currency,
                    "balance": -line.balance,
                }
            ],
            line.balance - line.discount_balance,
        )
        return [
            {**item, "partner_id": self.partner_id.id}
            for items in values.values()
            for item in items
        ]

    def _get_invoice_next_payment_values(self, custom_amount=None):
        # EXTENDS 'account': what we write off, core doesn't write off again.
        values = super()._get_invoice_next_payment_values(custom_amount=custom_amount)
        if self.env.context.get("pom_written_off"):
            values["installment_state"] = None
        return values
