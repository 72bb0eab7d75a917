from odoo import fields, models

from odoo.addons.pom_payment.groups import ACCOUNTING
from odoo.addons.pom_payment.models.account_move_debt import PAYABLE


class AccountMove(models.Model):
    _inherit = "account.move"

    pom_delivery_ids = fields.Many2many(
        "pom.delivery",
        "pom_delivery_move_rel",
        "move_id",
        "delivery_id",
        string="Payment Requests",
        copy=False,
        groups=ACCOUNTING,
    )

    def _invoice_paid_hook(self):
        # EXTENDS 'account'
        result = super()._invoice_paid_hook()
        paid = self.filtered(lambda move: move.move_type in PAYABLE)
        if paid:
            self.env["pom.delivery"].sudo()._note_paid(paid)
        return result

    # -- actions -----------------------------------------------------------------------

    def action_pom_call(self):
        """A call to make, as an activity."""
        self.check_access("write")
        self.env["pom.delivery"]._plan_calls(self, self.env._("Call about payment"))

    def action_pom_messages(self):
        """All that was asked, as a timeline."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Messages"),
            "res_model": "pom.delivery",
            "view_mode": "list,form",
            "domain": [("move_ids", "in", self.ids)],
        }
