"""A month in real books is decided as the engine decides it on values alone.

What the engine is given there is told to Odoo here: documents, payments and bank lines.
A difference means that the books' candidates lack something.
"""

import datetime
from collections import defaultdict

from odoo import Command

from odoo.addons.pom_reconcile.matching import engine
from odoo.addons.pom_reconcile.matching.base import Settings

from tests.simulators import months
from tests.simulators.months_telling import COMPANY

from .common import ReconcileCase  # noqa: E402

CODES = {
    "transfer": "00150000",
    "direct_debit": "00550000",
    "return": "00503000",
    "costs": "08035000",
}


class TestMonth(ReconcileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.journal.pom_fee_account_id = cls.company_data["default_account_expense"]
        cls.payable = cls.company_data["default_account_payable"]
        cls.debtors = {}
        cls.items = {}

    def test_month_is_decided_alike(self):
        month = months.Month(seed=7, lines=120)
        usable = [c for c in month.candidates if self._can_be_told(c)]
        told = {c.id for c in usable}
        self._tell(usable)
        expected = {
            match.line_id: match
            for match in engine.match(
                month.lines, month.candidates, {7: self._settings()}
            )
        }
        lines = self._create_lines(month)
        back = {item: candidate for candidate, item in self.items.items()}
        different, decided = [], 0
        for line_id, line in lines.items():
            match = expected[line_id]
            wanted = {a.candidate_id for a in match.allocations}
            if not wanted <= told:
                continue
            found = line.pom_match_id
            rule = found.rule if found.state == "matched" else ""
            got = {back.get(item) for item, _amount in found.allocations or ()}
            if (rule or "") != match.rule or (match.rule and got != wanted):
                truth = month.truths[line_id]
                different.append(
                    (truth.story, match.rule, rule, match.sentence, found.reason)
                )
            decided += bool(rule)
        self.assertFalse(different, "\n".join(map(str, different)))
        self.assertGreater(decided, 70)

    def _settings(self):
        return Settings(fee_account=1)

    def _can_be_told(self, candidate):
        """A payment through a provider that isn't installed, or a payout's reference
        from a provider's own report, has no place in the books."""
        return (
            candidate.company_id == COMPANY
            and candidate.currency == "EUR"
            and not candidate.provider
            and not candidate.provider_reference
            and not candidate.payout_reference
            and not candidate.under_way
            and not (candidate.kind == "payment" and len(candidate.references) > 1)
        )

    def _tell(self, candidates):
        documents = defaultdict(list)
        for candidate in candidates:
            if candidate.kind == "payment":
                self._tell_payment(candidate)
            else:
                documents[candidate.move_id].append(candidate)
        for parts in documents.values():
            self._tell_document(sorted(parts, key=lambda part: part.due_date))

    def _debtor(self, candidate):
        key = candidate.commercial_partner_id
        if key not in self.debtors:
            names = candidate.partner_names or (f"Debtor {key}",)
            partner = self._customer(names[0])
            partner.email = candidate.emails[0] if candidate.emails else False
            for number in candidate.ibans:
                self._bank_account(partner, number)
            self.debtors[key] = partner
        return self.debtors[key]

    def _tell_document(self, parts):
        first = parts[0]
        total = [float(part.residual + part.paid) for part in parts]
        move = self._move(first, parts, total)
        items = move.line_ids.filtered(
            lambda item: item.account_type in ("asset_receivable", "liability_payable")
        ).sorted("date_maturity")
        for part, item in zip(parts, items, strict=True):
            self.items[part.id] = item.id
            if part.paid:
                self._pay(part, item)

    def _move(self, first, parts, total):
        values = {
            "partner_id": self._debtor(first).id,
            "name": first.name,
            "payment_reference": first.references[0] if first.references else False,
            "date": first.date or datetime.date(2026, 10, 1),
        }
        if len(parts) > 1 or first.kind == "credit_note" and sum(total) > 0:
            move = self._entry(parts, total, values)
        else:
            move = self._document(first, total[0], values)
        move.action_post()
        return move

    def _document(self, first, total, values):
        bill = first.kind == "invoice" and total < 0
        credit = first.kind == "credit_note"
        return self.env["account.move"].create(
            {
                **values,
                "move_type": "in_invoice"
                if bill
                else ("out_refund" if credit else "out_invoice"),
                "invoice_date": values["date"],
                "invoice_date_due": first.due_date,
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    Command.create(
                        {"name": "x", "price_unit": abs(total), "tax_ids": [(5,)]}
                    )
                ],
            }
        )

    def _entry(self, parts, total, values):
        account = self.company_data["default_account_revenue"]
        lines = [
            {
                "account_id": self.receivable.id,
                "partner_id": values["partner_id"],
                "balance": amount,
                "date_maturity": part.due_date,
            }
            for part, amount in zip(parts, total, strict=True)
        ]
        lines.append({"account_id": account.id, "balance": -sum(total)})
        return self.env["account.move"].create(
            {**values, "line_ids": [Command.create(line) for line in lines]}
        )

    def _pay(self, part, item):
        """Have it paid by a bank line of last month."""
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.journal.id,
                "date": "2026-10-15",
                "amount": float(part.paid),
                "payment_ref": "earlier",
                "partner_id": item.partner_id.id,
                "counterpart_account_id": item.account_id.id,
                "pom_end_to_end_id": part.end_to_end_id or False,
                "pom_mandate": part.mandate or False,
            }
        )
        own = line.line_ids.filtered(lambda own: own.account_id == item.account_id)
        (own + item).reconcile()

    def _tell_payment(self, candidate):
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound" if candidate.residual > 0 else "outbound",
                "partner_type": "customer" if candidate.residual > 0 else "supplier",
                "partner_id": self._debtor(candidate).id,
                "amount": abs(float(candidate.residual)),
                "date": candidate.date or datetime.date(2026, 10, 20),
                "journal_id": self.journal.id,
                "memo": candidate.references[0] if candidate.references else "",
                "payment_reference": candidate.end_to_end_id,
            }
        )
        payment.action_post()
        liquidity = payment._seek_for_lines()[0]
        self.items[candidate.id] = liquidity.id

    def _create_lines(self, month):
        own = [line for line in month.lines if line.company_id == COMPANY]
        own.sort(key=lambda line: (line.date, line.id))
        created = self.env["account.bank.statement.line"]._pom_create_matched(
            [self._line_vals(line) for line in own]
        )
        return dict(zip((line.id for line in own), created, strict=True))

    def _line_vals(self, line):
        return {
            "journal_id": self.journal.id,
            "date": line.date,
            "amount": float(line.amount),
            "payment_ref": line.text or "-",
            "partner_name": line.counterparty_name,
            "account_number": line.counterparty_iban,
            "transaction_details": {
                "code": CODES.get(line.kind, ""),
                "text": line.text,
                "references": [list(item) for item in line.references],
                "end_to_end_id": line.end_to_end_id,
                "mandate": line.mandate,
                "return_reason": line.return_reason,
                "payout_items": [
                    [item.reference, str(item.gross)] for item in line.payout_items
                ],
            },
        }
