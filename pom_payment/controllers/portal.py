from odoo import http
from odoo.http import request


class PomPortal(http.Controller):
    """For customers who are logged in."""

    @http.route("/my/pom/statement", type="http", auth="user", methods=["POST"])
    def statement(self, **kwargs):
        """All that this customer has to pay. A POST, since the link may be made now."""
        partner = request.env.user.partner_id
        link = (
            request.env["pom.paylink"]
            .sudo()
            ._statement_of(partner, request.env.company)
        )
        return request.redirect(f"/p/{link.token}", code=303)
