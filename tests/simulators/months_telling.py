"""What the stories of :mod:`.months` are made of: debtors, documents, payments, and how
banks and people write.
"""

from __future__ import annotations

import datetime
import itertools
import random
from dataclasses import dataclass, field, replace
from decimal import Decimal

from odoo.addons.pom_reconcile.matching import BankLine, Candidate

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


class Telling:
    """
    :ivar rng: chance, of a known seed.
    """

    OPEN, CREDIT = OPEN, Answer(rest="credit")

    def __init__(self, seed: int):
        self.rng = random.Random(seed)
        self.lines: list[BankLine] = []
        self.candidates: list[Candidate] = []
        self.truths: dict[int, Truth] = {}
        self._ids = itertools.count(1000)
        self._numbers = itertools.count(1)
        self._line_ids = itertools.count(1)
        self._story = ""

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

    def _bill(self, supplier=None, amount=None):
        """A bill of ours; with an amount above zero, what a supplier credited."""
        doc_id = next(self._ids)
        number = f"BILL/2026/{next(self._numbers):05d}"
        reference = plus(ogm(self.rng.randrange(10**9, 10**10)))
        kind, amount = (
            ("credit_note", amount) if amount else ("invoice", -self._amount())
        )
        doc = Document(doc_id, number, supplier or self._debtor(), amount, (reference,))
        self._candidate(doc, kind, amount, doc.due)
        return doc

    def _renamed(self, doc, references):
        """Give the document that was told last other references."""
        doc.references = references
        self._changed(self.candidates[-1], references=references)
        return doc

    def _changed(self, candidate, **values):
        place = self.candidates.index(candidate)
        self.candidates[place] = replace(candidate, **values)
        return self.candidates[place]

    def _answer(self, *payments, rest=""):
        return Answer(tuple((p.id, p.residual) for p in payments), rest)

    def _on_debtor_reference(self):
        debtor = self._debtor(known=True)
        reference = (plus(ogm(9 * 10**9 + debtor.id)),)
        docs = [self._invoice(debtor, self._amount(), reference) for _ in range(3)]
        return docs[0], docs[1:]

    def _psp_payments(self, provider, new_id, **extra):
        return [
            self._waiting(
                self._paid(),
                provider,
                new_id(self.rng),
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
        if self.rng.random() < 0.3 and name:
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
