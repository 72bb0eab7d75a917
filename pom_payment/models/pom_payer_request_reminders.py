from datetime import timedelta

from odoo import models

#: Quiet days after the answer to a dispute or a plan, so that both don't cross.
QUIET = timedelta(days=5)


class PomPayerRequest(models.Model):
    """What the answer to a debtor means for reminders, and that the debtor is told."""

    _inherit = "pom.payer.request"

    def _close(self, state):
        # EXTENDS 'pom.payer.request'
        settled = self.filtered(
            lambda request: request.kind in ("dispute", "plan")
            and request.state != state
        )
        result = super()._close(state)
        for request in settled:
            getattr(request, f"_settle_{request.kind}_{state}")()
            request._tell_settled(state)
        return result

    def _settle_dispute_accepted(self):
        """What the debtor is right about isn't asked until the invoice is mended."""
        self.move_ids.write(
            {
                "pom_reminder_hold": True,
                "pom_reminder_hold_reason": self.env._(
                    "Dispute accepted: make the credit note, then lift the hold."
                ),
            }
        )

    def _settle_dispute_refused(self):
        self._hold(self.company_id._pom_now().date() + QUIET)

    def _settle_plan_accepted(self):
        self.plan_amount = sum(self.move_ids.mapped("amount_residual"))
        # From now on the plan itself keeps reminders away, as long as it's kept.
        self.move_ids.pom_hold_until = False

    def _settle_plan_refused(self):
        self._hold(self.company_id._pom_now().date() + QUIET)

    def _tell_settled(self, state):
        channel = self.partner_id._pom_reply_channel()
        if channel and self.move_ids:
            lang = self.partner_id.lang or self.company_id.partner_id.lang
            request = self.with_context(lang=lang)
            text = getattr(request, f"_words_{self.kind}_{state}")()
            self.env["pom.delivery"].sudo()._confirm(self.move_ids, text, channel)

    def _names(self):
        return ", ".join(self.move_ids.mapped("name"))

    def _words_dispute_accepted(self):
        return self.env._(
            "You were right about %s. We correct it; until then you need not pay the "
            "amount that you contested.",
            self._names(),
        )

    def _words_dispute_refused(self):
        return self.env._(
            "We looked into your objection to %s and cannot agree with it: the amount "
            "remains due. Please answer this message if you think that we are wrong.",
            self._names(),
        )

    def _words_plan_accepted(self):
        delivery = self.env["pom.delivery"]
        return self.env._(
            "We agree to your payment plan for %(names)s: %(count)s monthly payments, "
            "the first on %(day)s.",
            names=self._names(),
            count=self.plan_count,
            day=delivery.with_context(lang=self.env.lang)._day(self.plan_first_on),
        )

    def _words_plan_refused(self):
        return self.env._(
            "We cannot agree to the payment plan that you asked for %s. Please propose "
            "another one on the page, or answer this message.",
            self._names(),
        )
