from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.pom_payment.debt.reasons import Demands

from ..tools.reminder_rules import RULES


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
        string="National Rule",
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
    hour_from = fields.Float(string="From", default=9.0)
    hour_to = fields.Float(string="To", default=18.0)
    least_amount = fields.Monetary(
        string="Minimum Amount", help="Less than this isn't asked for."
    )
    bank_days = fields.Integer(
        string="Bank Statements Not Older Than",
        default=-1,
        help="Days. Nothing is sent when the newest bank statement is older, so that "
        "nobody is chased who paid. -1: send whatever its age.",
    )
    interest_rate = fields.Float(
        string="Interest (% a year)", digits=(16, 3), help="Agreed with the customer."
    )
    reference_rate = fields.Float(
        string="Reference Rate (%)",
        digits=(16, 3),
        help="Of the European Central Bank, as published for the half-year: the cap on "
        "interest is counted from it.",
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

    @api.constrains("rule", "interest_rate", "reference_rate", "level_ids")
    def _check_rule(self):
        for policy in self:
            policy._check_interest()
            policy.level_ids._check_rule()

    def _check_interest(self):
        cap = self._rule().rate_cap(Decimal(str(self.reference_rate)))
        if cap is not None and Decimal(str(round(self.interest_rate, 3))) > cap:
            raise ValidationError(
                self.env._(
                    "%(policy)s: interest may be %(cap)s %% at most, which is the "
                    "reference rate and what the law adds to it.",
                    policy=self.name,
                    cap=cap,
                )
            )

    def _rule(self):
        return RULES[self.rule]

    def _working_days_of(self, company):
        """The country on whose working days alone one writes; None for any day."""
        return (company.country_code or "") if self.working_days else None

    def _demands(self, company):
        must_identify = "enterprise" in self._rule().must_state
        return Demands(
            least=Decimal(str(self.least_amount)),
            bank_days=None if self.bank_days < 0 else self.bank_days,
            creditor_known=not must_identify or bool(company._pom_enterprise_number()),
        )

    # -- actions -----------------------------------------------------------------------

    def action_plan(self):
        """The dry run: who would get what, and who is left out and why."""
        self.check_access("read")
        self.env["pom.reminder"].check_access("write")
        # A branch reads the policy of its parent, and plans nothing for it.
        companies = (self.company_id & self.env.companies) or self.env.companies
        for company in companies:
            self.env["pom.reminder"].sudo().with_company(company)._plan(company)
        return self.action_reminders()

    def action_reminders(self):
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "pom_reminder.pom_reminder_action"
        )
        action["domain"] = [("policy_id", "in", self.ids)]
        return action
