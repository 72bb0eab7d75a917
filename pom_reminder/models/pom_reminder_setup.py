from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import email_normalize
from odoo.tools.misc import format_date

#: Policies that a set-up chooses, by whom they are for.
POLICIES = ("consumer_policy_id", "business_policy_id")
#: What was due longer ago isn't proposed to be asked.
AGO = timedelta(days=90)
#: Invoices that somebody may wait for.
AT_ONCE = 2000


class PomReminderSetup(models.Model):
    """How a company reminds: one record each, for whoever administers invoicing.

    Not on the company, which only administrators of the system may write.
    """

    _name = "pom.reminder.setup"
    _description = "Reminders of a Company"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    state = fields.Selection(
        selection=[
            ("draft", "Not started"),
            ("running", "Running"),
            ("stopped", "All stopped"),
        ],
        default="draft",
        required=True,
        readonly=True,
        tracking=True,
        help="Before the start no policy is followed. While all are stopped nothing is "
        "planned and nothing is sent, not even what debtors asked for.",
    )
    consumer_policy_id = fields.Many2one(
        "pom.reminder.policy",
        string="Consumers",
        domain="[('company_id', 'in', (False, company_id))]",
        ondelete="restrict",
        help="Empty: they aren't reminded.",
    )
    business_policy_id = fields.Many2one(
        "pom.reminder.policy",
        string="Businesses",
        domain="[('company_id', 'in', (False, company_id))]",
        ondelete="restrict",
        help="Empty: they aren't reminded.",
    )
    business_by = fields.Selection(
        selection=[
            ("number", "whoever has a VAT or company number"),
            ("company", "whoever is a company, and persons with a number"),
        ],
        string="A Business Is",
        default="number",
        required=True,
        help="Whoever isn't is a consumer, whom the law protects more.",
    )
    since = fields.Date(
        string="From Due Date",
        help="What was due before that day isn't asked by itself. Empty: all of it is.",
    )
    sending = fields.Selection(
        selection=[
            ("approve", "after somebody approved each reminder"),
            ("policy", "as each policy says"),
            ("automatic", "by themselves"),
        ],
        string="They Leave",
        default="policy",
        required=True,
    )
    bank_days = fields.Integer(
        string="Bank Not Older Than",
        default=5,
        help="Days. Nobody is reminded when the newest statement of the bank journal "
        "that the invoice names is older. -1: whatever its age.",
    )
    bank_summary = fields.Text(string="Bank Journals", compute="_compute_bank_summary")
    grace_days = fields.Integer(
        string="Days of Grace",
        default=7,
        help="What waits for a person (a letter to print, an address to find) waits so "
        "long; then the policy goes on without it.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Told of What Waits",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        ondelete="set null",
    )
    has_clause = fields.Boolean(
        string="Our Conditions Name Costs",
        help="The contract or the general conditions that the debtor accepted say that "
        "paying late costs interest or a compensation. Without that, no cost is asked "
        "where the law wants such a clause.",
    )
    postage = fields.Monetary(
        string="Postage of a Letter",
        help="Added to the costs of a reminder on paper where the law allows it.",
    )
    remind_days = fields.Integer(
        string="Longest Delay",
        default=30,
        help="How many days ahead a debtor may choose to be reminded.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    sender = fields.Char(string="Sent From", compute="_compute_sender")
    mail_from = fields.Char(
        string="E-mail Address",
        tracking=True,
        help="Of the company, for which none was entered: all messages to debtors come "
        "from it, and replies go to it.",
    )
    is_empty = fields.Boolean(compute="_compute_is_empty")
    to_approve = fields.Integer(compute="_compute_waiting")
    stalled = fields.Integer(compute="_compute_waiting")

    _one_each = models.Constraint(
        "UNIQUE(company_id)", "This company has its reminders set up already."
    )
    _remind_days_positive = models.Constraint(
        "CHECK(remind_days > 0)",
        "Debtors must be able to choose a day to be reminded on.",
    )
    _grace_days_positive = models.Constraint(
        "CHECK(grace_days > 0)", "What waits needs a day of grace at least."
    )

    @api.constrains("mail_from")
    def _check_mail_from(self):
        for setup in self.filtered("mail_from"):
            if not email_normalize(setup.mail_from):
                raise ValidationError(
                    self.env._("%s isn't an e-mail address.", setup.mail_from)
                )

    @api.depends("company_id.pom_sender")
    def _compute_sender(self):
        for setup in self:
            setup.sender = setup.company_id.sudo().pom_sender

    @api.depends(*POLICIES)
    def _compute_is_empty(self):
        for setup in self:
            setup.is_empty = not any(setup[name] for name in POLICIES)

    @api.depends("state")
    def _compute_waiting(self):
        reminders = self.env["pom.reminder"]
        for setup in self:
            mine = [("company_id", "=", setup.company_id.id)]
            setup.to_approve = reminders.search_count(
                [*mine, ("state", "=", "planned")]
            )
            setup.stalled = reminders.search_count(
                [*mine, *reminders._domain_stalled()]
            )

    @api.depends("company_id", "bank_days")
    def _compute_bank_summary(self):
        for setup in self:
            newest = setup.company_id._pom_newest_statements()
            today = setup.company_id._pom_today()
            setup.bank_summary = "\n".join(
                setup._about_journal(journal, newest.get(journal.id), today)
                for journal in setup.company_id._pom_bank_journals()
            )

    def _about_journal(self, journal, day, today):
        account = journal.bank_account_id.acc_number or self.env._("no account number")
        if not day:
            return self.env._(
                "%(journal)s (%(account)s): no statement yet",
                journal=journal.name,
                account=account,
            )
        days = (today - day).days
        return self.env._(
            "%(journal)s (%(account)s): up to %(day)s, %(age)s",
            journal=journal.name,
            account=account,
            day=format_date(self.env, day),
            age=self.env._("1 day old")
            if days == 1
            else self.env._("%s days old", days),
        )

    @api.onchange(*POLICIES)
    def _onchange_policies(self):
        if not self.since and not self.is_empty and self.state == "draft":
            self.since = self.company_id._pom_today() - AGO

    @api.model
    def _make_missing(self):
        """Each company has its own, in which nothing is followed yet."""
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        missing = companies.search([("pom_reminder_setup_ids", "=", False)])
        self.sudo().create([{"company_id": company.id} for company in missing])

    def _ask_for_clause(self):
        """Hear from whoever was reminding before that was asked whether a cost may be
        asked: until then none is, where the law wants a clause for it.
        """
        self.ensure_one()
        policies = self.consumer_policy_id | self.business_policy_id
        if self.has_clause or not any(one._rule().needs_clause for one in policies):
            return
        user = self._who_is_told()
        words = self.with_context(lang=user.lang).env._(
            "Reminders ask no costs any more, since the law wants them in your "
            "conditions. If yours name them, say so here."
        )
        # One that stays until somebody has done with it.
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=words,
            automated=False,
        )

    def _as_if(self, policy):
        """A set-up in memory in which all whom a policy suits follow it: those whom its
        law is about, or everybody.

        :rtype: pom.reminder.setup
        """
        debtor = policy._rule().debtor
        return self.new(
            {
                "company_id": self.company_id.id,
                "consumer_policy_id": debtor != "business" and policy.id,
                "business_policy_id": debtor != "consumer" and policy.id,
            }
        )

    # -- actions -----------------------------------------------------------------------

    def action_open(self):
        """The page of the company that one works in."""
        self.check_access("read")
        setup = self.search([("company_id", "=", self.env.company.id)])
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "pom_reminder.pom_reminder_setup_action"
        )
        return {**action, "res_id": setup.id}

    def action_try(self):
        """The dry run: nothing is planned, sent or written."""
        self.ensure_one()
        self.check_access("read")
        if self.is_empty:
            raise UserError(
                self.env._("Choose a policy first, for consumers or for businesses.")
            )
        chosen = self.consumer_policy_id | self.business_policy_id
        return self.env["pom.reminder.trial"]._open(self, chosen)

    def action_start(self):
        """From now on the policies are followed."""
        self.check_access("write")
        # Who follows no policy may still want what debtors ask for.
        only_resumed = self.filtered(lambda s: s.is_empty and s.state == "stopped")
        only_resumed.state = "draft"
        for setup in self - only_resumed:
            setup._check_complete()
        (self - only_resumed).state = "running"
        self.env.ref("pom_reminder.cron_plan_reminders").sudo()._trigger()
        for setup in self:
            setup._plan_at_once()
        return self.env["pom.reminder"].action_worklist()

    def _plan_at_once(self):
        """So that the list isn't empty; of many debtors a scheduled action does it."""
        company = self.company_id
        reminders = self.env["pom.reminder"].sudo().with_company(company)
        last, _moves = reminders._candidates(company, 0, AT_ONCE)
        if last is None:
            reminders._plan(company)

    def _check_complete(self):
        """
        :raises UserError: with what is missing
        """
        if self.is_empty:
            raise UserError(
                self.env._("Choose a policy first, for consumers or for businesses.")
            )
        if not self.sender:
            raise UserError(
                self.env._(
                    "%s has no e-mail address yet: debtors must see who writes. Enter "
                    "one here.",
                    self.company_id.name,
                )
            )

    def action_stop(self):
        """What is queued doesn't leave either."""
        self.check_access("write")
        self.state = "stopped"

    def action_policies(self):
        self.ensure_one()
        self.check_access("read")
        return self.env["ir.actions.act_window"]._for_xml_id(
            "pom_reminder.pom_reminder_policy_action"
        )

    def action_waiting(self):
        self.ensure_one()
        self.check_access("read")
        return self.env["pom.reminder"].action_worklist()

    def action_stalled(self):
        self.ensure_one()
        self.check_access("read")
        return self.env["pom.reminder"].action_stalled()
