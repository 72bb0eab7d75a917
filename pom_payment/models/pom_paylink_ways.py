from odoo import models


class PomPaylink(models.Model):
    """In which ways what is behind a link can be paid online."""

    _inherit = "pom.paylink"

    def _ways_to_pay(self, choice=None):
        """Providers and methods that can take this payment now.

        :return: (provider, method) pairs in the order in which they are offered
        """
        choice = choice or self._choice()
        if not choice.amount > 0:
            return []
        pairs = (
            self.env["payment.provider"]
            .sudo()
            ._pom_compatible(
                self.company_id, self.partner_id, choice.currency, float(choice.amount)
            )
        )
        amount, may_use = self._company_amount(choice), choice.moves._pom_may_use_method
        return [
            (provider, method)
            for provider, method in pairs
            if provider.pom_minimum_amount <= amount and may_use(method.id)
        ]

    def _ways_offered(self, choice):
        """The same as what is remembered of the settings: for looking only. Whoever
        begins to pay is judged by ``_ways_to_pay``. Each method once, by the first
        provider that takes the amount, and no second way to be shown where to transfer
        to.

        :rtype: list[Way]
        """
        if not choice.amount > 0:
            return []
        company, currency = self.company_id, choice.currency
        ways = (
            self.env["payment.provider"]
            .sudo()
            ._pom_ways(company, self.partner_id, currency)
        )
        amount, are_named = self._company_amount(choice), self._may_have("methods")
        is_shown = company.pom_page_transfer and bool(self._account(choice.moves[:1]))
        found = {}
        for way in ways:
            if way.is_transfer and is_shown or not way.takes(amount):
                continue
            if not are_named or choice.moves._pom_may_use_method(way.method):
                found.setdefault(way.method, way)
        return list(found.values())

    def _company_amount(self, choice):
        """In the company's currency, as providers' limits are."""
        company = self.company_id
        return choice.currency._convert(
            float(choice.amount), company.currency_id, company, self._today()
        )
