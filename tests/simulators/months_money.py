"""Stories of :mod:`.months`: money that was announced or goes back, and other lines."""

from __future__ import annotations

from decimal import Decimal

from odoo.addons.pom_reconcile.matching import PayoutItem

from .months_families import mollie_id, stripe_id
from .months_telling import CENT, OPEN, Answer


class Money:
    """Mixed into :class:`.months.Month`, whose helpers the stories use."""

    # ---- stories: money that was announced ---------------------------------------

    def collected(self):
        """A direct debit of ours, known by its end-to-end id."""
        doc = self._paid()
        payment = self._waiting(doc, "", end_to_end_id=f"E2E{doc.id}")
        answer = Answer(((payment.id, doc.amount),))
        self._pay(doc, answers=(answer,), end_to_end_id=f"E2E{doc.id}")

    def collected_under_reference(self):
        """The same with the invoice's reference: the payment, not the invoice."""
        doc = self._paid()
        payment = self._waiting(doc, "", references=doc.references)
        answer = Answer(((payment.id, doc.amount),))
        reference = (("ogm", self._digits(doc)),)
        self._pay(doc, answers=(answer,), references=reference)

    def bancontact_single(self):
        """Bancontact/Payconiq pays out one payment: 24 characters after the word."""
        doc = self._paid()
        payment = self._waiting(doc, "payconiq", f"{self.rng.getrandbits(96):024x}")
        word = self.rng.choice(("Payconiq", "PAYCONIQ", "Bancontact"))
        shop = "De Cafébaas"
        text = f"{word}{payment.provider_reference}{shop}{doc.number}merci"
        answer = Answer(((payment.id, doc.amount),))
        self._payout(doc.amount, "Payconiq International SA", (answer,), text=text)

    def bancontact_bulk(self):
        """A total without a list stays open."""
        doc = self._paid()
        self._waiting(doc, "payconiq", f"{self.rng.getrandbits(96):024x}")
        text = f"20261115{self.rng.getrandbits(96):024x}BULK1PQ BulkRecon{'7' * 24}"
        self._payout(doc.amount, "Bancontact Payconiq Company", (OPEN,), text=text)

    def mollie_listed(self):
        """A settlement with its list: gross payments, net money."""
        payments = self._psp_payments("mollie", mollie_id)
        gross = sum(p.residual for p in payments)
        fee = (gross * Decimal("0.012")).quantize(CENT) + Decimal("0.25")
        items = tuple(PayoutItem(p.provider_reference, p.residual) for p in payments)
        answer = Answer(tuple((p.id, p.residual) for p in payments), "fee")
        text = f"Mollie settlement 4821355.2611.{self.rng.randrange(1, 30):02d}"
        self._payout(
            gross - fee,
            "Stichting Mollie Payments",
            (answer,),
            text,
            payout_items=items,
        )

    def stripe_payout(self):
        """A payout whose payments bear its id."""
        payout = stripe_id(self.rng, "po")
        payments = self._psp_payments("stripe", stripe_id, payout_reference=payout)
        gross = sum(p.residual for p in payments)
        fee = (gross * Decimal("0.015")).quantize(CENT) + Decimal("0.25")
        answer = Answer(tuple((p.id, p.residual) for p in payments), "fee")
        text = f"STRIPE {payout}"
        self._payout(gross - fee, "Stripe Payments Europe", (answer,), text)

    def stripe_unlisted(self):
        payments = self._psp_payments("stripe", stripe_id)
        gross = sum(p.residual for p in payments)
        self._payout(gross, "STRIPE TECHNOLOGY EUROPE LTD", (OPEN,), "STRIPE PAYOUT")

    def transfer_beside_psp(self):
        """A transfer for an open invoice whose PSP payment is still in progress."""
        doc = self._invoice(under_way=True)
        self._pay(doc, references=(("ogm", self._digits(doc)),))

    # ---- stories: money that goes back --------------------------------------------

    def returned(self):
        """A direct debit of last month is taken back."""
        doc = self._paid(end_to_end_id=f"SDD{next(self._ids)}")
        self._return(doc, end_to_end_id=doc.extra["end_to_end_id"])

    def returned_in_month(self):
        """Collected, taken back, then paid by transfer."""
        doc = self._invoice(end_to_end_id=f"SDD{next(self._ids)}")
        reference = (("ogm", self._digits(doc)),)
        self._pay(doc, references=reference, day=2)
        self._return(doc, day=6, references=reference)
        self._pay(doc, references=reference, day=20)

    def returned_by_word(self):
        """No code, only the bank's words and the number."""
        doc = self._paid()
        word = self.rng.choice(
            ("Onbetaalde domiciliëring", "Domiciliation impayée", "Rücklastschrift")
        )
        self._return(doc, kind="", return_reason="", text=f"{word} {doc.number}")

    def returned_unknown(self):
        self._line(
            -self._amount(),
            self._debtor(),
            (OPEN,),
            kind="return",
            return_reason="AM04",
        )

    def charged_back(self):
        reference = mollie_id(self.rng)
        doc = self._paid(provider_reference=reference)
        answer = Answer(((doc.id, -doc.amount),))
        self._payout(-doc.amount, "Mollie B.V.", (answer,), f"Chargeback {reference}")

    # ---- stories: other lines -------------------------------------------------------

    def bill(self):
        """We pay a supplier under his reference."""
        doc = self._bill()
        self._pay(doc, references=(("ogm", self._digits(doc)),))

    def foreign(self):
        """An invoice in dollars, paid in dollars, booked in euros."""
        doc = self._invoice(currency="USD", bystanders=False)
        euros = (doc.amount / Decimal("1.08")).quantize(CENT)
        self._line(
            euros,
            doc.debtor,
            (self._settle((doc, doc.amount)),),
            references=(("ogm", self._digits(doc)),),
            foreign_amount=doc.amount,
            foreign_currency="USD",
        )

    def costs(self):
        self._line(-Decimal("3.25"), self._bank(), (OPEN,), text="Kosten", kind="costs")

    def salaries(self):
        self._line(
            -self._amount() * 20, self._debtor(known=False), (OPEN,), text="Loon"
        )

    def stranger(self):
        """Money of someone who owes nothing."""
        self._line(self._amount(), self._debtor(known=False), (OPEN,), text="cadeau")
