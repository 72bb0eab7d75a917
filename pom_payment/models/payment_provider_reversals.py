from dataclasses import replace

from odoo import models


class PaymentProvider(models.Model):
    """Refunds and chargebacks, one by one: a sum doesn't tell which of them came
    back.
    """

    _inherit = "payment.provider"

    def _pom_fetch(self, provider_reference, reference=None):
        # EXTENDS 'pom_payment': asked before anything is locked.
        update = super()._pom_fetch(provider_reference, reference)
        return self._pom_with_reversals(update)

    def _pom_with_reversals(self, update):
        if update.status != "done":
            return update
        return replace(update, reversals=self._pom_reversals(update))

    def _pom_reversals(self, update):
        """
        :return: the reversals of a payment; None where the provider only tells sums
        :raises ValidationError: when the provider doesn't answer
        :raises PspError: when its answer can't be read
        """
        adapter = self._pom_adapter()
        requests = adapter.reversals_requests(update.provider_reference)
        if not requests:
            return None
        if not (update.refunded or update.charged_back or self._pom_went_back(update)):
            return ()
        return tuple(
            reversal
            for request in requests
            for payload in self._pom_pages(request)
            for reversal in adapter.read_reversals(payload)
        )

    def _pom_went_back(self, update):
        """Whether we know of a refund or chargeback of this payment: it may be undone,
        and out of the sums.
        """
        known = [
            ("provider_id", "=", self.id),
            ("operation", "=", "refund"),
            (
                "source_transaction_id.provider_reference",
                "=",
                update.provider_reference,
            ),
        ]
        return bool(self.env["payment.transaction"].sudo().search_count(known, limit=1))
