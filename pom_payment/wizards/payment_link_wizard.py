from odoo import models


class PaymentLinkWizard(models.TransientModel):
    _inherit = "payment.link.wizard"

    def _compute_link(self):
        # EXTENDS 'payment': an invoice has one address. Core's own stays where it
        # carries an amount that somebody chose: ours carries none.
        super()._compute_link()
        for wizard in self.filtered(lambda one: one.res_model == "account.move"):
            move = self.env["account.move"].browse(wizard.res_id)
            asked = move.pom_amount_asked
            whole = wizard.currency_id.compare_amounts(wizard.amount, asked) >= 0
            if move.pom_payment_url and asked and whole:
                wizard.link = move.pom_payment_url
