from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.pom_payment.groups import ACCOUNTING

from .pom_payment_plan import LIVE


class AccountMove(models.Model):
    """Debts that are paid in parts as agreed. One plan at most counts for each, since
    there is one place to name it.
    """

    _inherit = "account.move"

    pom_plan_id = fields.Many2one(
        "pom.payment.plan",
        string="Payment Plan",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=ACCOUNTING,
    )
    pom_plan_summary = fields.Char(
        related="pom_plan_id.summary", string="Payment Plan Stands", groups=ACCOUNTING
    )
    pom_plan_ids = fields.Many2many(
        "pom.payment.plan",
        "pom_payment_plan_move_rel",
        "move_id",
        "plan_id",
        string="Payment Plans",
        copy=False,
        groups=ACCOUNTING,
    )
    pom_plan_count = fields.Integer(
        compute="_compute_pom_plan_count", groups=ACCOUNTING
    )

    @api.depends("pom_plan_ids")
    def _compute_pom_plan_count(self):
        for move in self:
            move.pom_plan_count = len(move.pom_plan_ids)

    # -- what is known about the debt --------------------------------------------------

    @api.depends(
        "pom_plan_id.state", "pom_plan_id.line_ids.day", "pom_plan_id.line_ids.amount"
    )
    def _compute_pom_standing(self):
        # EXTENDS 'pom_payment'
        return super()._compute_pom_standing()

    @api.model
    def _pom_fact_fields(self):
        # EXTENDS 'pom_payment'
        return (*super()._pom_fact_fields(), "pom_plan_id")

    def _pom_plan_state(self):
        # EXTENDS 'pom_payment'
        counts = self.pom_plan_id or self.pom_plan_ids.sorted("id")[-1:]
        return counts.state or super()._pom_plan_state()

    def _pom_plans(self, dues):
        # EXTENDS 'pom_payment'
        plans = super()._pom_plans(dues)
        kept = self.pom_plan_id.filtered(lambda plan: plan.state in LIVE)
        found = kept._parts_by_debt(dues) if kept else {}
        return {**plans, **{key: found[key] for key in found if key in self._ids}}

    @api.model
    def _pom_agreed(self):
        # EXTENDS 'pom_payment'
        self.flush_model(["pom_plan_id"])
        planned = SQL("SELECT id FROM account_move WHERE pom_plan_id IS NOT NULL")
        return [*super()._pom_agreed(), planned]

    def _pom_quiet_in_words(self, facts):
        # EXTENDS 'pom_payment': after news of a plan, so that both don't cross.
        words = {
            "offered": self.env._("A payment plan is proposed"),
            "broken": self.env._("The payment plan is broken"),
        }
        return words.get(facts.get("plan")) or super()._pom_quiet_in_words(facts)

    def _pom_to_plan(self):
        """Those of these that a plan can be about: what is open, in one currency."""
        standings = self._pom_standings()
        owed = self.filtered(lambda move: standings[move.id].left > 0)
        return owed.filtered(lambda move: move.currency_id == owed[:1].currency_id)

    # -- actions -----------------------------------------------------------------------

    def action_pom_plan(self):
        """Look at the plans of these invoices."""
        self.check_access("read")
        return self.env["pom.payment.plan"]._action_of(self.pom_plan_ids)

    def action_pom_new_plan(self):
        """Make a plan for these invoices of one customer."""
        self.check_access("write")
        return self.env["pom.payment.plan"]._action_new(self, count=3)

    def action_pom_promise(self):
        """Note that the debtor promised to pay all on one day."""
        self.check_access("write")
        return self.env["pom.payment.plan"]._action_new(self, count=1)
