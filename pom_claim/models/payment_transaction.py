from odoo import models

from odoo.addons.pom_payment.debt.claims import Paid, beyond, explain, given_back
from odoo.addons.pom_payment.debt.facts import Claim


class PaymentTransaction(models.Model):
    """Who pays more than what the books have open pays what reminders asked on top; it
    goes into income. Only what nothing explains is there to be paid back.
    """

    _inherit = "payment.transaction"

    def _create_payment(self, **extra_create_values):
        # EXTENDS 'account_payment'
        paid = self._pom_claims_paid()
        if paid:
            known = extra_create_values.get("write_off_line_vals", [])
            lines = self._pom_claim_lines(paid)
            extra_create_values["write_off_line_vals"] = [*known, *lines]
        return super()._create_payment(**extra_create_values)

    def _pom_claims_paid(self):
        """What of which claim this pays; or, of a refund, gives back.

        :rtype: tuple[Paid]
        """
        if self.currency_id != self.company_id.currency_id:
            return ()
        if self.operation == "refund":
            return self._pom_claims_given_back()
        moves = self.invoice_ids.filtered(lambda move: move.state == "posted")
        claims = [claim for of in moves._pom_claims().values() for claim in of]
        if not claims:
            return ()
        lefts = [one.left for one in moves._pom_standings().values()]
        return explain(claims, beyond(self._pom_decimal(self.amount), lefts))

    def _pom_claims_given_back(self):
        source = self.source_transaction_id
        family = source | source.child_transaction_ids.filtered("payment_id")
        items = family.payment_id.move_id.line_ids.filtered("pom_claim_id")
        held = [
            Claim(
                claim.kind,
                self._pom_decimal(-sum(booked.mapped("balance"))),
                claim.asked_on,
                claim.id,
            )
            for claim, booked in items.grouped("pom_claim_id").items()
        ]
        others = family.filtered(lambda tx: tx.payment_id and tx != self)
        money = self._pom_decimal(sum(others.mapped("amount")))
        back = given_back(held, money, self._pom_decimal(-self.amount))
        return tuple(Paid(one.claim, -one.amount) for one in back)

    def _pom_claim_lines(self, paid):
        """Values of journal items as core takes them for what is written off."""
        items = self.env["account.move"]._pom_claim_items(paid)
        return [
            {
                **item,
                "partner_id": self.partner_id.commercial_partner_id.id,
                "currency_id": self.currency_id.id,
                "amount_currency": -float(one.amount),
                "balance": -float(one.amount),
            }
            for item, one in zip(items, paid, strict=True)
        ]
