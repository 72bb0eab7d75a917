from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import float_compare

from odoo.addons.pom_payment.models.account_move_debt import PAYABLE

from ..tools.fitting import fitted, most

#: Orders that the bank doesn't have yet.
LIVE = ("draft", "open", "generated")


class AccountPaymentLine(models.Model):
    """What an order collects of one debt."""

    _inherit = "account.payment.line"

    pom_part_day = fields.Date(
        string="Part Due",
        readonly=True,
        help="Which part of a debt it is for, where parts were agreed to.",
    )

    ml_maturity_date = fields.Date(
        related=None, compute="_compute_ml_maturity_date", readonly=True
    )

    @api.depends("pom_part_day", "move_line_id.date_maturity")
    def _compute_ml_maturity_date(self):
        for line in self:
            line.ml_maturity_date = line.pom_part_day or line.move_line_id.date_maturity

    def _pom_collected(self):
        """Those with which debts of customers are collected."""
        return self.filtered(
            lambda line: line.payment_type == "inbound"
            and line.move_line_id.move_id.move_type in PAYABLE
        )

    def _pom_fitting(self):
        """What each of these may collect now, with all lines of its debt.

        :return: amounts, by those lines that want more
        :rtype: dict[account.payment.line, Decimal]
        """
        moves = self._pom_collected().move_line_id.move_id
        askings = moves._pom_askings_undebited()
        by_debt = defaultdict(self.browse)
        every = self.search(
            [("move_line_id.move_id", "in", moves.ids), ("state", "in", LIVE)],
            order="id",
        )
        for line in every._pom_collected():
            by_debt[line.move_line_id.move_id] |= line
        found = {}
        for move, lines in by_debt.items():
            wanted = [move._pom_decimal(line.amount_currency) for line in lines]
            given = fitted(wanted, most(askings[move.id]))
            found.update(zip(lines, given, strict=True))
        return {
            line: amount
            for line, amount in found.items()
            if line in self
            and float_compare(
                line.amount_currency,
                float(amount),
                precision_rounding=line.currency_id.rounding,
            )
            > 0
        }

    def _pom_fit(self):
        """Collect no more than what may be.

        :return: names of the invoices of which less is collected, or nothing
        """
        fitting = self._pom_fitting()
        names = sorted({line.move_line_id.move_id.name for line in fitting})
        for line, amount in fitting.items():
            line.amount_currency = float(amount)
        self.browse().union(*(line for line in fitting if not fitting[line])).unlink()
        return names
