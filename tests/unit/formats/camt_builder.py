"""Builds CAMT messages for tests, each version in its own shape.

Written from the schemas without a look at the decoder. All figures are invented.
"""

from decimal import Decimal
from xml.sax.saxutils import escape

IBAN = "BE68539007547034"


class Camt:
    """The elements of one version: ``Camt(8).document(…)``."""

    def __init__(self, version=8, message="053"):
        self.version = version
        self.message = message

    # -- the whole -------------------------------------------------------------------

    def document(self, *parts, header="", namespace=None, declaration="UTF-8"):
        names = {
            "052": "BkToCstmrAcctRpt",
            "053": "BkToCstmrStmt",
            "054": "BkToCstmrDbtCdtNtfctn",
        }
        if namespace is None:
            number = f"{self.message}.001.{self.version:02d}"
            namespace = f"urn:iso:std:iso:20022:tech:xsd:camt.{number}"
        root = names[self.message]
        head = f'<?xml version="1.0" encoding="{declaration}"?>\n'
        space = f' xmlns="{namespace}"' if namespace else ""
        group = tag("MsgId", "MSG-1") + tag("CreDtTm", "2026-06-02T06:00:00") + header
        body = tag(root, tag("GrpHdr", group) + "".join(parts))
        return f"{head}<Document{space}>{body}</Document>".encode(declaration)

    def statement(
        self,
        *entries,
        old="1000.00",
        new=None,
        account=None,
        currency="EUR",
        balances=None,
        head="<Id>S1</Id><ElctrncSeqNb>7</ElctrncSeqNb>",
        tail="",
        days=("2026-05-31", "2026-06-01"),
    ):
        """:param new: what the balance should be; by default what it must be."""
        if account is None:
            account = tag("Id", tag("IBAN", IBAN)) + tag("Ccy", currency)
            account += tag("Ownr", tag("Nm", "POM TEST NV"))
        if balances is None:
            closing = Decimal(old) + sum(entry.amount for entry in entries)
            balances = self.balance("OPBD", old, days[0], currency)
            balances += self.balance("CLBD", new or closing, days[1], currency)
        part = {"052": "Rpt", "053": "Stmt", "054": "Ntfctn"}[self.message]
        inner = head + tag("CreDtTm", "2026-06-02T06:00:00") + tag("Acct", account)
        return tag(part, inner + balances + "".join(entries) + tail)

    def balance(
        self, code, amount, day="2026-06-01", currency="EUR", sub="", kind="Cd"
    ):
        kind = tag("CdOrPrtry", tag(kind, code)) + (
            tag("SubTp", tag("Cd", sub)) if sub else ""
        )
        return tag(
            "Bal",
            tag("Tp", kind) + money(amount, currency) + tag("Dt", tag("Dt", day)),
        )

    # -- entries ---------------------------------------------------------------------

    def entry(
        self,
        amount,
        *details,
        currency="EUR",
        status="BOOK",
        booked="2026-06-01",
        valued="2026-06-01",
        code="PMNT-RCDT-ESCT",
        reference="REF-1",
        reversal=None,
        batch="",
        extra="",
        note="",
        direction=None,
    ):
        sign = direction or ("DBIT" if Decimal(amount) < 0 else "CRDT")
        value = str(amount).lstrip("-")
        inner = f'<Amt Ccy="{currency}">{value}</Amt>' + tag("CdtDbtInd", sign)
        inner += tag("RvslInd", reversal) if reversal else ""
        if status:
            state = tag("Cd", status) if self.version >= 7 else status
            inner += tag("Sts", state)
        inner += tag("BookgDt", tag("Dt", booked)) if booked else ""
        inner += tag("ValDt", tag("Dt", valued)) if valued else ""
        inner += tag("AcctSvcrRef", reference) + self.code(code) + extra
        if details or batch:
            inner += tag("NtryDtls", batch + "".join(details))
        inner += tag("AddtlNtryInf", note) if note else ""
        booked_amount = 0 if status in ("PDNG", "INFO", "FUTR") else Decimal(amount)
        return Entry(tag("Ntry", inner), booked_amount)

    def code(self, code):
        if not code:
            return "<BkTxCd/>"
        if "-" not in code:
            return tag("BkTxCd", tag("Prtry", tag("Cd", code) + tag("Issr", "DK")))
        domain, family, sub = code.split("-")
        inner = tag("Cd", family) + tag("SubFmlyCd", sub)
        return tag("BkTxCd", tag("Domn", tag("Cd", domain) + tag("Fmly", inner)))

    def payment(
        self,
        amount=None,
        *,
        currency="EUR",
        direction="CRDT",
        end_to_end="NOTPROVIDED",
        refs="",
        parties="",
        agents="",
        text=(),
        structured="",
        amounts="",
        extra="",
    ):
        """:param amount: where it stands depends on the version."""
        inner = tag("Refs", refs + tag("EndToEndId", end_to_end))
        if amount is not None:
            value = f'<Amt Ccy="{currency}">{amount}</Amt>'
            if self.version >= 3:
                inner += value + tag("CdtDbtInd", direction)
            else:
                amounts = tag("TxAmt", value) + amounts
        inner += tag("AmtDtls", amounts) if amounts else ""
        inner += tag("RltdPties", parties) + tag("RltdAgts", agents)
        lines = [text] if isinstance(text, str) else text
        remittance = "".join(tag("Ustrd", line) for line in lines) + structured
        inner += tag("RmtInf", remittance) if remittance else ""
        return tag("TxDtls", inner + extra)

    def party(self, role, name="", iban="", extra="", other=""):
        inner = (tag("Nm", escape(name)) if name else "") + extra
        if self.version >= 7:
            inner = tag("Pty", inner)
        found = tag(role, inner)
        number = tag("IBAN", iban) if iban else ""
        number = number or (tag("Othr", tag("Id", other)) if other else "")
        return found + (tag(f"{role}Acct", tag("Id", number)) if number else "")

    def agent(self, role, bic):
        name = "BICFI" if self.version >= 3 else "BIC"
        return tag(f"{role}Agt", tag("FinInstnId", tag(name, bic)))

    def reference(self, value, code="SCOR", issuer="BBA", proprietary="", extra=""):
        kind = tag("Prtry", proprietary) if proprietary else tag("Cd", code)
        inner = tag("CdOrPrtry", kind) + (tag("Issr", issuer) if issuer else "")
        info = tag("Tp", inner) + tag("Ref", value)
        return tag("Strd", tag("CdtrRefInf", info) + extra)

    def charge(
        self, amount, currency="EUR", direction="DBIT", kind="DEBT", included=""
    ):
        """:param included: ``true`` or ``false``, told since version 04."""
        inner = f'<Amt Ccy="{currency}">{amount}</Amt>' + tag("CdtDbtInd", direction)
        inner += tag("ChrgInclInd", included) if included else ""
        inner += tag("Br", kind)
        return tag("Chrgs", tag("Rcrd", inner) if self.version >= 3 else inner)


