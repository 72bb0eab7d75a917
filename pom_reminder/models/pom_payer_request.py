from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_date

#: Days to pay in after the reminder that was asked for.
DAYS_TO_PAY = timedelta(days=3)


class PomPayerRequest(models.Model):
    """Debtors who want to be reminded later."""

    _inherit = "pom.payer.request"

    kind = fields.Selection(
        selection_add=[("already_paid",), ("remind", "Remind me later"), ("contact",)],
        ondelete={"remind": "cascade"},
    )
    remind_on = fields.Date(readonly=True)

    @api.model
    def _acceptable(self, link, values):
        # EXTENDS 'pom_payment': on days off nothing leaves, and the debtor is told so.
        values = super()._acceptable(link, values)
        day = values.get("remind_on")
        if not day:
            return values
        return {**values, "remind_on": link._open_moves()._pom_day_to_remind(day)}

    def _apply_at_once(self):
        # EXTENDS 'pom_payment'
        if self.kind != "remind":
            return super()._apply_at_once()
        self._remind()
        return self._close("accepted")

    def _remind(self):
        """Quiet until that day, then what was asked for, and some days to pay."""
        self._keep_quiet(self.remind_on + DAYS_TO_PAY)
        for move in self.move_ids:
            move._pom_remind_on(self.remind_on)

    def _words_of_quiet(self):
        # EXTENDS 'pom_payment': the day of the promise, not that of the days to pay.
        if self.kind != "remind":
            return super()._words_of_quiet()
        return self.env._(
            "to be reminded on %(day)s, as the debtor asked; then some days to pay",
            day=format_date(self.env, self.remind_on),
        )

    def _said_lines(self):
        # EXTENDS 'pom_payment'
        return [format_date(self.env, self.remind_on), *super()._said_lines()]

    def _template_received(self):
        # EXTENDS 'pom_payment'
        if self.kind == "remind":
            return self.env.ref("pom_reminder.mail_template_request_remind")
        return super()._template_received()
