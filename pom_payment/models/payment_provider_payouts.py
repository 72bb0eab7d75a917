from odoo import models

from ..psp.values import PspError

#: Pages of a list that are read at most; more are no list of one payout.
MAX_PAGES = 100


class PaymentProvider(models.Model):
    """Asks providers what they paid out, and for which payments."""

    _inherit = "payment.provider"

    def _pom_can_tell_payouts(self):
        """Whether the settings allow to ask."""
        today = self.company_id._pom_today()
        adapter, credentials = self._pom_adapter(), self._pom_credentials()
        try:
            return bool(adapter.payouts_requests(today, today, credentials))
        except PspError:
            # A key that can't be read: said when it's asked.
            return True

    def _pom_payouts(self, since, until):
        """What was paid out on these days, both included.

        :rtype: list[Payout]
        :return: [] when the settings don't allow to ask
        :raises ValidationError: when the provider doesn't answer, or refuses
        :raises PspError: when its answer can't be read, or the request not be signed
        """
        adapter, credentials = self._pom_adapter(), self._pom_credentials()
        found = []
        for request in adapter.payouts_requests(since, until, credentials):
            for payload in self._pom_pages(request):
                page = adapter.read_payouts(payload)
                found += page
                # Where all days are in one list, the latest come first.
                if page and page[-1].date < since:
                    break
        return [payout for payout in found if since <= payout.date <= until]

    def _pom_payout_entries(self, payout):
        """What a payout consists of.

        :rtype: list[PayoutEntry]
        :raises ValidationError, PspError: as above
        """
        adapter, credentials = self._pom_adapter(), self._pom_credentials()
        return [
            entry
            for request in adapter.entries_requests(payout, credentials)
            for payload in self._pom_pages(request)
            for entry in adapter.read_entries(payload)
        ]

    def _pom_pages(self, request):
        adapter, credentials = self._pom_adapter(), self._pom_credentials()
        for _page in range(MAX_PAGES):
            payload = self._pom_send(request)
            yield payload
            request = adapter.next_request(request, payload, credentials)
            if not request:
                return
