"""Books in which everything resembles everything else: few amounts, few names, each
kind of document and payment, in each state. Made by the product, from a seed.
"""

import random

from odoo import SUPERUSER_ID, Command

from .books import BooksCase, digits

AMOUNTS = (10.0, 20.0, 30.0, 30.01, 60.0, 100.0)
NAMES = (
    "Jan Peeters",
    "Peeters Jan BV",
    "Garage Maes NV",
    "Maes Garage",
    "Café Zürich S.A.",
    "De Heer Ömer Yılmaz",
    "Brico",
    "Иван Петров",
)
MEMOS = ("{}", "factuur {}", "dank u", "Zie {} en 7", "2026/11")
IDENTIFIERS = ("E2E-7", "NOTPROVIDED", "4711", "SDD 12/3")


class AnyBooksCase(BooksCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Providers book as the superuser does, in the company of their journal.
        context = {**cls.env.context, "allowed_company_ids": cls.company.ids}
        cls.env = cls.env(user=SUPERUSER_ID, context=context)
        for name in ("company", "journal", "fees", "receivable"):
            setattr(cls, name, getattr(cls, name).with_env(cls.env))
        cls.sale = {kind: one.with_env(cls.env) for kind, one in cls.sale.items()}
        template = cls.env.ref("pom_payment_bancontact.payment_provider_bancontact_pro")
        cls.provider = template.copy({"company_id": cls.company.id, "name": "Pay"})
        cls.provider.write(
            {
                "bancontact_api_key": "0" * 36,
                "bancontact_ppid": "1" * 24,
                "state": "test",
            }
        )
        cls.method = cls.env.ref("payment.payment_method_bancontact")
        cls.method.active = True

    def fill(self, seed, documents=45):
        """Fill the books, and note what lines may be about."""
        self.chance = random.Random(seed)
        self.known = {"accounts": [], "names": list(NAMES), "words": [], "ids": []}
        self.debtors = [self.any_debtor(name) for name in NAMES]
        for _number in range(documents):
            self.any_document()
        self.env.flush_all()

    def any_debtor(self, name):
        partner = self.debtor(
            name,
            known=self.chance.random() < 0.7,
            email=self.chance.choice((False, "Jan@Peeters.example", "info@maes.be")),
        )
        self.known["accounts"].append(self.account_of[partner.id])
        if self.chance.random() < 0.3:
            return self.env["res.partner"].create(
                {"name": "Boekhouding", "parent_id": partner.id}
            )
        if self.chance.random() < 0.3:
            self.env["pom.match.payer"].create(
                {
                    "company_id": self.company.id,
                    "number": self.chance.choice(self.known["accounts"]),
                    "partner_id": partner.id,
                }
            )
        return partner

    def any_document(self):
        partner, amount = self.one(self.debtors), self.one(AMOUNTS)
        kinds = (
            self.any_invoice,
            self.any_invoice,
            self.any_bill,
            self.any_credit_note,
            self.any_entry,
        )
        document = self.one(kinds)(partner, amount)
        self.known["words"] += filter(
            None, (document.name, document.ref, document.payment_reference)
        )
        if document.move_type != "entry":
            self.any_payment(document, partner, amount)

    def one(self, values):
        return self.chance.choice(values)

    def any_invoice(self, partner, amount):
        values = {}
        if self.chance.random() < 0.2:
            values["invoice_payment_term_id"] = self.pay_terms_b.id
        return self.invoice(partner, amount, self.one(list(self.sale)), **values)

    def any_bill(self, partner, amount):
        number = self.chance.randrange(1, 60)
        written = self.one(("F-2026-{:06}", "2026/{}", "{:04}", "VF26{:05}"))
        # Core refuses the number of a bill a second time.
        return self.bill(partner, amount, ref=f"{written.format(number)}/{partner.id}")

    def any_credit_note(self, partner, amount):
        return self.credit_note(partner, amount)

    def any_entry(self, partner, amount):
        move = self.env["account.move"].create(
            {
                "date": "2026-11-01",
                "ref": self.one((False, "beginsaldo", f"oud {int(amount)}")),
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "partner_id": partner.id,
                            "balance": balance,
                        }
                    )
                    for account, balance in (
                        (self.receivable, amount),
                        (self.company_data["default_account_revenue"], -amount),
                    )
                ],
            }
        )
        move.action_post()
        return move

    # What became of a document

    def any_payment(self, document, partner, amount):
        is_invoice = document.move_type == "out_invoice"
        whole = not document.invoice_payment_term_id
        ways = [self.leave, self.leave, self.leave]
        ways += [self.register_it, self.enter_on_account]
        if is_invoice and whole:
            ways += [self.collect, self.collect, self.pay_by_bank, self.pay_a_part]
        self.one(ways)(document, partner, amount)

    def leave(self, document, partner, amount):
        """It's open."""

    def register_it(self, document, partner, amount):
        self.register(document)

    def enter_on_account(self, document, partner, amount):
        payment = self.env["account.payment"].create(
            {
                "payment_type": self.one(("inbound", "inbound", "outbound")),
                "partner_id": partner.id,
                "amount": self.one(AMOUNTS),
                "date": "2026-11-10",
                "journal_id": self.journal.id,
                "memo": self.one(MEMOS).format(document.name),
                "payment_reference": self.one((False, *IDENTIFIERS)),
            }
        )
        payment.action_post()

    def pay_by_bank(self, document, partner, amount):
        mandate = self.one((False, "MNDT-9"))
        self.pay(
            document,
            pom_end_to_end_id=self.one((False, *IDENTIFIERS)),
            pom_mandate=mandate,
        )

    def pay_a_part(self, document, partner, amount):
        self.pay(document, amount=10.0)

    def collect(self, document, partner, amount):
        """It was paid through the provider, whose payout may be known."""
        number = self.chance.getrandbits(96)
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.method.id,
                "operation": "online_redirect",
                "reference": f"{document.name}-{len(self.known['ids'])}",
                "provider_reference": f"{number:024x}",
                "pom_payout_reference": self.one((False, "po_9", "ST-4711")),
                "amount": amount,
                "currency_id": document.currency_id.id,
                "partner_id": partner.id,
                "invoice_ids": [Command.set(document.ids)],
            }
        )
        transaction._set_done()
        transaction._post_process()
        self.known["ids"] += [transaction.provider_reference, transaction.reference]

    # What lines may say

    def spellings(self):
        """Ways to write what the documents are called."""
        words = self.known["words"]
        return [
            *words,
            *(word.replace("/", "") for word in words),
            *(word.replace("/", " ").lower() for word in words),
            *(digits(word) for word in words),
            *(f"factuur {int(digits(word)[-5:] or 0)}" for word in words),
            *(f"{word}, {int(digits(word)[-3:] or 0) + 1} en 3" for word in words),
        ]
