"""A small town that lives for a quarter: the second source of bank lines.

Where :mod:`.months` tells one story per debtor, here every debtor goes on owing and
paying for three months, in his own habits, with relatives on one account, equal monthly
prices, numbers of any shape and texts garbled by banks. What a line was *meant* for is
known; whether it can be known from outside isn't said, so only wrong decisions and the
share of decided lines with a good reference are judged.

    town = Town(seed=1, debtors=200)
    town.lines, town.candidates, town.meant
"""

from __future__ import annotations

import datetime
import random
import string
from dataclasses import dataclass, replace
from decimal import Decimal

from odoo.addons.pom_reconcile.matching import BankLine, Candidate

START = datetime.date(2026, 9, 1)
LAST_MONTH = datetime.date(2026, 11, 1)
SURNAMES = ("Peeters", "Maes", "Dupont", "Janssens", "De Wolf", "Simon", "Özdemir")
FORENAMES = ("Jan", "An", "Luc", "Marie", "Tom", "Lotte", "Jean-Pierre", "Aïcha")

#: (number of an invoice, from year, month and count), as companies set their sequences.
NUMBERINGS = (
    "INV/{y}/{n:05d}",
    "F{y}-{n:04d}",
    "VF/{yy}/{m:02d}/{n:04d}",
    "{y}{m:02d}{n:04d}",
    "FAC/{y}/{m:02d}/{n:04d}",
    "VERK-{n:06d}",
)


@dataclass(frozen=True)
class Meaning:
    """What the payer meant: amount by document, and what he pays too much.

    :ivar telling: the line bears a full and right reference to all of it.
    :ivar instead: just as right: a second payment settles what a first one, which
        nobody could recognise, left open; or, under a resident's own reference, any
        other bill of this amount.
    """

    settles: dict
    surplus: Decimal
    habit: str
    telling: bool
    instead: dict


@dataclass
class Resident:
    number: int
    name: str
    iban: str
    known: bool
    price: Decimal | None
    careful: float


@dataclass
class Bill:
    """An invoice to a resident, as the town keeps it."""

    id: int
    number: str
    resident: Resident
    amount: Decimal
    reference: str
    issued: datetime.date
    open: Decimal = Decimal(0)
    returned: bool = False


