import logging

from odoo import http
from odoo.exceptions import ValidationError
from odoo.http import request

from ..psp import ADAPTERS

_logger = logging.getLogger(__name__)

MAX_BYTES = 256 * 1024


class Webhook(http.Controller):
    @http.route(
        "/pom/webhook/<string:code>/<int:provider_id>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        max_content_length=MAX_BYTES,
    )
    def receive(self, code, provider_id, **kwargs):
        """Verify, store, answer: the work is done from the store.

        200 when stored (or known already), 403 when not authentic, 404 when no such
        provider listens, 503 when a later try may do better.
        """
        provider = request.env["payment.provider"].sudo().browse(provider_id).exists()
        if code not in ADAPTERS or provider.code != code:
            return _answer(404)
        body = request.httprequest.get_data()
        headers = dict(request.httprequest.headers)
        try:
            verdict = provider._pom_check_event(body, headers)
        except ValidationError:
            _logger.warning("Provider %s: keys not to be had", provider_id)
            return _answer(503)
        if verdict and verdict.needs_fresh_keys:
            # Not settled yet: keys are fetched at intervals, and they send it again.
            return _answer(503)
        if not verdict or not verdict.authentic:
            _logger.warning(
                "Provider %s: event from %s refused: %s",
                provider_id,
                request.httprequest.remote_addr,
                verdict.reason if verdict else "not set up",
            )
            return _answer(403)
        request.env["pom.webhook.event"].sudo()._store(provider, verdict, body, headers)
        return _answer(200)


def _answer(status):
    return request.make_response("", status=status)
