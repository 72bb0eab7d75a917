from odoo import fields, models
from odoo.exceptions import UserError

from ..utils import patiently

#: Kind of the activity that tells of money which can't be booked.
UNBOOKED_ACTIVITY = "pom_payment.mail_activity_unbooked"


class PaymentTransaction(models.Model):
    """Money that a provider took and the books can't take yet."""

    _inherit = "payment.transaction"

    pom_booking_error = fields.Char(
        string="Not Booked",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Why the books didn't take this payment, which the provider took.",
    )

    def _pom_note_unbooked(self, error):
        """Ask the person in charge, at the first failure; later ones say nothing new.

        :param Exception error: what booking raised
        """
        words = (str(error).strip() or type(error).__name__).splitlines()[0]
        is_new = not self.pom_booking_error
        self.pom_booking_error = words
        self = self._pom_in_owners_words()
        for invoice in self.invoice_ids if is_new else ():
            invoice._pom_alert(
                self.env._("A payment can't be booked"),
                self.env._(
                    "%(provider)s received %(amount)s for this invoice, and the books "
                    "don't take it: %(error)s. Put that right, then press Book Now on "
                    "the invoice. The debtor isn't asked again.",
                    provider=self.provider_id.name,
                    amount=self.currency_id.format(self.amount),
                    error=words,
                ),
                UNBOOKED_ACTIVITY,
            )

    def _pom_note_booked(self):
        if self.pom_booking_error:
            self.pom_booking_error = False
            self.invoice_ids.sudo().activity_unlink([UNBOOKED_ACTIVITY])

    def action_pom_book_now(self):
        """Try again to book what was received.

        :raises UserError: when the books still don't take it
        """
        self.check_access("write")
        for transaction in self.sudo():
            patiently(
                self.env,
                lambda tx=transaction: tx.lock_for_update(allow_referencing=True),
            )
            transaction._post_process()
            if transaction.pom_booking_error:
                raise UserError(
                    self.env._(
                        "It can't be booked yet: %s", transaction.pom_booking_error
                    )
                )
