from datetime import date
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ..tools.channels import CHANNELS
from ..tools.reminder_reasons import Debt
from .account_move import PAYABLE

#: Payment states in which there can be something to ask for.
OPEN = ("not_paid", "partial")


class AccountMove(models.Model):
    _inherit = "account.move"

    pom_policy_id = fields.Many2one(
        "pom.reminder.policy",
        string="Reminder Policy",
        copy=False,
        check_company=True,
        help="Instead of the customer's or the company's policy.",
    )
    pom_reminder_hold = fields.Boolean(string="Hold Reminders", copy=False)
    pom_reminder_hold_until = fields.Date(
        string="Hold Until",
        copy=False,
        help="Last day of the hold. Empty: until it's lifted.",
    )
    pom_reminder_hold_reason = fields.Char(string="Reason of the Hold", copy=False)
    pom_reminder_ids = fields.One2many(
        "pom.reminder", "move_id", string="Reminders", copy=False
    )
    pom_delivery_ids = fields.Many2many(
        "pom.delivery",
        "pom_delivery_move_rel",
        "move_id",
        "delivery_id",
        string="Payment Requests",
        copy=False,
    )
    pom_level_id = fields.Many2one(
        "pom.reminder.policy.level",
        string="Reminder Level",
        compute="_compute_pom_level_id",
        search="_search_pom_level_id",
        compute_sudo=True,
        help="The last level of which a reminder went out.",
    )
    pom_days_overdue = fields.Integer(
        string="Days Overdue", compute="_compute_pom_days_overdue"
    )
    pom_age = fields.Selection(
        selection=[
            ("coming", "Not due"),
            ("30", "1-30 days"),
            ("60", "31-60 days"),
            ("90", "61-90 days"),
            ("older", "Over 90 days"),
        ],
        string="Age",
        compute="_compute_pom_days_overdue",
    )

    @api.depends("pom_reminder_ids.state")
    def _compute_pom_level_id(self):
        rows = self.env["pom.reminder"]._read_group(
            [
                ("move_id", "in", self.ids),
                ("state", "=", "sent"),
                ("level_id", "!=", False),
            ],
            ["move_id"],
            ["level_id:recordset"],
        )
        last = {move.id: max(levels, key=lambda lv: lv.days) for move, levels in rows}
        for move in self:
            move.pom_level_id = last.get(move._origin.id)

    def _search_pom_level_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [
            (
                "pom_reminder_ids",
                "any",
                [("state", "=", "sent"), ("level_id", "in", value)],
            )
        ]

    @api.depends("invoice_date_due", "payment_state")
    @api.depends_context("tz")
    def _compute_pom_days_overdue(self):
        today = fields.Date.context_today(self)
        for move in self:
            due = move.invoice_date_due
            late = (today - due).days if due and move.payment_state in OPEN else 0
            move.pom_days_overdue = max(0, late)
            move.pom_age = self._pom_age(late)

    @api.model
    def _pom_age(self, late):
        if late <= 0:
            return "coming"
        return next((str(n) for n in (30, 60, 90) if late <= n), "older")

    # -- what is known about the debt --------------------------------------------------

    def _pom_debts(self):
        """What decides whether these may be reminded now, by id.

        A handful of queries, however many invoices.

        :rtype: dict[int, Debt]
        """
        under_way = self._pom_ids_under_way()
        planned, mandate = self._pom_ids_planned(), self._pom_ids_with_mandate()
        bank_days = self.company_id._pom_bank_days()
        today = {c.id: c._pom_now().date() for c in self.company_id}
        return {
            move.id: Debt(
                residual=move._pom_residual(),
                status="in_progress" if move.id in under_way else "overdue",
                disputed=move._pom_disputed(),
                rate=move._pom_rate(),
                planned=move.id in planned,
                mandate=move.id in mandate,
                handed_over=bool(move.pom_handed_over),
                opted_out=move._pom_opted_out(),
                bank_day=bank_days.get(move.company_id.id),
                **move._pom_hold(today[move.company_id.id]),
            )
            for move in self
        }

    def _pom_residual(self):
        if self.state != "posted" or self.payment_state not in OPEN:
            return Decimal(0)
        return Decimal(str(round(self.amount_residual, 3)))

    def _pom_disputed(self):
        return Decimal(str(round(self.pom_disputed_amount, 3)))

    def _pom_rate(self):
        """Of the invoice's currency in the company's, as it was booked."""
        if self.currency_id == self.company_currency_id or not self.amount_residual:
            return Decimal(1)
        return Decimal(str(abs(self.amount_residual_signed / self.amount_residual)))

    def _pom_customers(self):
        """The contact, and the company that it belongs to: apart, since a union of both
        would be read by itself, with a query for each invoice.
        """
        return self.partner_id, self.commercial_partner_id

    def _pom_opted_out(self):
        return self.no_followup or any(
            customer.pom_no_reminders for customer in self._pom_customers()
        )

    def _pom_to_ask(self):
        """Residual without what is disputed, as the ORM's float."""
        return float(max(Decimal(0), self._pom_residual() - self._pom_disputed()))

    def _pom_description(self):
        """What was delivered and when it had to be paid, in a line."""
        products = self.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        names = [(line.name or "").partition("\n")[0] for line in products]
        day = format_date(self.env, self.invoice_date_due)
        what = ", ".join(filter(None, names)) or self.name
        return self.env._("%(what)s (due on %(day)s)", what=what, day=day)

    def _pom_hold(self, today):
        """Whether a hold of the invoice, the customer or a debtor's request lasts."""
        customers = self._pom_customers()
        ends = [
            self.pom_hold_until,
            self.pom_reminder_hold and (self.pom_reminder_hold_until or date.max),
            *(c.pom_hold and (c.pom_hold_until or date.max) for c in customers),
        ]
        last = max(filter(None, ends), default=None)
        return {"on_hold": bool(last) and last >= today, "hold_until": last}

    def _pom_policy(self):
        """The policy to follow: of the invoice, the customer or the company."""
        self.ensure_one()
        move = self.with_company(self.company_id)
        return (
            move.pom_policy_id
            or move.commercial_partner_id.pom_policy_id
            or move.company_id._pom_policy_for(move.partner_id)
        )

    # -- asked by the payer ------------------------------------------------------------

    def _pom_remind_on(self, date, channel=""):
        """The debtor wants to hear from us on a day, by a channel.

        :param datetime.date date: not in the past
        :param str channel: code of a channel that reaches this debtor; '' for the one
            that the debtor prefers, or else whatever does
        :return: the reminder; the one that was there when asked twice for a day
        :rtype: pom.reminder
        :raises UserError: when that can't be done
        """
        self.ensure_one()
        if date < self.company_id._pom_now().date():
            raise UserError(self.env._("Choose a day that is still to come."))
        channel = channel or self._pom_channel_to_remind()
        if channel not in CHANNELS or not self.partner_id._pom_address(channel):
            raise UserError(self.env._("We can't reach you that way."))
        return self.env["pom.reminder"].sudo()._on_request(self, date, channel)

    def _pom_channel_to_remind(self):
        partner = self.partner_id
        wish = partner.pom_channel
        if wish and partner._pom_address(wish):
            return wish
        return partner._pom_reply_channel() or "task"

    # -- after the payment -------------------------------------------------------------

    def _invoice_paid_hook(self):
        # EXTENDS 'account'
        result = super()._invoice_paid_hook()
        paid = self.filtered(lambda move: move.move_type in PAYABLE)
        self.env["pom.delivery"].sudo()._note_paid(paid)
        return result

    # -- actions -----------------------------------------------------------------------

    def action_pom_remind_now(self):
        """The next reminder, today, whatever its planned day: by a person's will."""
        self.check_access("write")
        reminders = self.env["pom.reminder"].sudo()._plan_now(self)
        if not reminders:
            raise UserError(
                self.env._(
                    "None of these can be reminded now. The reasons are in the list of "
                    "reminders; a consumer's term after a first reminder has to pass."
                )
            )
        reminders._send_here()
        return self.action_pom_messages()

    def action_pom_hold(self):
        """Ask why and until when."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hold Reminders"),
            "res_model": "pom.reminder.hold",
            "view_mode": "form",
            "target": "new",
            "context": {"default_move_ids": self.ids},
        }

    def action_pom_lift_hold(self):
        self.write(
            {
                "pom_reminder_hold": False,
                "pom_reminder_hold_until": False,
                "pom_reminder_hold_reason": False,
            }
        )

    def action_pom_call(self):
        """A call to make, as an activity."""
        self.env["pom.delivery"]._plan_calls(self, self.env._("Call about payment"))

    def action_pom_messages(self):
        """All that was asked, as a timeline."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Messages"),
            "res_model": "pom.delivery",
            "view_mode": "list,form",
            "domain": [("move_ids", "in", self.ids)],
        }
