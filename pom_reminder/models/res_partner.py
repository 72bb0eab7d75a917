from odoo import fields, models

from odoo.addons.pom_payment.groups import ACCOUNTING


class ResPartner(models.Model):
    _inherit = "res.partner"

    type = fields.Selection(
        selection_add=[("pom_reminder", "Payment Reminders")],
        ondelete={"pom_reminder": "set default"},
    )
    pom_reminder_contact_id = fields.Many2one(
        "res.partner",
        string="Contact for Reminders",
        compute="_compute_pom_reminder_contact_id",
        groups=ACCOUNTING,
    )
    pom_policy_id = fields.Many2one(
        "pom.reminder.policy",
        string="Reminder Policy",
        company_dependent=True,
        help="Instead of the company's policy.",
        copy=False,
        index="btree_not_null",
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

    def _compute_pom_reminder_contact_id(self):
        rows = self.env["res.partner"].search_fetch(
            [("commercial_partner_id", "in", self.ids), ("type", "=", "pom_reminder")],
            ["commercial_partner_id"],
            order="id desc",
        )
        contacts = {contact.commercial_partner_id.id: contact for contact in rows}
        for partner in self:
            partner.pom_reminder_contact_id = contacts.get(partner._origin.id)

    def _pom_quiet_together(self):
        """What holds for these as one customer: the longest hold, with its reason.

        :return: values; none when nobody of them is left in peace
        """
        values = {}
        if held := self.filtered("pom_quiet_until"):
            longest = held.sorted("pom_quiet_until")[-1]
            values["pom_quiet_until"] = longest.pom_quiet_until
            values["pom_quiet_reason"] = longest.pom_quiet_reason
        if any(self.mapped("pom_no_reminders")):
            values["pom_no_reminders"] = True
        return values

    def _pom_address_collector(self):
        return self.display_name
