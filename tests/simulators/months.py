"""A month of a Belgian bank account, with the known truth about every line.

Independent of the matching engine: only its value types are used. Each line comes from
a story (a debtor who pays by direct debit and takes it back, one who pays twice, a PSP
that pays out …) told with debtors of its own, so that the truth about one line doesn't
depend on any other story. Seeded: the same seed gives the same month.

    month = Month(seed=1, lines=1000)
    month.lines, month.candidates, month.truths
"""

from __future__ import annotations

import datetime
import itertools
import random
from dataclasses import dataclass, field
from decimal import Decimal

from pom_reconcile.matching import BankLine, Candidate, Match, PayoutItem

CENT = Decimal("0.01")
FIRST = datetime.date(2026, 11, 1)
COMPANY, OTHER_COMPANY, JOURNAL = 1, 2, 7

FIRST_NAMES = "Jan An Luc Els Piet Fatima Jean Marie Hans Ingrid Amélie José Noël Wim"
FAMILY_NAMES = (
    "Peeters,Janssens,De Smet,Van den Broeck,Dubois,Lambert,Müller,El Amrani,Claes,"
    "Vandenberghe,Lefèvre,Schmitz,D'Hondt,Goossens,Willems,Maes,Jacobs,Mertens"
)
TRADES = "Bakkerij,Garage,Boulangerie,Immo,Transport,Apotheek,Schreinerei,Consult,Brico"
FORMS = "BV,SRL,NV,SA,VZW,ASBL,GmbH,BVBA,Comm.V"

PHRASES = {
    "nl": ("Betaling factuur {}", "fact. {} bedankt", "{}", "Klant 4471 {}", "ivm {}"),
    "fr": (
        "Paiement facture {}",
        "Fact {} merci",
        "{}",
        "Réf. client 4471 {}",
        "Voir {}",
    ),
    "de": ("Rechnung {}", "Zahlung {} danke", "{}", "Kdnr 4471 Rg. {}", "RE {} Grüße"),
    "en": (
        "Payment of invoice {}",
        "Inv. {} thanks",
        "{}",
        "Customer 4471 {}",
        "re {}",
    ),
}
AND = {"nl": "en", "fr": "et", "de": "und", "en": "and"}
NOISE = (
    "+32 475 12 34 56",
    "12/11/2026",
    "BE71096123456769",
    "EAN 5412345678908",
    "order 1002003004005006",
    "kaart 5443 21XX XXXX 1234",
    "jul.peeters@example.com",
    "TVA BE0428759497",
    "ref bank 0311220261",
)
PRICES = (Decimal("121.00"), Decimal("60.50"), Decimal("49.90"), Decimal("242.00"))


@dataclass(frozen=True)
class Answer:
    """One right outcome.

    :ivar settled: amount per document (``move_id``, or ``id`` of a payment).
    :ivar rest: what became of the remainder, '' if there is none.
    """

    settled: tuple[tuple[object, Decimal], ...] = ()
    rest: str = ""


OPEN = Answer(rest="open")


@dataclass(frozen=True)
class Truth:
    """What may be done with a line.

    :ivar story: the method that told it.
    :ivar answers: all right outcomes; a line is decidable if OPEN isn't one.
    """

    story: str
    answers: tuple[Answer, ...]

    @property
    def decidable(self) -> bool:
        return OPEN not in self.answers


@dataclass
class Debtor:
    id: int
    name: str
    language: str
    iban: str
    known: bool
    email: str


@dataclass
class Document:
    """An invoice, credit note or bill, as told by a story."""

    id: int
    number: str
    debtor: Debtor
    amount: Decimal
    references: tuple[str, ...] = ()
    due: datetime.date = FIRST
    parts: tuple[Decimal, ...] = ()
    extra: dict = field(default_factory=dict)


def verdict(match: Match, truth: Truth, candidates: dict) -> str:
    """Give ``right``, ``open`` or ``wrong``.

    :param candidates: by id.
    """
    settled: dict[object, Decimal] = {}
    for allocation in match.allocations:
        candidate = candidates[allocation.candidate_id]
        key = candidate.id if candidate.kind == "payment" else candidate.move_id
        settled[key] = settled.get(key, Decimal(0)) + allocation.amount
    rest = match.remainder_as if match.remainder else ""
    given = (tuple(sorted(settled.items(), key=repr)), rest)
    for answer in truth.answers:
        if given == (tuple(sorted(answer.settled, key=repr)), answer.rest):
            return "right" if match.decided else "open"
    return "wrong" if match.decided else "open"


def ogm(number: int) -> str:
    """Twelve digits of the structured communication of a ten-digit number."""
    return f"{number:010d}{number % 97 or 97:02d}"


