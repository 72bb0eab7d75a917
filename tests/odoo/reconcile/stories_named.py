"""Stories of debtors who say what they pay, or seem to."""

from datetime import timedelta

from odoo import Command

from .books import OPEN, BooksCase, digits
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


class NamedStories(BooksCase):
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
        for amount in (99.0, 399.0):
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
