"""The golden samples, by name; ``dev/golden_coda`` writes them to tests/samples/coda.

All figures are invented; each sample is there for what its name says.
"""

from odoo.addons.pom_reconcile.formats.coda.pairs import Table
from odoo.addons.pom_reconcile.formats.coda.structures import (
    INFORMATIONS,
    MOVEMENTS,
)

from .coda_builder import CodaBuilder, simple

#: A value of each kind that isn't blank, zero or the same everywhere.
VALUES = {"c": "USD", "s": "1", "d": "280226", "y": "28022026", "t": "1345"}


def filler(table: Table, width: int) -> str:
    """Return a communication with something in each of its fields."""
    text = ""
    for index, item in enumerate(table):
        if item.kind in VALUES:
            value = VALUES[item.kind]
        elif item.kind == "x":
            value = item.name.upper()[: item.length].rstrip()
        else:
            value = str(10 ** (item.length - 1) + index)[-item.length :]
        text = text.ljust(item.start) + value.ljust(item.length)
    return text.ljust(width)


def communications() -> CodaBuilder:
    builder = CodaBuilder().open()
    sequence = 0
    special = {
        "100": "RF18539007547034".ljust(146),
        "101": "123456789012".ljust(146),
        "102": "123456789002".ljust(146),
        "127": (
            "020326"
            + "3"
            + "1"
            + "3"
            + "BE69ZZZ050D000000008".ljust(35)
            + "MANDATE-0001".ljust(35)
            + "FACTUUR 2026/17 +++123/4567/89002+++".ljust(62)
            + "2"
            + "MD06"
        ),
    }
    for kind, table in MOVEMENTS.items():
        sequence += 1
        body = special.get(kind) or filler(table, 146)
        builder.move(sequence, 0, "1.50", text="=" + kind + body)
        builder.second().third(name="")
    sequence += 1
    builder.move(sequence, 0, "1.50", text="=199" + "A TYPE NOBODY KNOWS")
    return builder.close().end()


def informations() -> CodaBuilder:
    builder = CodaBuilder().open()
    for sequence, (kind, table) in enumerate(INFORMATIONS.items(), 1):
        builder.move(sequence, 0, "-2.00", code="00301000", text=f"WITH {kind}")
        builder.info("=" + kind + filler(table, 265))
    builder.move(99, 0, "5.00", text="SEVERAL NOTES")
    builder.info("=001LONG NAME OF THE COUNTERPARTY, WHICH NEEDS MORE THAN 35 PLACES")
    builder.info("=0070000010005000" + "50000".rjust(15, "0"), detail=2)
    builder.info("=0070000020010000" + "200000".rjust(15, "0"), detail=3)
    builder.info("=088UNKNOWN TYPE", detail=4)
    builder.info("A FREE NOTE +++123/4567/89002+++", detail=5)
    return builder.close().end()


def free_text_in_information() -> CodaBuilder:
    """As one bank does: the text fills several records 31 and breaks within words."""
    text = "EUROPESE OVERSCHRIJVING VAN PIETERS EN ZOON BETREFT DE FACTUUR VAN VORIGE"
    builder = CodaBuilder().open().move(1, 0, "250.00")
    builder.info(text).info("MAAND, REF 123456789002, MET DANK", detail=2)
    return builder.move(2, 0, "1.00", text="NEXT").close().end()