def plus(digits: str) -> str:
    return f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++"


def rf(body: str) -> str:
    digits = "".join(str(int(c, 36)) for c in f"{body}RF00")
    return f"RF{98 - int(digits) % 97:02d}{body}"


def iban_be(bank: int, account: int) -> str:
    body = f"{bank:03d}{account:07d}"
    bban = f"{body}{int(body) % 97 or 97:02d}"
    return f"BE{98 - int(f'{bban}111400') % 97:02d}{bban}"


class Month:
    """Tells stories until there are enough lines, then shuffles.

    :ivar settings: what the journal must allow for these truths.
    """

    def __init__(self, seed: int, lines: int = 150):
        self.rng = random.Random(seed)
        self.lines: list[BankLine] = []
        self.candidates: list[Candidate] = []
        self.truths: dict[int, Truth] = {}
        self._ids = itertools.count(1000)
        self._numbers = itertools.count(1)
        self._line_ids = itertools.count(1)
        self._story = ""
        stories, weights = zip(*STORIES.items(), strict=True)
        while len(self.lines) < lines:
            self._story = self.rng.choices(stories, weights)[0]
            getattr(self, self._story)()
        self.rng.shuffle(self.lines)
        self.rng.shuffle(self.candidates)

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
        payments = self._psp_payments("mollie", "tr_")
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
        payout = f"po_1{self.rng.getrandbits(60):015x}"
        payments = self._psp_payments("stripe", "pi_", payout_reference=payout)
        gross = sum(p.residual for p in payments)
        fee = (gross * Decimal("0.015")).quantize(CENT) + Decimal("0.25")
        answer = Answer(tuple((p.id, p.residual) for p in payments), "fee")
        text = f"STRIPE {payout}"
        self._payout(gross - fee, "Stripe Payments Europe", (answer,), text)

    def stripe_unlisted(self):
        payments = self._psp_payments("stripe", "pi_")
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
        reference = f"tr_{self.rng.getrandbits(50):012x}"
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

    # ---- what stories are made of ---------------------------------------------------

    def _pay(self, doc, amount=None, payer=None, answers=(), doubt=False, **line):
        amount = doc.amount if amount is None else amount
        answers = answers or (self._settle((doc, amount)),)
        if doubt and self._is_anothers(doc, amount):
            answers = (*answers, OPEN)
        self._line(amount, payer or doc.debtor, answers, **line)

    def _pay_all(self, docs, text):
        answer = self._settle(*((doc, doc.amount) for doc in docs))
        amount = sum(doc.amount for doc in docs)
        self._line(amount, docs[0].debtor, (answer,), text=text)

    def _pay_checked(self, doc, **line):
        """Pay what may be made by other debts of this debtor too."""
        several = self._ways(doc.debtor, doc.amount) > 1
        answers = (OPEN,) if several else ()
        self._pay(doc, answers=answers, **line)

    def _pay_without_reference(self, chosen, docs):
        amount = sum(doc.amount for doc in chosen)
        answer = self._settle(*((doc, doc.amount) for doc in chosen))
        several = self._ways(docs[0].debtor, amount) > 1
        self._line(amount, docs[0].debtor, (OPEN,) if several else (answer,))

    def _return(self, doc, kind="return", return_reason="MD06", **line):
        answer = Answer(((doc.id, -doc.amount),))
        self._line(
            -doc.amount,
            doc.debtor,
            (answer,),
            kind=kind,
            return_reason=return_reason,
            **line,
        )

    def _payout(self, amount, name, answers, text="", **line):
        psp = Debtor(0, name, "en", "NL55INGB0000000000", False, "")
        self._line(amount, psp, answers, text=text, **line)

    def _line(self, amount, payer, answers, text="", day=None, **line):
        line_id = next(self._line_ids)
        if text and self.rng.random() < 0.15:
            text = f"{text} {self.rng.choice(NOISE)}"
        day = self.rng.randrange(28) if day is None else day
        self.truths[line_id] = Truth(self._story, tuple(answers))
        self.lines.append(
            BankLine(
                id=line_id,
                amount=amount,
                currency="EUR",
                date=FIRST + datetime.timedelta(days=day),
                company_id=COMPANY,
                journal_id=JOURNAL,
                text=text,
                counterparty_name=self._as_bank_writes(payer.name),
                counterparty_iban=payer.iban,
                **line,
            )
        )

    def _settle(self, *pairs, rest=""):
        return Answer(tuple((doc.id, amount) for doc, amount in pairs), rest)

    def _oldest_first(self, docs, amount):
        for doc in docs:
            part = min(doc.amount, amount)
            if part:
                yield doc, part
                amount -= part

    def _invoice(
        self,
        debtor=None,
        amount=None,
        references=None,
        parts=(),
        company=COMPANY,
        bystanders=True,
        currency="EUR",
        **extra,
    ):
        doc_id = next(self._ids)
        number = f"INV/2026/{next(self._numbers):05d}"
        doc = Document(
            doc_id,
            number,
            debtor or self._debtor(),
            sum(parts) if parts else amount or self._price(),
            (plus(ogm(doc_id)),) if references is None else references,
            FIRST + datetime.timedelta(days=self.rng.randrange(-40, 20)),
            parts,
            extra,
        )
        kind = "instalment" if parts else "invoice"
        for position, part in enumerate(parts or (doc.amount,)):
            due = doc.due + datetime.timedelta(days=30 * position)
            self._candidate(doc, kind, part, due, company, currency)
        if bystanders and debtor is None and not parts:
            self._bystanders(doc.debtor)
        return doc

    def _bystanders(self, debtor):
        """Other open debts of this debtor."""
        for _ in range(self.rng.choice((0, 0, 0, 1, 2))):
            self._invoice(debtor, self._amount() + 1000)

    def _paid(self, debtor=None, **extra):
        doc_id = next(self._ids)
        number = f"INV/2026/{next(self._numbers):05d}"
        debtor = debtor or self._debtor()
        doc = Document(doc_id, number, debtor, self._price(), (plus(ogm(doc_id)),))
        doc.extra = extra
        self._candidate(doc, "paid_invoice", Decimal(0), doc.due, paid=doc.amount)
        return doc

    def _credit_note(self, debtor, most):
        amount = -(most * Decimal("0.31")).quantize(CENT)
        number = f"RINV/2026/{next(self._numbers):05d}"
        doc = Document(next(self._ids), number, debtor, amount)
        self._candidate(doc, "credit_note", amount, doc.due)
        return doc

    def _bill(self):
        doc_id = next(self._ids)
        number = f"BILL/2026/{next(self._numbers):05d}"
        reference = plus(ogm(self.rng.randrange(10**9, 10**10)))
        amount = -self._amount()
        doc = Document(doc_id, number, self._debtor(), amount, (reference,))
        self._candidate(doc, "invoice", amount, doc.due)
        return doc

    def _on_debtor_reference(self):
        debtor = self._debtor(known=True)
        reference = (plus(ogm(9 * 10**9 + debtor.id)),)
        docs = [self._invoice(debtor, self._amount(), reference) for _ in range(3)]
        return docs[0], docs[1:]

    def _psp_payments(self, provider, prefix, **extra):
        return [
            self._waiting(
                self._paid(),
                provider,
                f"{prefix}{self.rng.getrandbits(50):012x}",
                **extra,
            )
            for _ in range(self.rng.randint(2, 6))
        ]

    def _waiting(self, doc, provider, provider_reference="", **extra):
        payment = Candidate(
            id=next(self._ids),
            kind="payment",
            residual=doc.amount,
            currency="EUR",
            company_id=COMPANY,
            name=f"PBNK1/2026/{next(self._numbers):05d}",
            provider=provider,
            provider_reference=provider_reference,
            transaction_reference=doc.number if provider else "",
            **self._owner(doc.debtor),
            **extra,
        )
        self.candidates.append(payment)
        return payment

    def _candidate(
        self, doc, kind, residual, due, company=COMPANY, currency="EUR", **more
    ):
        self.candidates.append(
            Candidate(
                id=next(self._ids),
                kind=kind,
                residual=residual,
                currency=currency,
                company_id=company,
                move_id=doc.id,
                name=doc.number,
                due_date=due,
                date=FIRST - datetime.timedelta(days=45),
                references=doc.references,
                **self._owner(doc.debtor),
                **doc.extra,
                **more,
            )
        )

    def _owner(self, debtor):
        return {
            "partner_id": debtor.id,
            "commercial_partner_id": debtor.id,
            "partner_names": (debtor.name,),
            "ibans": (debtor.iban,) if debtor.known else (),
            "emails": (debtor.email,),
        }

    def _debtor(self, known=None):
        rng, debtor_id = self.rng, next(self._ids)
        person = (
            f"{rng.choice(FIRST_NAMES.split())} {rng.choice(FAMILY_NAMES.split(','))}"
        )
        name = f"{person} {debtor_id}"
        if rng.random() < 0.4:
            trade, form = rng.choice(TRADES.split(",")), rng.choice(FORMS.split(","))
            name = f"{trade} {name} {form}"
        return Debtor(
            debtor_id,
            name,
            rng.choice(tuple(PHRASES)),
            iban_be(rng.randrange(1, 1000), debtor_id),
            rng.random() < 0.7 if known is None else known,
            f"debtor{debtor_id}@example.com",
        )

    def _bank(self):
        return Debtor(0, "BNP Paribas Fortis", "nl", "", False, "")

    def _amount(self):
        return Decimal(self.rng.randrange(1000, 90000)) / 100

    def _price(self):
        """Half of the prices are of a short list, so amounts collide."""
        return self.rng.choice(PRICES) if self.rng.random() < 0.5 else self._amount()

    def _part(self, amount):
        return (amount * Decimal("0.43")).quantize(CENT)

    def _digits(self, doc):
        return doc.references[0].strip("+").replace("/", "")

    def _phrase(self, doc, spelled):
        return self.rng.choice(PHRASES[doc.debtor.language]).format(spelled)

    def _spell_ogm(self, digits):
        a, b, c = digits[:3], digits[3:7], digits[7:]
        return self.rng.choice(
            (
                f"+++{a}/{b}/{c}+++",
                f"***{a}/{b}/{c}***",
                f"{a}/{b}/{c}",
                f"{a} {b} {c}",
                f"{a}.{b}.{c}",
                f"{a}-{b}-{c}",
                f"+++ {a} / {b} / {c} +++",
                f"+{a}/{b}/{c}+",
                f"({digits})",
                digits,
            )
        )

    def _spell_number(self, number):
        prefix, year, last = number.split("/")
        return self.rng.choice(
            (
                number,
                f"{prefix} {year} {last}",
                f"{prefix}-{year}-{last}",
                f"{prefix}{year}/{last}",
                f"{prefix}{year}{last}",
                f"{prefix.lower()}/{year}/{int(last)}",
                f"{prefix}_{year}_{last}",
            )
        )

    def _mistype(self, digits):
        """Wrong in one digit, which the check digits always show."""
        place = self.rng.randrange(10)
        wrong = (int(digits[place]) + self.rng.randrange(1, 10)) % 10
        return f"{digits[:place]}{wrong}{digits[place + 1 :]}"

    def _as_bank_writes(self, name):
        """In capitals, the family name first, or cut: as banks do."""
        if self.rng.random() < 0.5:
            name = name.upper()
        if self.rng.random() < 0.3:
            words = name.split()
            name = " ".join((*words[1:], words[0]))
        return name[:35]

    def _ways(self, debtor, amount):
        mine = [
            c.residual
            for c in self.candidates
            if c.commercial_partner_id == debtor.id and c.residual
        ]
        return sum(
            sum(some) == amount
            for size in range(1, len(mine) + 1)
            for some in itertools.combinations(mine, size)
        )

    def _is_anothers(self, doc, amount):
        return any(
            c.residual == amount and c.move_id != doc.id
            for c in self.candidates
            if c.commercial_partner_id == doc.debtor.id
        )


