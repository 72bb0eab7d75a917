from odoo import api, models

#: Columns of an attempt that say whether it is under way.
TELLING = {"state", "pom_expires_at", "pom_problem", "is_post_processed"}


class PaymentTransaction(models.Model):
    """A payment that is begun, or given up, changes how its invoices stand."""

    _inherit = "payment.transaction"

    @api.model_create_multi
    def create(self, vals_list):
        transactions = super().create(vals_list)
        transactions.sudo().invoice_ids._pom_tell_later()
        return transactions

    def _write_multi(self, vals_list):
        # EXTENDS 'base': see account.move
        super()._write_multi(vals_list)
        pairs = zip(self, vals_list, strict=True)
        changed = [tx.id for tx, vals in pairs if TELLING & vals.keys()]
        if changed:
            # Whoever's flush this is need not be allowed to read it.
            self.browse(changed).sudo().invoice_ids._pom_tell_later()
