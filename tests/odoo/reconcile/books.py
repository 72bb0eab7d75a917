"""Real books for stories about bank lines: who owes what, what the bank says, and which
outcomes a careful accountant would accept."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from .common import DAY, ReconcileCase

OPEN = "open"
EARLY = date(2026, 10, 1)


@dataclass
class Told:
    """A bank line and its right outcomes.

    :ivar answers: ``OPEN``, or ``(settled, rest)``: amount by document and what became
        of the remainder ('', 'credit' or 'fee').
    """

    story: str
    vals: dict
    answers: tuple
    line: object = field(default=None, repr=False)

    @property
    def decidable(self):
        return OPEN not in self.answers


def digits(reference):
    return "".join(filter(str.isdigit, reference))


class BooksCase(ReconcileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fees = cls.company_data["default_account_expense"]
        cls.journal.pom_fee_account_id = cls.fees
        sale = cls.company_data["default_journal_sale"]
        cls.sale = {
            "bill": sale,
            "debtor": cls._sale_journal("DEB", "be", "partner"),
            "rf": cls._sale_journal("RFX", "euro", "invoice"),
            "plain": cls._sale_journal("FAC", "odoo", "invoice"),
        }
        cls._accounts = iter(range(1000, 9000))
        cls.account_of = {}

    def setUp(self):
        super().setUp()
        self.told, self.story = [], ""

    @classmethod
    def _sale_journal(cls, code, model, kind):
        return cls.env["account.journal"].create(
            {
                "name": code,
                "code": code,
                "type": "sale",
                "company_id": cls.company.id,
                "default_account_id": cls.company_data["default_account_revenue"].id,
                "invoice_reference_model": model,
                "invoice_reference_type": kind,
            }
        )

    def debtor(self, name, known=True, **values):
        partner = self.env["res.partner"].create({"name": name, **values})
        iban = self.iban()
        if known:
            self._bank_account(partner, iban)
        self.account_of[partner.id] = iban
        return partner

    def iban(self):
        body = f"734{next(self._accounts):07d}"
        bban = f"{body}{int(body) % 97 or 97:02d}"
        return f"BE{98 - int(f'{bban}111400') % 97:02d}{bban}"

    def invoice(self, partner, amount, journal="bill", **values):
        return self._invoice(
            amount, partner, journal_id=self.sale[journal].id, **values
        )

    def bill(self, partner, amount, **values):
        return self._invoice(amount, partner, "in_invoice", **values)

    def credit_note(self, partner, amount, **values):
        return self._invoice(
            amount, partner, "out_refund", journal_id=self.sale["bill"].id, **values
        )

    def says(self, amount, text, *answers, payer=None, **values):
        """Tell a bank line. ``payer``: a partner, a pair (name, account) or None."""
        name, number = self._payer(payer)
        vals = {
            "journal_id": self.journal.id,
            "date": DAY,
            "amount": amount,
            "payment_ref": text or "/",
            "partner_name": name,
            "account_number": number,
            **values,
        }
        self.told.append(Told(self.story, vals, answers))

    def _payer(self, payer):
        if payer is None:
            return "Onbekende", self.iban()
        if isinstance(payer, tuple):
            return payer
        return payer.name, self.account_of[payer.id]

    def code(self, code, text, **details):
        """Details as a CODA file gives them."""
        return {"transaction_details": {"code": code, "text": text, **details}}

    # What happened before

    def settled(self, *docs):
        """The answer that all of them are closed and nothing is left of the line."""
        return lambda line: (
            line.is_reconciled and not any(doc.amount_residual for doc in docs)
        )

    def pay(self, doc, amount=None, **values):
        """Have it paid last month, by a bank line."""
        item = doc.line_ids.filtered(lambda i: i.display_type == "payment_term")
        self.receive(item, amount, **values)

    def receive(self, item, amount=None, **values):
        """Have an open item settled last month, by a bank line."""
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

    # What became of them

    def booked(self, line):
        settled, rest = defaultdict(float), set()
        for item in line.move_id.line_ids:
            if item.account_id == line.journal_id.default_account_id:
                continue
            for partial in item.matched_debit_ids | item.matched_credit_ids:
                self._add_partial(settled, partial, item)
            if item.account_id == line.journal_id.suspense_account_id:
                rest.add(OPEN)
            elif item.account_id == self.fees:
                rest.add("fee")
            elif item.amount_residual:
                rest.add("credit")
        return {key: round(value, 2) for key, value in settled.items()}, rest

    def _add_partial(self, settled, partial, item):
        other = (partial.debit_move_id | partial.credit_move_id) - item
        if other.journal_id == self.company.currency_exchange_journal_id:
            return
        if other == partial.debit_move_id:
            settled[other.move_id] += partial.debit_amount_currency
        else:
            settled[other.move_id] -= partial.credit_amount_currency

    def verdict(self, told):
        settled, rest = self.booked(told.line)
        if rest == {OPEN} and not settled:
            return "open"
        for answer in told.answers:
            if answer == OPEN:
                continue
            if callable(answer):
                if answer(told.line):
                    return "right"
            elif settled == answer[0] and rest == ({answer[1]} if answer[1] else set()):
                return "right"
        return "wrong"

    def judge(self, lines):
        """Return what was booked wrongly, and what was left open without need."""
        wrong, left = [], []
        for told, line in zip(self.told, lines, strict=True):
            told.line = line
            verdict = self.verdict(told)
            if verdict == "wrong":
                wrong.append(self.report(told))
            elif verdict == "open" and told.decidable:
                left.append(self.report(told))
        return wrong, left

    def report(self, told):
        line = told.line
        said = told.vals["payment_ref"], told.vals["amount"], told.vals["partner_name"]
        return f"{told.story}: {said} {line.pom_match_id.rule}: {line.pom_reason}"
