from urllib.parse import urlsplit

from odoo import fields, models


class PomPaylink(models.Model):
    """A request that is taken back is news; and who came from a shop may go back."""

    _inherit = "pom.paylink"

    back_url = fields.Char(
        string="Way Back", compute="_compute_back", compute_sudo=True
    )
    back_host = fields.Char(
        string="Host of the Way Back", compute="_compute_back", compute_sudo=True
    )

    def _compute_back(self):
        requests = self.env["pom.payment.request"].search_fetch(
            [("move_id", "in", self.move_id.ids), ("return_url", "!=", False)],
            ["move_id", "return_url"],
            order="id",
        )
        urls = {request.move_id.id: request.return_url for request in requests}
        for link in self:
            link.back_url = urls.get(link.move_id.id)
            link.back_host = urlsplit(link.back_url or "").hostname

    def write(self, vals):
        # EXTENDS 'pom_payment'
        done = super().write(vals)
        if "withdrawn" in vals:
            self.move_id._pom_tell_later()
        return done
