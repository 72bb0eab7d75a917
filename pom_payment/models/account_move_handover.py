from odoo import fields, models
from odoo.exceptions import UserError

from .account_move_reminders import OPEN


class AccountMove(models.Model):
    _inherit = "account.move"

    pom_handed_over = fields.Date(
        string="Handed Over",
        copy=False,
        readonly=True,
        help="Since then somebody else collects; we send no reminders.",
    )

    def action_pom_hand_over(self):
        """Hand these over for collection, in one file for all."""
        self.check_access("write")
        moves = self.filtered(
            lambda move: move.payment_state in OPEN and not move.pom_handed_over
        )
        if not moves:
            raise UserError(
                self.env._("Choose open invoices that aren't handed over yet.")
            )
        deliveries = self.env["pom.delivery"].sudo()._ask(
            [
                {
                    "kind": "handover",
                    "channel": "collector",
                    "partner_id": debts.partner_id.id,
                    "company_id": debts.company_id.id,
                    "moves": debts,
                }
                for debts in moves.grouped(
                    lambda m: (m.company_id, m.partner_id, m.currency_id)
                ).values()
            ]
        )  # fmt: skip
        deliveries._send()
        return deliveries.with_env(self.env).action_hand_over()

    def action_pom_take_back(self):
        """We collect ourselves again; reminders go on where they were."""
        self.check_access("write")
        self.pom_handed_over = False

    def _invoice_paid_hook(self):
        # EXTENDS 'account': whoever collects must hear that there is no need any more.
        result = super()._invoice_paid_hook()
        for move in self.filtered("pom_handed_over"):
            move._pom_alert(
                self.env._("Paid after the hand-over"),
                self.env._("Tell whoever collects %s that it is paid.", move.name),
            )
        return result
