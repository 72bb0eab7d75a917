from odoo import http

from odoo.addons.payment.controllers.post_processing import PaymentPostProcessing

from .pay_common import address, redirect


class TransferAwaited(PaymentPostProcessing):
    """Who chose to transfer by the own bank has nothing to wait for on core's page."""

    @http.route()
    def display_status(self, **kwargs):
        # EXTENDS 'payment'
        promised = self._get_monitored_transaction()
        link = promised._pom_awaiting_link()
        if not link:
            return super().display_status(**kwargs)
        items = promised.invoice_ids.ids if link.debtor_id else None
        params = {"item": items, "amount": f"{promised.amount:.2f}"}
        return redirect(address(link, "", None, params))
