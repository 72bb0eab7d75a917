import json

from odoo import http
from odoo.http import request

from ..models.pom_outbound_event import moment_told
from ..tools import cursor, openapi
from .api_common import operation, page_given


class StatusApi(http.Controller):
    """How debts stand, for third systems: the same words that are pushed to them."""

    @operation("listInvoices")
    def invoices(self, subscriber, **given):
        return _complete(subscriber, subscriber._page_of_invoices, given)

    @operation("getInvoice")
    def invoice(self, subscriber, id):
        return subscriber._invoice_told(id)

    @operation("listPayments")
    def payments(self, subscriber, **given):
        after, limit, _filters = page_given(given)
        return subscriber._page_of_payments(after, limit)

    @operation("listMessages")
    def messages(self, subscriber, **given):
        return _complete(subscriber, subscriber._page_of_messages, given)

    @operation("listEvents")
    def events(self, subscriber, after=0, limit=openapi.LIMIT, status=""):
        events = request.env["pom.outbound.event"]
        found, newest = events._after(subscriber, after, limit, status)
        told = [{"id": event.message_id, **json.loads(event.body)} for event in found]
        after = found[-1:].id or after
        return {"events": told, "after": after, "newest": newest}


def _complete(subscriber, page, given):
    """A page of a list, and until when all pages of it are complete.

    :param page: method that makes it
    """
    after, limit, filters = page_given(given)
    until = cursor.until(given.get("cursor", "")) or subscriber._complete_until()
    told = {"Complete-Until": moment_told(until)}
    return page(filters, after, limit, until), 200, told
