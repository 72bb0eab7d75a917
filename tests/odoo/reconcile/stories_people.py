"""Stories that are about who pays, who is paid, and what comes back or comes twice."""

from datetime import timedelta

from .books import OPEN, BooksCase, digits
from .common import DAY


class PeopleStories(BooksCase):
    # Paid again

    def tell_paid_again(self):
        debtor = self.debtor("Rik Torfs")
        doc = self.invoice(debtor, 910.0, "plain")
        other = self.invoice(debtor, 910.0, "plain")
        self.pay(doc)
        number = int(doc.name.split("/")[-1])
        credit = ({}, "credit")
        self.says(910.0, doc.name, credit, OPEN, payer=debtor)
        self.says(910.0, f"FAC 2026 {number}", credit, OPEN, payer=debtor)
        self.says(910.0, f"factuur {number}", credit, OPEN, payer=debtor)
        self.says(910.0, f"2026/{number}", credit, OPEN, payer=debtor)
        assert other.payment_state == "not_paid"

    def tell_paid_again_unpadded(self):
        doc = self.invoice(self.debtor("Rita Torfs", known=False), 915.0, "plain")
        self.pay(doc)
        number = int(doc.name.split("/")[-1])
        self.says(915.0, f"FAC 2026 {number}", ({}, "credit"))

    def tell_paid_again_by_reference(self):
        doc = self.invoice(self.debtor("Bea Baert", known=False), 920.0)
        self.pay(doc)
        self.says(920.0, doc.payment_reference, ({}, "credit"))

    def tell_paid_twice_at_once(self):
        doc = self.invoice(self.debtor("Bo Baert", known=False), 925.0)
        self.says(
            925.0, doc.payment_reference, ({doc: 925.0}, ""), date=DAY - timedelta(3)
        )
        self.says(925.0, doc.payment_reference, ({}, "credit"))

    # Who pays

    def tell_known_account(self):
        debtor = self.debtor("Ann Cuypers")
        doc = self.invoice(debtor, 1110.35)
        self.says(1110.35, "dank u wel", ({doc: 1110.35}, ""), payer=debtor)

    def tell_account_of_the_parent(self):
        parent = self.debtor("Groep Janssen NV", is_company=True)
        child = self.debtor(
            "Boekhouding", known=False, parent_id=parent.id, type="invoice"
        )
        doc = self.invoice(child, 1115.35)
        self.says(1115.35, "nov", ({doc: 1115.35}, ""), payer=parent)

    def tell_all_that_is_open(self):
        debtor = self.debtor("Lien Cuypers")
        docs = [self.invoice(debtor, amount) for amount in (12.11, 15.23, 99.9)]
        self.says(
            127.24, "alles", ({doc: doc.amount_total for doc in docs}, ""), payer=debtor
        )

    def tell_equal_debts(self):
        debtor = self.debtor("Roel Cuypers")
        for _ in range(2):
            self.invoice(debtor, 1120.0)
        self.says(1120.0, "huur", OPEN, payer=debtor)

    def tell_namesakes(self):
        doc = self.invoice(self.debtor("Jan Peters", known=False), 1131.17)
        self.says(1131.17, "-", OPEN, payer=("JAN PEETERS", self.iban()))
        self.says(1131.17, "-", OPEN, payer=("PETERS", self.iban()))
        self.says(
            1131.17, "-", ({doc: 1131.17}, ""), OPEN, payer=("PETERS JAN", self.iban())
        )

    def tell_legal_forms(self):
        self.invoice(self.debtor("Garage Van Dijck NV", known=False), 1132.17)
        self.says(1132.17, "-", OPEN, payer=("GARAGE VAN DIJCK BV", self.iban()))

    def tell_name_without_account(self):
        doc = self.invoice(self.debtor("Wendy Roggeman"), 1133.19)
        self.says(
            1133.19, "-", ({doc: 1133.19}, ""), OPEN, payer=("Roggeman Wendy", False)
        )

    def tell_third_party(self):
        """The town pays for several people, whom it calls by name only."""
        for name in ("Ali Demir", "Eva Pauwels", "Jo Roels"):
            self.invoice(self.debtor(name), 100.0)
        payer = ("OCMW ANTWERPEN", self.iban())
        self.says(300.0, "steun Demir Ali, Pauwels Eva, Roels Jo", OPEN, payer=payer)

    def tell_third_party_with_references(self):
        docs = [
            self.invoice(self.debtor(n), 107.0) for n in ("Ivo Demir", "Ine Pauwels")
        ]
        text = "; ".join(doc.payment_reference for doc in docs)
        self.says(
            214.0,
            text,
            ({doc: 107.0 for doc in docs}, ""),
            payer=("CPAS LIEGE", self.iban()),
        )

    def tell_lump_of_a_factor(self):
        docs = [
            self.invoice(self.debtor(n), 108.0) for n in ("Ian Demir", "Ida Pauwels")
        ]
        text = "; ".join(doc.payment_reference for doc in docs)
        self.says(200.0, text, OPEN, payer=("FACTOR NV", self.iban()))

    def tell_text_contradicts(self):
        debtor = self.debtor("Anja Sterckx")
        self.invoice(debtor, 1140.0, "plain")
        self.says(1140.0, "FAC/2026/09999", OPEN, payer=debtor)
        self.says(1140.0, "+++999/9999/99948+++", OPEN, payer=debtor)

    def tell_other_company(self):
        debtor = self.debtor("Dirk Sterckx")
        other = self.setup_other_company()["company"]
        theirs = self.init_invoice(
            "out_invoice", partner=debtor, amounts=[1150.0], company=other, post=True
        )
        theirs.payment_reference = "+++123/4567/89002+++"
        self.invoice(debtor, 1150.0)
        self.says(1150.0, "+++123/4567/89002+++", OPEN, payer=debtor)
        self.says(1150.0, f"uw factuur {theirs.name} dd 01/11", OPEN, payer=debtor)

    def tell_two_companies_one_debtor(self):
        debtor = self.debtor("Fons Sterckx")
        other = self.setup_other_company(name="Other company 2")["company"]
        theirs = self.init_invoice(
            "out_invoice", partner=debtor, amounts=[1155.0], company=other, post=True
        )
        self.says(1155.0, "november", OPEN, payer=debtor)
        self.says(1155.0, theirs.name, OPEN, payer=debtor)

    # Money that goes out

    def tell_supplier_references(self):
        supplier = self.debtor("Electrabel Business NV")
        ref = "+++310/1234/56749+++"
        bill = self.bill(supplier, 1210.0, payment_reference=ref)
        self.says(-1210.0, "310123456749", ({bill: -1210.0}, ""), payer=supplier)
        bill = self.bill(supplier, 1211.0, ref="2026-447-B")
        self.says(-1211.0, "betaling 2026-447-B", ({bill: -1211.0}, ""), payer=supplier)
        bill = self.bill(supplier, 1212.0, ref="20261107")
        self.says(-1212.0, "uw ref 20261107", ({bill: -1212.0}, ""), payer=supplier)

    def tell_supplier_reference_is_a_customers_too(self):
        doc = self.invoice(self.debtor("Jos Leemans"), 1220.0)
        bill = self.bill(
            self.debtor("Telenet BV"), 1220.0, payment_reference=doc.payment_reference
        )
        self.says(-1220.0, doc.payment_reference, ({bill: -1220.0}, ""))
        self.says(1220.0, doc.payment_reference, ({doc: 1220.0}, ""))

    def tell_supplier_number_beside_ours(self):
        """A day in the text that is also the number of some bill."""
        self.bill(self.debtor("Aquafin"), 1225.0, ref="20261108")
        doc = self.invoice(self.debtor("Nele Leemans", known=False), 1225.0, "plain")
        self.says(1225.0, f"{doc.name} 20261108", ({doc: 1225.0}, ""))

    def tell_two_suppliers_one_reference(self):
        ref = "+++111/1111/11117+++"
        one, two = self.debtor("Proximus"), self.debtor("Orange Belgium")
        first, second = (
            self.bill(s, 1230.0, payment_reference=ref) for s in (one, two)
        )
        self.says(-1230.0, ref, ({second: -1230.0}, ""), payer=two)
        assert first

    def tell_taxes_and_salaries(self):
        """Numbers of twelve digits that happen to be those of invoices."""
        doc = self.invoice(self.debtor("Ludo Maes"), 1240.0)
        ref = digits(doc.payment_reference)
        self.says(
            -1240.0,
            doc.payment_reference,
            OPEN,
            payer=("FOD FINANCIEN BTW", "BE22679200300047"),
        )
        self.says(
            -1240.0,
            ref,
            OPEN,
            payer=("RSZ", self.iban()),
            **self.code("00101000", ref, references=[["ogm", ref]]),
        )
        self.says(
            -2100.5, "Loon 11/2026 Ludo Maes", OPEN, payer=("Ludo Maes", self.iban())
        )

    def tell_money_to_a_customer(self):
        """What goes out to a debtor pays no invoice of his."""
        debtor = self.debtor("Karel Maes")
        doc = self.invoice(debtor, 1250.0)
        self.says(-1250.0, f"terugbetaling {doc.name}", OPEN, payer=debtor)
        self.says(-1250.0, "", OPEN, payer=debtor)

    def tell_refund(self):
        debtor = self.debtor("Karla Maes")
        credit = self.credit_note(debtor, 126.0)
        self.says(
            -126.0, f"terugbetaling {credit.name}", ({credit: -126.0}, ""), payer=debtor
        )

    def tell_own_accounts(self):
        """A transfer between our own accounts, whatever is written on it."""
        savings = self.iban()
        self._bank_account(self.company.partner_id, savings)
        doc = self.invoice(self.debtor("Guy Rens"), 1260.0)
        bill = self.bill(self.debtor("Bol BV"), 1261.0, ref="BOL-2026-771")
        own = (self.company.name, savings)
        self.says(1260.0, doc.payment_reference, OPEN, payer=own)
        self.says(-1261.0, "provisie BOL-2026-771", OPEN, payer=own)
        assert bill

    def tell_bank_costs(self):
        self.bill(self.debtor("KBC Bank"), 3.25)
        self.says(
            -3.25,
            "Beheerskosten",
            OPEN,
            payer=("KBC Bank", False),
            **self.code("08037000", "Beheerskosten"),
        )

    # Money that comes back

    def tell_returns(self):
        words = (
            "Onbetaalde domiciliëring {}",
            "Rücklastschrift {} mangels Deckung",
            "Prélèvement impayé {}",
            "Returned direct debit {}",
        )
        for number, word in enumerate(words):
            debtor = self.debtor(f"Pol Rens {number}")
            doc = self.invoice(debtor, 1310.0 + number, "plain")
            self.pay(doc)
            back = (lambda d: lambda line: d.amount_residual == d.amount_total)(doc)
            self.says(-1310.0 - number, word.format(doc.name), back, payer=debtor)

    def tell_coded_return(self):
        debtor = self.debtor("Pol Rens-Maes")
        doc = self.invoice(debtor, 1320.0)
        self.pay(doc, pom_end_to_end_id="SDD-2026-118", pom_mandate="M-77")
        back = (lambda d: lambda line: d.amount_residual == d.amount_total)(doc)
        details = self.code(
            "00503000",
            "",
            end_to_end_id="SDD-2026-118",
            return_reason="AM04",
            return_type="return",
        )
        self.says(
            -1320.0,
            "R-transactie",
            back,
            payer=debtor,
            pom_end_to_end_id="SDD-2026-118",
            **details,
        )

    def tell_paid_after_a_return(self):
        """A debtor who says that his direct debit came back, and pays."""
        debtor = self.debtor("Mia Rens", known=False)
        doc = self.invoice(debtor, 1330.0)
        self.says(
            1330.0,
            f"terugboeking domiciliering, nu betaald {doc.payment_reference}",
            ({doc: 1330.0}, ""),
        )
