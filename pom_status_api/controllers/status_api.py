import json

from odoo import http
from odoo.http import request

from odoo.addons.pom_payment.controllers.sender import sent_from
from odoo.addons.pom_payment.models.account_move_debt import PAYABLE

from ..tools import standard_webhooks

GET = {
    "type": "http",
    "auth": "public",
    "methods": ["GET"],
    "save_session": False,
    "sitemap": False,
}
#: Most things in one answer.
LIMIT = 100
#: Wrong keys per minute and sender before we stop looking at them.
REFUSALS_PER_MINUTE = 30


class StatusApi(http.Controller):
    """How invoices stand, for third systems: the same words that are pushed to them."""

    @http.route("/pom/api/v1/invoices", **GET)
    def invoices(self, number="", reference="", **kwargs):
        """Invoices by number or payment reference, how they stand now."""
        subscriber, refusal = _enter()
        if refusal:
            return refusal
        wanted = [
            (field, "=", value)
            for field, value in (("name", number), ("payment_reference", reference))
            if value
        ]
        if not wanted:
            return _problem(400, "Give number=… or reference=… of an invoice.")
        moves = (
            request.env["account.move"]
            .sudo()
            .search(
                [
                    ("company_id", "=", subscriber.company_id.id),
                    ("move_type", "in", PAYABLE),
                    ("posted_before", "=", True),
                    *wanted,
                ],
                limit=LIMIT,
            )
        )
        return _answer({"invoices": [move._pom_told() for move in moves]})

    @http.route("/pom/api/v1/events", **GET)
    def events(self, after="0", limit=str(LIMIT), **kwargs):
        """What changed since an event, oldest first: to catch up, or to ask at
        intervals instead of being told.
        """
        subscriber, refusal = _enter()
        if refusal:
            return refusal
        if not (_is_whole(after) and _is_whole(limit)):
            return _problem(400, "after and limit must be whole numbers.")
        events = request.env["pom.outbound.event"].sudo()
        found = events._after(subscriber, int(after), min(int(limit), LIMIT))
        return _answer(
            {
                "events": [
                    {"id": event.message_id, **json.loads(event.body)}
                    for event in found
                ],
                "after": found[-1:].id or int(after),
            }
        )


def _is_whole(text):
    """Whether it's a number that the database can hold."""
    return text.isdecimal() and len(text) < 10


def _enter():
    """Who asks.

    :return: subscriber and None, or None and the answer that refuses
    """
    kind, _blank, key = request.httprequest.headers.get("Authorization", "").partition(
        " "
    )
    if kind.lower() == "bearer":
        found = request.env["pom.api.key"]._find(key.strip())
        if found:
            return found.subscriber_id, None
    place = ("status key", sent_from(), REFUSALS_PER_MINUTE, 60)
    counts = request.env["pom.rate.limit"]
    if counts._is_over(*place) or not counts._hit(*place):
        return None, _problem(429, "Too many wrong keys. Try again in a minute.")
    if standard_webhooks.is_secret(key):
        return None, _problem(401, "This secret signs, and is no key. Use New Key.")
    return None, _problem(401, "Send the header Authorization: Bearer pomk_…")


def _problem(status, sentence):
    return _answer({"error": sentence}, status=status)


def _answer(data, status=200):
    headers = [("Cache-Control", "no-store")]
    if status == 401:
        headers.append(("WWW-Authenticate", "Bearer"))
    return request.make_json_response(data, headers=headers, status=status)
