from odoo import api, fields, models

from ..groups import ACCOUNTING


class AccountMove(models.Model):
    """Payments of this invoice that wait: for a decision, or for the books."""

    _inherit = "account.move"

    pom_held_id = fields.Many2one(
        "payment.transaction",
        string="Unbooked Payment",
        compute="_compute_pom_held",
        compute_sudo=True,
        help="Money came in for this invoice that isn't what was asked for.",
        groups=ACCOUNTING,
    )
    pom_held_problem = fields.Char(
        compute="_compute_pom_held", compute_sudo=True, groups=ACCOUNTING
    )

    pom_unbooked_id = fields.Many2one(
        "payment.transaction",
        string="Payment to Book",
        compute="_compute_pom_unbooked",
        compute_sudo=True,
        help="A provider took this money, and the books don't take it yet.",
        groups=ACCOUNTING,
    )
    pom_unbooked_error = fields.Char(
        compute="_compute_pom_unbooked", compute_sudo=True, groups=ACCOUNTING
    )

    @api.depends("transaction_ids.pom_booking_error")
    def _compute_pom_unbooked(self):
        for move in self:
            unbooked = move.transaction_ids.filtered("pom_booking_error")[:1]
            move.pom_unbooked_id = unbooked
            move.pom_unbooked_error = unbooked.pom_booking_error

    @api.depends("transaction_ids.pom_problem_words")
    @api.depends_context("lang")
    def _compute_pom_held(self):
        for move in self:
            held = move.transaction_ids.filtered("pom_problem")[:1]
            move.pom_held_id, move.pom_held_problem = held, held.pom_problem_words

    def action_pom_accept_held(self):
        self.check_access("write")
        self.pom_held_id.sudo(False).action_pom_accept()

    def action_pom_refuse_held(self):
        self.check_access("write")
        self.pom_held_id.sudo(False).action_pom_refuse()

    def action_pom_book_now(self):
        self.check_access("write")
        self.pom_unbooked_id.sudo(False).action_pom_book_now()
