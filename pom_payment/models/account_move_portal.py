from datetime import date
from decimal import Decimal
from typing import NamedTuple

from odoo import models
from odoo.tools import str2bool
from odoo.tools.misc import format_date

from ..debt.amounts import bounds


class Shown(NamedTuple):
    """What lists show of a debt: what is asked and its day; before anything is due, the
    next part; else what is left.
    """

    day: date | None
    amount: Decimal


class AccountMove(models.Model):
    """Core's portal asks, and lets begin, what our page does."""

    _inherit = "account.move"

    def _pom_bounds(self):
        """How much may be paid of this invoice now.

        :rtype: odoo.addons.pom_payment.debt.amounts.Bounds
        """
        part_from = None
        if self.company_id.pom_part_allowed:
            part_from = self._pom_decimal(self.company_id.pom_part_minimum)
        return bounds(self.pom_standing, part_from)

    def _pom_is_asked(self):
        """Whether lists ask for it: neither what credit covers, nor what the debtor
        told us to have paid.
        """
        return self.pom_standing.word != "covered" and not self._pom_is_told_paid()

    def _pom_words_of_status(self):
        """How it stands, as debtors are told."""
        if self._pom_is_told_paid():
            return self._pom_words_of_told_paid()
        field = self._fields["pom_payment_status"]
        words = dict(field._description_selection(self.env))
        return words.get(self.pom_payment_status, "")

    def _pom_words_of_told_paid(self):
        return self.env._("Reported as paid")

    def _pom_shown(self):
        """
        :rtype: Shown
        """
        one = self.pom_standing
        if one.word in ("planned", "covered") and one.to_ask:
            return Shown(one.to_ask[0].day, one.to_ask[0].left)
        left = one.left - one.covered
        return Shown(one.day_asked or one.day, one.asked or left)

    def _has_to_be_paid(self):
        # OVERRIDES 'account_payment' for what has a link: core asks again for what was
        # received and isn't booked yet, and never again for what stays pending. Of
        # credit notes it reads transactions, which customers may not.
        self.ensure_one()
        if not self.sudo().pom_paylink_ids:
            return super(AccountMove, self.sudo())._has_to_be_paid()
        parameters = self.env["ir.config_parameter"].sudo()
        is_offered = parameters.get_param("account_payment.enable_portal_payment")
        return (
            str2bool(is_offered or "", False) and self.sudo().pom_standing.can_be_paid
        )

    def _get_invoice_portal_extra_values(self, custom_amount=None):
        # EXTENDS 'account': what is asked, and by when, as everywhere else.
        values = super()._get_invoice_portal_extra_values(custom_amount)
        if self.sudo().pom_paylink_ids and not custom_amount:
            values.update(self.sudo()._pom_portal_values(values))
        return values

    def _pom_portal_values(self, values):
        """Core's words for the part that is asked now, else for the next one."""
        one, shown = self.pom_standing, self._pom_shown()
        if one.discount:
            return {"epd_discount_msg": self._pom_words_of_discount(one.discount)}
        if not one.can_be_paid or not one.asked + one.next_amount:
            return {}
        if self._pom_is_told_paid():
            return {"installment_state": None, "next_due_date": shown.day}
        if shown.amount == one.left:
            return {
                "installment_state": None,
                "amount_due": float(one.most),
                "next_due_date": shown.day,
            }
        return {
            "installment_state": "overdue" if one.late_since else "next",
            "next_amount_to_pay": float(shown.amount),
            "amount_due": float(one.most - one.disputed),
            "next_due_date": shown.day,
            "is_last_installment": False,
        }

    def _pom_words_of_discount(self, discount):
        """Core's own count days from the one on which it is read."""
        return self.env._(
            "Discount of %(off)s if paid by %(day)s",
            off=self.currency_id.format(float(discount.off)),
            day=format_date(self.env, discount.until),
        )

    def _get_online_payment_error(self):
        # EXTENDS 'account_payment'
        error = super(AccountMove, self.sudo())._get_online_payment_error()
        return error or self.sudo()._pom_refusal()