#: How often each story is told, roughly in percent.
STORIES = {
    "structured": 26,
    "structured_in_text": 12,
    "wrapped": 1,
    "creditor_reference": 3,
    "relative_pays": 2,
    "less": 2,
    "cent_less": 0.5,
    "more": 2,
    "several": 2,
    "several_numbers": 2,
    "number": 5,
    "number_less": 1,
    "number_of_another": 0.5,
    "short_number": 2,
    "debtor_reference": 2,
    "lump_sum": 0.5,
    "shared_number": 1,
    "shared_number_unknown": 0.5,
    "with_iban_in_text": 0.5,
    "known_account": 5,
    "known_account_several": 2,
    "two_equal_debts": 0.5,
    "two_sums": 0.5,
    "unknown_account": 1,
    "namesake": 0.5,
    "mistyped": 1,
    "mistyped_unknown": 0.5,
    "other_debts_amount": 0.5,
    "other_company": 0.5,
    "other_company_number": 0.5,
    "instalment": 1.5,
    "two_instalments": 0.5,
    "credited": 1,
    "credited_in_text": 1,
    "refunded": 0.5,
    "twice_in_month": 1,
    "twice": 1,
    "twice_with_open_debt": 0.5,
    "twice_after_psp": 0.5,
    "collected": 3,
    "collected_under_reference": 1,
    "bancontact_single": 3,
    "bancontact_bulk": 0.5,
    "mollie_listed": 1,
    "stripe_payout": 1,
    "stripe_unlisted": 0.5,
    "transfer_beside_psp": 0.5,
    "returned": 1,
    "returned_in_month": 1,
    "returned_by_word": 0.5,
    "returned_unknown": 0.3,
    "charged_back": 0.5,
    "bill": 2,
    "foreign": 0.5,
    "costs": 1,
    "salaries": 1,
    "stranger": 1,
}
