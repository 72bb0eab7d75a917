from odoo import fields, models
from odoo.exceptions import ValidationError

from ..psp.values import SOFT, UNCONFIRMED, PspError
from .payment_provider import ProviderRefusal


class PaymentTransaction(models.Model):
    """Payers who agree that later payments are charged without them: the first payment
    makes a mandate at the provider, which core keeps as a token.
    """

    _inherit = "payment.transaction"

    pom_consent = fields.Text(
        string="Agreed To", readonly=True, help="The words that the payer agreed to."
    )
    pom_failure = fields.Char(
        string="Kind of Failure",
        readonly=True,
        help="Why it came to nothing, or its money was taken back: soft (it may work "
        "on another day), payer (the payer has to do something), authenticate (the "
        "payer's bank wants to hear it from the payer) or hard.",
    )
    pom_failure_code = fields.Char(string="Failure Code", readonly=True)

    # -- agreeing ----------------------------------------------------------------------

    def _pom_customer(self):
        """Number of the payer at the provider, who ticked that later payments may be
        charged; '' when nobody did.

        :raises ValidationError: when the provider doesn't answer
        :raises PspError: when its answer can't be read
        """
        if not self.tokenize:
            return ""
        if self.pom_consent:
            # Somebody with a link: nobody that we know, and no customer of before.
            return self._pom_make_customer("", "", self.reference)
        known = self.env["payment.token"].search(
            [
                ("provider_id", "=", self.provider_id.id),
                ("partner_id", "=", self.partner_id.id),
                ("pom_customer", "!=", False),
                ("pom_consent", "=", False),
            ],
            limit=1,
        )
        partner = self.partner_id
        return known.pom_customer or self._pom_make_customer(
            self.partner_name or partner.name or "",
            self.partner_email or "",
            f"{self.env['payment.token']._name}-{partner.id}",
        )

    def _pom_make_customer(self, name, email, reference):
        provider = self.provider_id
        adapter = provider._pom_adapter()
        request = adapter.customer_request(name, email, reference)
        return adapter.read_customer(provider._pom_send(request)) if request else ""

    def _extract_token_values(self, payment_data):
        # EXTENDS 'payment'
        update = payment_data.get("pom_update")
        if not update:
            return super()._extract_token_values(payment_data)
        if not update.mandate:
            return {}
        return {
            "partner_id": self._pom_payer().id,
            "provider_ref": update.mandate,
            "pom_customer": update.customer,
            "payment_details": update.mandate_hint,
            "pom_consent": self.pom_consent,
        }

    def _pom_payer(self):
        """Who agreed: the debtor who was logged in; else nobody that we know, with a
        contact apart, so that nothing of theirs is ever offered to the debtor.
        """
        if not self.pom_consent:
            return self.partner_id
        return self.env["res.partner"].create(
            {
                "name": self.env._("Payer of %s", self.reference),
                "company_id": self.company_id.id,
                "active": False,
            }
        )

    # -- charging ----------------------------------------------------------------------

    def _send_payment_request(self):
        # EXTENDS 'payment'
        if not self.provider_id._pom_adapter():
            super()._send_payment_request()
            return
        update = self._pom_request_charge()
        if self.env.context.get("pom_committed"):
            self._pom_note_committed(self._pom_note_charge, update)
        else:
            self._pom_note_charge(update)

    def _pom_request_charge(self):
        """
        :return: PaymentUpdate, or None when there was no answer
        :raises ValidationError: when it isn't charged
        """
        provider, token = self.provider_id, self.token_id
        if not token.active:
            raise ValidationError(
                self.env._("These payment details were deleted: nothing is charged.")
            )
        if token.pom_consent and not self._pom_is_agreed():
            raise ValidationError(
                self.env._(
                    "Whoever saved these payment details agreed to be charged by a tap "
                    "on the payment page only: nothing is charged."
                )
            )
        adapter = provider._pom_adapter()
        if self.env.context.get("pom_tapped"):
            self._pom_check_mandate(adapter)
        base = provider.company_id._pom_base_url()
        try:
            order = self._pom_order(
                base, customer=token.pom_customer or "", mandate=token.provider_ref
            )
            request = adapter.payment_request(order, provider._pom_credentials())
            return adapter.read_update(self._pom_send(request))
        except PspError as error:
            raise ValidationError(str(error)) from error
        except ProviderRefusal as error:
            if error.failure:
                self._pom_note_refusal(error.failure)
            raise
        except ValidationError:
            # It may have been charged all the same: the sweep looks for it.
            return None

    def _pom_check_mandate(self, adapter):
        """Nobody tells when a mandate becomes valid: asked before each tap.

        :raises ValidationError: when it can't be charged yet
        """
        token = self.token_id
        request = adapter.mandate_request(token.pom_customer, token.provider_ref)
        if not request:
            return
        try:
            mandate = adapter.read_mandate(self.provider_id._pom_send(request))
        except ProviderRefusal:
            # That it is gone is said when it is charged.
            return
        except PspError as error:
            raise ValidationError(str(error)) from error
        if mandate.status == "pending":
            self.write({"pom_failure": SOFT, "pom_failure_code": UNCONFIRMED})
            raise ValidationError(
                self.env._(
                    "The payer's bank hasn't confirmed these payment details yet, "
                    "which can take a working day: nothing is charged."
                )
            )

    def _pom_is_agreed(self):
        """Whether who saved these details on a payment page agreed to this charge.
        Hook.
        """
        return bool(self.env.context.get("pom_tapped"))

    def _pom_note_refusal(self, failure):
        """
        :param PspFailure failure:
        """
        self.write({"pom_failure": failure.failure, "pom_failure_code": failure.code})
        if failure.payment and not self.provider_reference:
            # It was made all the same, and is nobody's to find later.
            self.provider_reference = failure.payment

    def _pom_set_pending(self, update):
        # EXTENDS 'pom_payment': a card was refused, and the payer may take another.
        super()._pom_set_pending(update)
        self._pom_note_failure(update.failure, update.failure_code)

    def _pom_set_done(self, update):
        # EXTENDS 'pom_payment'
        super()._pom_set_done(update)
        self._pom_note_failure("", "")

    def _pom_note_failure(self, kind, code):
        if (kind, code) != (self.pom_failure or "", self.pom_failure_code or ""):
            self.write(
                {"pom_failure": kind or False, "pom_failure_code": code or False}
            )

    def _pom_set_failed(self, update):
        # EXTENDS 'pom_payment'
        super()._pom_set_failed(update)
        self._pom_note_failure(update.failure, update.failure_code)

    def _pom_note_charge(self, update):
        if not update:
            self._set_pending(
                state_message=self.env._("No answer yet: the provider is asked again.")
            )
            return
        self.provider_reference = update.provider_reference
        self._pom_apply(update)
        if self.state == "draft":
            self._set_pending()

    def _pom_before_booking(self):
        # EXTENDS 'pom_payment': a payment that somebody registered with a token is
        # cancelled by core unless the money is there at once. A direct debit's money
        # comes days later: it's booked anew then.
        super()._pom_before_booking()
        for tx in self.filtered(lambda tx: tx.state == "done"):
            if tx.payment_id.state == "canceled":
                tx.payment_id = False
