from hmac import compare_digest

from odoo import http
from odoo.http import request

from ..tools import whatsapp

FORBIDDEN = 403
MAX_BYTES = 1024 * 1024


class DeliveryNews(http.Controller):
    """What carriers report about messages."""

    @http.route(
        "/pom/whatsapp/<int:company_id>",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
        sitemap=False,
    )
    def verify(self, company_id, **query):
        """Meta asks once whether the address is ours."""
        company = request.env["res.company"].sudo().browse(company_id).exists()
        token = company.pom_whatsapp_verify
        if not token or not _is_same(query.get("hub.verify_token", ""), token):
            return request.make_response("", status=FORBIDDEN)
        answer = [("Content-Type", "text/plain")]
        return request.make_response(query.get("hub.challenge", ""), answer)

    @http.route(
        "/pom/whatsapp/<int:company_id>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        max_content_length=MAX_BYTES,
    )
    def news(self, company_id, **kwargs):
        company = request.env["res.company"].sudo().browse(company_id).exists()
        body = request.httprequest.get_data()
        signature = request.httprequest.headers.get("X-Hub-Signature-256", "")
        secret = company.pom_whatsapp_secret or ""
        if not whatsapp.is_authentic(body, signature, secret):
            return request.make_response("", status=FORBIDDEN)
        try:
            statuses = whatsapp.read_statuses(body)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            # Signed, but not about messages: nothing to tell it again for.
            statuses = []
        deliveries = request.env["pom.delivery"].sudo().with_company(company)
        deliveries._apply_whatsapp_statuses(statuses)
        return request.make_response("")


def _is_same(given, secret):
    """In constant time; texts may be anything."""
    return compare_digest(given.encode("utf-8", "replace"), secret.encode())
