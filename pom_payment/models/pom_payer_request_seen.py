import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError


class PomPayerRequest(models.Model):
    """Who decides has seen what is decided on: not what a colleague or the debtor made
    of it meanwhile.
    """

    _inherit = "pom.payer.request"

    mark = fields.Char(compute="_compute_mark")

    @api.depends("state", "message_ids")
    def _compute_mark(self):
        for request in self:
            seen = repr(request._seen()).encode()
            request.mark = hashlib.sha256(seen).hexdigest()[:20]

    def _seen(self):
        """What a form shows of it that may change: whether somebody decided, and what
        the debtor wrote last. Hook.

        :rtype: list
        """
        replies = self.sudo().message_ids.filtered(
            lambda message: message.message_type == "email"
        )
        return [self.state, max(replies.ids, default=0)]

    def action_ask_accept(self):
        """Show what was asked, and what the debtor is told, before it's accepted."""
        return self._ask_decision("accepted", self.env._("Accept"))

    def action_ask_refuse(self):
        return self._ask_decision("refused", self.env._("Refuse"))

    def _ask_decision(self, decision, title):
        self.ensure_one()
        self.check_access("write")
        self._check_as_seen()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "pom.payer.request.decision",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_request_id": self.id,
                "default_decision": decision,
                "default_mark": self.mark,
            },
        }

    def _check_as_seen(self):
        """
        :raises UserError: when the form that asks for it showed something else
        """
        seen = self.env.context.get("pom_request_seen")
        if seen and seen != self.mark:
            raise UserError(
                self.env._(
                    "This request was changed while you looked at it: load it again "
                    "and see what you decide."
                )
            )
