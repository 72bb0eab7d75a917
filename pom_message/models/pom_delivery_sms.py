from odoo import fields, models

from ..tools.channels import AWAY
from .sms_sms import OUR_FAULT


class PomDelivery(models.Model):
    """SMS, through core's queue and whatever gateway it is set up for."""

    _inherit = "pom.delivery"

    def _send_sms(self):
        for company, deliveries in self.grouped("company_id").items():
            sms = self.env["sms.sms"].sudo().with_company(company)
            sms.create([delivery._sms_values() for delivery in deliveries])
        # News of an SMS come by its tracker.
        self.env["sms.tracker"].sudo().create(
            [{"sms_uuid": delivery.external_id} for delivery in self]
        )

    def _sms_values(self):
        return {
            "uuid": self.external_id,
            "number": self.address,
            "body": self.short_text,
            "partner_id": self.partner_id.id,
        }

    def _note_sms_failure(self, failure_type, reason):
        """
        :param str failure_type: as core names it
        """
        since = fields.Datetime.now() - AWAY
        waiting = self.filtered(
            lambda delivery: delivery.state == "queued"
            and failure_type in OUR_FAULT
            and delivery.create_date > since
        )
        waiting.failure = reason or ""
        (self - waiting)._note_lost(reason or "")
