from odoo import api, fields, models

#: What customers paid beyond what was due.
TOO_MUCH = ("surplus", "paid_twice")


class PomMatch(models.Model):
    """Whether there is anything to give back of what a customer paid too much."""

    _inherit = "pom.match"

    _pom_too_much_idx = models.Index(
        "(company_id) WHERE state = 'matched' AND flag IN ('surplus', 'paid_twice')"
    )

    can_pay_back = fields.Boolean(
        string="Can Be Refunded",
        compute="_compute_can_pay_back",
        compute_sudo=True,
        help="Some of it was neither used nor paid back yet.",
    )

    @api.depends("state", "flag")
    def _compute_can_pay_back(self):
        for match in self:
            match.can_pay_back = (
                match.state == "matched"
                and match.flag in TOO_MUCH
                and match.statement_line_id.move_id.line_ids._pom_unapplied() > 0
            )
