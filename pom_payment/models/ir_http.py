from werkzeug.exceptions import TooManyRequests

from odoo import models
from odoo.http import request

#: Things a payer does, per link: nobody needs more.
ACTIONS_PER_MINUTE = 30


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        # EXTENDS 'base': what acts on a payment page is limited per link. Payers of one
        # office or telephone network share an address, so that isn't counted.
        if request.httprequest.method == "POST" and rule.rule.startswith("/p/<"):
            allowed = request.env["pom.rate.limit"]._hit(
                "pay page", str(args.get("token")), ACTIONS_PER_MINUTE, 60
            )
            if not allowed:
                raise TooManyRequests
        super()._pre_dispatch(rule, args)
        if rule.rule.startswith("/pom/webhook/"):
            # Kept before a form is read from it: events are judged as they came.
            request.httprequest.get_data()
