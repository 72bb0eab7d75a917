from odoo import models


class AccountMove(models.Model):
    """What settled an invoice, as its debtor is told."""

    _inherit = "account.move"

    def _pom_settled(self):
        """
        :rtype: account.partial.reconcile
        """
        return self.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        ).matched_credit_ids

    def _pom_noted_amount(self):
        """What of this invoice no money settled, in its currency: it may have been
        written off, so nobody is thanked for it, or told that it was paid. No credit
        note, no discount.

        :rtype: float
        """
        return sum(self._pom_settled()._pom_noted().values())

    def _pom_receipt_rows(self):
        """What a receipt of this invoice lists: money and credit notes.

        :return: dicts of ``date``, ``way`` (how it came, in words) and ``amount`` in
            its currency, and what else settled it: discounts, and what was no money
        :rtype: tuple[list[dict], float, float]
        """
        self.ensure_one()
        settling = (self.invoice_payments_widget or {}).get("content", [])
        ids = [one["partial_id"] for one in settling]
        noted = self.env["account.partial.reconcile"].browse(ids)._pom_noted()
        entries = self.browse(one["move_id"] for one in settling)
        rows = []
        for one, entry in zip(settling, entries, strict=True):
            amount = one["amount"] - noted.get(one["partial_id"], 0)
            if not self.currency_id.is_zero(amount):
                way = self.env["pom.paylink"]._way_of(entry) or one["ref"]
                rows.append({"date": one["date"], "way": way, "amount": amount})
        taken = sum(one.get("pom_discount", 0) for one in settling)
        return rows, taken, sum(noted.values())
