from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.pom_payment.groups import ACCOUNTING

from .pom_debt_figure_open import OPEN


class AccountMove(models.Model):
    """In the list of invoices, how often each was asked; and what changes its row of
    figures.
    """

    _inherit = "account.move"

    pom_asked_count = fields.Integer(
        string="Times Asked",
        compute="_compute_pom_asked_count",
        compute_sudo=True,
        groups=ACCOUNTING,
        help="Messages that left and asked for it, before it was paid.",
    )

    @api.depends("pom_delivery_ids.sent_date", "pom_delivery_ids.state")
    def _compute_pom_asked_count(self):
        counts = self.env["pom.debt.figure"]._messages_of(self._origin)
        for move in self:
            move.pom_asked_count = counts.get(move._origin.id, 0)

    def _write_multi(self, vals_list):
        # EXTENDS 'base': whatever is stored passes here, computed values too.
        super()._write_multi(vals_list)
        figures = self.env["pom.debt.figure"]
        facts = (*self._pom_fact_fields(), "mandate_id")
        figures._touch(figures._changed(self, vals_list, facts).ids)

    @api.model
    def _pom_perhaps_unasked(self, owing, whenever):
        # EXTENDS 'pom_payment'
        figures = self.env["pom.debt.figure"]
        # What is kept doesn't know of bank lines.
        if whenever or not figures._keeps_open():
            return super()._pom_perhaps_unasked(owing, whenever)
        few = [
            figures._open_anew(),
            SQL("SELECT move_id FROM %s WHERE NOT is_asked", SQL.identifier(OPEN)),
        ]
        # Nor of orders to a bank.
        if "account.payment.line" in self.env:
            few.append(
                SQL(
                    "SELECT move_id FROM account_move_line WHERE id = ANY(ARRAY(%s))",
                    self._pom_ordered(),
                )
            )
        return self._pom_owing_of("move_id", SQL(" UNION ").join(few), owing)
