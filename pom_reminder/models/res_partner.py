from odoo import fields, models

from odoo.addons.pom_payment.groups import ACCOUNTING


class ResPartner(models.Model):
    _inherit = "res.partner"

    pom_policy_id = fields.Many2one(
        "pom.reminder.policy",
        string="Reminder Policy",
        company_dependent=True,
        help="Instead of the company's policy.",
        copy=False,
        groups=ACCOUNTING,
    )
    pom_no_reminders = fields.Boolean(
        string="No Reminders",
        help="This customer is never reminded by itself.",
        copy=False,
        groups=ACCOUNTING,
    )
    pom_quiet_until = fields.Date(
        string="No Reminders Until",
        help="Until and including this day nobody is reminded of what this customer "
        "owes. 31 December 9999: until somebody decides otherwise.",
        copy=False,
        groups=ACCOUNTING,
    )
    pom_quiet_reason = fields.Char(
        string="Why No Reminders", copy=False, groups=ACCOUNTING
    )

    def _pom_address_collector(self):
        return self.display_name
