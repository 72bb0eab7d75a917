import json

from odoo import http
from odoo.http import request

from ..tools import openapi
from .api_common import operation, page_given


class StatusApi(http.Controller):
    """How debts stand, for third systems: the same words that are pushed to them."""

    @operation("listInvoices")
    def invoices(self, subscriber, **given):
        after, limit, filters = page_given(given)
        return subscriber._page_of_invoices(filters, after, limit)

    @operation("getInvoice")
    def invoice(self, subscriber, id):
        return subscriber._invoice_told(id)

    @operation("listPayments")
    def payments(self, subscriber, **given):
        after, limit, _filters = page_given(given)
        return subscriber._page_of_payments(after, limit)

    @operation("listEvents")
    def events(self, subscriber, after=0, limit=openapi.LIMIT, status=""):
        events = request.env["pom.outbound.event"]
        found = events._after(subscriber, after, limit, status)
        told = [{"id": event.message_id, **json.loads(event.body)} for event in found]
        return {"events": told, "after": found[-1:].id or after}
