from odoo import api, fields, models

from odoo.addons.pom_payment.groups import ACCOUNTING


class AccountMove(models.Model):
    """In the list of invoices, how often each was asked."""

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
        rows = self.env["pom.debt.figure"]._read_group(
            [("move_id", "in", self.ids)], ["move_id"], ["messages:max"]
        )
        counts = dict(rows)
        for move in self:
            move.pom_asked_count = counts.get(move._origin, 0)
