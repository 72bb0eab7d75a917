"""The golden samples, by name; ``dev/golden_camt`` writes them to tests/samples/camt.

All figures are invented; each is in the shape of the country that its name says, as the
facts about their banks' habits are known.
"""

from .camt_builder import Camt, exchanged, tag


def belgian() -> bytes:
    """Version 02: accounts as other numbers, own codes, both parties, an OGM."""
    camt = Camt(2)
    account = tag("Id", tag("Othr", tag("Id", "BE68539007547034")))
    account += tag("Tp", tag("Prtry", "Business Account")) + tag("Ccy", "EUR")
    account += tag("Ownr", tag("Nm", "POM TEST NV"))
    account += tag("Svcr", tag("FinInstnId", tag("BIC", "KREDBEBB")))
    place = tag("PstlAdr", tag("Ctry", "BE") + tag("AdrLine", "KERKSTRAAT 1"))
    parties = camt.party("Dbtr", "JAN PEETERS", "BE71096123456769", place)
    parties += camt.party("Cdtr", "POM TEST NV", other="BE68539007547034")
    transfer = camt.entry(
        "45.73",
        camt.payment(
            "45.73",
            end_to_end="E2E-17",
            parties=parties,
            agents=camt.agent("Dbtr", "GKCCBEBB"),
            structured=camt.reference("123456789002"),
            refs=tag("Prtry", tag("Tp", "LegalSequenceNumber") + tag("Ref", "100")),
        ),
        reference="2026061500000017EUR",
    )
    collected = camt.entry(
        "-19.99",
        camt.payment(
            "19.99",
            direction="DBIT",
            refs=tag("MndtId", "MANDATE-1"),
            parties=camt.party(
                "Cdtr",
                "ENERGY NV",
                "BE43068999999501",
                tag(
                    "Id",
                    tag(
                        "PrvtId",
                        tag(
                            "Othr",
                            tag("Id", "BE69ZZZ050D000000008")
                            + tag("SchmeNm", tag("Prtry", "SEPA")),
                        ),
                    ),
                ),
            ),
            text="JUNE",
        ),
        code="PMNT-RDDT-ESDD",
    )
    costs = camt.entry(
        "-2.50", code="ACMT-MDOP-CHRG", note="MONTHLY COSTS", reference="COSTS"
    )
    head = tag("Id", "S-100") + tag("ElctrncSeqNb", "100") + tag("LglSeqNb", "55")
    return camt.document(
        camt.statement(transfer, collected, costs, account=account, head=head)
    )


def dutch() -> bytes:
    """Zero-padded numbers, a payment reference, a batch, an iDEAL payment."""
    camt = Camt(2)
    iban = "NL91ABNA0417164300"
    account = tag("Id", tag("IBAN", iban)) + tag("Ccy", "EUR")
    ideal = camt.entry(
        "000000000000149.87",
        camt.payment(
            "149.87",
            end_to_end="01-06-2026 12:00 0030000987654321",
            parties=camt.party("Dbtr", "A. de Vries", "NL69INGB0123456789"),
            text="0030000987654321 Order 17 Webshop",
        ),
    )
    acceptgiro = camt.entry(
        "75.00",
        camt.payment(
            "75.00",
            parties=camt.party("Dbtr", "B. Jansen", "NL02RABO0123456789"),
            structured=camt.reference("1234567890123456", issuer="CUR"),
        ),
    )
    wages = camt.entry(
        "-3000.00",
        *[
            camt.payment(
                "1500.00",
                direction="DBIT",
                end_to_end=f"WAGE-{number}",
                parties=camt.party("Cdtr", f"Employee {number}"),
            )
            for number in (1, 2)
        ],
        batch=tag("Btch", tag("PmtInfId", "WAGES-06     ") + tag("NbOfTxs", "2")),
        code="PMNT-ICDT-SALA",
    )
    balances = camt.balance("PRCD", "5000.00", "2026-05-31")
    balances += camt.balance("CLBD", "2224.87") + camt.balance("CLAV", "2224.87")
    head = tag("Id", iban + ".2026-06-01") + tag("ElctrncSeqNb", "0" * 16 + "31")
    return camt.document(
        camt.statement(
            ideal, acceptgiro, wages, account=account, head=head, balances=balances
        )
    )


