from odoo import api, fields, models
from odoo.tools.misc import format_date

from ..tools import plain
from .pom_payer_request_contact import CONTACT

#: Letters of it that a list has room for.
SHORT = 90
#: Contact data that are text.
WRITTEN = ("new_email", "new_phone", "new_street", "new_zip", "new_city")


class PomPayerRequest(models.Model):
    """What the debtor said, in words: for lists, for whoever decides, and for messages
    that answer it.
    """

    _inherit = "pom.payer.request"

    said = fields.Text(string="Debtor's Message", compute="_compute_said")
    in_short = fields.Char(string="In Short", compute="_compute_said")

    @api.depends("kind", "text", "reason", "paid_on", *CONTACT)
    @api.depends_context("lang")
    def _compute_said(self):
        for request in self:
            lines = request._said_lines()
            request.said = "\n".join(filter(None, lines))
            request.in_short = plain.shortened(request.said, SHORT)

    def _said_lines(self):
        """What was ticked and filled in, and below it what was written. Hook.

        :rtype: list[str]
        """
        paid_on = format_date(self.env, self.paid_on)
        return [
            self._label_of("reason"),
            paid_on and self.env._("Paid on %s", paid_on),
            ", ".join(self[name] for name in WRITTEN if self[name]),
            self.env["res.lang"]._get_data(code=self.new_lang).name,
            self._label_of("new_channel"),
            self.text or "",
        ]

    def _label_of(self, name):
        options = dict(self._fields[name]._description_selection(self.env))
        return options.get(self[name], "")

    def _quoted(self):
        """The same below an answer; "" where nothing was said."""
        return self.said and self.env._("Your message:\n%s", self.said)
