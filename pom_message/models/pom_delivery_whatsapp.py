import logging
from datetime import timedelta

import requests

from odoo import api, fields, models

from ..tools import whatsapp
from ..tools.delivery_code import tagged

_logger = logging.getLogger(__name__)

TIMEOUT = 10
#: A message that was being sent for so long when its server stopped may have arrived.
LOST_AFTER = timedelta(minutes=15)


class PomDelivery(models.Model):
    """WhatsApp: through the Business Cloud API, or by a person who taps *send*."""

    _inherit = "pom.delivery"

    def _send_whatsapp(self):
        by_api = self.filtered(lambda d: d.company_id.sudo().pom_whatsapp_phone)
        (self - by_api)._by_hand()
        if by_api:
            self.env.ref("pom_message.cron_send_whatsapp").sudo()._trigger()

    def _do_whatsapp(self):
        if not self.sudo()._drop_overtaken():
            return self._notify_overtaken()
        self.sudo()._note_sent()
        return {
            "type": "ir.actions.act_url",
            "url": whatsapp.click_url(self.address, self.short_text),
            "target": "new",
        }

    @api.model
    def _cron_send_whatsapp(self, batch=100):
        """One message per transaction, and at most once: it is noted as being sent
        before it is. Better one message too few than a debtor asked twice.
        """
        domain = [("channel", "=", "whatsapp"), ("state", "=", "queued")]
        self._note_interrupted()
        for delivery in self.search(domain, limit=batch, order="id"):
            self.env.invalidate_all()
            mine = delivery.try_lock_for_update().filtered_domain(domain)
            mine = mine._drop_overtaken()
            if mine:
                mine.state = "sending"
                self.env["ir.cron"]._commit_progress()
                mine._whatsapp_post()
            remaining = self.search_count(domain, limit=1)
            if not self.env["ir.cron"]._commit_progress(1, remaining=remaining):
                break

    @api.model
    def _note_interrupted(self):
        stuck = self.search(
            [
                ("channel", "=", "whatsapp"),
                ("state", "=", "sending"),
                ("write_date", "<", fields.Datetime.now() - LOST_AFTER),
            ]
        )
        stuck._note_lost(
            self.env._("Interrupted while sending; it may have arrived."), "failed"
        )

    def _whatsapp_post(self):
        company = self.company_id.sudo()
        base = company.pom_whatsapp_url or whatsapp.API
        try:
            answer = requests.post(
                f"{base}/{company.pom_whatsapp_phone}/messages",
                json=self._whatsapp_message(),
                headers={"Authorization": f"Bearer {company.pom_whatsapp_token}"},
                timeout=TIMEOUT,
            )
            body = answer.json()
        except (requests.RequestException, ValueError) as error:
            _logger.warning("WhatsApp message %s: %s", self.id, error)
            self._note_lost(str(error), "failed")
            return
        if "error" in body or not body.get("messages"):
            reason = body.get("error", {}).get("message", str(answer.status_code))
            self._note_lost(reason, "failed")
            return
        self.external_id = body["messages"][0]["id"]
        self._note_sent()

    def _whatsapp_message(self):
        values = self.with_context(lang=self.lang)._placeholder_values()
        return whatsapp.template_message(
            self.address,
            self._whatsapp_template(),
            self.lang,
            # An empty parameter is refused.
            [values[name] or "-" for name in ("name", "company", "invoice", "amount")],
            tagged(self.paylink_id.token or "", self.code),
        )

    def _whatsapp_template(self):
        """Name of the approved template. Hook."""
        return self.company_id.sudo().pom_whatsapp_template

    @api.model
    def _apply_whatsapp_statuses(self, statuses):
        """
        :param list[whatsapp.Status] statuses: authentic ones
        """
        found = self.search(
            [
                ("external_id", "in", [status.message_id for status in statuses]),
                # The secret that they were signed with is this company's.
                ("company_id", "=", self.env.company.id),
            ]
        )
        by_id = {delivery.external_id: delivery for delivery in found}
        for status in statuses:
            delivery = by_id.get(status.message_id, self.browse())
            if not delivery:
                continue
            if status.state == "bounced":
                delivery._note_lost(status.error)
            elif delivery.state != "delivered":
                delivery._note_sent(status.state)
