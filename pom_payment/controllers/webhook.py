import hashlib
import hmac
import logging

from odoo import http
from odoo.exceptions import ValidationError
from odoo.http import request

from .pay_common import protected
from .sender import sent_from

_logger = logging.getLogger(__name__)

MAX_BYTES = 256 * 1024
#: Events per minute and sender that may be refused before we stop looking at them.
REFUSALS_PER_MINUTE = 60
#: Unsigned events per minute and provider about payments that we don't know.
UNKNOWN_PER_MINUTE = 30
#: Unsigned events per minute and payment of ours.
PER_PAYMENT = 10
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
            return _refuse(provider, "keys not to be had", 503)
        if verdict and verdict.needs_fresh_keys:
            # Not settled yet: keys are fetched at intervals, and they send it again.
            return _refuse(provider, "signed with a key that we don't have", 503)
        if not verdict or not verdict.authentic:
            return _refuse(provider, verdict.reason if verdict else "not set up")
        if not verdict.signed and (refusal := _refuse_unsigned(provider, verdict)):
            return refusal
        events = request.env["pom.webhook.event"].sudo()
        return _apply_later(events._store(provider, verdict, body, headers))

    @http.route(PATH, type="http", auth="public", methods=["GET"], save_session=False)
    def is_here(self, code, provider_id, nonce="", **kwargs):
        """Proof for the connection test that this address leads to this database."""
        provider = _find(code, provider_id)
        if not provider:
            return _answer(404)
        return _answer(200, proof(request.env, provider_id, nonce[:64]))


def proof(env, provider_id, nonce):
    """What only this database can say about a number that somebody chose."""
    secret = env["ir.config_parameter"].sudo().get_param("database.secret")
    message = f"pom webhook {provider_id} {nonce}".encode()
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def _find(code, provider_id):
    return request.env["payment.provider"].sudo()._pom_listening(code, provider_id)


def _refuse(provider, reason, status=403):
    """Who sends too many of them gets no more of our time than it takes to say so."""
    sender = sent_from()
    limit = ("refused event", f"{sender}:{provider.id}", REFUSALS_PER_MINUTE, 60)
    counts = request.env["pom.rate.limit"]
    if counts._is_over(*limit):
        return _answer(429)
    _logger.warning(
        "Provider %s: event from %s refused: %s", provider.id, sender, reason
    )
    return _answer(status if counts._hit(*limit) else 429)


def _refuse_unsigned(provider, verdict):
    """Anybody can send an unsigned event: only a few are looked at. Should a real one
    be among the others, it's sent again, or the sweep finds the payment.

    :return: answer when it isn't looked at, else None
    """
    reference = verdict.provider_reference
    counts = request.env["pom.rate.limit"]
    if provider._pom_knows_payment(reference):
        place = ("payment event", f"{provider.id}:{reference}", PER_PAYMENT, 60)
        return None if counts._hit(*place) else _answer(429)
    if counts._hit("unknown payment", provider.id, UNKNOWN_PER_MINUTE, 60):
        return None
    _logger.warning("Provider %s: too many unknown payments", provider.id)
    return _answer(200)


def _apply_later(event_id):
    """Answer 200, and apply the event when the provider has the answer."""
    response = _answer(200)
    if event_id:
        events, database = request.env.registry["pom.webhook.event"], request.db
        response.call_on_close(lambda: events._apply_after_answer(database, event_id))
    return response


def _answer(status, text=""):
    headers = [("Retry-After", "60")] if status in (429, 503) else None
    return protected(request.make_response(text, headers, status=status))
