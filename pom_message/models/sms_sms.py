from odoo import models

#: The gateway or our account is at fault, not the debtor's number: another channel
#: would be paid for nothing. What a gateway gives no known reason for is of that kind
#: too: Twilio's 429 and 503, say.
OUR_FAULT = frozenset(
    "sms_server sms_credit sms_acc sms_registration_needed twilio_authentication "
    "twilio_callback twilio_from_missing unknown".split()
)


class SmsSms(models.Model):
    _inherit = "sms.sms"

    def _send(self, *args, **kwargs):
        # EXTENDS 'sms': its queue takes the messages of all companies together, and
        # sends them by the account of the user's; and debtors pay while they wait.
        deliveries = self._pom_deliveries()
        going = self._pom_still_right(deliveries)
        api = self.env.context.get("sms_api")
        for sms_api, messages in [(api, going)] if api else going._split_by_api():
            if messages:
                by_api = messages.with_context(sms_api=sms_api)
                super(SmsSms, by_api)._send(*args, **kwargs)
        going.exists()._pom_try_again(deliveries)

    def _pom_deliveries(self):
        return (
            self.env["pom.delivery"]
            .sudo()
            .search([("external_id", "in", self.mapped("uuid"))])
        )

    def _pom_still_right(self, deliveries):
        names = set((deliveries - deliveries._drop_overtaken()).mapped("external_id"))
        overtaken = self.filtered(lambda sms: sms.uuid in names)
        overtaken.write({"state": "canceled"})
        return self - overtaken

    def _pom_try_again(self, deliveries):
        queued = deliveries.filtered(lambda delivery: delivery.state == "queued")
        names = set(queued.mapped("external_id"))
        self.filtered(
            lambda sms: sms.state == "error" and sms.uuid in names
        ).state = "outgoing"
