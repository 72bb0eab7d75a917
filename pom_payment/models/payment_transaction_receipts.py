from odoo import fields, models

from .account_move_debt import DOCUMENTS


class PaymentTransaction(models.Model):
    """Receipts are paid as invoices are. Core's field leaves them out when it's read
    from the database: what was paid would be booked, and the receipt stay open.
    """

    _inherit = "payment.transaction"

    invoice_ids = fields.Many2many(
        domain=[("move_type", "in", (*DOCUMENTS, "in_invoice", "in_refund"))]
    )
