from typing import NamedTuple

from odoo import Command, api, models

#: Receipts that are mailed per link and day.
RECEIPTS_PER_DAY = 3


class Paid(NamedTuple):
    """A payment of an invoice, as its debtor knows it.

    :param number: by which the creditor finds it
    """

    amount: float
    day: object
    way: str
    number: str


class PomPaylink(models.Model):
    """What was paid, for whom it concerns."""

    _inherit = "pom.paylink"

    def _payments(self):
        """What the books have as paid of the invoice behind this link.

        :rtype: list[Paid]
        """
        move = self.move_id
        if not move:
            return []
        settled = move._pom_settled()
        taken, noted = move._pom_discounts_taken(), settled._pom_noted()
        found = []
        for partial in settled.sorted("id"):
            entry = partial.credit_move_id.move_id
            amount = partial.debit_amount_currency
            amount -= taken.get(partial.id, 0) + noted.get(partial.id, 0)
            if entry._pom_is_money() and not move.currency_id.is_zero(amount):
                way = self._way_of(entry)
                found.append(Paid(amount, partial.credit_move_id.date, way, entry.name))
        return found

    def _is_paid(self):
        """Whether all that settled it was money, or a discount for paying early."""
        return self._has_receipt() and not self.move_id._pom_noted_amount()

    def _may_be_paid(self):
        """Whether money came in that may be for this invoice, and that a person is to
        look at: nobody is reminded then. Hook.
        """
        return False

    def _has_receipt(self):
        """Whether there is money to give a receipt of."""
        return bool(self._payments())

    def _paid_amount(self):
        """What of it was money, in the invoice's currency: no credit note, no discount.

        :rtype: float
        """
        return sum(paid.amount for paid in self._payments())

    @api.model
    def _way_of(self, entry):
        """How an entry's money came, in a word; '' where that isn't known."""
        payment = entry.origin_payment_id
        if method := payment.payment_transaction_id.payment_method_id:
            return method.name
        if entry.journal_id.type == "cash":
            return self.env._("cash")
        if entry.statement_line_id:
            return self.env._("bank transfer")
        line = payment.payment_method_line_id
        method = line.payment_method_id
        # A name that the creditor gave says more than the method's own, which a line
        # has in the language of whoever made it.
        if not line.name or line.name not in self._names_in_all_languages(method):
            return line.name or ""
        # "Manual" is how the creditor notes it.
        return "" if line.code == "manual" else method.name

    def _names_in_all_languages(self, method):
        terms, _kind = method.get_field_translations("name")
        return {term[key] for term in terms for key in ("source", "value")}

    # -- the receipt by mail -----------------------------------------------------------

    def _can_mail_receipt(self):
        sender = self.sudo().company_id.pom_sender
        return bool(self.move_id and self.partner_id.email_normalized and sender)

    def _mail_receipt(self):
        """Send the receipt to the address that we know: who asks may be anybody with
        the link.

        :return: whether it's on its way
        """
        if not self._can_mail_receipt() or not self._has_receipt():
            return False
        limit = ("receipt", self.id, RECEIPTS_PER_DAY, 86400)
        receipt = self.env["pom.rate.limit"]._hit(*limit) and self._receipt()
        if not receipt:
            return False
        content, name = receipt
        values = {
            "name": name,
            "raw": content,
            "mimetype": "application/pdf",
            "res_model": self.move_id._name,
            "res_id": self.move_id.id,
        }
        attachment = self.env["ir.attachment"].sudo().create(values)
        template = self.env.ref("pom_payment.mail_template_receipt").sudo()
        template._pom_send(
            self.move_id, {"attachment_ids": [Command.link(attachment.id)]}
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        return True
