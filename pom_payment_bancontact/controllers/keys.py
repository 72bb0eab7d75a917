from odoo import http
from odoo.http import request


class Keys(http.Controller):
    @http.route(
        "/pom/jwks/<int:provider_id>",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
        sitemap=False,
    )
    def jwks(self, provider_id, **kwargs):
        """The public keys that our refunds are signed with."""
        provider = request.env["payment.provider"].sudo().browse(provider_id).exists()
        if not provider or not provider.pom_signing_key:
            return request.make_response("", status=404)
        return request.make_json_response(provider._pom_jwks())
