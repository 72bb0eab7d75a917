from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.pom_payment.tools.references import in_text

from ..matching.names import iban_key
from ..tools.bank_lines import decimal
from ..tools.import_keys import VERSION


class AccountBankStatementLine(models.Model):
    """The same money from two sources: two formats, or a line entered by hand."""

    _inherit = "account.bank.statement.line"

    @api.model
    def _pom_twins(self, bank_lines, journal) -> dict:
        """Return the label of a line from another source that may be the same money, by
        line: the same day and amount, and no other account or reference.

        Of one source, files that overlap are told apart where they are imported.
        """
        rows = self._pom_same_money(bank_lines, journal)
        found = {}
        for line in bank_lines:
            account = iban_key(line.counterparty_iban)
            for line_id, day, amount, number, source, label in rows:
                other = iban_key(number or "")
                if (
                    line_id != line.id
                    and source != line.source
                    and (day, decimal(amount)) == (line.date, line.amount)
                    and (not account or not other or account == other)
                    and not _name_different(line, label)
                ):
                    found[line.id] = label
        return found

    def _pom_same_money(self, bank_lines, journal):
        """Return lines of these days and amounts that came from other sources."""
        sources = {line.source for line in bank_lines}
        if sources == {""} and not self._pom_has_files(journal):
            return []
        self.env.flush_all()
        days = [line.date for line in bank_lines]
        own = SQL("TRUE")
        if sources == {"columns"}:
            # What such files bring is most of what there is.
            own = SQL("coalesce(s.pom_fingerprint, '') NOT LIKE %s", f"{VERSION}%")
        return self.env.execute_query(
            SQL(
                """SELECT s.id, m.date, s.amount, s.account_number,
                          CASE WHEN s.pom_fingerprint LIKE %s THEN 'columns'
                               WHEN s.pom_fingerprint IS NULL THEN ''
                               ELSE 'words' END,
                          s.payment_ref
                     FROM account_bank_statement_line s
                     JOIN account_move m ON m.id = s.move_id
                    WHERE s.journal_id = %s
                      AND s.internal_index >= %s AND s.internal_index < %s
                      AND s.amount = ANY(%s)
                      AND m.state = 'posted'
                      AND %s""",
                f"{VERSION}%",
                journal.id,
                f"{min(days):%Y%m%d}",
                f"{max(days) + timedelta(1):%Y%m%d}",
                [float(line.amount) for line in bank_lines],
                own,
            )
        )

    def _pom_has_files(self, journal) -> bool:
        received = self.env["pom.statement.received"].sudo()
        return bool(received.search_count([("journal_id", "=", journal.id)], limit=1))


def _name_different(line, label) -> bool:
    """Whether both bear references, and none of them is the same."""
    own = {reference for _kind, reference in line.references}
    own |= set(in_text(line.text))
    other = set(in_text(label or ""))
    return bool(own and other) and own.isdisjoint(other)
