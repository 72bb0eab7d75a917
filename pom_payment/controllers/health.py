import hmac
import ipaddress
import json

from odoo import fields, http
from odoo.http import request

from ..tools import outgoing
from ..tools.trouble import FAILING, report
from .pay_common import protected
from .sender import sent_from

#: Looks a minute: of one sender, and of all.
PER_MINUTE = 30
ALL_PER_MINUTE = 240


class Health(http.Controller):
    @http.route(
        "/pom/health",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
        sitemap=False,
    )
    def health(self, **kwargs):
        """Whether all goes on, for monitors: 200, or 503 when something stands still.

        Who has the token, or asks from a network that may, is told each check; anybody
        else the word for all of them.
        """
        counts = request.env["pom.rate.limit"]
        places = (
            ("health", sent_from(), PER_MINUTE, 60),
            ("health of all", "", ALL_PER_MINUTE, 60),
        )
        if any(counts._is_over(*place) for place in places):
            return _answer(429, {})
        if not counts._hit_each(*places):
            return _answer(429, {})
        checks, found = request.env["pom.trouble"].sudo()._find()
        told = report(checks, found, fields.Datetime.now())
        status = 503 if told["status"] == FAILING else 200
        return _answer(status, told if _may_know() else {"status": told["status"]})


def _may_know():
    """Whether who asks has the token, or a place in a network that may."""
    parameters = request.env["ir.config_parameter"].sudo()
    token = parameters.get_param("pom_payment.health_token") or ""
    given = request.httprequest.headers.get("Authorization", "")
    if token and hmac.compare_digest(f"Bearer {token}".encode(), given.encode()):
        return True
    allowed = parameters.get_param("pom_payment.health_networks") or ""
    try:
        sender = ipaddress.ip_address(request.httprequest.remote_addr or "")
        return any(sender in network for network in outgoing.networks(allowed))
    except ValueError:
        return False


def _answer(status, told):
    headers = [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
    if status == 429:
        headers.append(("Retry-After", "60"))
    return protected(request.make_response(json.dumps(told), headers, status=status))
