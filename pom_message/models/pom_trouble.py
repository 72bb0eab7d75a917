from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.pom_payment.tools.trouble import Check

#: Letters and calls that nobody did for so long are forgotten.
UNDONE = timedelta(days=3)
#: What failed longer ago is history.
LATELY = timedelta(days=7)


class PomTrouble(models.Model):
    """Messages that stay where they are."""

    _inherit = "pom.trouble"

    @api.model
    def _checks(self):
        # EXTENDS 'pom_payment'
        now = fields.Datetime.now()
        action = "pom_message.pom_delivery_action"
        failed = [("state", "=", "failed"), ("create_date", ">=", now - LATELY)]
        return {
            **super()._checks(),
            "messages_failed": Check(
                "pom.delivery",
                [*failed, ("channel", "!=", "whatsapp")],
                action,
                self.env._("Messages that failed this week"),
                self.env._(
                    "What Went Wrong says it: the mail server, the account for text "
                    "messages, or an address."
                ),
            ),
            "whatsapp_failed": Check(
                "pom.delivery",
                [*failed, ("channel", "=", "whatsapp")],
                action,
                self.env._("WhatsApp messages that failed this week"),
                self.env._(
                    "What Went Wrong says it: a text that Meta didn't approve, a token "
                    "that ended, or a number."
                ),
            ),
            "letters_unprinted": Check(
                "pom.delivery",
                [("state", "=", "by_hand"), ("create_date", "<", now - UNDONE)],
                action,
                self.env._("Letters and calls that wait for days"),
                self.env._("Print or make them, or choose another channel first."),
            ),
        }
