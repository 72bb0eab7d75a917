"""Stories of :mod:`.months`: what debtors say, or don't, when they pay."""

from __future__ import annotations

from decimal import Decimal

from .months_telling import (
    AND,
    CENT,
    OPEN,
    OTHER_COMPANY,
    PRICES,
    Answer,
    iban_be,
    plus,
    rf,
)


class Debtors:
    """Mixed into :class:`.months.Month`, whose helpers the stories use."""

    # ---- stories: the debtor says what he pays ----------------------------------

    def structured(self):
        """The bank's structured field."""
        doc = self._invoice()
        self._pay(doc, references=(("ogm", self._digits(doc)),))

    def structured_in_text(self):
        doc = self._invoice()
        self._pay(doc, text=self._phrase(doc, self._spell_ogm(self._digits(doc))))

    def wrapped(self):
        """A long text that the bank cut in two lines, through the reference."""
        doc = self._invoice()
        spelled = plus(self._digits(doc))
        cut = self.rng.randrange(4, 18)
        text = f"{'facturatie ' * 4}{spelled[:cut]}\n{spelled[cut:]} bvd"
        self._pay(doc, text=text)

    def creditor_reference(self):
        """ISO 11649, as Odoo stores it (by four) and as people write it."""
        body = f"INV{self.rng.randrange(10**6):06d}"
        reference = rf(body)
        stored = " ".join(reference[i : i + 4] for i in range(0, len(reference), 4))
        doc = self._invoice(references=(stored,))
        spelled = self.rng.choice((reference, stored, reference.lower()))
        if self.rng.random() < 0.5:
            self._pay(doc, references=(("rf", reference),))
        else:
            self._pay(doc, text=self._phrase(doc, spelled))

    def relative_pays(self):
        """Someone else's account and name, but the right reference."""
        doc = self._invoice()
        payer = self._debtor(known=self.rng.random() < 0.5)
        self._bystanders(payer)
        self._pay(doc, payer=payer, references=(("ogm", self._digits(doc)),))

    def less(self):
        doc = self._invoice()
        part = self._part(doc.amount)
        self._pay(doc, part, references=(("ogm", self._digits(doc)),), doubt=True)

    def cent_less(self):
        doc = self._invoice()
        self._pay(
            doc,
            doc.amount - CENT,
            answers=(self._settle((doc, doc.amount - CENT)), OPEN),
            references=(("ogm", self._digits(doc)),),
        )

    def more(self):
        doc = self._invoice()
        surplus = self._amount() + Decimal("0.37")
        self._pay(
            doc,
            doc.amount + surplus,
            answers=(self._settle((doc, doc.amount), rest="credit"),),
            references=(("ogm", self._digits(doc)),),
        )

    def several(self):
        debtor = self._debtor()
        docs = [self._invoice(debtor) for _ in range(self.rng.randint(2, 4))]
        spelled = [self._spell_ogm(self._digits(doc)) for doc in docs]
        self._pay_all(docs, f" {AND[debtor.language]} ".join(spelled))

    def several_numbers(self):
        debtor = self._debtor()
        docs = [self._invoice(debtor) for _ in range(self.rng.randint(2, 4))]
        first, *others = [doc.number for doc in docs]
        if self.rng.random() < 0.5:
            others = [number.rpartition("/")[2].lstrip("0") for number in others]
        word = AND[debtor.language]
        text = f"{first}, {', '.join(others[:-1])} {word} {others[-1]}"
        self._pay_all(docs, text.replace(",  ", " "))

    def number(self):
        doc = self._invoice()
        self._pay(doc, text=self._phrase(doc, self._spell_number(doc.number)))

    def number_less(self):
        """The number, and the account of the debtor as second evidence."""
        doc = self._invoice(self._debtor(known=True))
        part = self._part(doc.amount)
        self._pay(doc, part, text=self._phrase(doc, doc.number), doubt=True)

    def number_of_another(self):
        """A stranger's invoice has this number, at his own supplier."""
        doc = self._invoice()
        stranger = self._debtor(known=False)
        amount = doc.amount + self._amount()
        self._line(amount, stranger, (OPEN,), text=f"invoice {doc.number}")

    def short_number(self):
        doc = self._invoice()
        _prefix, year, number = doc.number.split("/")
        word = {"nl": "factuur", "fr": "facture", "de": "Rechnung", "en": "invoice"}
        spelled = self.rng.choice((f"{year}/{number}", f"{year}-{int(number)}"))
        self._pay(doc, text=f"{word[doc.debtor.language]} {spelled}")

    def debtor_reference(self):
        """One reference for all invoices of a debtor, and one of their amounts."""
        doc, _others = self._on_debtor_reference()
        self._pay_checked(doc, references=(("ogm", self._digits(doc)),))

    def lump_sum(self):
        """A round sum on a debtor's reference."""
        doc, others = self._on_debtor_reference()
        amount = sum((d.amount for d in others), Decimal(0)) + CENT
        docs = sorted((doc, *others), key=lambda d: d.due)
        answers = [OPEN, self._settle(*self._oldest_first(docs, amount))]
        reference = (("ogm", self._digits(doc)),)
        self._line(amount, doc.debtor, tuple(answers), references=reference)

    def shared_number(self):
        """Invoice 584 and the debtor with reference 584 have the same reference."""
        doc = self._invoice(self._debtor(known=True))
        other = self._invoice(
            self._debtor(known=True), doc.amount + 7, references=doc.references
        )
        chosen = self.rng.choice((doc, other))
        self._pay(chosen, references=(("ogm", self._digits(doc)),))

    def shared_number_unknown(self):
        """The same, with equal amounts, and a payer whom nobody knows."""
        doc = self._invoice(self._debtor(known=False))
        self._invoice(self._debtor(known=False), doc.amount, references=doc.references)
        stranger = self._debtor(known=False)
        reference = (("ogm", self._digits(doc)),)
        self._line(doc.amount, stranger, (OPEN,), references=reference)

    def with_iban_in_text(self):
        """A number within an account number is no reference."""
        debtor = self._debtor(known=False)
        iban = iban_be(self.rng.randrange(1, 999), self.rng.randrange(10**7))
        self._invoice(references=(plus(iban[4:]),), amount=PRICES[0])
        grouped = " ".join(iban[i : i + 4] for i in range(0, 16, 4))
        self._line(PRICES[0], debtor, (OPEN,), text=f"van rekening {grouped}")

    # ---- stories: the debtor says nothing, or something wrong -------------------

    def known_account(self):
        doc = self._invoice(self._debtor(known=True), amount=self._amount())
        self._pay_checked(doc, text=self.rng.choice(("", "november", "merci", "/")))

    def known_account_several(self):
        debtor = self._debtor(known=True)
        docs = [self._invoice(debtor, self._amount()) for _ in range(3)]
        chosen = self.rng.sample(docs, 2)
        self._pay_without_reference(chosen, docs)

    def two_equal_debts(self):
        debtor = self._debtor(known=True)
        doc = self._invoice(debtor, PRICES[0])
        self._invoice(debtor, PRICES[0])
        self._line(doc.amount, debtor, (OPEN,), text="betaling")

    def two_sums(self):
        """60 + 40, or 100?"""
        debtor = self._debtor(known=True)
        one, other = self._amount(), self._amount()
        for amount in (one, other, one + other):
            self._invoice(debtor, amount)
        self._line(one + other, debtor, (OPEN,), text="overschrijving")

    def unknown_account(self):
        """The name of a new customer: a wise clerk may or may not book it."""
        doc = self._invoice(self._debtor(known=False), amount=self._amount())
        answers = (self._settle((doc, doc.amount)), OPEN)
        self._pay(doc, answers=answers, text="eerste betaling")

    def namesake(self):
        """Two customers of one name."""
        doc = self._invoice(self._debtor(known=False), amount=self._amount())
        twin = self._debtor(known=False)
        twin.name = doc.debtor.name
        self._invoice(twin, doc.amount)
        self._line(doc.amount, doc.debtor, (OPEN,), text="zonder mededeling")

    def mistyped(self):
        """Wrong check digits, but an account that is known and an amount."""
        doc = self._invoice(self._debtor(known=True), amount=self._amount())
        wrong = plus(self._mistype(self._digits(doc)))
        answers = (self._settle((doc, doc.amount)), OPEN)
        self._pay(doc, answers=answers, text=wrong)

    def mistyped_unknown(self):
        doc = self._invoice(self._debtor(known=False))
        wrong = plus(self._mistype(self._digits(doc)))
        self._line(doc.amount, self._debtor(known=False), (OPEN,), text=wrong)

    def other_debts_amount(self):
        """The reference of one debt with the amount of another."""
        debtor = self._debtor(known=True)
        doc = self._invoice(debtor, Decimal(300) + self._amount())
        other = self._invoice(debtor, Decimal("99.10"))
        answers = (self._settle((doc, other.amount)), OPEN)
        reference = (("ogm", self._digits(doc)),)
        self._line(other.amount, debtor, answers, references=reference)

    def other_company(self):
        """The reference of another company of the group."""
        doc = self._invoice(company=OTHER_COMPANY)
        own = self._invoice(self._debtor(known=True), doc.amount)
        reference = (("ogm", self._digits(doc)),)
        self._line(doc.amount, own.debtor, (OPEN,), references=reference)

    def other_company_number(self):
        doc = self._invoice(company=OTHER_COMPANY)
        text = self._phrase(doc, doc.number)
        self._line(doc.amount, doc.debtor, (OPEN,), text=text)

    # ---- stories: instalments, credits, twice -----------------------------------

    def instalment(self):
        """The first of three, under the invoice's reference."""
        part = self._amount()
        doc = self._invoice(parts=(part, part, part + CENT))
        self._pay(doc, part, references=(("ogm", self._digits(doc)),))

    def two_instalments(self):
        part = self._amount()
        doc = self._invoice(parts=(part, part, part + CENT))
        self._pay(doc, 2 * part, references=(("ogm", self._digits(doc)),))

    def credited(self):
        """The invoice less a credit note, because the sum says so."""
        doc = self._invoice(bystanders=False)
        credit = self._credit_note(doc.debtor, doc.amount)
        pairs = ((doc, doc.amount), (credit, credit.amount))
        self._line(
            doc.amount + credit.amount,
            doc.debtor,
            (self._settle(*pairs),),
            references=(("ogm", self._digits(doc)),),
        )

    def credited_in_text(self):
        doc = self._invoice()
        credit = self._credit_note(doc.debtor, doc.amount)
        word = self.rng.choice(("min creditnota", "moins NC", "- Gutschrift", "less"))
        self._pay_all((doc, credit), f"{doc.number} {word} {credit.number}")

    def refunded(self):
        """We pay a credit note."""
        credit = self._credit_note(self._debtor(), Decimal(500))
        self._pay(credit, text=f"Terugbetaling {credit.number}")

    def twice_in_month(self):
        doc = self._invoice()
        reference = (("ogm", self._digits(doc)),)
        day = self.rng.randrange(0, 10)
        self._pay(doc, references=reference, day=day)
        self._pay(
            doc, answers=(Answer(rest="credit"),), references=reference, day=day + 5
        )

    def twice(self):
        """Paid last month, and again."""
        doc = self._paid()
        reference = (("ogm", self._digits(doc)),)
        self._pay(doc, answers=(Answer(rest="credit"),), references=reference)

    def twice_with_open_debt(self):
        """An old reference, though another debt of this amount is open."""
        doc = self._paid(self._debtor(known=True))
        self._invoice(doc.debtor, doc.amount)
        reference = (("ogm", self._digits(doc)),)
        answers = (Answer(rest="credit"), OPEN)
        self._pay(doc, answers=answers, references=reference)

    def twice_after_psp(self):
        """Paid through a PSP whose money hasn't come, then by transfer too."""
        doc = self._paid()
        self._waiting(doc, "mollie")
        text = self._phrase(doc, doc.number)
        self._pay(doc, answers=(Answer(rest="credit"), OPEN), text=text)
