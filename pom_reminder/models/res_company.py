from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.pom_payment.groups import SETTING_UP


class ResCompany(models.Model):
    """What a company's set-up of reminders says, for whoever asks the company."""

    _inherit = "res.company"

    pom_reminder_setup_ids = fields.One2many(
        "pom.reminder.setup", "company_id", groups=SETTING_UP
    )
    pom_reminders_stopped = fields.Boolean(
        string="All Reminders Stopped",
        compute="_compute_pom_reminders",
        inverse="_inverse_pom_reminders_stopped",
        compute_sudo=True,
    )
    pom_policy_consumer_id = fields.Many2one(
        "pom.reminder.policy",
        string="Reminders to Consumers",
        compute="_compute_pom_reminders",
        inverse="_inverse_pom_policy_consumer_id",
        compute_sudo=True,
        groups=SETTING_UP,
        help="The policy that is followed.",
    )
    pom_policy_business_id = fields.Many2one(
        "pom.reminder.policy",
        string="Reminders to Businesses",
        compute="_compute_pom_reminders",
        inverse="_inverse_pom_policy_business_id",
        compute_sudo=True,
        groups=SETTING_UP,
        help="The policy that is followed.",
    )

    @api.depends(
        "pom_reminder_setup_ids.state",
        "pom_reminder_setup_ids.consumer_policy_id",
        "pom_reminder_setup_ids.business_policy_id",
    )
    def _compute_pom_reminders(self):
        for company in self:
            setup = company._pom_setup()
            is_followed = setup.state == "running"
            company.pom_reminders_stopped = setup.state == "stopped"
            company.pom_policy_consumer_id = is_followed and setup.consumer_policy_id
            company.pom_policy_business_id = is_followed and setup.business_policy_id

    def _inverse_pom_reminders_stopped(self):
        for company in self:
            state = "stopped" if company.pom_reminders_stopped else "running"
            company.pom_reminder_setup_ids.write({"state": state})

    def _inverse_pom_policy_consumer_id(self):
        self._follow("consumer_policy_id", "pom_policy_consumer_id")

    def _inverse_pom_policy_business_id(self):
        self._follow("business_policy_id", "pom_policy_business_id")

    def _follow(self, name, mine):
        for company in self:
            company.pom_reminder_setup_ids.write(
                {name: company[mine].id, "state": "running"}
            )

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'base': each has its set-up, in which nothing is followed yet.
        companies = super().create(vals_list)
        self.env["pom.reminder.setup"].sudo().create(
            [{"company_id": company.id} for company in companies]
        )
        return companies

    def _pom_setup(self):
        """
        :rtype: pom.reminder.setup
        """
        return self.sudo().pom_reminder_setup_ids[:1]

    def _pom_asks_nobody(self):
        # EXTENDS 'pom_message'
        return self.pom_reminders_stopped or super()._pom_asks_nobody()

    @api.depends("pom_reminder_setup_ids.mail_from")
    def _compute_pom_sender(self):
        # EXTENDS 'pom_payment'
        super()._compute_pom_sender()

    def _pom_chosen_sender(self):
        # EXTENDS 'pom_payment'
        return self._pom_setup().mail_from or super()._pom_chosen_sender()

    def _pom_enterprise_number(self):
        return self.company_registry or self.vat or ""

    # -- debtors -----------------------------------------------------------------------

    def _pom_policy_for(self, partner, setup=None):
        """
        :param setup: instead of the policies that are followed, those of a set-up that
            hasn't started yet
        """
        is_business = self._pom_is_business(partner)
        if setup:
            name = "business_policy_id" if is_business else "consumer_policy_id"
            return setup[name]
        return (
            self.pom_policy_business_id if is_business else self.pom_policy_consumer_id
        )

    def _pom_is_business(self, partner):
        """A number of the register or of the tax office makes a business; where
        companies count as such too, they need none.
        """
        debtor = partner.commercial_partner_id
        number = debtor.vat if debtor.vat != "/" else ""
        if number or debtor.company_registry:
            return True
        return debtor.is_company and self._pom_setup().business_by == "company"

    @api.model
    def _pom_sql_business(self, company_id):
        """The same of a ``debtor``, in SQL.

        :param SQL company_id: id of the company that asks
        :rtype: SQL
        """
        return SQL(
            """(COALESCE(debtor.vat, '/') NOT IN ('', '/')
                OR COALESCE(debtor.company_registry, '') <> ''
                OR COALESCE(debtor.is_company, FALSE) AND EXISTS (
                   SELECT FROM pom_reminder_setup setup
                    WHERE setup.company_id = %s AND setup.business_by = 'company'))""",
            company_id,
        )
