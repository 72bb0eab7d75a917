from odoo import api, fields, models

from ..groups import ACCOUNTING


class AccountMove(models.Model):
    """In which ways a document may be paid."""

    _inherit = "account.move"

    pom_method_ids = fields.Many2many(
        "payment.method",
        "pom_move_method_rel",
        string="Ways to Pay",
        copy=False,
        groups=ACCOUNTING,
        help="The only ways in which this may be paid online; none: those of the "
        "customer.",
    )

    @api.constrains("pom_method_ids")
    def _pom_name_methods(self):
        if any(move.pom_method_ids for move in self):
            self.env["pom.paylink"]._method_is_named()

    def _pom_may_use_method(self, method_id):
        """Whether all of these may be paid by this method.

        :param int method_id: of a ``payment.method``
        """
        return all(
            not methods or method_id in methods.ids
            for move in self.sudo()
            for methods in [
                move.pom_method_ids or move.commercial_partner_id.pom_method_ids
            ]
        )
