from datetime import timedelta

from odoo import api, models

from ..tools.bank_lines import bank_line, decimal

#: A total and the list of its payments come within so many days.
DAYS = 3


class AccountBankStatementLine(models.Model):
    """Totals, and the lists of their payments that the bank gives in other files."""

    _inherit = "account.bank.statement.line"

    @api.model
    def _pom_parts(self, bank_lines, journal) -> dict:
        """Return the payments of each total whose list was received, by line: of these
        days the only one that adds up to it, and it the only total of this amount."""
        totals = [line for line in bank_lines if line.is_total]
        if not totals:
            return {}
        received = self.env["pom.statement.received"].sudo()
        lists = received.search_fetch(
            [
                ("journal_id", "=", journal.id),
                ("extract", "!=", False),
                ("date_to", ">=", min(t.date for t in totals) - timedelta(DAYS)),
                ("date_to", "<=", max(t.date for t in totals) + timedelta(DAYS)),
            ]
        )
        found = {}
        for total in totals:
            same = [t for t in totals if t.amount == total.amount]
            fitting = [one for one in lists if self._pom_is_list_of(one, total)]
            if len(same) == len(fitting) == 1:
                found[total.id] = self._pom_listed(fitting[0], total, journal)
        return found

    def _pom_is_list_of(self, received, total) -> bool:
        amounts = [decimal(float(item["amount"])) for item in received.extract]
        days = abs((received.date_to - total.date).days)
        return days <= DAYS and sum(amounts) == total.amount

    def _pom_listed(self, received, total, journal):
        return tuple(
            bank_line(
                number,
                {
                    "amount": float(item["amount"]),
                    "payment_ref": item.get("text"),
                    "partner_name": item.get("counterparty_name"),
                    "account_number": item.get("counterparty_account"),
                    "transaction_details": item,
                },
                total.date,
                total.currency,
                company_id=total.company_id,
                journal_id=journal.id,
            )
            for number, item in enumerate(received.extract)
        )

    @api.model
    def _pom_settle_totals(self, received) -> None:
        """Try open totals again whose lists came just now."""
        for record in received.filtered("extract"):
            amount = sum(float(item["amount"]) for item in record.extract)
            lines = self.search(
                [
                    ("journal_id", "=", record.journal_id.id),
                    ("date", ">=", record.date_to - timedelta(DAYS)),
                    ("date", "<=", record.date_to + timedelta(DAYS)),
                    ("is_reconciled", "=", False),
                    ("journal_id.pom_auto_match", "=", True),
                ]
            )
            compare = record.currency_id.compare_amounts
            for line in lines:
                if not compare(line.amount, amount):
                    line._pom_auto_match()
