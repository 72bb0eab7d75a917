from odoo import models

from .account_move_debt import PAYABLE


class AccountMove(models.Model):
    """Invoices of what was paid before, as an order in a shop is."""

    _inherit = "account.move"

    def _post(self, soft=True):
        # EXTENDS 'account': what came in for it pays it. Core's ``sale`` leaves it open
        # when the bank has the money already, or another invoice of the order was paid
        # with a part of it.
        new = self.filtered(lambda move: not move.posted_before)
        posted = super()._post(soft=soft)
        for move in (posted & new).sudo():
            if move.move_type in PAYABLE:
                move.transaction_ids._pom_apply_to(move)
        return posted
