from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.pom_payment.models.account_move_debt import PAYABLE

from ..tools.fitting import most
from .account_payment_line import LIVE


class AccountPaymentMode(models.Model):
    """What falls due is put into an order by itself; the file is made by a person."""

    _inherit = "account.payment.mode"

    pom_days_ahead = fields.Integer(
        string="Into an Order (days before)",
        help="So many days before its day, what is due is put into a draft order: "
        "invoices with a valid mandate, and each part of a payment plan. 0: only by "
        "hand.",
    )

    _pom_days_ahead_positive = models.Constraint(
        "CHECK(pom_days_ahead >= 0)", "The number of days can't be below zero."
    )

    @api.model
    def _cron_collect(self):
        """Put into an order what is due soon."""
        modes = self.search(
            [("pom_days_ahead", ">", 0), ("payment_type", "=", "inbound")], order="id"
        ).filtered(
            lambda mode: mode.payment_order_ok
            and mode.payment_method_id.mandate_required
        )
        self.env["ir.cron"]._pom_take_turn(modes, lambda mode: mode._pom_collect())

    def _pom_collect(self):
        moves = self.env["account.move"].search(
            [
                ("payment_mode_id", "=", self.id),
                ("state", "=", "posted"),
                ("move_type", "in", PAYABLE),
                ("mandate_id.state", "=", "valid"),
                *self.env["account.move"]._pom_unsettled(),
            ],
            order="id",
        )
        parts = self._pom_parts(moves)
        if not parts:
            return
        order = self._pom_draft_order(parts[0][0])
        values = [self._pom_line(order, *part) for part in parts]
        self.env["account.payment.line"].create(values)

    def _pom_parts(self, moves):
        """(invoice, part) of what is to be put into an order: each part once. What came
        back is put into another by a person only.
        """
        until = self.company_id._pom_today() + timedelta(self.pom_days_ahead)
        known = self._pom_ordered(moves)
        askings = moves._pom_askings_undebited()
        return [
            (move, part)
            for move in moves
            if most(askings[move.id]) and not askings[move.id].waits()
            for part in askings[move.id].standing.to_ask
            if part.day <= until and (move.id, part.day) not in known
        ]

    def _pom_ordered(self, moves):
        """
        :return: (id of the invoice, day of the part) of what is or was in an order
        """
        lines = self.env["account.payment.line"].search(
            [
                ("move_line_id.move_id", "in", moves.ids),
                ("state", "in", (*LIVE, "uploaded")),
            ]
        )
        return {(line.move_line_id.move_id.id, line.ml_maturity_date) for line in lines}

    def _pom_draft_order(self, move):
        orders = self.env["account.payment.order"]
        known = orders.search(move.get_account_payment_domain(self), limit=1)
        return known or orders.create(move._prepare_new_payment_order(self))

    def _pom_line(self, order, move, part):
        items = move.line_ids.filtered(
            lambda item: item.display_type == "payment_term" and not item.reconciled
        ).sorted("date_maturity")
        item = items.filtered(lambda item: item.date_maturity == part.day)[:1]
        values = (item or items[:1])._prepare_payment_line_vals(order)
        amount = min(float(part.left), values["amount_currency"])
        return {**values, "amount_currency": amount, "pom_part_day": part.day}
