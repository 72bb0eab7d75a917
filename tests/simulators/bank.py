"""A small bank that writes what happened on an account as a CODA file.

Written from the Febelfin standard 2.6 without a look at the addon's own reader and
writer, so that they can't share a mistake. Positions in comments are the standard's,
counted from 1.

    bank = Bank("BE68539007547034", holder="Demo BV", opening_balance="1000.00")
    bank.receive("45.73", "Jan Peeters", "BE71096123456769", "+++123/4567/89002+++")
    bank.statement(date(2026, 11, 23))  # bytes; the next one continues where it ends
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.clock import today

WIDTH = 128
#: Of the free communication: 53 + 53 + 43 characters in records 2.1, 2.2 and 2.3.
COMMUNICATION = 149
#: Of the information record: 73 + 105 + 90 characters in records 3.1, 3.2 and 3.3.
INFORMATION = 268
CREDIT_TRANSFER, DEBIT_TRANSFER = "00150000", "00101000"


@dataclass(frozen=True)
class Account:
    iban: str
    currency: str = "EUR"
    holder: str = "DEMO BV"
    bic: str = "KREDBEBB"
    #: Enterprise number, ten digits.
    enterprise: str = "0123456749"
    description: str = "CURRENT ACCOUNT"


@dataclass(frozen=True)
class Transfer:
    """
    :param amount: above zero for money in, below for money out.
    :param communication: a Belgian ``+++123/4567/89002+++`` or an ``RF…`` reference
        becomes structured; anything else is free text.
    :param code: transaction code (type, family, operation, category); '' for an
        ordinary transfer.
    :param return_reason: ISO code such as ``MD06``: the transfer is one sent back.
    :param note: further text, in an information record.
    """

    date: date
    amount: Decimal
    name: str = ""
    iban: str = ""
    communication: str = ""
    bic: str = ""
    end_to_end: str = ""
    value_date: date | None = None
    code: str = ""
    return_reason: str = ""
    note: str = ""

    @property
    def transaction_code(self) -> str:
        usual = CREDIT_TRANSFER if self.amount > 0 else DEBIT_TRANSFER
        return self.code or usual


class Bank:
    """One account: what it holds, and what isn't on a statement yet.

    :param opening_balance: anything that ``Decimal`` takes.
    """

    def __init__(self, iban: str, *, opening_balance="0", currency="EUR", **account):
        self.account = Account(iban.replace(" ", ""), currency, **account)
        self.balance = Decimal(opening_balance)
        self.sequence = 1
        self._balance_date: date | None = None
        self._pending: list[Transfer] = []

    def receive(self, amount, name="", iban="", communication="", **details):
        """Money in. ``details`` are those of :class:`Transfer`."""
        self.book(Decimal(amount), name, iban, communication, **details)

    def send(self, amount, name="", iban="", communication="", **details):
        """Money out; the amount is above zero."""
        self.book(-Decimal(amount), name, iban, communication, **details)

    def book(self, amount: Decimal, name, iban, communication, **details):
        day = details.pop("date", None) or today()
        self._pending.append(
            Transfer(day, amount, name, iban.replace(" ", ""), communication, **details)
        )

    def statement(self, day: date | None = None) -> bytes:
        """CODA file of everything since the last one."""
        day = day or today()
        opened = self._balance_date or day
        data = coda(
            self.account,
            self._pending,
            self.balance,
            day,
            opening_date=opened,
            sequence=self.sequence,
        )
        self.balance += sum(transfer.amount for transfer in self._pending)
        self.sequence = self.sequence % 999 + 1
        if self._pending:
            self._balance_date, self._pending = day, []
        return data

    def write(self, path: Path, day: date | None = None) -> Path:
        path.write_bytes(self.statement(day))
        return path


def coda(
    account: Account,
    transfers: Sequence[Transfer],
    opening_balance: Decimal,
    day: date,
    *,
    opening_date: date | None = None,
    sequence: int = 1,
    newline: str = "\r\n",
) -> bytes:
    """One statement, as the only one of its file.

    :param day: of creation and of the new balance.
    :param sequence: number of the statement in its year, 1 to 999.
    """
    closing = opening_balance + sum(transfer.amount for transfer in transfers)
    counted = [
        old_balance(account, opening_balance, opening_date or day, sequence),
        *(
            record
            for number, transfer in enumerate(transfers, 1)
            for record in movement(number, transfer, account, sequence)
        ),
    ]
    if transfers:  # The balance of an empty file stays as it is, unsaid.
        counted.append(new_balance(account, closing, day, sequence))
    lines = [header(account, day), *counted, trailer(len(counted), transfers)]
    return (newline.join(lines) + newline).encode("cp1252", "replace")


# --- records ----------------------------------------------------------------


def header(account: Account, day: date) -> str:
    return record(
        "00000",  # 1-5
        ddmmyy(day),  # 6-11
        "000",  # 12-14 bank
        "05",  # 15-16 application
        alpha("", 1 + 7),  # 17 not a duplicate, 18-24
        alpha("SIM", 10),  # 25-34 reference of the file
        alpha(account.holder, 26),  # 35-60
        alpha(account.bic, 11),  # 61-71
        account.enterprise.zfill(11),  # 72-82
        " ",  # 83
        "00000",  # 84-88 all transactions
        alpha("", 16 + 16 + 7),  # 89-127
        "2",  # 128 version
    )


def old_balance(account: Account, amount: Decimal, day: date, sequence: int) -> str:
    return record(
        "1",
        structure(account),  # 2
        f"{sequence:03d}",  # 3-5 number on paper
        account_field(account),  # 6-42
        sign(amount),  # 43
        money(amount),  # 44-58
        ddmmyy(day),  # 59-64
        alpha(account.holder, 26),  # 65-90
        alpha(account.description, 35),  # 91-125
        f"{sequence:03d}",  # 126-128
    )


def new_balance(account: Account, amount: Decimal, day: date, sequence: int) -> str:
    return record(
        "8",
        f"{sequence:03d}",  # 2-4
        account_field(account),  # 5-41
        sign(amount),  # 42
        money(amount),  # 43-57
        ddmmyy(day),  # 58-63
        alpha("", 64),  # 64-127
        "0",  # 128 no free communication follows
    )


def trailer(records: int, transfers: Sequence[Transfer]) -> str:
    """
    :param records: number of records 1, 2, 3 and 8.
    """
    debit = -sum(t.amount for t in transfers if t.amount < 0)
    credit = sum(t.amount for t in transfers if t.amount > 0)
    return record(
        "9",
        alpha("", 15),  # 2-16
        f"{records:06d}",  # 17-22
        money(Decimal(debit)),  # 23-37
        money(Decimal(credit)),  # 38-52
        alpha("", 75),  # 53-127
        "2",  # 128 the last statement of the file
    )


def movement(
    number: int, transfer: Transfer, account: Account, sequence: int
) -> list[str]:
    """Records 2.1, 2.2 and 2.3 of a transfer, then 3.1 to 3.3 of its note.

    2.2 and 2.3 are left out when there is nothing to say in them.
    """
    structured, text = communication(transfer.communication)
    place = f"{number % 10_000:04d}0000"  # sequence and detail number
    parts = [
        movement_1(place, transfer, structured, text[:53], sequence),
        movement_2(place, transfer, text[53:106]),
        movement_3(place, transfer, text[106:], account.currency),
    ]
    filled = [parts[0], *(part for part in parts[1:] if part[10:].strip())]
    note = information(f"{place[:4]}0001", transfer)
    return chained(filled, linked=bool(note)) + chained(note, linked=False)


def movement_1(
    place: str, transfer: Transfer, structured: str, text: str, sequence: int
) -> str:
    return "".join(
        (
            "21",
            place,  # 3-10
            bank_reference(transfer, place),  # 11-31
            sign(transfer.amount),  # 32
            money(transfer.amount),  # 33-47
            ddmmyy(transfer.value_date or transfer.date),  # 48-53
            transfer.transaction_code,  # 54-61
            structured,  # 62
            alpha(text, 53),  # 63-115
            ddmmyy(transfer.date),  # 116-121
            f"{sequence:03d}",  # 122-124
            "0",  # 125 no globalisation
        )
    )


def movement_2(place: str, transfer: Transfer, text: str) -> str:
    return "".join(
        (
            "22",
            place,  # 3-10
            alpha(text, 53),  # 11-63
            alpha(transfer.end_to_end, 35),  # 64-98
            alpha(transfer.bic, 11),  # 99-109
            alpha("", 3),  # 110-112
            "2" if transfer.return_reason else " ",  # 113 a return
            alpha(transfer.return_reason, 4),  # 114-117
            alpha("", 4 + 4),  # 118-125 purposes
        )
    )


def movement_3(place: str, transfer: Transfer, text: str, currency: str) -> str:
    return "".join(
        (
            "23",
            place,  # 3-10
            counterparty(transfer.iban, currency),  # 11-47
            alpha(transfer.name, 35),  # 48-82
            alpha(text, 43),  # 83-125
        )
    )


def information(place: str, transfer: Transfer) -> list[str]:
    """Records 3.1, 3.2 and 3.3, as many as the note needs."""
    text = " ".join(transfer.note.split())[:INFORMATION]
    first = "".join(
        (
            "31",
            place,  # 3-10
            bank_reference(transfer, f"{place[:4]}0000"),  # 11-31 as the movement's
            transfer.transaction_code,  # 32-39
            "0",  # 40 free text
            alpha(text[:73], 73),  # 41-113
            alpha("", 12),  # 114-125
        )
    )
    second = "32" + place + alpha(text[73:178], 105) + alpha("", 10)
    third = "33" + place + alpha(text[178:], 90) + alpha("", 25)
    needed = sum(len(text) > start for start in (0, 73, 178))
    return [first, second, third][:needed]


def chained(parts: Sequence[str], *, linked: bool) -> list[str]:
    """Records from their first 125 characters.

    :param linked: a record 3 follows the last of them.
    """
    last = len(parts)
    return [
        record(
            part,
            "1" if number < last else "0",  # 126 next one of the same kind follows
            " ",  # 127
            "1" if linked and number == last else "0",  # 128
        )
        for number, part in enumerate(parts, 1)
    ]


# --- fields -----------------------------------------------------------------


def record(*fields: str) -> str:
    line = "".join(fields)
    if len(line) != WIDTH:
        raise ValueError(f"{len(line)} characters instead of {WIDTH}: {line!r}")
    return line


def alpha(text: str, width: int) -> str:
    return printable(text)[:width].ljust(width)


def printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def money(amount: Decimal) -> str:
    """Twelve digits and three decimals, without the sign."""
    thousandths = abs(amount) * 1000
    if thousandths != int(thousandths):
        raise ValueError(f"{amount} has more than three decimals")
    return f"{int(thousandths):015d}"


def sign(amount: Decimal) -> str:
    return "1" if amount < 0 else "0"


def ddmmyy(day: date) -> str:
    return day.strftime("%d%m%y")


def structure(account: Account) -> str:
    return "2" if account.iban.startswith("BE") else "3"


def account_field(account: Account) -> str:
    """Belgian IBAN in 31 characters with an extension of 3, a foreign one in 34."""
    return account.iban.ljust(34) + account.currency


def counterparty(iban: str, currency: str) -> str:
    return iban.ljust(34) + currency if iban else alpha("", 37)


def bank_reference(transfer: Transfer, place: str) -> str:
    return alpha(f"SIM{transfer.date:%Y%m%d}{place}", 21)


def communication(text: str) -> tuple[str, str]:
    """Whether it is structured (0 or 1), and what the records hold."""
    belgian = re.fullmatch(r"[+*]{3}(\d{3})/(\d{4})/(\d{5})[+*]{3}", text.strip())
    if belgian:
        return "1", "101" + "".join(belgian.groups())
    creditor = re.fullmatch(r"RF\d\d[0-9A-Z]{1,21}", text.replace(" ", ""))
    if creditor:
        return "1", "100" + creditor.group().ljust(25)
    return "0", printable(text)[:COMMUNICATION]
