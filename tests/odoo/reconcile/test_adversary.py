"""What a clever adversary would have debtors, banks and suppliers write.

One company, one batch of bank lines, and for each line the outcomes that an accountant
would accept. The books are looked at, not what we say of them.
"""

from datetime import date, timedelta

from odoo import Command

from .books import EARLY, OPEN, OWN_IBAN, BooksCase, digits
from .common import DAY


def spellings(reference):
    """Ways in which people and banks write a structured communication."""
    a, b, c = reference.strip("+").split("/")
    return (
        f"/INS/BET/+++{a}/{b}/{c}+++ /RFB/",
        f"+++{a}/{b}/{c}",
        f"+ + + {a} / {b} / {c} + + +",
        f"MEDEDELING:+++{a}/{b}/{c}+++",
        f"OGM{a}{b}{c}",
        f"comm. struct. {a} / {b} / {c}",
        f"{a}-{b}-{c}.",
        f"+++{a}/ {b}/{c} +++ VALUTA 21-11",
        f"Votre communication structurée ***{a}/{b}/{c}*** merci beaucoup",
        f"{a}\N{NO-BREAK SPACE}{b}\N{NO-BREAK SPACE}{c}",
        f"###{a}/{b}/{c}### verwendungszweck",
        f"invoice payment, ref.{a}/{b}/{c}, thx",
        f"REFERENCE:{a}{b}{c}",
        f"EREF: NOTPROVIDED REMI: {a}{b}{c}",
        f"({a}/{b}/{c})",
        f"bedrag 12,50 op 21/11/2026 {a}/{b}/{c}",
        f"klant 123456 ogm {a} {b} {c}",
        f"Gestructureerde mededeling {a}.{b}.{c}",
        f"VCS={a}/{b}/{c};DATE=20261121",
    )


