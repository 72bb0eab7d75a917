from odoo import api, models
from odoo.exceptions import ValidationError

from ..tools.openapi_schemas import STATUSES


class PomSubscriber(models.Model):
    """What a third system may ask for, and what it wants to know."""

    _inherit = "pom.subscriber"

    @api.constrains("statuses")
    def _check_statuses(self):
        for subscriber in self:
            unknown = subscriber._statuses_wanted() - set(STATUSES)
            if unknown:
                raise ValidationError(
                    self.env._(
                        "There is no status %(wrong)s. Choose from: %(known)s.",
                        wrong=", ".join(sorted(unknown)),
                        known=", ".join(STATUSES),
                    )
                )

    @api.constrains("tax_ids")
    def _check_taxes(self):
        for subscriber in self:
            rates = [tax.amount for tax in subscriber.tax_ids]
            plain = all(
                tax.amount_type == "percent" and tax.price_include
                for tax in subscriber.tax_ids
            )
            if not plain or len(rates) > len(set(rates)):
                raise ValidationError(
                    self.env._(
                        "Choose percentages that are included in the price, one for "
                        "each rate."
                    )
                )

    def _statuses_wanted(self):
        """
        :return: those that are sent; empty for all
        """
        return {one.strip() for one in (self.statuses or "").split(",") if one.strip()}

    def _wants(self, status):
        wanted = self._statuses_wanted()
        return not wanted or status in wanted

    def _tax_of(self, rate):
        """The tax of that percentage that is set for this system; empty if none is."""
        return self.tax_ids.filtered(lambda tax: f"{tax.amount:g}" == f"{rate:g}")

    def action_requests(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "pom_status_api.pom_payment_request_action"
        )
        return {**action, "domain": [("subscriber_id", "=", self.id)]}
