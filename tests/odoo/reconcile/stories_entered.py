"""Stories of payments that a person entered before the bank's line came: by the wizard
on an invoice, or under Customers → Payments, applied afterwards or not at all."""

from datetime import timedelta

from .books import OPEN, BooksCase
from .common import DAY


class EnteredStories(BooksCase):
    def enter(self, partner, amount, *docs, journal=None):
        """Enter a payment without its invoices; apply it to them, if any, as the widget
        on an invoice does. Negative amounts go to a supplier, or back to a customer."""
        supplier = docs and docs[0].move_type.startswith("in_")
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound" if amount > 0 else "outbound",
                "partner_type": "supplier" if supplier else "customer",
                "partner_id": partner.id,
                "amount": abs(amount),
                "date": DAY,
                "journal_id": (journal or self.journal).id,
            }
        )
        payment.action_post()
        item = payment._seek_for_lines()[1]
        for doc in docs:
            doc.js_assign_outstanding_line(item.id)
        assert not payment.invoice_ids
        return payment.move_id

    # Applied by hand

    def tell_entered_payment(self):
        debtor = self.debtor("Luc Bogaert", known=False)
        doc = self.invoice(debtor, 1011.0)
        move = self.enter(debtor, 1011.0, doc)
        self.says(1011.0, doc.payment_reference, ({move: 1011.0}, ""))
        doc = self.invoice(debtor, 1012.0, "plain")
        move = self.enter(debtor, 1012.0, doc)
        self.says(1012.0, f"betaling {doc.name}", ({move: 1012.0}, ""))

    def tell_entered_payment_and_money_again(self):
        """The second line is the second payment, whichever is first."""
        debtor = self.debtor("Lucie Bogaert")
        doc = self.invoice(debtor, 1013.0)
        move = self.enter(debtor, 1013.0, doc)
        self.says(
            1013.0,
            doc.payment_reference,
            ({move: 1013.0}, ""),
            payer=debtor,
            date=DAY - timedelta(2),
        )
        self.says(1013.0, doc.payment_reference, ({}, "credit"), payer=debtor)

    def tell_entered_part(self):
        """Half was entered and half is open: the money is what was entered."""
        debtor = self.debtor("Ludo Bogaert", known=False)
        doc = self.invoice(debtor, 1014.0)
        move = self.enter(debtor, 507.0, doc)
        self.says(507.0, doc.payment_reference, ({move: 507.0}, ""))
        doc = self.invoice(debtor, 1015.0)
        move = self.enter(debtor, 300.0, doc)
        self.says(300.0, doc.payment_reference, ({move: 300.0}, ""))

    def tell_entered_halves(self):
        debtor = self.debtor("Lena Bogaert", known=False)
        doc = self.invoice(debtor, 1016.0)
        moves = [self.enter(debtor, 508.0, doc) for _half in range(2)]

        def both(_line):
            payments = self.env["account.payment"].search(
                [("move_id", "in", [move.id for move in moves])]
            )
            return all(payments.mapped("is_matched"))

        self.says(508.0, doc.payment_reference, both, date=DAY - timedelta(1))
        self.says(508.0, doc.payment_reference, both)

    def tell_entered_for_several(self):
        debtor = self.debtor("Optiek Geel", known=False)
        docs = [self.invoice(debtor, amount) for amount in (1017.0, 61.0)]
        move = self.enter(debtor, 1078.0, *docs)
        text = f"{docs[0].payment_reference} {docs[1].payment_reference}"
        self.says(1078.0, text, ({move: 1078.0}, ""))
        docs = [self.invoice(debtor, amount) for amount in (1018.0, 62.0)]
        move = self.enter(debtor, 1080.0, *docs)
        self.says(1080.0, docs[1].payment_reference, ({move: 1080.0}, ""))

    def tell_entered_for_a_bill(self):
        supplier = self.debtor("Drukkerij Online", known=False)
        bill = self.bill(
            supplier, 1041.0, payment_reference="+++090/9337/55493+++", ref="F-2026-119"
        )
        move = self.enter(supplier, -1041.0, bill)
        self.says(-1041.0, "090933755493", ({move: -1041.0}, ""))
        bill = self.bill(supplier, 1042.0, ref="F-2026-120")
        move = self.enter(supplier, -1042.0, bill)
        self.says(-1042.0, "uw factuur F-2026-120", ({move: -1042.0}, ""))
        bill = self.bill(supplier, 1043.0, ref="F-2026-121")
        move = self.enter(supplier, -1043.0, bill)
        self.says(-1043.0, f"betaling {bill.name}", ({move: -1043.0}, ""))

    def tell_entered_refund(self):
        debtor = self.debtor("Karlien Bogaert", known=False)
        credit = self.credit_note(debtor, 127.0)
        move = self.enter(debtor, -127.0, credit)
        self.says(-127.0, f"terugbetaling {credit.name}", ({move: -127.0}, ""))

    def tell_entered_payment_comes_back(self):
        """The bank names what it collected; the document was paid by the payment."""
        debtor = self.debtor("Loes Bogaert")
        doc = self.invoice(debtor, 1019.0)
        move = self.enter(debtor, 1019.0, doc)
        item = move.line_ids.filtered(lambda i: i.account_id != self.receivable)
        told = {"pom_end_to_end_id": "SDD-2026-219", "pom_mandate": "M-219"}
        self.receive(item, **told)
        details = self.code("00503000", "", end_to_end_id="SDD-2026-219")
        self.says(
            -1019.0,
            "R-transactie",
            lambda _line: doc.amount_residual == 1019.0,
            payer=("Onbekend", False),
            pom_end_to_end_id="SDD-2026-219",
            **details,
        )

    # Applied to nothing, or no money of the bank's

    def tell_entered_on_account(self):
        """It may be this very money: then the invoice would be paid by nothing."""
        debtor = self.debtor("Leo Bogaert")
        doc = self.invoice(debtor, 1021.0)
        move = self.enter(debtor, 1021.0)
        self.says(
            1021.0, doc.payment_reference, OPEN, ({move: 1021.0}, ""), payer=debtor
        )
        doc = self.invoice(debtor, 1022.0, "plain")
        move = self.enter(debtor, 1022.0)
        self.says(1022.0, doc.name, OPEN, ({move: 1022.0}, ""))

    def tell_entered_on_account_and_paid(self):
        debtor = self.debtor("Lea Bogaert")
        doc = self.invoice(debtor, 1023.0)
        self.pay(doc)
        move = self.enter(debtor, 1023.0)
        self.says(
            1023.0, doc.payment_reference, OPEN, ({move: 1023.0}, ""), payer=debtor
        )

    def tell_entered_cash(self):
        """What lies in the till doesn't come to the bank: it was paid twice."""
        debtor = self.debtor("Lies Bogaert")
        doc = self.invoice(debtor, 1024.0)
        till = self.company_data["default_journal_cash"]
        self.enter(debtor, 1024.0, doc, journal=till)
        self.says(1024.0, doc.payment_reference, ({}, "credit"), OPEN, payer=debtor)

    # Registered on the invoice

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
