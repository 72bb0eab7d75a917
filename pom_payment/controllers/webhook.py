import hashlib
import hmac
import logging

from odoo import http
from odoo.exceptions import ValidationError
from odoo.http import request

_logger = logging.getLogger(__name__)

MAX_BYTES = 256 * 1024
#: Events per minute and sender that may be refused before we stop looking at them.
REFUSALS_PER_MINUTE = 60
#: Unsigned events per minute and provider about payments that we don't know.
UNKNOWN_PER_MINUTE = 30
PATH = "/pom/webhook/<string:code>/<int:provider_id>"


class Webhook(http.Controller):
    @http.route(
        PATH,
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        max_content_length=MAX_BYTES,
    )
    def receive(self, code, provider_id, **kwargs):
        """Verify, store, answer; then apply from the store.

        200 when stored (or known already, or about nothing of ours), 403 when not
        authentic, 404 when no such provider listens, 429 and 503 when a later try may
        do better.
        """
        provider = _find(code, provider_id)
        if not provider:
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
            return _refuse(provider, verdict.reason if verdict else "not set up")
        if not _is_welcome(provider, verdict):
            _logger.warning("Provider %s: too many unknown payments", provider_id)
            return _answer(200)
        events = request.env["pom.webhook.event"].sudo()
        return _apply_later(events._store(provider, verdict, body, headers))

    @http.route(PATH, type="http", auth="public", methods=["GET"], save_session=False)
    def is_here(self, code, provider_id, nonce="", **kwargs):
        """Proof for the connection test that this address leads to this database."""
        provider = _find(code, provider_id)
        if not provider:
            return _answer(404)
        return _answer(200, proof(request.env, provider_id, nonce[:64]))

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
            return _answer(404)
        return request.make_json_response(provider._pom_jwks())


def proof(env, provider_id, nonce):
    """What only this database can say about a number that somebody chose."""
    secret = env["ir.config_parameter"].sudo().get_param("database.secret")
    message = f"pom webhook {provider_id} {nonce}".encode()
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def _find(code, provider_id):
    provider = request.env["payment.provider"].sudo().browse(provider_id).exists()
    return provider if provider.code == code and provider._pom_adapter() else None


def _refuse(provider, reason):
    sender = request.httprequest.remote_addr
    _logger.warning(
        "Provider %s: event from %s refused: %s", provider.id, sender, reason
    )
    within = request.env["pom.rate.limit"]._hit(
        "refused event", f"{sender}:{provider.id}", REFUSALS_PER_MINUTE, 60
    )
    return _answer(403 if within else 429)


def _is_welcome(provider, verdict):
    """Anybody can send an unsigned event: about payments that we don't know, only a
    few are looked at. Should a real one be among the others, the sweep finds it.
    """
    if verdict.details.get("signed") != "no":
        return True
    known = request.env["payment.transaction"].sudo()
    if known.search_count(
        [
            ("provider_id", "=", provider.id),
            ("provider_reference", "=", verdict.provider_reference),
        ],
        limit=1,
    ):
        return True
    return request.env["pom.rate.limit"]._hit(
        "unknown payment", provider.id, UNKNOWN_PER_MINUTE, 60
    )


def _apply_later(event_id):
    """Answer 200, and apply the event when the provider has the answer."""
    response = _answer(200)
    if event_id:
        events, database = request.env.registry["pom.webhook.event"], request.db
        response.call_on_close(lambda: events._apply_after_answer(database, event_id))
    return response


def _answer(status, text=""):
    return request.make_response(text, status=status)
