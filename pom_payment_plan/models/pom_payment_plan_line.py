from odoo import api, fields, models
from odoo.tools.misc import format_date

from .pom_payment_plan import LIVE


class PomPaymentPlanLine(models.Model):
    """One part: when, and how much."""

    _name = "pom.payment.plan.line"
    _description = "Part of a Payment Plan"
    _order = "day, id"

    plan_id = fields.Many2one(
        "pom.payment.plan", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    currency_id = fields.Many2one(related="plan_id.currency_id")
    day = fields.Date(string="To Be Paid By", required=True)
    amount = fields.Monetary(required=True)
    left = fields.Monetary(string="Still to Pay", compute="_compute_left")
    status = fields.Selection(
        selection=[
            ("coming", "To come"),
            ("part", "Partly paid"),
            ("late", "Late"),
            ("paid", "Paid"),
        ],
        compute="_compute_left",
    )

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "Each part of a payment plan must be more than zero."
    )

    @api.depends("day", "amount", "plan_id.state", "plan_id.move_ids.pom_standing")
    def _compute_left(self):
        plans = self.plan_id._origin.filtered(lambda plan: plan.state in LIVE).sudo()
        left = {}
        for plan_id, rest in plans._rests().items():
            lines = plans.browse(plan_id).line_ids.sorted(lambda one: (one.day, one.id))
            left.update(zip(lines.ids, rest, strict=True))
        for line in self:
            is_live = line._origin.id in left
            line.left = float(left[line._origin.id]) if is_live else 0
            line.status = is_live and line._stands()

    def _stands(self):
        """The status of a part of a plan that runs."""
        if not self.left:
            return "paid"
        if self.day < self.plan_id.company_id._pom_today():
            return "late"
        return "part" if self.left < self.amount else "coming"

    def _day_in_words(self):
        return format_date(self.env, self.day, date_format="long")

    # -- what was agreed to isn't changed ----------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'base'
        lines = super().create(vals_list)
        lines._check_undecided()
        return lines

    def write(self, vals):
        # EXTENDS 'base'
        self._check_undecided()
        done = super().write(vals)
        self._check_undecided()
        return done

    def unlink(self):
        # EXTENDS 'base'
        self._check_undecided()
        return super().unlink()

    def _check_undecided(self):
        if not self.env.su:
            self.plan_id._check_undecided()
