from odoo import api, fields, models

from ..debt.standing import SETTLED
from ..groups import ACCOUNTING

#: Of what the books ask nothing for: who paid some of it has credit.
OVER = ("cancelled", "credit", "paid", "reversed")


class AccountMove(models.Model):
    """What came in for an invoice beyond what was due, and is still here: debtors who
    paid twice are told so.
    """

    _inherit = "account.move"

    pom_amount_surplus = fields.Monetary(
        string="Paid Too Much",
        compute="_compute_pom_amount_surplus",
        compute_sudo=True,
        help="Came in for this invoice beyond what was due, and was neither used for "
        "another one nor given back yet.",
        groups=ACCOUNTING,
    )

    @api.model
    def _pom_words_of_surplus(self, shown):
        """What debtors are told.

        :param str shown: the amount, with its currency
        """
        return self.env._(
            "We received %s more than was due. We will use it for what you owe us "
            "next, or return it.",
            shown,
        )

    def _pom_words_of_left(self):
        """What debtors are told of what they have paid for this and don't owe; ''."""
        if self.pom_standing.word not in OVER:
            return ""
        left = self._pom_money_left()
        paid = left and self.env._(
            "You have %s left of what you paid for this. We will use it for what you "
            "owe us next, or return it.",
            self.currency_id.format(left),
        )
        return " ".join(filter(None, (paid, self._pom_words_of_credit())))

    def _pom_money_left(self):
        """What came for this invoice alone and is applied to nothing, in its currency:
        as far as the money is here, and nobody is giving it back.

        :rtype: float
        """
        came = self.env["payment.transaction"].search(
            [("pom_paylink_id.move_id", "=", self.id), ("payment_id", "!=", False)]
        )
        payments = (self.matched_payment_ids | came.payment_id).filtered(
            lambda payment: (
                payment.invoice_ids <= self
                and payment.payment_type == "inbound"
                and payment.currency_id == self.currency_id
                and (
                    payment.state == "paid"
                    or payment.payment_transaction_id.state == "done"
                )
            )
        )
        transactions = payments.payment_transaction_id
        promised = sum(
            tx._pom_on_its_way_back() + tx._pom_ordered() for tx in transactions
        )
        left = payments.move_id.line_ids._pom_unapplied() - promised
        return max(self.currency_id.round(left), 0)

    def _pom_words_of_credit(self):
        """What debtors are told of credit notes for what they have paid; ''."""
        notes = self.reversal_move_ids.filtered(
            lambda note: note.pom_standing.word == "credit"
        )
        return " ".join(
            self.env._(
                "Credit note %(note)s: you have %(amount)s left of it. We will use it "
                "for what you owe us next, or return it.",
                note=note.name,
                amount=note.currency_id.format(-float(note.pom_standing.left)),
            )
            for note in notes
        )

    @api.depends("transaction_ids.pom_surplus", "pom_standing")
    def _compute_pom_amount_surplus(self):
        paid = self.filtered(lambda move: move.pom_standing.word in SETTLED)
        found = paid.commercial_partner_id._pom_surpluses(paid.company_id)
        for move in self:
            move.pom_amount_surplus = found.get(move._origin, 0)