class TestAdversary(BooksCase):
    def test_batch(self):
        self.tell_all()
        lines = self.env["account.bank.statement.line"]._pom_create_matched(
            [dict(told.vals) for told in self.told]
        )
        self.check(lines)

    def test_one_by_one(self):
        """As bank feeds and people enter lines: by create, through OCA's hook."""
        self.tell_all(every=3)
        lines = self.env["account.bank.statement.line"]
        Line = lines.with_context(_test_account_reconcile_oca=True)
        for told in self.told:
            lines += Line.create(dict(told.vals))
        self.check(lines)

    def tell_all(self, every=1):
        stories = [n for n in dir(self) if n.startswith("tell_") and n != "tell_all"]
        for name in stories[::every]:
            self.current = name
            getattr(self, name)()

    def says(self, *args, **kwargs):
        super().says(*args, story=self.current, **kwargs)

    def check(self, lines):
        wrong, left = self.judge(lines)
        decidable = sum(told.decidable for told in self.told)
        for told, booked in wrong:
            print("WRONG", self.report(told, booked))
        for told in left:
            print("LEFT", self.report(told))
        print(
            f"{len(lines)} lines, {decidable} decidable, {len(wrong)} wrong, {len(left)} left"
        )
        self.assertFalse(wrong)
        self.assertLessEqual(len(left), decidable * 0.05)

    # References

    def tell_spelled_references(self):
        debtor = self.debtor("Lotte Verhaegen", known=False)
        for number in range(len(spellings("+++1/2/3+++"))):
            doc = self.invoice(debtor, 121.0 + number)
            text = spellings(doc.payment_reference)[number]
            self.says(121.0 + number, text, ({doc: 121.0 + number}, ""))

    def tell_reference_within_longer_digits(self):
        doc = self.invoice(self.debtor("Bram Cools"), 512.0)
        ogm = digits(doc.payment_reference)
        for text in (f"9{ogm}", f"{ogm}77", f"kaart 4711{ogm}", f"BE55{ogm}"):
            self.says(512.0, text, OPEN)

    def tell_reference_wrapped_in_note(self):
        doc = self.invoice(self.debtor("Yves Baert", known=False), 88.4)
        ref = doc.payment_reference
        note = f"<p>betaling diensten oktober {ref[:9]}<br/>{ref[9:]}</p>"
        self.says(88.4, "Overschrijving in euro", ({doc: 88.4}, ""), narration=note)

    def tell_reference_in_ref_field(self):
        doc = self.invoice(self.debtor("Yves Maas", known=False), 89.4)
        self.says(89.4, "/", ({doc: 89.4}, ""), ref=digits(doc.payment_reference))

    def tell_rf(self):
        debtor = self.debtor("Hannelore Kühn", known=False)
        spell = (
            str,
            str.lower,
            lambda r: r.replace(" ", ""),
            lambda r: f"RF-Nr.: {r} vielen Dank",
        )
        for number, way in enumerate(spell):
            doc = self.invoice(debtor, 333.0 + number, "rf")
            self.says(
                333.0 + number, way(doc.payment_reference), ({doc: 333.0 + number}, "")
            )

    def tell_reference_of_draft_and_cancelled(self):
        debtor = self.debtor("Tine Wouters")
        draft = self.invoice(debtor, 140.0)
        draft.button_draft()
        cancelled = self.invoice(debtor, 141.0)
        cancelled.button_draft()
        cancelled.button_cancel()
        self.says(140.0, draft.payment_reference, OPEN, payer=debtor)
        self.says(141.0, cancelled.payment_reference, OPEN, payer=debtor)

    def tell_reference_of_two_debtors(self):
        """A debtor's number that is another one's invoice."""
        one = self.debtor("Marc Sels")
        first = self.invoice(one, 260.0)
        other = self.debtor("Ilse Thys", ref=str(first.id))
        second = self.invoice(other, 260.0, "debtor")
        assert first.payment_reference == second.payment_reference
        self.says(260.0, first.payment_reference, OPEN)
        self.says(260.0, first.payment_reference, ({second: 260.0}, ""), payer=other)

    def tell_reference_of_two_debtors_one_paid(self):
        one = self.debtor("Marc Sels-Aerts")
        first = self.invoice(one, 261.0)
        other = self.debtor("Ilse Thys-Nys", ref=str(first.id))
        second = self.invoice(other, 261.0, "debtor")
        self.pay(second)
        self.says(261.0, second.payment_reference, OPEN, ({}, "credit"), payer=other)

    def tell_debtors_reference(self):
        debtor = self.debtor("Kinesitherapie Leuven", ref="8811")
        docs = [
            self.invoice(debtor, amount, "debtor") for amount in (70.0, 81.5, 93.25)
        ]
        ref = docs[0].payment_reference
        self.says(81.5, ref, ({docs[1]: 81.5}, ""), payer=debtor)
        self.says(163.25, ref, ({docs[0]: 70.0, docs[2]: 93.25}, ""))

    def tell_debtors_reference_lump(self):
        debtor = self.debtor("Apotheek Brugge", ref="8812")
        old = self.invoice(debtor, 100.0, "debtor", invoice_date="2026-09-01")
        new = self.invoice(debtor, 100.0, "debtor")
        self.says(
            150.0,
            old.payment_reference,
            OPEN,
            ({old: 100.0, new: 50.0}, ""),
            payer=debtor,
        )

    def tell_debtors_reference_equal_debts(self):
        debtor = self.debtor("Kapsalon Gent", ref="8813")
        old = self.invoice(debtor, 45.0, "debtor", invoice_date="2026-09-01")
        self.invoice(debtor, 45.0, "debtor")
        self.says(45.0, old.payment_reference, OPEN, ({old: 45.0}, ""), payer=debtor)

    def tell_structured_customer_of_odoo(self):
        """Core's own free-form references: the number itself."""
        debtor = self.debtor("Fietsen Maes", known=False)
        doc = self.invoice(debtor, 455.0, "plain")
        self.says(455.0, f"betreft {doc.payment_reference}", ({doc: 455.0}, ""))

    def tell_partly_paid(self):
        doc = self.invoice(self.debtor("Noor Claes", known=False), 400.0)
        self.pay(doc, 150.0)
        self.says(250.0, doc.payment_reference, ({doc: 250.0}, ""))

    def tell_less_and_more(self):
        for amount, answer in ((99.0, ({}, "")), (399.0, None)):
            doc = self.invoice(self.debtor(f"Sam Leys {amount}", known=False), 398.17)
            paid = {doc: min(amount, 398.17)}
            self.says(
                amount,
                doc.payment_reference,
                (paid, "credit" if amount > 398.17 else ""),
            )

    # Numbers

    def tell_numbers(self):
        debtor = self.debtor("Société Générale du Meuble", known=False)
        ways = (
            lambda j, y, n: f"Votre facture n° {j}/{y}/{n} du 01/11/2026",
            lambda j, y, n: f"Re-Nr.{j}{y}/{n} v. 1.11.26",
            lambda j, y, n: f"{j}.{y}.{n}",
            lambda j, y, n: f"factuurnummer:{j}-{y}-{n}/klant 66",
            lambda j, y, n: f"paying {j} {y} {int(n)} cheers",
            lambda j, y, n: f"{j.lower()}{y}{n}",
            lambda j, y, n: f"RECHNUNG {j}_{y}_{n} KD 4711",
            lambda j, y, n: f"FACTUUR{j}/{y}/{n}",
        )
        for number, way in enumerate(ways):
            amount = 640.0 + number
            doc = self.invoice(debtor, amount, "plain")
            self.says(amount, way(*doc.name.split("/")), ({doc: amount}, ""))

    def tell_number_split_over_lines(self):
        doc = self.invoice(self.debtor("Peter Rijnders", known=False), 699.0, "plain")
        half = len(doc.name) - 3
        note = f"<p>afrekening {doc.name[:half]}<br>{doc.name[half:]}</p>"
        self.says(699.0, "Overschrijving", ({doc: 699.0}, ""), narration=note)

    def tell_number_within_another(self):
        doc = self.invoice(self.debtor("Tom Aerts"), 710.0, "plain")
        self.says(710.0, f"voor {doc.name}7", OPEN)
        self.says(710.0, f"X{doc.name}", OPEN, ({doc: 710.0}, ""))

    def tell_short_number(self):
        debtor = self.debtor("Els Nijs")
        doc = self.invoice(debtor, 720.0, "plain")
        number = int(doc.name.split("/")[-1])
        self.says(720.0, f"factuur {number}", ({doc: 720.0}, ""), payer=debtor)

    def tell_number_of_last_year(self):
        debtor = self.debtor("Jef Van Loon", known=False)
        old = self.invoice(
            debtor, 730.0, "plain", invoice_date="2025-12-01", date="2025-12-01"
        )
        new = self.invoice(debtor, 731.0, "plain")
        self.says(730.0, f"{old.name}", ({old: 730.0}, ""))
        self.says(731.0, f"factuur {new.name[4:]}", ({new: 731.0}, ""))

    def tell_short_number_of_two_years(self):
        debtor = self.debtor("Ward Peeters")
        for year in ("2025", "2026"):
            doc = self.invoice(
                debtor,
                740.0,
                "plain",
                invoice_date=f"{year}-10-05",
                date=f"{year}-10-05",
            )
            doc.button_draft()
            doc.name = f"FAC/{year}/04711"
            doc.action_post()
        self.says(740.0, "factuur 4711", OPEN, payer=debtor)

    def tell_mistyped_number(self):
        debtor = self.debtor("Gert Smets")
        doc = self.invoice(debtor, 751.0, "plain")
        other = self.invoice(self.debtor("Piet Hens"), 752.0, "plain")
        self.says(751.0, other.name, OPEN, ({doc: 751.0}, ""), payer=debtor)
        zeros = doc.name.replace("0", "O")
        self.says(751.0, zeros, OPEN, ({doc: 751.0}, ""), payer=debtor)

    def tell_several_numbers(self):
        debtor = self.debtor("Drukkerij Sint-Jan", known=False)
        docs = [self.invoice(debtor, 31.0 + n, "plain") for n in range(3)]
        last = [doc.name.split("/")[-1] for doc in docs]
        text = f"facturen {docs[0].name}, {last[1]} & {last[2]}"
        self.says(96.0, text, ({doc: doc.amount_total for doc in docs}, ""))
        more = [self.invoice(debtor, 41.0 + n, "plain") for n in range(2)]
        self.says(
            83.0,
            " + ".join(doc.name for doc in more),
            ({doc: doc.amount_total for doc in more}, ""),
        )

    def tell_several_that_do_not_sum(self):
        debtor = self.debtor("Tuincentrum Aalst")
        docs = [self.invoice(debtor, 51.0 + n, "plain") for n in range(2)]
        self.says(90.0, " en ".join(doc.name for doc in docs), OPEN, payer=debtor)

    def tell_two_references_and_a_surplus(self):
        debtor = self.debtor("Tuinen Ninove")
        docs = [self.invoice(debtor, 61.0 + n) for n in range(2)]
        text = " ".join(doc.payment_reference for doc in docs)
        self.says(
            130.0, text, OPEN, ({docs[0]: 61.0, docs[1]: 62.0}, "credit"), payer=debtor
        )

    def tell_paid_one_among_several(self):
        debtor = self.debtor("Frituur Ronse")
        docs = [self.invoice(debtor, 71.0 + n, "plain") for n in range(2)]
        self.pay(docs[0])
        text = f"{docs[0].name} en {docs[1].name}"
        self.says(72.0, text, OPEN, ({docs[1]: 72.0}, ""), payer=debtor)

    def tell_netted(self):
        debtor = self.debtor("Hotel Oostende")
        doc, credit = self.invoice(debtor, 810.0), self.credit_note(debtor, 110.0)
        self.says(700.0, doc.payment_reference, self.settled(doc, credit), payer=debtor)
        doc, credit = self.invoice(debtor, 820.0), self.credit_note(debtor, 121.0)
        text = f"{doc.name} minus creditnota {credit.name}"
        self.says(699.0, text, self.settled(doc, credit))

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

    # Money that was announced

    def tell_registered_payments(self):
        debtor = self.debtor("Luc Nys")
        doc = self.invoice(debtor, 1010.0)
        move = self.register(doc).move_id
        self.says(1010.0, doc.payment_reference, ({move: 1010.0}, ""), payer=debtor)
        doc = self.invoice(debtor, 1020.0)
        move = self.register(doc).move_id
        self.says(1020.0, "bedankt!", ({move: 1020.0}, ""), payer=debtor)

    def tell_registered_payment_and_equal_debt(self):
        debtor = self.debtor("Luc Nys-Claes")
        doc = self.invoice(debtor, 1030.0)
        self.register(doc)
        self.invoice(debtor, 1030.0)
        self.says(1030.0, "november", OPEN, payer=debtor)

    def tell_registered_supplier_payment(self):
        supplier = self.debtor("Drukwerk Online")
        bill = self.bill(
            supplier, 1040.0, payment_reference="+++090/9337/55493+++", ref="F-118"
        )
        move = self.register(bill).move_id
        self.says(
            -1040.0, "+++090/9337/55493+++", ({move: -1040.0}, ""), payer=supplier
        )

    def tell_several_invoices_in_one_payment(self):
        debtor = self.debtor("Optiek Halle")
        docs = self.invoice(debtor, 1050.0) + self.invoice(debtor, 60.0)
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=docs.ids
        )
        payment = wizard.create(
            {"journal_id": self.journal.id, "group_payment": True}
        )._create_payments()
        self.says(
            1110.0,
            docs[0].payment_reference + docs[1].payment_reference,
            ({payment.move_id: 1110.0}, ""),
        )

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

    # Parts and currencies

    def tell_instalments(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Three",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": v, "nb_days": d}
                    )
                    for v, d in ((30, 0), (30, 30), (40, 60))
                ],
            }
        )
        doc = self.invoice(
            self.debtor("Tes Rens", known=False),
            1000.0,
            invoice_payment_term_id=term.id,
        )
        self.says(
            300.0, doc.payment_reference, ({doc: 300.0}, ""), date=DAY - timedelta(3)
        )
        self.says(
            300.0, doc.payment_reference, ({doc: 300.0}, ""), date=DAY - timedelta(2)
        )
        self.says(400.0, doc.payment_reference, ({doc: 400.0}, ""))

    def tell_dollars(self):
        dollar = self.dollar()
        doc = self.invoice(
            self.debtor("Acme Inc", known=False), 500.0, currency_id=dollar.id
        )
        self.says(
            245.0,
            doc.payment_reference,
            ({doc: 500.0}, ""),
            foreign_currency_id=dollar.id,
            amount_currency=500.0,
        )
        doc = self.invoice(
            self.debtor("Wile Inc", known=False), 510.0, currency_id=dollar.id
        )
        self.says(510.0, "wile inc", OPEN, payer=("Wile Inc", self.iban()))
        self.says(510.0, doc.payment_reference, OPEN)

    def dollar(self):
        if not hasattr(self, "_dollar"):
            self._dollar = self.setup_other_currency("USD", rates=[("2026-01-01", 2.0)])
        return self._dollar

    def tell_euros_of_a_foreign_line(self):
        """The bank tells the payer's pounds: the invoice in euros is paid in euros."""
        pound = self.setup_other_currency("GBP", rates=[("2026-01-01", 0.8)])
        doc = self.invoice(self.debtor("Tea Ltd", known=False), 520.0)
        self.says(
            520.0,
            doc.payment_reference,
            ({doc: 520.0}, ""),
            foreign_currency_id=pound.id,
            amount_currency=416.0,
        )

    # What stories are made of

    def settled(self, *docs):
        """The answer that all of them are closed and nothing is left of the line."""
        return lambda line: (
            line.is_reconciled and not any(doc.amount_residual for doc in docs)
        )

    def pay(self, doc, amount=None, **values):
        """Have it paid last month, by a bank line."""
        item = doc.line_ids.filtered(lambda i: i.display_type == "payment_term")
        line = (
            self.env["account.bank.statement.line"]
            .with_context(pom_importing=True)
            .create(
                {
                    "journal_id": self.journal.id,
                    "date": EARLY,
                    "amount": amount or item.balance,
                    "payment_ref": "earlier",
                    "partner_id": item.partner_id.id,
                    "counterpart_account_id": item.account_id.id,
                    **values,
                }
            )
        )
        own = line.line_ids.filtered(lambda i: i.account_id == item.account_id)
        (own + item).reconcile()

    def register(self, doc):
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=doc.ids
        )
        return wizard.create({"journal_id": self.journal.id})._create_payments()
