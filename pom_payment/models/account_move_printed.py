from odoo import models
from odoo.tools.misc import format_date


class AccountMove(models.Model):
    """What the printed invoice says of paying, in the words of its language."""

    _inherit = "account.move"

    def _pom_agreed_parts(self):
        """What is to be paid when, of a plan that was agreed to and is kept.

        :rtype: tuple[Due]
        """
        self.ensure_one()
        return self.sudo()._pom_facts()[self.id].plan

    def _pom_promised_discount(self):
        """What the terms promise to who pays early; the day itself is in time. '' when
        it is over.
        """
        terms = self.invoice_payment_term_id
        until = terms._get_last_discount_date(self.invoice_date)
        if until and until < self.company_id._pom_today():
            return ""
        less = terms._get_amount_due_after_discount(self.amount_total, self.amount_tax)
        return self.env._(
            "%(less)s if paid by %(day)s",
            less=self.currency_id.format(less),
            day=terms._get_last_discount_date_formatted(self.invoice_date),
        )

    def _pom_printed_amount(self):
        """What the code beside it asks, where that isn't the invoice's total."""
        one, money = self.sudo().pom_standing, self.currency_id.format
        if one.discount:
            return self.env._(
                "%(less)s until %(day)s, then %(all)s",
                less=money(float(one.asked)),
                day=format_date(self.env, one.discount.until),
                all=money(float(one.most)),
            )
        if one.asked == self._pom_decimal(self.amount_total):
            return ""
        if one.disputed:
            return self.env._(
                "%(asked)s, without %(disputed)s that you don't agree with",
                asked=money(float(one.asked)),
                disputed=money(float(one.disputed)),
            )
        if one.came_in:
            return self.env._(
                "%(asked)s, without %(received)s that we received already",
                asked=money(float(one.asked)),
                received=money(float(one.came_in)),
            )
        return money(float(one.asked))
