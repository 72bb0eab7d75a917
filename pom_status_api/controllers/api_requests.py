from odoo import http
from odoo.http import request

from .api_common import operation, page_given


class ApiRequests(http.Controller):
    """Third systems that ask for a payment."""

    @operation("createRequest")
    def create(self, subscriber, idempotency_key, asked):
        requests = request.env["pom.payment.request"]
        found, is_new = requests._ask(subscriber, idempotency_key, asked)
        return found._told(), 201 if is_new else 200

    @operation("listRequests")
    def requests(self, subscriber, **given):
        after, limit, filters = page_given(given)
        requests = request.env["pom.payment.request"]
        return requests._page(subscriber, filters, after, limit)

    @operation("getRequest")
    def read(self, subscriber, id):
        return self._of(subscriber, id)._told()

    @operation("changeRequest")
    def change(self, subscriber, id, asked):
        return self._of(subscriber, id)._change(asked)._told()

    @operation("withdrawRequest")
    def withdraw(self, subscriber, id):
        return self._of(subscriber, id)._withdraw()._told()

    @operation("replaceLink")
    def replace(self, subscriber, id):
        return self._of(subscriber, id)._replace()._told()

    @operation("sendRequest")
    def send(self, subscriber, id, asked):
        return self._of(subscriber, id)._send(asked["channel"])._told()

    @operation("attachDocument")
    def attach(self, subscriber, id, content):
        return self._of(subscriber, id)._attach(content)._told()

    def _of(self, subscriber, number):
        return request.env["pom.payment.request"]._of(subscriber, number)