class Entry(str):
    """The XML of an entry; it knows what it adds to the balance."""

    __slots__ = ("amount",)

    def __new__(cls, xml, amount):
        entry = super().__new__(cls, xml)
        entry.amount = amount
        return entry


def tag(name, content):
    return f"<{name}>{content}</{name}>"


def money(amount, currency="EUR"):
    value = Decimal(amount)
    sign = "DBIT" if value < 0 else "CRDT"
    return f'<Amt Ccy="{currency}">{abs(value)}</Amt>' + tag("CdtDbtInd", sign)


def exchanged(name, amount, currency, rate="", source="", target=""):
    """An amount of ``AmtDtls`` with its exchange."""
    inner = f'<Amt Ccy="{currency}">{amount}</Amt>'
    if rate:
        rates = tag("SrcCcy", source or currency) + tag("TrgtCcy", target or "EUR")
        inner += tag("CcyXchg", rates + tag("XchgRate", rate))
    return tag(name, inner)


def simple(*amounts, version=8, **values):
    """A file with one entry of each amount."""
    camt = Camt(version)
    entries = [
        camt.entry(
            amount,
            camt.payment(
                str(amount).lstrip("-"),
                direction="DBIT" if Decimal(amount) < 0 else "CRDT",
                text=f"MOVEMENT {number}",
            ),
        )
        for number, amount in enumerate(amounts, 1)
    ]
    return camt.document(camt.statement(*entries, **values))
