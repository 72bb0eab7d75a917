from odoo import fields, models


class PomReminderHold(models.TransientModel):
    """Why, and until when, nobody is reminded of some invoices."""

    _name = "pom.reminder.hold"
    _description = "Hold Reminders"

    move_ids = fields.Many2many("account.move", string="Invoices", required=True)
    reason = fields.Char(required=True)
    until = fields.Date(help="Last day of the hold. Empty: until it's lifted.")

    def action_hold(self):
        self.move_ids.write(
            {
                "pom_reminder_hold": True,
                "pom_reminder_hold_reason": self.reason,
                "pom_reminder_hold_until": self.until,
            }
        )
