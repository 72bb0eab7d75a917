from odoo import models

#: How a message stands, by how core notes it on notifications.
STATES = {"process": "sent", "pending": "sent", "sent": "delivered"}


class SmsTracker(models.Model):
    _inherit = "sms.tracker"

    def _update_sms_notifications(
        self, notification_status, failure_type=False, failure_reason=False
    ):
        # EXTENDS 'sms': what the gateway said about messages to debtors.
        deliveries = (
            self.env["pom.delivery"]
            .sudo()
            .search([("external_id", "in", self.mapped("sms_uuid"))])
        )
        if notification_status in ("bounce", "exception"):
            deliveries._note_sms_failure(failure_type, failure_reason or failure_type)
        elif deliveries and notification_status in STATES:
            deliveries._note_sent(STATES[notification_status])
        return super()._update_sms_notifications(
            notification_status,
            failure_type=failure_type,
            failure_reason=failure_reason,
        )
