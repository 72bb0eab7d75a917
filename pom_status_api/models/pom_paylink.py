from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.tools import SQL


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
        asked = self.filtered(lambda link: link._may_have("way_back")).move_id
        urls = self._ways_back(asked) if asked else {}
        for link in self:
            link.back_url = urls.get(link.move_id.id)
            link.back_host = urlsplit(link.back_url or "").hostname

    @api.model
    def _ways_back(self, moves):
        requests = self.env["pom.payment.request"].search_fetch(
            [("move_id", "in", moves.ids), ("return_url", "!=", False)],
            ["move_id", "return_url"],
            order="id",
        )
        return {request.move_id.id: request.return_url for request in requests}

    @api.model
    def _sql_around(self):
        # EXTENDS 'pom_payment'
        asked = SQL(
            """(SELECT TRUE FROM pom_payment_request request
                 WHERE request.move_id = link.move_id
                   AND request.return_url IS NOT NULL LIMIT 1)"""
        )
        return {**super()._sql_around(), "way_back": asked}

    # -- open amounts ------------------------------------------------------------------

    def _is_unproven(self):
        """Whether name and address behind this link are what a stranger typed who has
        paid nothing so far: they may be anybody's.
        """
        move = self.sudo().move_id
        return bool(move.pom_open_link_id) and not move._pom_paid_part() > 0

    def _request_kinds(self):
        # EXTENDS 'pom_payment': what is asked is confirmed by e-mail, and so would
        # anybody have us write to whom they like.
        return {} if self._is_unproven() else super()._request_kinds()

    def _control_question(self):
        # EXTENDS 'pom_payment': who just chose an amount knows no number of ours.
        is_open = self.sudo().move_id.pom_open_link_id
        return "" if is_open else super()._control_question()

    def write(self, vals):
        # EXTENDS 'pom_payment'
        done = super().write(vals)
        if "withdrawn" in vals:
            self.move_id._pom_tell_later()
        return done
