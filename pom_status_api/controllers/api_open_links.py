from decimal import Decimal

from odoo import http
from odoo.http import request

from ..tools.problems import Refusal
from .api_common import operation

#: Where nothing else is said.
LEAST, MOST = 1, 1000


class ApiOpenLinks(http.Controller):
    """Links for open amounts, as third systems make and close them."""

    @operation("listOpenLinks")
    def links(self, subscriber):
        found = request.env["pom.open.link"]._of(subscriber)
        return {"links": [link._told() for link in found]}

    @operation("createOpenLink")
    def create(self, subscriber, asked):
        least, most = (
            Decimal(asked.get(name, default))
            for name, default in (("least", LEAST), ("most", MOST))
        )
        if least > most:
            sentence = f"{least} is more than {most}: choose other bounds."
            raise Refusal(422, sentence, "wrong_bounds")
        values = {**asked, "suggested": " ".join(asked.get("suggested", ()))}
        links = request.env["pom.open.link"]
        link = links.create({**values, "subscriber_id": subscriber.id})
        return link._told(), 201

    @operation("closeOpenLink")
    def close(self, subscriber, id):
        links = request.env["pom.open.link"]._of(subscriber)
        link = links.filtered(lambda one: one.id == id)
        if not link:
            raise Refusal(404, "This system has no such link.")
        link.active = False
        return link._told()
