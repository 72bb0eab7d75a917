from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    # Paid documents are looked for by what a bank line says.
    _pom_reference_idx = models.Index(
        "(payment_reference) WHERE payment_reference IS NOT NULL"
    )
    _pom_number_idx = models.Index(
        "(sequence_number) WHERE state = 'posted' AND move_type != 'entry'"
    )
