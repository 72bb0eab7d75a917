from odoo import fields, models

from ..utils import in_words_of

#: Kind of the activity that tells of money for a document that isn't asked any more.
CREDIT_ACTIVITY = "pom_payment.mail_activity_credit"


class PaymentTransaction(models.Model):
    """Money for documents that were changed while somebody paid: it's the payer's, and
    is applied to nothing by itself.
    """

    _inherit = "payment.transaction"

    pom_left_documents = fields.Char(
        string="Not Applied To",
        readonly=True,
        copy=False,
        help="Documents that this was paid for, and that were reset to draft, "
        "cancelled, deleted or given to another customer before the money came.",
    )

    def _pom_leave(self, documents):
        """This money isn't for these any more.

        :param account.move documents: which may be about to be deleted
        """
        for tx in self:
            left = documents & tx.invoice_ids
            if left:
                names = (tx.pom_left_documents, *left.mapped(_name_of))
                tx.pom_left_documents = ", ".join(filter(None, names))
                tx.invoice_ids -= left

    def _pom_changed_documents(self):
        """Those that aren't final any more: core would post a draft that somebody is
        editing.
        """
        return self.invoice_ids.filtered(
            lambda move: (
                move.state == "cancel" or (move.state == "draft" and move.posted_before)
            )
        )

    def _pom_before_booking(self):
        # EXTENDS 'pom_payment'
        super()._pom_before_booking()
        if self.state == "done" and self.operation != "refund" and not self.payment_id:
            changed = self._pom_changed_documents()
            note = self.env._(
                "%(amount)s came in with %(transaction)s for this document, which was "
                "changed meanwhile. It is kept as credit of %(customer)s.",
                amount=self.currency_id.format(self.amount),
                transaction=self.reference,
                customer=self.partner_id.commercial_partner_id.display_name,
            )
            self._pom_leave(changed)
            for document in changed:
                document.message_post(body=note)

    def _pom_after_booking(self):
        # EXTENDS 'pom_payment'
        super()._pom_after_booking()
        if self.state == "done" and self.pom_left_documents and self.payment_id:
            self._pom_tell_credit()

    def _pom_tell_credit(self):
        """Ask the person in charge what is to become of it."""
        seller = self.pom_paylink_id.move_id.invoice_user_id or self.partner_id.user_id
        user = seller or self.env.ref("base.user_admin")
        self = in_words_of(self, self.company_id, user)
        self.payment_id.sudo().activity_schedule(
            CREDIT_ACTIVITY,
            summary=self.env._("Paid for an invoice that changed"),
            note=self.env._(
                "%(amount)s came in for %(documents)s, which was reset to draft, "
                "cancelled, deleted or given to another customer while %(customer)s "
                "was paying. It is kept as credit: apply it to an invoice, or refund "
                "it.",
                amount=self.currency_id.format(self.amount),
                documents=self.pom_left_documents,
                customer=self.partner_id.commercial_partner_id.display_name,
            ),
            user_id=user.id,
        )


def _name_of(document):
    return document.name or document.display_name