def globalisations() -> CodaBuilder:
    builder = CodaBuilder("1000.00").open()
    # A payment file and its payments; the closing globalisation code is missing.
    builder.move(1, 0, "-30.00", "10107000", "WAGES", globalisation="1")
    builder.second(customer_reference="PAYMENT-FILE-7")
    builder.move(1, 1, "-10.00", "50107000", "WAGE A")
    builder.second(customer_reference="E2E-A").third("BE84390060159859", "A")
    builder.info("=001A")
    builder.move(1, 3, "-20.00", "50107000", "WAGE B").third("BE84390060159859", "B")
    # The same with details of type 0.
    builder.move(2, 0, "-5.00", "10101000", "FILE OF TYPE 1")
    builder.move(2, 1, "-2.00", "00101000", "ONE").move(
        2, 2, "-3.00", "00101000", "TWO"
    )
    # A bank's total, whose details have details.
    builder.move(3, 0, "60.00", "20450000", "TERMINAL", globalisation="1")
    builder.move(3, 1, "10.00", "60450000", "SIMPLE DETAIL")
    builder.move(3, 2, "50.00", "70450000", "DETAIL WITH DETAILS", globalisation="2")
    builder.move(3, 3, "20.00", "90450000", "DETAIL OF DETAIL 1")
    builder.move(3, 4, "30.00", "90450000", "DETAIL OF DETAIL 2", globalisation="2")
    # A foreign transfer with its charges, which don't include all that was charged.
    builder.move(4, 0, "90.00", "30150000", "FROM ABROAD")
    builder.move(4, 1, "100.00", "80150100", "GROSS")
    builder.move(4, 2, "-8.00", "80150013", "COMMISSION")
    # Totals that stand alone, with and without the code.
    builder.move(5, 0, "7.00", "20150000", "NO DETAILS", globalisation="1")
    builder.move(6, 0, "8.00", "00150000", "NO DETAILS", globalisation="1")
    # Details that don't add up, at the first level and at the second.
    builder.move(7, 0, "10.00", "20150000", "WRONG SUM")
    builder.move(7, 1, "4.00", "60150000", "FOUR").move(
        7, 2, "5.00", "60150000", "FIVE"
    )
    builder.move(8, 0, "10.00", "20150000", "WRONG BELOW")
    builder.move(8, 1, "10.00", "70150000", "SEVEN").move(
        8, 2, "9.00", "90150000", "NINE"
    )
    # Card payments as details, with nothing that says so but their number.
    builder.move(9, 0, "12.00", "00450000", "CARDS")
    builder.move(9, 1, "12.00", "00450000", "THE ONLY ONE")
    return builder.close().end()


def returns() -> CodaBuilder:
    builder = CodaBuilder().open()
    cases = (("1", "AC04"), ("2", "MD01"), ("3", "MD06"), ("4", "AM05"), ("5", "DUPL"))
    for sequence, (kind, reason) in enumerate(cases, 1):
        builder.move(sequence, 0, "-9.00", "00503000", "RETURNED")
        builder.second(
            customer_reference=f"E2E-{sequence}",
            bic="GKCCBEBB",
            return_type=kind,
            return_reason=reason,
            category_purpose="SALA",
            purpose="SUPP",
        )
    # Before 2.5 a reference of the bank stood across these columns.
    builder.move(6, 0, "1.00", text="OLD FILE")
    builder.second(
        bic="KREDNL2XXXX",
        filler="008",
        return_type="4",
        return_reason="3246",
        category_purpose="305A",
        purpose="0296",
    )
    builder.move(7, 0, "1.00", text="NO BIC").second(
        customer_reference="000000", bic="000000000"
    )
    return builder.close().end()


def foreign() -> CodaBuilder:
    builder = CodaBuilder().open()

    def gross(currency, rate="000832950600"):
        amounts = "000000006730240" + "000000056059600"
        return "=105" + amounts + rate + currency + "123456789012" + "NO"

    builder.move(1, 0, "6730.24", "00415000", gross("NOK")).second()
    builder.move(2, 0, "6730.24", "00415000", gross("EUR")).second()
    builder.move(3, 0, "-6730.24", "00415000", gross("USD", "0" * 12)).second()
    card = "=113" + "672500XXXXXX1234" + "20004560007890103261233" + "5"
    shop = "SHOP".ljust(16) + "LONDON".ljust(10)
    amount = "000000000012000" + "000087000000" + "GBP"
    builder.move(4, 0, "-13.79", "00408000", card + shop + amount).second()
    builder.move(5, 0, "-13.79", "00408000", card + shop + amount[:-3] + "000").second()
    builder.move(6, 0, "1.00", text="=105" + "X" * 30).second()
    return builder.close().end()


def accounts() -> list[CodaBuilder]:
    fields = (
        ("0", "539007547034 EUR0BE".ljust(37)),
        ("0", "310000017062    0BE".ljust(37)),
        ("1", "3056891".ljust(34) + "GBP"),
        ("2", "BE68539007547034".ljust(34) + "USD"),
        ("3", "NL91ABNA0417164300".ljust(34) + "EUR"),
        (" ", "BE68539007547034".ljust(34) + "CHF"),
        (" ", "539007547034 NOK".ljust(37)),
    )
    builders = []
    for structure, field in fields:
        builder = CodaBuilder("10.00", field, structure).open()
        builder.move(1, 0, "1.00", text="COUNTERPARTIES")
        builder.third("539007547034 EUR0BE", "BELGIAN NUMBER")
        builder.move(2, 0, "1.00").third("666000000483", "A CARD")
        builder.move(3, 0, "1.00").third("NL91ABNA0417164300".ljust(34) + "EUR", "IBAN")
        builder.move(4, 0, "1.00").third("0" * 12, "UNKNOWN")
        builders.append(builder.close().end(more="1"))
    return builders


