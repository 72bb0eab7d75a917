from odoo.http import request

from ..tools.sender import network_of


def sent_from() -> str:
    """Who sends this request, as limits count. Not the address itself: of those a
    household with IPv6 has more than any table holds.
    """
    return network_of(request.httprequest.remote_addr or "")
