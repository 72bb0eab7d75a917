from odoo import fields, models

from odoo.addons.pom_payment.groups import SETTING_UP


class ResCompany(models.Model):
    _inherit = "res.company"

    pom_reminders_stopped = fields.Boolean(
        string="Stop All Reminders",
        help="Nothing is planned and nothing is sent while this is set.",
    )
    pom_policy_consumer_id = fields.Many2one(
        "pom.reminder.policy",
        string="Reminders to Persons",
        help="Followed for customers that are persons. Empty: they aren't reminded.",
        groups=SETTING_UP,
    )
    pom_policy_business_id = fields.Many2one(
        "pom.reminder.policy",
        string="Reminders to Businesses",
        help="Followed for customers that are companies. Empty: they aren't reminded.",
        groups=SETTING_UP,
    )
    pom_postage = fields.Monetary(
        string="Postage of a Letter",
        help="Added to the costs of a reminder on paper where the law allows it.",
    )
    pom_remind_days = fields.Integer(
        string="Longest Delay (days)",
        default=30,
        help="How far ahead a debtor may choose to be reminded.",
    )

    _pom_remind_days_positive = models.Constraint(
        "CHECK(pom_remind_days > 0)",
        "Debtors must be able to choose a day to be reminded on.",
    )

    def _pom_asks_nobody(self):
        # EXTENDS 'pom_message'
        return self.pom_reminders_stopped or super()._pom_asks_nobody()

    def _pom_enterprise_number(self):
        return self.company_registry or self.vat or ""

    def _pom_bank_days(self):
        """Day of the newest bank statement line of each company.

        :rtype: dict[int, datetime.date]
        """
        lines = self.env["account.bank.statement.line"].sudo()
        return {
            company.id: day
            for company, day in lines._read_group(
                [
                    ("company_id", "in", self.ids),
                    ("journal_id.type", "=", "bank"),
                    ("state", "=", "posted"),
                ],
                ["company_id"],
                ["date:max"],
            )
        }

    def _pom_policy_for(self, partner):
        debtor = partner.commercial_partner_id
        return (
            self.pom_policy_business_id
            if debtor.is_company
            else self.pom_policy_consumer_id
        )
