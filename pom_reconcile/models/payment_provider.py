from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import ValidationError

from odoo.addons.pom_payment.psp.values import PspError
from odoo.addons.pom_payment.utils import in_words_of

#: How far back the first question goes, and how far every other one before the last
#: payout: providers add payouts of past days.
FIRST_DAYS, MORE_DAYS = 30, 4


class PaymentProvider(models.Model):
    """Receives the payouts of providers that can be asked."""

    _inherit = "payment.provider"

    pom_payouts_asked = fields.Datetime(
        string="Payouts Asked For", readonly=True, copy=False
    )
    pom_payouts_problem = fields.Char(
        string="Payouts Not Received", readonly=True, copy=False
    )

    def _pom_fetch_payouts(self):
        """Receive what is new, and keep the sentence that says what went wrong."""
        self.ensure_one()
        here = in_words_of(self, self.company_id)
        provider = here.sudo().with_company(self.company_id)
        try:
            problem = provider._pom_receive_payouts()
        except (ValidationError, PspError) as error:
            problem = str(error)
        provider.write(
            {
                "pom_payouts_asked": fields.Datetime.now(),
                "pom_payouts_problem": problem,
            }
        )

    def _pom_receive_payouts(self):
        """
        :return: which payouts can't be received, '' when all can
        """
        received = self.env["pom.payout"]
        last = received.search(
            [("provider_id", "=", self.id)], order="date desc", limit=1
        ).date
        today = self.company_id._pom_today()
        since = last - timedelta(MORE_DAYS) if last else today - timedelta(FIRST_DAYS)
        payouts = self._pom_payouts(since, today)
        there = received.search_fetch(
            [
                ("company_id", "=", self.company_id.id),
                ("reference", "in", [payout.reference for payout in payouts]),
            ],
            ["reference"],
        )
        known = set(there.mapped("reference"))
        incomplete = [
            payout.reference
            for payout in payouts
            if payout.reference not in known and not self._pom_receive(payout)
        ]
        if not incomplete:
            return ""
        return self.env._(
            "What these payouts consist of doesn't add up to their amounts: "
            "%(payouts)s. They are asked for again; meanwhile their lists can be added "
            "by hand.",
            payouts=", ".join(incomplete),
        )

    def _pom_receive(self, payout):
        """
        :return: whether all that it consists of is known
        """
        entries = self._pom_payout_entries(payout)
        currency = self.env["res.currency"].search([("name", "=", payout.currency)])
        if not currency or not entries or not payout.consists_of(entries):
            return False
        self.env["pom.payout"]._receive(
            self.company_id,
            payout.reference,
            payout.date,
            payout.amount,
            currency,
            [(entry.reference, entry.gross) for entry in entries],
            provider=self,
        )
        return True