def odd_but_right() -> CodaBuilder:
    builder = CodaBuilder(duplicate="D", file_reference="FILE000001").open(
        date="000000", number="000", sequence="000"
    )
    builder.move(1, 0, "1.00", "00000000", "NO CODE", value_date="000000")
    builder.move(2, 0, "1.00", "00987654", "UNKNOWN CODE", date="000000")
    builder.move(3, 0, "1.00", text="BAD DATE", value_date="310226")
    builder.move(
        4,
        0,
        "1.00",
        text="A WORD BROKEN BETWEEN TWO RECORDS IS NOT SEPARATED BY A BLANK",
    )
    builder.second()
    builder.move(5, 0, "-1.005", text="THREE DECIMALS")
    builder.move(6, 0, "0.00", text="NOTHING", sign="1")
    builder.move(7, 0, "1.00", text="=101" + "NOT TWELVE DIGITS")
    builder.move(8, 0, "1.00", text="=101" + "0" * 12)
    builder.move(9, 0, "1.00", text="=101123456789002 AND MORE")
    builder.close(date="030326", number="062")
    builder.message("DEAR CUSTOMER", link="1").message("OUR OFFICES ARE CLOSED")
    return builder.end()


def several() -> list[CodaBuilder]:
    first = simple("10.00", "-4.00")
    second = simple("1.00", old="106.00")
    second.records[1] = second.records[1][:125] + "042"
    other = CodaBuilder("5.00", "NL91ABNA0417164300".ljust(34) + "USD", "3").open()
    return [first, other.move(1, 0, "2.00", text="USD").close().end(), second]


def empty() -> list[CodaBuilder]:
    return [
        CodaBuilder().open().end(),
        CodaBuilder().open().close().message("NOTHING HAPPENED").end(),
    ]


def detail_only() -> list[CodaBuilder]:
    """An extract with a code, one without, and a normal one whose code is set too."""
    extract = CodaBuilder("0.00", separate="04505").open()
    extract.move(1, 1, "10.00", "60450000", "DETAIL").move(1, 2, "5.00", "60450000")
    extract.close(number="000")
    plain = CodaBuilder("0.00").open()
    plain.move(1, 0, "10.00", "60450000", "DETAIL", booked=False).close(number="000")
    return [extract.end(), plain.end(), simple("10.00", separate="00001")]


def free_texts() -> CodaBuilder:
    builder = CodaBuilder().open()
    texts = (
        "+++123/4567/89002+++",
        "FACT 17 ***123/4567/89002*** DANK",
        "VCS 123/4567/89002.",
        "123456789002",
        "BETALING 123456789012",
        "RF18 5390 0754 7034 DANK U",
        "REF RF18539007547034",
        "RF19539007547034",
        "VAN BE68 5390 0754 7034",
        "VAN BE68539007547034",
        "BE68 539007547034",
        "EAN 5412345678900",
        "KAART 4111111111111111",
        "BESTELLING 123456789002",
        "ORD-123456789002-B",
        "+++123/4567/89002+++ EN 000000009797",
    )
    for sequence, text in enumerate(texts, 1):
        builder.move(sequence, 0, "1.00", text=text)
    return builder.close().end()


def codes() -> CodaBuilder:
    builder = CodaBuilder().open()
    families = ("01", "02", "03", "04", "05", "07", "09", "11", "13", "30", "35", "41")
    for sequence, family in enumerate((*families, "43", "47", "80"), 1):
        builder.move(sequence, 0, "-1.00", f"0{family}37011")
    for sequence, kind in enumerate("0123456789", 20):
        builder.move(sequence, 0, "1.00", f"{kind}0150000", f"TYPE {kind}")
    return builder.close().end()


def _together(*builders: CodaBuilder) -> bytes:
    return b"".join(builder.data() for builder in builders)


SAMPLES = {
    "accounts": _together(*accounts()),
    "codes": codes().data(),
    "communications": communications().data(),
    "detail-only": _together(*detail_only()),
    "empty": _together(*empty()),
    "foreign": foreign().data(),
    "free-texts": free_texts().data(),
    "globalisations": globalisations().data(),
    "informations": informations().data(),
    "informations-free": free_text_in_information().data(),
    "odd-but-right": odd_but_right().data(),
    "returns": returns().data(),
    "several": _together(*several()),
    "trimmed-crlf-cp1252": "".join(
        f"{record.rstrip()}\r\n"
        for record in CodaBuilder(addressee="CAFÉ DE LA GARE")
        .open(holder="CAFÉ DE LA GARE")
        .move(1, 0, "3.00", text="REÇU à NOËL, 5 €")
        .close()
        .end()
        .lines()
    ).encode("cp1252")
    + b"\x1a",
}
