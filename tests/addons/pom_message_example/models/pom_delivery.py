import requests

from odoo import api, fields, models

from odoo.addons.pom_message.tools.channels import Channel
from odoo.addons.pom_payment.tools.registry import by_code

PAGER = Channel(
    "pager",
    "Pager",
    address="_pom_address_pager",
    send="_send_pager",
    do="_do_pager",
    sending_method="pom_pager",
)


class PomDelivery(models.Model):
    _inherit = "pom.delivery"

    channel = fields.Selection(
        selection_add=[(PAGER.code, PAGER.label)], ondelete={PAGER.code: "cascade"}
    )

    @api.model
    def _channels(self):
        return super()._channels() | by_code([PAGER])

    def _send_pager(self):
        # What was paid since it was written isn't asked any more.
        for delivery in self._drop_overtaken():
            url = delivery.company_id.sudo().pager_url or ""
            message = {"to": delivery.address, "text": delivery.short_text}
            try:
                requests.post(url, json=message, timeout=10).raise_for_status()
            except requests.RequestException as error:
                delivery._note_lost(str(error), "failed")
            else:
                delivery._note_sent()

    def _do_pager(self):
        # Nobody sends one by hand.
        return self.action_open_invoices()
