"""Where a payer comes back to: core's page of a payment that is being processed."""

import time
from contextlib import suppress

from odoo import http
from odoo.http import request

from odoo.addons.payment.controllers.post_processing import PaymentPostProcessing

from ..models.payment_transaction_silent import OPEN_STATES, TRANSFERS
from ..models.pom_paylink import attempt_deadline
from ..utils import BUSY, PAUSES
from .pay_common import address, redirect


class PaymentStatus(PaymentPostProcessing):
    @http.route()
    def display_status(self, **kwargs):
        # EXTENDS 'payment': a page that waits for ever for what is pending. Who began
        # on our page comes back to it: it says how it stands, and follows by itself.
        # Who chose to transfer by the own bank has nothing to wait for there, either.
        attempt = self._get_monitored_transaction()
        if link := attempt._pom_awaiting_link():
            items = attempt.invoice_ids.ids if link.debtor_id else None
            params = {"item": items, "amount": f"{attempt.amount:.2f}"}
            return redirect(address(link, "", None, params))
        if not attempt.pom_paylink_id or attempt.provider_code in TRANSFERS:
            return super().display_status(**kwargs)
        book(attempt)
        if attempt.state in OPEN_STATES:
            # Who is back knows more than we do: nobody begins anew while the provider's
            # news is under way.
            deadline = attempt_deadline()
            attempt.pom_expires_at = max(attempt.pom_expires_at or deadline, deadline)
        return request.redirect(attempt.landing_route, code=303)

    @http.route()
    def poll_status(self, **kwargs):
        # EXTENDS 'payment': whoever waits for it waits for who is booking it.
        wait_for_booking(self._get_monitored_transaction())
        return super().poll_status(**kwargs)


def book(attempt):
    """What isn't booked now will be by the cron: the payer needn't know."""
    if wait_for_booking(attempt):
        attempt._post_process()


def wait_for_booking(attempt):
    """Until nobody else is at it, or for some seconds.

    :return: whether it's left to us
    """
    for pause in PAUSES if attempt else ():
        with suppress(*BUSY):
            if attempt.is_post_processed:
                return False
            if attempt.try_lock_for_update(allow_referencing=True):
                return True
        # What the other one wrote is seen by a new transaction only.
        request.env.cr.rollback()
        request.env.invalidate_all()
        time.sleep(pause)
    return False
