from odoo import api, fields, models


class AccountMove(models.Model):
    """A payment of this invoice that waits for somebody's decision."""

    _inherit = "account.move"

    pom_held_id = fields.Many2one(
        "payment.transaction",
        string="Held Payment",
        compute="_compute_pom_held",
        compute_sudo=True,
        help="Money came in for this invoice that isn't what was asked for.",
    )
    pom_held_problem = fields.Char(compute="_compute_pom_held", compute_sudo=True)

    @api.depends("transaction_ids.pom_problem")
    def _compute_pom_held(self):
        for move in self:
            held = move.transaction_ids.filtered("pom_problem")[:1]
            move.pom_held_id, move.pom_held_problem = held, held.pom_problem

    def action_pom_accept_held(self):
        self.pom_held_id.sudo(False).action_pom_accept()

    def action_pom_refuse_held(self):
        self.pom_held_id.sudo(False).action_pom_refuse()
