import logging
from datetime import timedelta

import requests

from odoo import api, fields, models

from odoo.addons.pom_payment.tools import outgoing

from ..tools import whatsapp
from ..tools.channels import AWAY
from ..tools.delivery_code import tagged
from ..tools.failures import INTERRUPTED

_logger = logging.getLogger(__name__)

#: Seconds in which all of it must be over, and what an answer may weigh.
TIMEOUT, MAX_BYTES = 10, 64 * 1024
#: A message that was being sent for so long when its server stopped may have arrived.
LOST_AFTER = timedelta(minutes=15)


class PomDelivery(models.Model):
    """WhatsApp: through the Business Cloud API, or by a person who taps *send*."""

    _inherit = "pom.delivery"

    tries = fields.Integer(readonly=True, help="How often the carrier put it off.")
    next_try = fields.Datetime(readonly=True)

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
        domain = [
            ("channel", "=", "whatsapp"),
            ("state", "=", "queued"),
            "|",
            ("next_try", "=", False),
            ("next_try", "<=", fields.Datetime.now()),
        ]
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
        stuck._note_lost(INTERRUPTED, "failed")

    def _whatsapp_post(self):
        company = self.company_id.sudo()
        base = company.pom_whatsapp_url or whatsapp.API
        try:
            response = outgoing.send(
                "POST",
                f"{base}/{company.pom_whatsapp_phone}/messages",
                seconds=TIMEOUT,
                max_bytes=MAX_BYTES,
                json=self._whatsapp_message(),
                headers={"Authorization": f"Bearer {company.pom_whatsapp_token}"},
            )
            later = response.headers.get("Retry-After", "")
            answer = whatsapp.read_answer(
                response.status_code, _json(response), later.strip()
            )
        except requests.RequestException as error:
            # It may have been taken: better one too few than a debtor asked twice.
            _logger.warning("WhatsApp message %s: %s", self.id, error)
            self._note_lost(str(error), "failed")
            return
        self._note_whatsapp(answer)

    def _note_whatsapp(self, answer):
        """
        :param whatsapp.Answer answer: what they said to this message
        """
        if answer.message_id:
            self.external_id = answer.message_id
            self._note_sent()
        elif answer.passes and self.create_date > fields.Datetime.now() - AWAY:
            self._whatsapp_later(answer)
        else:
            self._note_lost(answer.error, "failed")

    def _whatsapp_later(self, answer):
        """Too many at once, or they are out of order: this one isn't to blame."""
        usual = whatsapp.WAITS[min(self.tries, len(whatsapp.WAITS) - 1)]
        wait = max(timedelta(minutes=usual), timedelta(seconds=answer.wait))
        self.write(
            {
                "state": "queued",
                "failure": answer.error,
                "tries": self.tries + 1,
                "next_try": fields.Datetime.now() + wait,
            }
        )
        cron = self.env.ref("pom_message.cron_send_whatsapp").sudo()
        cron._trigger(at=self.next_try)

    def _whatsapp_message(self):
        in_lang = self.with_context(lang=self.lang)
        values = in_lang._placeholder_values()
        values["invoice"] = in_lang._documents_in_short()
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


def _json(response):
    try:
        return response.json()
    except ValueError:
        return None
