from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.pom_payment.debt.reasons import SILENCE

from .pom_delivery import choose_channel


class PomReminder(models.Model):
    """That one part of an invoice is to be asked for at one level: planned, then sent
    or left out. A part is what falls due on one day; most invoices have one.

    At most one for a part and a level, which the database sees to.
    """

    _name = "pom.reminder"
    _description = "Reminder"
    _inherit = ["pom.sealed"]
    _order = "planned_date, partner_id, id"

    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        required=True,
        readonly=True,
        ondelete="cascade",
        # All reminders of an invoice, sent ones too: of its form and of its deletion.
        index=True,
    )
    due_date = fields.Date(
        required=True,
        readonly=True,
        help="Of the part of the invoice that is asked.",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, readonly=True, index=True
    )
    policy_id = fields.Many2one(
        "pom.reminder.policy", readonly=True, ondelete="restrict", index=True
    )
    level_id = fields.Many2one(
        "pom.reminder.policy.level",
        readonly=True,
        ondelete="restrict",
        index=True,
        help="Empty when the debtor asked to be reminded.",
    )
    number = fields.Integer(
        readonly=True,
        help="Of this reminder among those after the due date; 0 before it.",
    )
    planned_date = fields.Date(string="Planned", required=True)
    hour = fields.Float(string="Not Before", readonly=True)
    channel = fields.Selection(choose_channel, readonly=True)
    step = fields.Integer(
        readonly=True, help="Which of the level's channels it is at, from 0."
    )
    state = fields.Selection(
        selection=[
            ("planned", "To approve"),
            ("approved", "Approved"),
            ("sent", "Sent"),
            ("left_out", "Excluded"),
            ("skipped", "Skipped"),
        ],
        required=True,
        default="planned",
        readonly=True,
    )
    reason = fields.Selection(selection=list(SILENCE.items()), readonly=True)
    variant_id = fields.Many2one(
        "pom.ab.variant", readonly=True, ondelete="set null", index="btree_not_null"
    )
    delivery_id = fields.Many2one(
        "pom.delivery",
        string="Last Message",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    done_date = fields.Date(
        string="Sent On",
        readonly=True,
        help="When it really went out: e-mail at the mail server, letter at the post.",
    )
    on_paper = fields.Boolean(readonly=True)
    check_date = fields.Date(
        string="Next Channel On",
        readonly=True,
        help="When the next channel is tried if nobody looked by then.",
    )
    amount = fields.Monetary(
        string="To Ask",
        compute="_compute_amount",
        compute_sudo=True,
        help="What may be asked of this part today.",
    )
    currency_id = fields.Many2one(related="move_id.currency_id")
    journal_id = fields.Many2one(related="move_id.journal_id")

    _once_per_level = models.UniqueIndex(
        "(move_id, due_date, level_id) WHERE level_id IS NOT NULL",
        "This part of the invoice has a reminder of this level already.",
    )
    _once_per_day_asked = models.UniqueIndex(
        "(move_id, planned_date) WHERE level_id IS NULL",
        "The debtor is reminded on that day already.",
    )
    # What is due (``_due_debtors``).
    _to_send = models.Index("(company_id, partner_id) WHERE state = 'approved'")
    # What may not be right any more (``_drop_paid``), beside all that was ever sent.
    _waiting = models.Index(
        "(company_id, move_id) WHERE state IN ('planned', 'approved')"
    )
    # Whose next channel is tried now (``_use_next_channels``).
    _to_check = models.Index(
        "(check_date) WHERE state = 'sent' AND check_date IS NOT NULL"
    )

    @api.depends("move_id.name", "level_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for reminder in self:
            level = reminder.level_id.name or self.env._("As asked")
            reminder.display_name = f"{reminder.move_id.name} – {level}"

    # Not on what the invoice's standing is made of: else every change of an invoice
    # would look for its reminders.
    @api.depends("move_id", "due_date", "state")
    def _compute_amount(self):
        asked_for = self.filtered(lambda reminder: not reminder.level_id)
        wished = asked_for.move_id._pom_askings(as_wished=True)
        planned = (self - asked_for).move_id._pom_askings()
        for reminder in self:
            askings = planned if reminder.level_id else wished
            asking, day = askings.get(reminder.move_id.id), reminder.due_date
            is_asked = asking and not asking.silence(day)
            reminder.amount = is_asked and float(asking.asked_of(day))

    @api.model
    def _on_request(self, move, date, channel):
        """Find or make the reminder that a debtor asked for. The last wish counts: one
        for another day that is still to come is none any more.
        """
        wished = self.search([("move_id", "=", move.id), ("level_id", "=", False)])
        known = wished.filtered(lambda reminder: reminder.planned_date == date)
        waiting = wished.filtered(
            lambda one: one.state in ("planned", "approved") and not one.delivery_id
        )
        (waiting - known).write({"state": "left_out", "reason": "superseded"})
        again = known.filtered(lambda reminder: reminder.reason == "superseded")
        again.write({"state": "approved", "reason": False})
        return known or self.create(
            {
                "move_id": move.id,
                "due_date": move.pom_standing.day or date,
                "company_id": move.company_id.id,
                "partner_id": move.partner_id.id,
                "policy_id": move._pom_policy().id,
                "planned_date": date,
                "channel": channel,
                "state": "approved",
            }
        )

    @api.model
    def _reminding_companies(self):
        setups = self.env["pom.reminder.setup"].search(
            [("state", "!=", "stopped"), ("company_id.active", "=", True)]
        )
        return setups.company_id

    # -- actions -----------------------------------------------------------------------

    def action_approve(self):
        self.check_access("write")
        to_do = self.filtered(lambda reminder: reminder.state == "planned")
        to_do.sudo().write({"state": "approved"})
        self.env.ref("pom_reminder.cron_send_reminders").sudo()._trigger()

    def action_take_back(self):
        """An approval is no sending: what hasn't left yet waits for another one."""
        self.check_access("write")
        mine = self.sudo().try_lock_for_update().with_env(self.env)
        to_do = mine.filtered(lambda r: r.state == "approved" and r.level_id)
        to_do.sudo().write({"state": "planned"})
        if not to_do:
            raise UserError(
                self.env._("None of these is approved and still to be sent.")
            )

    def action_skip(self):
        """Not this level for these; the next one comes in its turn."""
        self.check_access("write")
        to_do = self.filtered(lambda r: r.state in ("planned", "approved", "left_out"))
        for company, reminders in to_do.grouped("company_id").items():
            reminders.sudo().write(
                {"state": "skipped", "done_date": company._pom_today()}
            )

    def action_retry(self):
        """From the first channel again: the address was put right, say."""
        self.check_access("write")
        to_do = self.filtered(lambda reminder: reminder.state == "left_out")
        to_do.sudo().write({"state": "planned", "reason": False, "step": 0})

    def action_open_invoice(self):
        self.ensure_one()
        self.check_access("read")
        return self.move_id._get_records_action()
