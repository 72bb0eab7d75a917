"""More stories of :mod:`.months`: suppliers, refunds, payments that a person entered,
and what providers write on the money that they pass on."""

from __future__ import annotations

import random
import string
from decimal import Decimal

LETTERS = string.ascii_letters + string.digits
CENT = Decimal("0.01")


def mollie_id(chance: random.Random, prefix: str = "tr") -> str:
    """Ten letters and digits of both cases; one in six has no digit."""
    return f"{prefix}_{''.join(chance.choices(LETTERS, k=10))}"


def stripe_id(chance: random.Random, prefix: str = "pi") -> str:
    return f"{prefix}_3{''.join(chance.choices(LETTERS, k=23))}"


def bancontact_id(chance: random.Random) -> str:
    return f"{chance.getrandbits(96):024x}"


class Families:
    """Mixed into :class:`.months.Month`, whose helpers the stories use."""

    # ---- suppliers ---------------------------------------------------------------

    def supplier_number(self):
        """Under the number that the supplier gave his invoice."""
        bill = self._supplied()
        word = self.rng.choice(("uw factuur {}", "votre facture {}", "Rg. {}", "{}"))
        self._pay(bill, text=word.format(bill.references[0]))

    def supplier_several(self):
        supplier = self._debtor()
        bills = [self._supplied(supplier) for _ in range(2)]
        text = " + ".join(bill.references[0] for bill in bills)
        self._pay_all(bills, text)

    def supplier_account(self):
        """A standing order, without a word."""
        bill = self._supplied(self._debtor(known=True))
        self._pay_checked(bill, text=self.rng.choice(("", "domiciliering", "huur")))

    def supplier_credit(self):
        """A supplier pays back what he credited."""
        credit = self._supplied(amount=self._amount())
        self._pay(credit, text=f"remboursement {credit.references[0]}")

    def supplier_stranger(self):
        """A number that looks like one of a supplier's, of somebody else."""
        self._supplied()
        number = f"F-2026-{self.rng.randrange(10**5, 10**6)}"
        self._line(-self._amount(), self._debtor(known=False), (self.OPEN,), number)

    # ---- refunds -------------------------------------------------------------------

    def refund_entered(self):
        """We pay a credit note back, and entered that before."""
        credit = self._credited()
        payment = self._entered(credit)
        self._settles(payment, credit, text=f"terugbetaling {credit.number}")

    def refund_by_account(self):
        debtor = self._debtor(known=True)
        credit = self._credit_note(debtor, self._amount())
        self._pay_checked(credit, text="remboursement")

    def refund_of_nothing(self):
        """Money to a customer whom nothing is owed."""
        doc = self._invoice(self._debtor(known=True), bystanders=False)
        answers = (self.OPEN,)
        self._line(-doc.amount, doc.debtor, answers, text=f"terug {doc.number}")

    # ---- payments that a person entered ----------------------------------------------

    def entered(self):
        """Applied to its invoice, which is paid by it; a second debt is as high."""
        doc = self._paid()
        self._invoice(doc.debtor, doc.amount)
        payment = self._entered(doc)
        said = self.rng.choice((self._digits(doc), doc.number))
        self._settles(payment, doc, text=self._phrase(doc, said))

    def entered_part(self):
        """Half of it was entered, and the other half is open."""
        half = self._amount()
        doc = self._invoice(amount=half, paid=half)
        payment = self._entered(doc, half)
        reference = (("ogm", self._digits(doc)),)
        self._settles(payment, doc, references=reference)

    def entered_for_several(self):
        debtor = self._debtor()
        docs = [self._paid(debtor) for _ in range(2)]
        amount = sum(doc.amount for doc in docs)
        payment = self._entered(docs[0], amount, docs)
        named = docs if self.rng.random() < 0.5 else docs[:1]
        text = " ".join(self._spell_ogm(self._digits(doc)) for doc in named)
        self._settles(payment, docs[0], text=text)

    def entered_and_again(self):
        doc = self._paid()
        payment = self._entered(doc)
        reference = (("ogm", self._digits(doc)),)
        self._settles(payment, doc, references=reference, day=3)
        self._pay(doc, answers=(self.CREDIT,), references=reference, day=9)

    def entered_on_account(self):
        """Applied to nothing: the money may be it, or pay the invoice."""
        doc = self._invoice(bystanders=False)
        payment = self._waiting(doc, "", on_account=True)
        answers = (self.OPEN, self._answer(payment))
        self._pay(doc, answers=answers, references=(("ogm", self._digits(doc)),))

    # ---- what providers write -----------------------------------------------------

    def remitted(self):
        """One payment, under the invoice's reference; a second debt is as high."""
        doc = self._paid()
        self._invoice(doc.debtor, doc.amount)
        payment = self._collected(doc, "payconiq", bancontact_id(self.rng))
        text, name = self._remittance(doc)
        self._payout(doc.amount, name, (self._answer(payment),), text)

    def remitted_untold(self):
        """The same, for what nobody told us was paid so."""
        doc = self._invoice()
        text, name = self._remittance(doc)
        self._payout(doc.amount, name, (self._settle((doc, doc.amount)),), text)

    def remitted_by_id(self):
        doc = self._paid()
        payment = self._collected(doc, "mollie", mollie_id(self.rng))
        text = f"Mollie {self._as_printed(payment.provider_reference)}"
        self._payout(doc.amount, "Mollie B.V.", (self._answer(payment),), text)

    def remitted_list(self):
        docs = [self._paid() for _ in range(self.rng.randint(2, 4))]
        payments = [self._collected(d, "mollie", mollie_id(self.rng)) for d in docs]
        fee = len(docs) * Decimal("0.29")
        texts = [self._spell_ogm(self._digits(doc)) for doc in docs]
        gross = sum(payment.residual for payment in payments)
        answers = (self._answer(*payments, rest="fee"),)
        self._payout(gross - fee, "Mollie Payments", answers, ", ".join(texts))

    def remitted_too_much(self):
        """More than all that the list names: something is missing."""
        docs = [self._paid() for _ in range(2)]
        payments = [self._collected(d, "mollie", mollie_id(self.rng)) for d in docs]
        text = " ".join(plus(self._digits(doc)) for doc in docs)
        amount = sum(payment.residual for payment in payments) + self._amount()
        self._payout(amount, "Mollie Payments", (self.OPEN,), text)

    # ---- what these stories are made of -------------------------------------------

    def _supplied(self, supplier=None, amount=None):
        doc = self._bill(supplier, amount)
        number = f"F-2026-{next(self._numbers):05d}"
        return self._renamed(doc, (number,))

    def _credited(self):
        return self._credit_note(self._debtor(), Decimal(700))

    def _entered(self, doc, amount=None, docs=()):
        """A payment that waits for its money; it knows what it was applied to."""
        every = docs or (doc,)
        known = tuple(r for d in every for r in (*d.references, d.number))
        payment = self._waiting(doc, "", references=known)
        return self._changed(payment, residual=amount or doc.amount)

    def _collected(self, doc, provider, provider_reference):
        known = (*doc.references, doc.number)
        return self._waiting(doc, provider, provider_reference, references=known)

    def _settles(self, payment, doc, **line):
        answers = (self._answer(payment),)
        self._pay(doc, payment.residual, answers=answers, **line)

    def _remittance(self, doc):
        reference, shop = plus(self._digits(doc)), "DE KAT"
        digits = f"{self.rng.randrange(10**11, 10**12)}"
        letters = "".join(self.rng.choices("0123456789ABCDEF", k=24))
        return self.rng.choice(
            (
                (f"Payconiq {letters} {shop} {reference}", "PAYCONIQ INTERNATIONAL SA"),
                (f"PAYCONIQ{letters}{shop}{reference}", ""),
                (f"BANCONTACT PAY {digits} {shop} {reference}", "BANCONTACT PAY"),
                (f"BANCONTACT PAY {digits} {shop} {reference}", ""),
                (reference, "Bancontact Payconiq Company"),
            )
        )

    def _as_printed(self, provider_id):
        """As it is, in capitals, or without the line that banks don't print."""
        change = self.rng.choice(
            (str, str.upper, lambda t: t.upper().replace("_", "."))
        )
        return change(provider_id)


def plus(digits: str) -> str:
    return f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++"


#: How often each story is told, roughly in percent.
WEIGHTS = {
    "supplier_number": 2,
    "supplier_several": 1,
    "supplier_account": 1,
    "supplier_credit": 0.5,
    "supplier_stranger": 0.5,
    "refund_entered": 0.5,
    "refund_by_account": 0.5,
    "refund_of_nothing": 0.5,
    "entered": 2,
    "entered_part": 1,
    "entered_for_several": 1,
    "entered_and_again": 0.5,
    "entered_on_account": 0.5,
    "remitted": 2,
    "remitted_untold": 1,
    "remitted_by_id": 1,
    "remitted_list": 1,
    "remitted_too_much": 0.5,
}
