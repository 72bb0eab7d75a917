from odoo import http
from odoo.http import request

from odoo.addons.pom_payment.controllers.pay_common import (
    GET,
    become_public,
    not_found,
    redirect,
)


class ShortAddress(http.Controller):
    """The address in an SMS: leads to the page, where all else is looked at."""

    @http.route("/s/<string:typed>", **GET)
    def page(self, typed, **query):
        become_public()
        delivery = request.env["pom.delivery"].sudo()._find_short(typed)
        if not delivery.url:
            return not_found()
        return redirect(delivery.url)
