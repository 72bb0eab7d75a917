from datetime import date

from odoo import fields, models


class PomReminderQuiet(models.TransientModel):
    """Why, and until when, nobody is reminded of some invoices."""

    _name = "pom.reminder.quiet"
    _description = "No Reminders"

    move_ids = fields.Many2many("account.move", string="Invoices", required=True)
    reason = fields.Char(required=True)
    until = fields.Date(help="Last day without reminders. Empty: without end.")

    def action_keep_quiet(self):
        """A person decides, so that a longer time may be made shorter too."""
        self.check_access("write")
        self.move_ids._pom_set_quiet(self.until or date.max, self.reason)