def german() -> bytes:
    """Codes at the payment only, a return with charges, words in the text, latin-1."""
    camt = Camt(8)
    account = tag("Id", tag("IBAN", "DE89370400440532013000")) + tag("Ccy", "EUR")
    words = camt.entry(
        "119.00",
        camt.payment(
            "119.00",
            end_to_end="",
            parties=camt.party("Dbtr", "Jürgen Müller", "DE02120300000000202051"),
            text=("EREF+RE-2026-17 KREF+NONREF", "SVWZ+Rechnung 17 vom 1. Juni"),
            extra=camt.code("NTRF+166+00931"),
        ),
        code="",
    )
    info = tag("OrgnlBkTxCd", tag("Prtry", tag("Cd", "NDDT+171"))) + tag(
        "Rsn", tag("Cd", "AC04")
    )
    returned = camt.entry(
        "-53.00",
        camt.payment(
            None,
            amounts=exchanged("InstdAmt", "50.00", "EUR"),
            parties=camt.party("Dbtr", "Kunde GmbH", "DE02500105170137075030")
            + camt.party("Cdtr", "POM TEST", "DE89370400440532013000"),
            refs=tag("MndtId", "M-7"),
            extra=camt.charge("3.00")
            + camt.code("NRTI+109+00931")
            + tag("RtrInf", info),
        ),
        code="",
        note="Retoure SEPA Lastschrift",
    )
    pending = camt.entry("-900.00", status="PDNG", note="Vormerkung")
    balances = camt.balance("PRCD", "-10.00", "2026-05-31")
    balances += camt.balance("CLBD", "56.00")
    return camt.document(
        camt.statement(words, returned, pending, account=account, balances=balances),
        declaration="ISO-8859-1",
    )


def swiss() -> bytes:
    """A QR collective booking, a payment in euros on a franc account, a duplicate."""
    camt = Camt(8)
    account = tag("Id", tag("IBAN", "CH9300762011623852957")) + tag("Ccy", "CHF")
    reference = camt.reference(
        "210000000003139471430009017",
        proprietary="QRR",
        issuer="",
        extra=tag("AddtlRmtInf", "?REJECT?0"),
    )
    collective = camt.entry(
        "300.00",
        *[
            camt.payment(
                amount,
                currency="CHF",
                parties=camt.party("Dbtr", f"Kunde {amount}"),
                structured=reference,
                extra=camt.charge("0.90", "CHF"),
            )
            for amount in ("100.00", "200.00")
        ],
        currency="CHF",
        batch=tag("Btch", tag("NbOfTxs", "2")),
        code="PMNT-RCDT-AUTT",
    )
    euros = camt.entry(
        "109.36",
        camt.payment(
            "109.36",
            currency="CHF",
            amounts=exchanged("InstdAmt", "100.00", "EUR")
            + exchanged("TxAmt", "100.00", "EUR", "1.09355", "CHF", "EUR"),
            parties=camt.party("Dbtr", "Client SA", "FR1420041010050500013M02606"),
            text="FACTURE 17",
        ),
        currency="CHF",
        code="PMNT-RCDT-XBCT",
    )
    head = tag("Id", "S1") + tag("CpyDplctInd", "DUPL")
    return camt.document(
        camt.statement(collective, euros, account=account, currency="CHF", head=head)
    )


def pages() -> bytes:
    """Two pages of a statement, chained by an interim balance; another account."""
    camt = Camt(13)
    first = camt.statement(
        camt.entry("10.00", note="ON PAGE 1"),
        balances=camt.balance("OPBD", "0.00", "2026-05-31")
        + camt.balance("ITBD", "10.00"),
        head=tag("Id", "P1")
        + tag("StmtPgntn", tag("PgNb", "1") + tag("LastPgInd", "0")),
    )
    second = camt.statement(
        camt.entry("5.00", note="ON PAGE 2", status=""),
        balances=camt.balance("ITBD", "10.00") + camt.balance("CLBD", "15.00"),
        head=tag("Id", "P2")
        + tag("StmtPgntn", tag("PgNb", "2") + tag("LastPgInd", "1")),
    )
    other = camt.statement(
        currency="USD",
        account=tag("Id", tag("IBAN", "BE43068999999501")) + tag("Ccy", "USD"),
        old="-7.00",
    )
    return camt.document(first, second, other)


def odd_but_right() -> bytes:
    """A prefix, an envelope, a time in a date, details that don't add up."""
    camt = Camt(4)
    late = camt.entry(
        "1.00", booked="2026-06-01T23:30:00+02:00", valued="", note="LATE"
    )
    wrong = camt.entry(
        "29.00",
        camt.payment("10.00", text="A"),
        camt.payment("20.00", text="B"),
        note="TOTAL LESS COSTS",
    )
    unknown = camt.entry(
        "4.00", camt.payment("5.00", text="NET", extra=camt.charge("1.00"))
    )
    reversal = camt.entry("-6.00", reversal="1", note="UNDONE")
    body = camt.document(camt.statement(late, wrong, unknown, reversal)).decode()
    document = body.partition("?>\n")[2].replace("</", "</c:").replace("<", "<c:")
    document = document.replace("<c:/c:", "</c:").replace("xmlns=", "xmlns:c=")
    return f'<?xml version="1.0"?>\n<BizMsgEnvlp>{document}</BizMsgEnvlp>\n'.encode()


SAMPLES = {
    "belgian": belgian(),
    "dutch": dutch(),
    "german": german(),
    "swiss": swiss(),
    "pages": pages(),
    "odd-but-right": odd_but_right(),
}
