"""The CAMT.053 decoder beside pycamt, camt053 and bankstatementparser.

On 10,000 entries in ten statements; memory is that of 100,000 entries. Each is called
as its documentation says; where it can stream, it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from .decoders import DEV, Decoder, our_decoder, peaks, speeds

STATEMENTS = 10
#: In each of them; of the second, one peer would take a quarter of an hour.
SPEED, MEMORY = 1_000, 10_000

OURS = our_decoder(
    "camt",
    """
with open(path, "rb") as source:
    for statement in read(source):
        count += len(statement.transactions)
""",
)
PYCAMT = Decoder(
    "from pycamt.parser import Camt053Parser",
    "count = len(Camt053Parser.from_file(path).get_transactions())",
    requirement="pycamt==1.1.1",
    package="pycamt",
)
CAMT053 = Decoder(
    "from camt053 import services",
    """
found = services.parse_statement(open(path, encoding="utf-8").read())
count = sum(len(statement["entries"]) for statement in found["statements"])
""",
    requirement="camt053==0.0.23",
    package="camt053",
)
BANKSTATEMENTPARSER = Decoder(
    "from bankstatementparser import CamtParser",
    """
for transaction in CamtParser(path).parse_streaming():
    count += 1
""",
    requirement="bankstatementparser==0.0.29",
    package="bankstatementparser",
)


def camt_decode_pycamt() -> dict:
    """Entries per second beside pycamt 1.1.1."""
    return _speeds("camt_decode_pycamt", PYCAMT)


def camt_decode_camt053() -> dict:
    """Entries per second beside camt053 0.0.23."""
    return _speeds("camt_decode_camt053", CAMT053)


def camt_decode_bankstatementparser() -> dict:
    """Entries per second beside bankstatementparser 0.0.29, streaming."""
    return _speeds("camt_decode_bankstatementparser", BANKSTATEMENTPARSER)


def camt_memory_mb() -> dict:
    """Peak memory of the whole process beside the more frugal of two peers."""
    peers = [CAMT053, BANKSTATEMENTPARSER]
    count = STATEMENTS * MEMORY
    return peaks("camt_memory_mb", OURS, peers, _file(MEMORY), count)


def _speeds(name: str, peer: Decoder) -> dict:
    return speeds(name, OURS, peer, "entries/s", _file(SPEED), STATEMENTS * SPEED)


BENCHES = {
    bench.__name__: bench
    for bench in (
        camt_decode_pycamt,
        camt_decode_camt053,
        camt_decode_bankstatementparser,
        camt_memory_mb,
    )
}


@lru_cache
def _file(entries: int) -> Path:
    path = DEV / f"bench-{entries}.xml"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8") as file:
            file.writelines(generate(STATEMENTS, entries))
    return path


_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>BENCH</MsgId><CreDtTm>2026-02-01T06:00:00</CreDtTm></GrpHdr>
"""
_TAIL = "</BkToCstmrStmt></Document>\n"
_STATEMENT = """<Stmt><Id>{number}</Id><ElctrncSeqNb>{number}</ElctrncSeqNb>\
<CreDtTm>2026-02-01T06:00:00</CreDtTm>
<Acct><Id><IBAN>BE68539007547034</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>POM BENCH NV</Nm>\
</Ownr><Svcr><FinInstnId><BICFI>KREDBEBB</BICFI></FinInstnId></Svcr></Acct>
{balances}"""
_BALANCE = """<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>\
<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>\
<Dt><Dt>{day}</Dt></Dt></Bal>
"""
_ENTRY = """<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>\
<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>\
<AcctSvcrRef>OL{index:08d}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly>\
<Cd>{family}</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
<NtryDtls><TxDtls><Refs><EndToEndId>E2E-{index}</EndToEndId></Refs>\
<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>
<RltdPties><{role}><Pty><Nm>JANSSENS PIETER {index}</Nm><PstlAdr>\
<StrtNm>KERKSTRAAT {house}</StrtNm><PstCd>9000</PstCd><TwnNm>GENT</TwnNm>\
<Ctry>BE</Ctry></PstlAdr></Pty></{role}><{role}Acct><Id><IBAN>{iban}</IBAN></Id>\
</{role}Acct></RltdPties><RltdAgts><{role}Agt><FinInstnId><BICFI>GKCCBEBB</BICFI>\
</FinInstnId></{role}Agt></RltdAgts>
<RmtInf>{remittance}</RmtInf></TxDtls></NtryDtls></Ntry>
"""
_FREE = "<Ustrd>FACTUUR 2026/{index:05d} VAN MAART, KLANT {number}, MET DANK</Ustrd>"
_STRUCTURED = """<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry>\
<Issr>BBA</Issr></Tp><Ref>{number:010d}{check:02d}</Ref></CdtrRefInf></Strd>"""


def generate(statements: int, entries: int) -> Iterator[str]:
    """Give a message piece by piece: statements of an account, one after the other."""
    balance = Decimal("1000.00")
    yield _HEAD
    for number in range(statements):
        day = date(2026, 1, 5) + timedelta(days=number)
        amounts = [_amount(index) for index in range(entries)]
        closing = balance + sum(amounts)
        balances = "".join(
            _BALANCE.format(
                code=code,
                amount=abs(amount),
                direction="DBIT" if amount < 0 else "CRDT",
                day=when,
            )
            for code, amount, when in (
                ("OPBD", balance, day - timedelta(days=1)),
                ("CLBD", closing, day),
            )
        )
        yield _STATEMENT.format(number=number + 1, balances=balances)
        yield from (_entry(index, amount, day) for index, amount in enumerate(amounts))
        yield "</Stmt>\n"
        balance = closing
    yield _TAIL


def _amount(index: int) -> Decimal:
    return Decimal(1000 + index % 90_000).scaleb(-2) * (1 if index % 5 else -1)


def _entry(index: int, amount: Decimal, day: date) -> str:
    """Return a transfer with its counterparty; every other one has an OGM."""
    number = index * 7919 % 10**10
    remittance = _STRUCTURED if index % 2 else _FREE
    incoming = amount > 0
    return _ENTRY.format(
        amount=abs(amount),
        direction="CRDT" if incoming else "DBIT",
        role="Dbtr" if incoming else "Cdtr",
        family="RCDT" if incoming else "ICDT",
        day=day,
        index=index,
        house=index % 300,
        iban=f"BE{10 + index % 80}5390{index:010d}",
        remittance=remittance.format(
            index=index, number=number, check=number % 97 or 97
        ),
    )
