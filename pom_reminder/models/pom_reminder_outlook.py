from collections import defaultdict
from typing import NamedTuple

from markupsafe import Markup, escape

from odoo import api, models
from odoo.tools.misc import format_date


class Outlook(NamedTuple):
    """What comes next for a customer.

    :ivar words: level, channel and day, or why nothing comes.
    :ivar costs: in the company's currency.
    """

    words: str
    costs: float


class PomReminder(models.Model):
    """What comes next, for whoever looks ahead; and what to do when nothing does."""

    _inherit = "pom.reminder"

    @api.model
    def _outlook(self, moves, company):
        """
        :return: by commercial partner
        :rtype: dict[res.partner, Outlook]
        """
        today = company._pom_today()
        steps, reasons = defaultdict(list), defaultdict(list)
        going, askings = self.browse(), {}
        for known in self._known(moves):
            debtor = known.move.commercial_partner_id
            for day in known.asking.days():
                values, why = self._ahead(known, day, today)
                if why:
                    reasons[debtor].append(why)
                    continue
                steps[debtor].append(values)
                if values["planned_date"] <= today:
                    reminder = self.new(values)
                    askings[reminder.id] = known.asking
                    going += reminder
        costs = self._costs_of(going, askings, today)
        # Those in memory are nobody's reminders.
        moves.invalidate_recordset(["pom_reminder_ids"])
        return {
            debtor: Outlook(
                self._words_of_next(steps[debtor], reasons[debtor], today),
                costs.get(debtor.id, 0),
            )
            for debtor in moves.commercial_partner_id
        }

    @api.model
    def _ahead(self, known, day, today):
        """
        :return: values of the next reminder of a part, and '' or why there is none
        """
        step, wait = self._step_of(known, day, today)
        if wait and wait != "term":
            return None, self._words_of_waiting()[wait]
        values = self._values_of(known, day, step)
        is_early = values["planned_date"] > today
        reason = (
            known.asking.silence(day)
            if is_early
            else self._verdict(known, values)["reason"]
        )
        return values, reason and self._words_of_silence(reason, known.move)

    @api.model
    def _costs_of(self, going, askings, today):
        found = defaultdict(float)
        for group in going._messages():
            values = group._delivery_values(askings, today)
            debtor = group[:1].move_id.commercial_partner_id.id
            for name in ("fee", "interest", "penalty"):
                found[debtor] += values.get(name, 0)
        return found

    @api.model
    def _words_of_next(self, steps, reasons, today):
        if not steps:
            return ", ".join(dict.fromkeys(reasons))
        first = min(steps, key=lambda values: values["planned_date"])
        channels = dict(self._fields["channel"]._description_selection(self.env))
        return self.env._(
            "%(level)s by %(channel)s on %(day)s",
            level=self.env["pom.reminder.policy.level"].browse(first["level_id"]).name,
            channel=channels.get(first["channel"], self.env._("no channel")),
            day=format_date(self.env, max(first["planned_date"], today)),
        )

    # -- an empty list -----------------------------------------------------------------

    def action_worklist(self):
        """Customers who owe something, the latest first."""
        self.check_access("read")
        return self.env["ir.actions.act_window"]._for_xml_id(
            "pom_reminder.pom_reminder_customer_action"
        )

    @api.model
    def get_empty_list_help(self, help_message):
        # EXTENDS 'base'
        if not self.has_access("read"):
            return super().get_empty_list_help(help_message)
        return self._what_to_do()

    @api.model
    def _what_to_do(self):
        """What an empty list of reminders means, and the next thing to do.

        :rtype: markupsafe.Markup
        """
        company = self.env.company
        title, text = self._why_empty(company, self._late_of(company))
        page = '<p class="o_view_nocontent_smiling_face">%s</p><p>%s</p>'
        return Markup(page) % (title, text)

    @api.model
    def _late_of(self, company):
        """How many invoices are late."""
        return self.env["account.move"].search_count(
            [("pom_days_overdue", ">", 0), ("company_id", "=", company.id)]
        )

    @api.model
    def _why_empty(self, company, count):
        if not count:
            return (
                self.env._("No invoice is late"),
                self.env._("Reminders that are due appear here."),
            )
        late = (
            self.env._("1 invoice is late")
            if count == 1
            else self.env._("%s invoices are late", count)
        )
        link = '<a href="/odoo/action-pom_reminder.pom_reminder_setup_open">%s</a>'
        page = Markup(link) % self.env._("Configuration → Reminders")
        state = company._pom_setup().state
        words = {
            "stopped": self.env._("All reminders are stopped. Start them again under"),
            "draft": self.env._(
                "Reminders haven't been started yet. Choose a policy, look at the dry "
                "run and start them under"
            ),
            "running": self.env._(
                "Nothing is to be sent at this moment. The list of customers says what "
                "comes next and when, and why others are left out. Who follows which "
                "policy is under"
            ),
        }
        return late, escape(words[state]) + Markup(" ") + page