class Town:
    def __init__(self, seed: int, debtors: int = 100):
        self.random = random.Random(f"town {seed}")
        self.numbering = self.random.choice(NUMBERINGS)
        self.referencing = self.random.choice(
            ("bill", "bill", "resident", "rf", "number")
        )
        self.residents = [self._resident(i) for i in range(debtors)]
        self.bills: list[Bill] = []
        self._halved: set[int] = set()
        self.lines: list[BankLine] = []
        self.meant: dict[int, Meaning] = {}
        self._live()
        self.candidates = [self._candidate(bill) for bill in self._at_start]
        self.random.shuffle(self.candidates)

    def judge(self, match, by_id) -> str:
        """Give ``right``, ``open`` or ``wrong`` for a decision."""
        if not match.decided:
            return "open"
        meaning, settled = self.meant[match.line_id], {}
        for allocation in match.allocations:
            move = by_id[allocation.candidate_id].move_id
            settled[move] = settled.get(move, 0) + allocation.amount
        surplus = match.remainder if match.remainder_as == "credit" else Decimal(0)
        if settled == meaning.settles and surplus == meaning.surplus:
            return "right"
        exchanged = (
            settled and not surplus and settled.items() <= meaning.instead.items()
        )
        return "right" if exchanged else "wrong"

    # ---- life ---------------------------------------------------------------------

    def _live(self):
        for month in range(3):
            for resident in self.residents:
                for _ in range(self.random.choice((0, 1, 1, 1, 2))):
                    self._bill(resident, month)
        for bill in self.bills:
            early = bill.issued < LAST_MONTH
            bill.open = Decimal(0) if early and self._chance(0.8) else bill.amount
        self._at_start = [replace(bill) for bill in self.bills]
        for resident in self.residents:
            self._month_of(resident)
        self._noise()
        self.random.shuffle(self.lines)

    def _bill(self, resident, month):
        number = len(self.bills) + 1
        issued = START + datetime.timedelta(days=30 * month + self.random.randrange(25))
        name = self.numbering.format(
            y=2026, yy=26, m=issued.month, n=number if month else number + 3
        )
        if any(bill.number == name for bill in self.bills[-3:]):
            return
        self.bills.append(
            Bill(
                id=50_000 + 17 * number,
                number=name,
                resident=resident,
                amount=resident.price or self._money(),
                reference=self._reference(resident, 50_000 + 17 * number, name),
                issued=issued,
            )
        )

    def _reference(self, resident, bill_id, name):
        if self.referencing == "number":
            return name
        if self.referencing == "rf":
            return _rf("".join(filter(str.isalnum, name)))
        base = bill_id if self.referencing == "bill" else 7_000_000 + resident.number
        return _ogm(base)

    def _month_of(self, resident):
        """Pay what is open, each bill by itself or all at once."""
        owed = [b for b in self.bills if b.resident is resident and b.open]
        if len(owed) > 1 and self._chance(0.25):
            self._pay_together(resident, owed)
            return
        for bill in owed:
            if self._chance(0.85):
                self._pay_one(bill)
        whole = (b for b in self.bills if b.id not in self._halved)
        paid = [b for b in whole if b.resident is resident and not b.open]
        if paid and self._chance(0.04):
            self._again(self.random.choice(paid))

    def _pay_together(self, resident, owed):
        total = sum(bill.open for bill in owed)
        settles = {bill.id: bill.open for bill in owed}
        text, telling = "", False
        if self._chance(0.7):
            separator = self.random.choice((", ", " + ", " en ", " / ", "; ", " & "))
            text = separator.join(self._spell(bill) for bill in owed)
            telling = self.referencing != "resident"
        self._line(
            resident, total, text, settles, "together", telling, max(owed, key=_age)
        )
        for bill in owed:
            bill.open = Decimal(0)

    def _pay_one(self, bill):
        resident = bill.resident
        if not self._chance(resident.careful):
            self._careless(bill)
        elif self._chance(0.04):
            self._halved.add(bill.id)
            part = (bill.open / 2).quantize(Decimal("0.01"))
            self._line(
                resident, part, self._spell(bill), {bill.id: part}, "half", False, bill
            )
            self._line(
                resident,
                bill.open - part,
                self._spell(bill),
                {bill.id: bill.open - part},
                "other half",
                False,
                bill,
                later=10,
            )
            bill.open = Decimal(0)
        else:
            telling = self.referencing != "resident"
            self._line(
                resident,
                bill.open,
                self._spell(bill),
                {bill.id: bill.open},
                "one",
                telling,
                bill,
            )
            bill.open = Decimal(0)

    def _careless(self, bill):
        """No text, a text that says nothing, or a mistake in the reference."""
        text = self.random.choice(
            ("", "", "factuur", "loyer", "danke", "zie mail", self._mistake(bill))
        )
        settles = {bill.id: bill.open}
        self._line(bill.resident, bill.open, text, settles, "careless", False, bill)
        bill.open = Decimal(0)

    def _again(self, bill):
        self._line(
            bill.resident, bill.amount, self._spell(bill), {}, "again", False, bill,
            surplus=bill.amount, later=12,
        )  # fmt: skip

    def _noise(self):
        for number in range(len(self.residents) // 10):
            someone = self._resident(9000 + number)
            text = self.random.choice(
                ("leasing 4500211 2026", "F2026", "refund", "11/2026")
            )
            sign = self.random.choice((1, -1))
            self._line(someone, sign * self._money(), text, {}, "noise", False, None)

    # ---- lines and items ------------------------------------------------------------

    def _line(
        self, resident, amount, text, settles, habit, telling, bill, surplus=0, later=0
    ):
        line_id = len(self.lines) + 1
        day = LAST_MONTH + datetime.timedelta(days=self.random.randrange(10) + later)
        if bill is not None:
            day = max(day, bill.issued + datetime.timedelta(days=1 + later))
        structured = ()
        if bill is not None and self._in_field(bill, text):
            structured, text = (("ogm", bill.reference),), ""
        instead = self._instead(bill) if surplus else {}
        self.meant[line_id] = Meaning(
            settles, Decimal(surplus), habit, telling, instead
        )
        self.lines.append(
            BankLine(
                id=line_id,
                amount=amount,
                currency="EUR",
                date=day,
                company_id="town",
                references=structured,
                text=self._garble(text),
                counterparty_name=resident.name.upper(),
                counterparty_iban=resident.iban if self._chance(0.9) else "",
            )
        )

    def _instead(self, bill):
        if self.referencing != "resident":
            return {bill.id: bill.amount}
        return {
            other.id: other.amount
            for other in self.bills
            if other.resident is bill.resident and other.amount == bill.amount
        }

    def _in_field(self, bill, text):
        alone = text.count("+++") == 2 and bill.reference in text
        return alone and self._chance(0.7)

    def _candidate(self, bill):
        resident = bill.resident
        return Candidate(
            id=("item", bill.id),
            kind="invoice" if bill.open else "paid_invoice",
            residual=bill.open,
            paid=bill.amount - bill.open,
            currency="EUR",
            company_id="town",
            move_id=bill.id,
            name=bill.number,
            date=bill.issued,
            due_date=bill.issued + datetime.timedelta(days=30),
            references=(bill.reference,),
            partner_id=resident.number,
            commercial_partner_id=resident.number,
            partner_names=(resident.name,),
            ibans=(resident.iban,) if resident.known else (),
        )

    def _resident(self, number):
        family, forename = self.random.choice(SURNAMES), self.random.choice(FORENAMES)
        relative = number % 9 == 4 and number < 9000
        iban = self.residents_iban if relative else f"BE{number:014d}"
        self.residents_iban = iban
        return Resident(
            number=number,
            name=f"{forename} {family}",
            iban=iban,
            known=self._chance(0.6),
            price=self.random.choice((None, None, Decimal("35.00"), Decimal("121.00"))),
            careful=self.random.choice((1, 0.95, 0.7)),
        )

    # ---- spelling -------------------------------------------------------------------

    def _spell(self, bill):
        """By reference or by number, the way this company's customers do."""
        if self.referencing == "number" or self._chance(0.3):
            loose = bill.number.replace("/", self.random.choice("/-. "))
            return f"{self.random.choice(('', 'nr ', 'fact '))}{loose}"
        return bill.reference

    def _mistake(self, bill):
        """Two neighbouring characters swapped, or one character wrong."""
        text, place = bill.reference, self.random.randrange(4, len(bill.reference) - 4)
        if self._chance(0.5):
            swapped = text[place + 1] + text[place]
            wrong = text[:place] + swapped + text[place + 2 :]
        else:
            wrong = text[:place] + self.random.choice(string.digits) + text[place + 1 :]
        return wrong if wrong != text else ""

    def _garble(self, text):
        """What banks and apps do to a text."""
        change = self.random.choice(
            (
                str,
                str,
                str.upper,
                str.lower,
                lambda t: f"  {t} ",
                lambda t: t.replace(" ", "  "),
                lambda t: f"MEDEDELING: {t}",
                lambda t: f"{t} - via app",
                lambda t: f"/ROC/{t}//" if t else t,
                lambda t: t.replace("+++", "***"),
                lambda t: t.replace("+", ""),
                lambda t: f"{t[: len(t) // 2]}\n{t[len(t) // 2 :]}",
                lambda t: f"{t} {self.random.randrange(10**6)}",
            )
        )
        return change(text)

    def _money(self):
        return Decimal(self.random.randrange(500, 80_000)) / 100

    def _chance(self, share):
        return self.random.random() < share


def _age(bill):
    return bill.issued


def _ogm(number):
    digits = f"{number:010d}{number % 97 or 97:02d}"
    return f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++"


def _rf(body):
    value = int("".join(str(int(c, 36)) for c in f"{body}RF00"))
    text = f"RF{98 - value % 97:02d}{body}"
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))
