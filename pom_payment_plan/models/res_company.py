from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.pom_payment.groups import SETTING_UP

from ..tools.plan_bounds import PlanBounds


class ResCompany(models.Model):
    """Within which bounds debtors may pay in parts without asking."""

    _inherit = "res.company"

    pom_plan_at_once = fields.Selection(
        selection=[
            ("nobody", "Nobody: a person decides"),
            ("persons", "Persons"),
            ("businesses", "Businesses"),
            ("all", "Everybody"),
        ],
        string="Agreed to at Once For",
        default="nobody",
        required=True,
        help="Whoever asks for parts within these bounds gets them at once. All other "
        "wishes wait for a person.",
    )
    pom_plan_most_parts = fields.Integer(string="Most Parts", default=3)
    pom_plan_least_part = fields.Monetary(string="Least Part", default=25)
    pom_plan_most = fields.Monetary(
        string="Largest Debt", help="0: however large the debt is."
    )
    pom_plan_days = fields.Integer(string="All Paid Within (days)", default=120)
    pom_plan_first_now = fields.Boolean(
        string="First Part Now", help="The first part is to be paid on the same day."
    )
    pom_plan_late_days = fields.Integer(
        string="Days a Part May Be Late",
        default=3,
        help="After these days, which a transfer may take, the debtor gets a friendly "
        "message.",
    )
    pom_plan_grace_days = fields.Integer(
        string="Days of Grace",
        default=7,
        help="When nothing came this many days after that message, the plan is broken "
        "and all is due again.",
    )
    pom_plan_costs = fields.Monetary(
        string="Costs of a Plan",
        help="Shown before anybody agrees, and spread over the parts. An invoice for "
        "them is made when the plan is agreed to.",
    )
    pom_plan_product_id = fields.Many2one(
        "product.product",
        string="Invoiced As",
        domain=[("sale_ok", "=", True)],
        help="Its income account is used, and no tax.",
        groups=SETTING_UP,
    )

    _pom_plan_numbers = models.Constraint(
        "CHECK(pom_plan_most_parts BETWEEN 1 AND 24 AND pom_plan_days > 0"
        " AND pom_plan_late_days >= 0 AND pom_plan_grace_days >= 0"
        " AND pom_plan_least_part >= 0 AND pom_plan_most >= 0"
        " AND pom_plan_costs >= 0)",
        "Payment plans: from 1 to 24 parts, and no numbers below zero.",
    )

    @api.constrains("pom_plan_costs", "pom_plan_product_id")
    def _check_pom_plan_costs(self):
        for company in self.sudo():
            if company.pom_plan_costs and not company.pom_plan_product_id:
                raise ValidationError(
                    company.env._(
                        "Choose the product that the costs of a payment plan are "
                        "invoiced as."
                    )
                )

    def _pom_plan_bounds(self):
        """
        :rtype: PlanBounds
        """
        return PlanBounds(
            most_parts=self.pom_plan_most_parts,
            least_part=Decimal(str(self.pom_plan_least_part)),
            last_day=self._pom_today() + timedelta(self.pom_plan_days),
            first_now=self.pom_plan_first_now,
            most=Decimal(str(self.pom_plan_most)) if self.pom_plan_most else None,
        )

    def _pom_plans_at_once_for(self, partner):
        """Whether this debtor's wish may be agreed to without a person."""
        is_company = partner.commercial_partner_id.is_company
        kind = "businesses" if is_company else "persons"
        return self.pom_plan_at_once in (kind, "all")
