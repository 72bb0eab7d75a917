from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import ormcache

from .payment_transaction_silent import TRANSFERS

#: Written while events come in, and of no meaning for what is offered.
BOOKKEEPING = {"pom_keys", "pom_keys_date", "pom_keys_try", "pom_silence_date"}


class Way(NamedTuple):
    """A way to pay, as the page offers it.

    :param least: what it takes at least, in the company's currency
    :param most: what it takes at most, in the company's currency; 0 for any amount
    :param saves: whether the payer may have it remembered for next time
    :param method: id of the method, the same at whichever provider
    :param code: of the method, as core calls it
    :param picture: of the method, as an address that holds it itself; '' for none
    :param is_transfer: whether it only shows where to transfer to
    """

    key: str
    label: str
    least: float
    most: float
    saves: bool
    method: int
    code: str
    picture: str
    is_transfer: bool

    def takes(self, amount):
        """
        :param float amount: in the company's currency
        """
        return self.least <= amount and (not self.most or amount <= self.most)


class PaymentProvider(models.Model):
    """Which ways to pay a debtor is offered. Core asks the database ten times for what
    only changes with the settings; a page that is looked at often remembers it.
    """

    _inherit = "payment.provider"

    pom_minimum_amount = fields.Monetary(
        string="Minimum Amount",
        currency_field="main_currency_id",
        help="Payment pages offer this provider from this amount on.",
    )

    @api.model
    @ormcache("company.id", "partner.country_id.id", "currency.id", "self.env.lang")
    def _pom_ways(self, company, partner, currency):
        """What is offered for small amounts.

        :rtype: tuple[Way, ...]
        """
        pairs = self._pom_compatible(company, partner, currency, 0)
        return tuple(
            Way(
                key=provider._pom_way_key(method),
                label=method.name,
                least=provider.pom_minimum_amount,
                most=provider.maximum_amount,
                saves=provider._pom_can_save(method),
                method=method.id,
                code=method.code,
                picture=method._pom_picture(),
                is_transfer=provider.code in TRANSFERS,
            )
            for provider, method in pairs
        )

    @api.model
    def _pom_compatible(self, company, partner, currency, amount):
        """Providers and methods that can take this payment, as core sees it.

        :return: (provider, method) pairs: what is of the debtor's country first, else
            in the order of the creditor
        """
        # Whoever is logged in: an employee too sees what the debtor sees.
        anybody = self.with_user(self.env.ref("base.public_user")).sudo()
        providers = self.browse(
            anybody._get_compatible_providers(
                company.id, partner.id, amount, currency_id=currency.id
            ).ids
        ).filtered(lambda provider: not provider._pom_lacks_secret())
        methods = self.env["payment.method"]._get_compatible_payment_methods(
            providers.ids, partner.id, currency_id=currency.id
        )
        # Core puts those first that are only tried out.
        ordered = providers.sorted(lambda p: (p.state != "enabled", p.sequence, p.id))
        country = partner.country_id or company.country_id
        pairs = [
            (provider, method)
            for provider in ordered
            for method in methods
            if provider in method.provider_ids
        ]
        return sorted(pairs, key=lambda pair: pair[1]._pom_rank(country))

    def _pom_can_save(self, method):
        adapter = self._pom_adapter()
        return bool(
            adapter
            and adapter.keeps_mandates
            and self.allow_tokenization
            and method.support_tokenization
        )

    def _pom_way_key(self, method):
        return f"{self.id}-{method.id}"

    # -- forgetting --------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'payment'
        providers = super().create(vals_list)
        self._pom_forget_ways()
        return providers

    def write(self, vals):
        # EXTENDS 'payment'
        result = super().write(vals)
        if not BOOKKEEPING.issuperset(vals):
            self._pom_forget_ways()
        return result

    def unlink(self):
        # EXTENDS 'payment'
        result = super().unlink()
        self._pom_forget_ways()
        return result

    @api.model
    def _pom_forget_ways(self):
        forget = self.env.registry.clear_cache
        forget()
        # Whoever looks before this is committed still remembers the old ways.
        self.env.cr.postcommit.add(forget)
