from odoo import api, fields, models

from ..tools import delivery_code

#: Ways that carry an address of a few characters.
SHORT = ("sms", "whatsapp")


class PomDelivery(models.Model):
    """The address that fits in an SMS beside what it says."""

    _inherit = "pom.delivery"

    short_token = fields.Char(readonly=True, copy=False)
    short_url = fields.Char(
        string="Short Address of the Page", compute="_compute_short_url"
    )

    _short_token_uniq = models.UniqueIndex(
        "(short_token) WHERE short_token IS NOT NULL", "This address is taken."
    )

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'base'
        for values in vals_list:
            if values.get("channel") in SHORT:
                values.setdefault("short_token", delivery_code.new_short())
        return super().create(vals_list)

    @api.depends("short_token", "paylink_id", "company_id")
    def _compute_short_url(self):
        for delivery in self:
            token = delivery.paylink_id and delivery.short_token
            base = delivery.company_id._pom_short_base()
            delivery.short_url = token and f"{base}/s/{token}"

    @api.model
    def _find_short(self, typed):
        """
        :param str typed: as it stood in the address
        """
        token = delivery_code.normalize_short(typed or "")
        return self.search([("short_token", "=", token)]) if token else self.browse()
