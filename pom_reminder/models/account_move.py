from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from odoo.addons.pom_message.models.pom_delivery_outcome import LOST
from odoo.addons.pom_message.tools import working_days
from odoo.addons.pom_payment.groups import ACCOUNTING

from .pom_delivery import ASKING

#: Who was asked less than this ago isn't asked again unless somebody insists.
JUST_NOW = timedelta(days=3)


class AccountMove(models.Model):
    _inherit = "account.move"

    pom_policy_id = fields.Many2one(
        "pom.reminder.policy",
        string="Reminder Policy",
        copy=False,
        check_company=True,
        help="Instead of the customer's or the company's policy.",
        groups=ACCOUNTING,
    )
    pom_reminder_ids = fields.One2many(
        "pom.reminder",
        "move_id",
        string="Reminders",
        copy=False,
        groups=ACCOUNTING,
    )
    pom_level_id = fields.Many2one(
        "pom.reminder.policy.level",
        string="Reminder Level",
        compute="_compute_pom_level_id",
        search="_search_pom_level_id",
        compute_sudo=True,
        help="The last level of which a reminder went out.",
        groups=ACCOUNTING,
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

    # -- what is known about the debt --------------------------------------------------

    def _pom_rate(self):
        """Of the invoice's currency in the company's, as it was booked."""
        return Decimal(str(1 / (self.invoice_currency_rate or 1)))

    def _pom_description(self):
        """What was delivered and when it had to be paid, in a line."""
        products = self.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        names = [(line.name or "").partition("\n")[0] for line in products]
        what = ", ".join(filter(None, names)) or self.name
        terms = self.line_ids.filtered(lambda line: line.display_type == "payment_term")
        days = sorted(set(filter(None, terms.mapped("date_maturity"))))
        return self.env._(
            "%(what)s (due on %(day)s)",
            what=what,
            day=", ".join(format_date(self.env, day) for day in days),
        )

    def _pom_policy(self, setup=None):
        """The policy to follow: of the invoice, the customer or the company.

        :param setup: whose policies are tried instead of the company's
        """
        self.ensure_one()
        move = self.with_company(self.company_id)
        return (
            move.pom_policy_id
            or move.commercial_partner_id.pom_policy_id
            or move.company_id._pom_policy_for(move.partner_id, setup)
        )

    def _pom_reminded(self):
        """To whom reminders of this go: the customer's contact for them, or else
        whoever got the invoice.
        """
        return self.commercial_partner_id.pom_reminder_contact_id or self.partner_id

    def _pom_policies(self):
        """
        :rtype: pom.reminder.policy
        """
        policies = self.env["pom.reminder.policy"]
        return policies.union(*(move._pom_policy() for move in self))

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
        if date < self.company_id._pom_today():
            raise UserError(self.env._("Choose a day that is still to come."))
        channel = channel or self._pom_channel_to_remind()
        channels = self.env["pom.delivery"]._channels()
        if channel not in channels or not self.partner_id._pom_address(channel):
            raise UserError(self.env._("We can't reach you that way."))
        return self.env["pom.reminder"].sudo()._on_request(self, date, channel)

    def _pom_day_to_remind(self, day):
        """On which the reminder that a debtor wants on a day can leave.

        :rtype: datetime.date
        """
        countries = {
            move._pom_policy()._working_days_of(move.company_id) for move in self
        } - {None}
        return max(
            (working_days.on_or_after(day, country) for country in countries),
            default=day,
        )

    def _pom_just_asked(self):
        """The last message to the customers of these who were asked just now, or whose
        message still waits, for any of their invoices.

        :rtype: dict[account.move, pom.delivery]
        """
        since = fields.Datetime.now() - JUST_NOW
        just_now = Domain("sent_date", ">=", since) | Domain("sent_date", "=", False)
        messages = self.env["pom.delivery"].search(
            [
                ("kind", "in", ASKING),
                (
                    "partner_id.commercial_partner_id",
                    "in",
                    self.commercial_partner_id.ids,
                ),
                ("company_id", "in", self.company_id.ids),
                just_now,
                ("state", "not in", LOST),
            ],
            order="id",
        )
        last = {
            (one.company_id, one.partner_id.commercial_partner_id): one
            for one in messages
        }
        found = {
            move: last.get((move.company_id, move.commercial_partner_id))
            for move in self
        }
        return {move: message for move, message in found.items() if message}

    def _pom_channel_to_remind(self):
        partner = self.partner_id
        wish = partner.pom_channel
        if wish and partner._pom_address(wish):
            return wish
        return partner._pom_reply_channel() or "task"

    # -- actions -----------------------------------------------------------------------

    def action_pom_remind_now(self):
        """The next reminder, today, whatever its planned day: by a person's will, who
        is told of whom it is the second one in a row.
        """
        self.check_access("write")
        reminders = self.env["pom.reminder"].sudo()
        if not self._pom_just_asked() or not reminders._any_now(self):
            return self._pom_remind_now()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Remind Once More"),
            "res_model": "pom.reminder.again",
            "view_mode": "form",
            "target": "new",
            "context": {"default_move_ids": self.ids},
        }

    def _pom_remind_now(self):
        """
        :raises UserError: when none of these can be reminded
        """
        self.check_access("write")
        reminders = self.env["pom.reminder"].sudo()._plan_now(self)
        if not reminders:
            raise UserError(self._pom_words_of_not_now(reminders._why_not_now(self)))
        reminders._send_here()
        return self.action_pom_messages()

    def _pom_words_of_not_now(self, reasons):
        why = "; ".join(reasons)
        if len(self) == 1:
            return self.env._(
                "%(invoice)s can't be reminded now: %(why)s.",
                invoice=self.name,
                why=why,
            )
        return self.env._("None of these can be reminded now: %s.", why)

    def action_pom_keep_quiet(self):
        """Ask why and until when."""
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("No Reminders"),
            "res_model": "pom.reminder.quiet",
            "view_mode": "form",
            "target": "new",
            "context": {"default_move_ids": self.ids},
        }

    def action_pom_end_quiet(self):
        self.check_access("write")
        self._pom_set_quiet(False)
