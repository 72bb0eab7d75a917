from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.pom_message.tools import sms_text

from ..models.pom_delivery import choose_channel


class PomReminderTrialLine(models.TransientModel):
    """One message that would be sent, or a part of an invoice that wouldn't be."""

    _name = "pom.reminder.trial.line"
    _description = "Line of a Dry Run"

    trial_id = fields.Many2one(
        "pom.reminder.trial", required=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        selection=[("now", "Now"), ("later", "Later"), ("left_out", "Left out")],
        string="Type",
        required=True,
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    move_ids = fields.Many2many("account.move", string="Invoices", readonly=True)
    first_move_ids = fields.Many2many(
        "account.move", "pom_reminder_trial_line_first_rel", readonly=True
    )
    due_date = fields.Date(readonly=True)
    planned_date = fields.Date(string="On", readonly=True)
    policy_id = fields.Many2one("pom.reminder.policy", readonly=True)
    level_id = fields.Many2one("pom.reminder.policy.level", readonly=True)
    variant_id = fields.Many2one("pom.ab.variant", readonly=True)
    channel = fields.Selection(choose_channel, readonly=True)
    address = fields.Char(string="To", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    parts = fields.Json(readonly=True)
    amount = fields.Monetary(readonly=True)
    fee = fields.Monetary(readonly=True)
    interest = fields.Monetary(readonly=True)
    penalty = fields.Monetary(string="Compensation", readonly=True)
    costs = fields.Monetary(
        string="Costs for the Debtor",
        compute="_compute_costs",
        help="Reminder costs, interest and compensation together.",
    )
    total = fields.Monetary(string="Asked", compute="_compute_costs")
    deadline = fields.Date(readonly=True)
    reason = fields.Char(readonly=True)
    subject = fields.Char(compute="_compute_message")
    sms_parts = fields.Integer(
        string="Counted as (SMS)",
        compute="_compute_message",
        help="So many messages does the gateway count.",
    )
    body = fields.Html(compute="_compute_message", sanitize=False)

    @api.depends("partner_id", "level_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self:
            names = (line.partner_id.display_name, line.level_id.name)
            line.display_name = ": ".join(filter(None, names))

    @api.depends("fee", "interest", "penalty", "amount")
    def _compute_costs(self):
        for line in self:
            line.costs = line.fee + line.interest + line.penalty
            line.total = line.amount + line.costs

    @api.depends("parts")
    def _compute_message(self):
        """Of those that would be sent; drawn when somebody looks."""
        for line in self:
            line.subject = line.body = line.sms_parts = False
            if line.kind == "now" and line.channel:
                delivery = line.sudo()._delivery()
                line.subject = delivery.subject
                line.body = delivery._picture()
                is_sms = line.channel == "sms"
                line.sms_parts = is_sms and sms_text.parts(delivery.short_text or "")

    def _delivery(self):
        company, partner = self.trial_id.company_id, self.partner_id
        values = {
            "kind": "reminder",
            "channel": self.channel,
            "company_id": company.id,
            "partner_id": partner.id,
            "first_move_ids": [Command.set(self.first_move_ids.ids)],
            "policy_id": self.policy_id.id,
            "level_id": self.level_id.id,
            "variant_id": self.variant_id.id,
            "deadline": self.deadline,
            "fee": self.fee,
            "interest": self.interest,
            "penalty": self.penalty,
        }
        lang = partner.lang or company.partner_id.lang or self.env.lang
        deliveries = self.env["pom.delivery"].with_company(company)
        return deliveries._draft(values, self.move_ids, self.parts or [], lang)

    def action_preview(self):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_open_invoices(self):
        self.ensure_one()
        self.check_access("read")
        return self.move_ids._get_records_action()
