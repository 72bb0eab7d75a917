from odoo import api, fields, models
from odoo.exceptions import UserError

from ..debt.facts import ATTEMPT
from ..groups import ACCOUNTING

#: Money of these may still come, or isn't booked yet.
UNSETTLED = ("draft", "pending", "authorized")


class AccountMove(models.Model):
    """Documents that are changed while somebody pays them: whoever changes them is
    told, can stop the payment, and never settles another debt with money that comes all
    the same.
    """

    _inherit = "account.move"

    pom_attempt_id = fields.Many2one(
        "payment.transaction",
        string="Being Paid",
        compute="_compute_pom_attempt_id",
        compute_sudo=True,
        help="A payment of this was begun and isn't settled.",
        groups=ACCOUNTING,
    )

    @api.depends(
        "transaction_ids.state",
        "transaction_ids.pom_expires_at",
        "transaction_ids.pom_silent_since",
    )
    def _compute_pom_attempt_id(self):
        moves = self._origin
        query = moves._pom_transactions_on_their_way() if moves else None
        rows = self.env.execute_query(query) if query else ()
        attempts = {row[0]: row[4] for row in rows if row[1] == ATTEMPT}
        for move in self:
            move.pom_attempt_id = attempts.get(move._origin.id)

    # -- stopping it -------------------------------------------------------------------

    def action_pom_stop_paying(self):
        """Have the provider take what is under way no further."""
        self.check_access("write")
        stopped = self.sudo()._pom_stop_paying()
        message = self.env._("The payment was stopped. Nothing was charged.")
        if not stopped:
            message = self.env._(
                "The provider doesn't stop this payment. If it is paid, it is booked."
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success" if stopped else "warning",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _pom_stop_paying(self):
        """
        :return: whether all of it was stopped
        """
        attempts = self._pom_attempts_under_way()
        attempts._pom_make_way()
        return all(attempt.state in ("cancel", "error") for attempt in attempts)

    def action_pom_stop_and_draft(self):
        """Stop what is under way, and reset to draft."""
        self.check_access("write")
        self.sudo()._pom_stop_paying()
        self.env.invalidate_all()
        paid = self.filtered(lambda move: move.sudo().pom_standing.word == "paid")
        if paid:
            raise UserError(
                self.env._(
                    "%s was paid just now. Look at it again before you change it.",
                    ", ".join(paid.mapped("name")),
                )
            )
        self.button_draft()

    # -- changing it all the same ------------------------------------------------------

    def button_draft(self):
        # EXTENDS 'account'
        result = super().button_draft()
        self._pom_note_changed()
        return result

    def button_cancel(self):
        # EXTENDS 'account'
        result = super().button_cancel()
        self._pom_note_changed()
        return result

    def _pom_note_changed(self):
        """Tell who looks at it that somebody is paying what was changed."""
        for attempt in self.sudo()._pom_attempts_under_way():
            note = self.env._(
                "%(customer)s is paying %(amount)s for this (%(transaction)s). If that "
                "money comes before this is final again, it is kept as credit of "
                "%(customer)s.",
                customer=attempt.partner_id.display_name,
                amount=attempt.currency_id.format(attempt.amount),
                transaction=attempt.reference,
            )
            for move in self.browse(attempt.invoice_ids.ids) & self:
                move.message_post(body=note)

    @api.onchange("partner_id")
    def _onchange_pom_partner(self):
        attempt = self._origin.sudo().pom_attempt_id
        if attempt and self.partner_id != self._origin.partner_id:
            return {
                "warning": {
                    "title": self.env._("Somebody is paying this"),
                    "message": self.env._(
                        "%(customer)s is paying %(amount)s for this. Stop the payment "
                        "first, with the button above; money that comes all the same "
                        "is kept as credit of %(customer)s.",
                        customer=attempt.partner_id.display_name,
                        amount=attempt.currency_id.format(attempt.amount),
                    ),
                }
            }
        return None

    def write(self, vals):
        # EXTENDS 'account': what a debtor pays doesn't settle another's debt.
        if "partner_id" not in vals:
            return super().write(vals)
        before = {move: move.commercial_partner_id for move in self}
        done = super().write(vals)
        for move, debtor in before.items():
            if debtor and move.commercial_partner_id != debtor:
                move.sudo()._pom_unsettled_payments()._pom_leave(move)
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_except_being_paid(self):
        """Whoever pays for it all the same has credit then."""
        being_paid = self.filtered(lambda move: move.sudo().pom_attempt_id)
        if being_paid and not self.env.context.get("force_delete"):
            raise UserError(
                self.env._(
                    "Somebody is paying %s. Stop the payment first, with the button on "
                    "the document.",
                    ", ".join(move.name or move.display_name for move in being_paid),
                )
            )
        self.sudo()._pom_unsettled_payments()._pom_leave(self)

    def _pom_unsettled_payments(self):
        """Transactions for these whose money may come, or isn't booked yet."""
        return self.transaction_ids.filtered(
            lambda tx: (
                tx.operation != "refund"
                and (
                    tx.state in UNSETTLED
                    or tx.state == "done"
                    and not tx.is_post_processed
                    or tx.pom_problem
                )
            )
        )
