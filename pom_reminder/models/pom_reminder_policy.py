from decimal import Decimal

from odoo import api, fields, models

from odoo.addons.pom_payment.debt.reasons import Demands

from ..laws import RULES

#: Between which one writes, where no policy says otherwise.
HOURS = (9.0, 18.0)


class PomReminderPolicy(models.Model):
    """When debtors are reminded, by which channels, with which words and costs."""

    _name = "pom.reminder.policy"
    _description = "Reminder Policy"
    _inherit = ["pom.anchored"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: for all companies.")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    rule = fields.Selection(
        selection=[(rule.code, rule.label) for rule in RULES.values()],
        string="Law",
        required=True,
        default="none",
        help="Caps the costs and keeps the terms that the law gives the debtor, "
        "whatever is set below.",
    )
    regular = fields.Boolean(
        string="Regular Deliveries",
        help="Subscriptions and the like: consumers in Belgium have the reminders of "
        "three due dates a year for free.",
    )
    automatic = fields.Boolean(
        string="Send Automatically",
        help="Otherwise a person approves every reminder first.",
    )
    group = fields.Boolean(
        string="One Message per Customer",
        default=True,
        help="All that is to be asked of a customer on a day, in one message.",
    )
    working_days = fields.Boolean(
        string="Only on Working Days",
        default=True,
        help="Not on Saturdays, Sundays and the holidays of your company's country.",
    )
    hour_from = fields.Float(string="From", default=HOURS[0])
    hour_to = fields.Float(string="To", default=HOURS[1])
    least_amount = fields.Monetary(
        string="Minimum Amount", help="Less than this isn't asked for."
    )
    interest_rate = fields.Float(
        string="Interest (% a year)",
        digits=(16, 3),
        help="Agreed with the customer. 0: the law's own rate, half-year by half-year.",
    )
    level_ids = fields.One2many(
        "pom.reminder.policy.level", "policy_id", string="Levels", copy=True
    )

    _hours = models.Constraint(
        "CHECK(hour_from >= 0 AND hour_from < hour_to AND hour_to <= 24)",
        "The hours must be within a day, and the first before the last.",
    )

    @api.depends_context("company")
    @api.depends("company_id")
    def _compute_currency_id(self):
        for policy in self:
            company = policy.company_id or self.env.company
            policy.currency_id = company.currency_id

    @api.constrains("rule", "interest_rate", "level_ids")
    def _check_rule(self):
        for policy in self:
            policy._check_interest()
            policy.level_ids._check_rule()

    def _is_automatic(self, company):
        """Whether nobody approves its reminders first."""
        sending = company._pom_setup().sending or "policy"
        return self.automatic if sending == "policy" else sending == "automatic"

    def _working_days_of(self, company):
        """The place on whose working days alone one writes; None for any day. Where no
        policy is followed, what a debtor asked for leaves on those, too.
        """
        return None if self and not self.working_days else company._pom_place()

    def _demands(self, company):
        must_identify = "enterprise" in self._rule().must_state
        setup = company._pom_setup()
        return Demands(
            least=Decimal(str(self.least_amount)),
            since=setup.since or None,
            bank_days=None if setup.bank_days < 0 else setup.bank_days,
            creditor_known=not must_identify or bool(company._pom_enterprise_number()),
        )

    # -- actions -----------------------------------------------------------------------

    def action_try(self):
        """The dry run: who would get what, and who is left out and why, as if all whom
        it suits followed this policy. Nothing is planned, sent or written.
        """
        self.ensure_one()
        self.check_access("read")
        setup = self.env["pom.reminder.setup"].search(
            [("company_id", "=", self.env.company.id)]
        )
        return self.env["pom.reminder.trial"]._open(setup, self)

    def action_make_ours(self):
        """A copy that belongs to one's own company, to change it."""
        self.ensure_one()
        self.check_access("read")
        ours = self.copy(
            {
                "company_id": self.env.company.id,
                "name": self.env._("%s (ours)", self.name),
            }
        )
        return ours._get_records_action()

    def action_reminders(self):
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "pom_reminder.pom_reminder_action"
        )
        action["domain"] = [("policy_id", "in", self.ids)]
        return action
