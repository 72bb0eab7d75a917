from odoo import models

from ..tools import sms_text


class PomPayerRequest(models.Model):
    """Answers go by the channel that the debtor prefers, or else by what reaches."""

    _inherit = "pom.payer.request"

    def _tell(self, text):
        # OVERRIDES 'pom_payment'
        channel = self.partner_id._pom_reply_channel()
        if channel:
            self.env["pom.delivery"].sudo()._confirm(
                self.move_ids, text, channel, quoted=self._quoted()
            )

    def _tell_known_phone(self):
        # OVERRIDES 'pom_payment'
        partner = self.partner_id.with_context(
            lang=self.partner_id.lang or self.company_id.partner_id.lang
        )
        if number := partner._pom_address_sms():
            sms = self.env["sms.sms"].sudo().with_company(self.company_id)
            sms.create(
                {
                    "number": number,
                    "partner_id": partner.id,
                    "body": sms_text.folded(
                        partner.env._(
                            "%(company)s: somebody asked on a payment page to change "
                            "your contact data. If it wasn't you, please tell us at "
                            "once.",
                            company=self.company_id.name,
                        )
                    ),
                }
            )
