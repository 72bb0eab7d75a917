from dataclasses import replace
from decimal import Decimal

from odoo import models

from odoo.addons.payment_mollie.const import PAYMENT_METHODS_MAPPING
from odoo.addons.pom_payment.psp.values import OrderLine, Payer

from ..psp.order import LENDING
from .payment_provider import MOLLIE

#: Our way to pay with which the payer chooses on Mollie's page.
CHOICE = "mollie_choice"
#: Where the first name ends, for want of anything better.
SPACE = " "


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _pom_method_word(self):
        # EXTENDS 'pom_payment'
        if self.provider_code != MOLLIE.code:
            return super()._pom_method_word()
        code = self.payment_method_code
        return "" if code == CHOICE else PAYMENT_METHODS_MAPPING.get(code, code)

    def _pom_order(self, return_url, **values):
        # EXTENDS 'pom_payment': who lends the payer the money asks who and what for.
        order = super()._pom_order(return_url, **values)
        if self.provider_code != MOLLIE.code or order.method not in LENDING:
            return order
        return replace(order, payer=self._mollie_payer(), lines=self._mollie_lines())

    def _mollie_payer(self):
        partner = self.partner_id
        given, _space, family = (self.partner_name or partner.name or "").partition(
            SPACE
        )
        is_company = partner.commercial_partner_id.is_company
        company = partner.commercial_partner_id.name if is_company else ""
        return Payer(
            given_name="" if partner.is_company else given,
            family_name="" if partner.is_company else family,
            company=company or "",
            email=self.partner_email or "",
            phone=partner._phone_format(fname="phone") or "",
            street=self.partner_address or "",
            zip=self.partner_zip or "",
            city=self.partner_city or "",
            country=self.partner_country_id.code or "",
        )

    def _mollie_lines(self):
        """What was invoiced, if that is what is paid; else the amount in one line."""
        rows = self.invoice_ids.invoice_line_ids.filtered(
            lambda row: row.display_type == "product" and row.price_total
        )
        amount = self._pom_decimal(self.amount)
        lines = tuple(self._mollie_line(row) for row in rows)
        if sum(line.total for line in lines) == amount:
            return lines
        return (OrderLine(", ".join(self.invoice_ids.mapped("name")), amount),)

    def _mollie_line(self, row):
        taxes = row.tax_ids.flatten_taxes_hierarchy()
        rate = None
        if len(taxes) == 1 and taxes.amount_type == "percent":
            rate = Decimal(str(taxes.amount))
        words = row.name or row.product_id.name or row.move_id.name
        return OrderLine(words, self._pom_decimal(row.price_total), rate)
