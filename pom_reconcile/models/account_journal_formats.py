from collections import defaultdict
from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ..tools.import_keys import VERSION
from ..tools.other_format import There, facts, source_of, units


class AccountJournal(models.Model):
    """Statements of one account that come in several formats."""

    _inherit = "account.journal"

    def _pom_units(self, received, stmts_vals):
        """Return what the lines of each statement are in this journal: lists of
        :class:`..tools.import_keys.Unit`, by statement; of those alone that may have
        come in another format.
        """
        ours = [
            (record, vals["transactions"])
            for record, vals in zip(received, stmts_vals, strict=True)
            if vals["transactions"] and all(map(_details, vals["transactions"]))
        ]
        for record, lines in ours:
            record.source = record.source or source_of(_details(lines[0]))
        there = self._pom_lines_of_others(received.browse(r.id for r, _lines in ours))
        return {
            record.id: self._pom_units_of(record, lines, there)
            for record, lines in (ours if there else ())
        }

    def _pom_units_of(self, record, lines, there):
        said = [(self._pom_entry(line), self._pom_facts(line)) for line in lines]
        days = dict.fromkeys(one.day for _entry, one in said)
        near = [item for day in days for item in there.get(day, ())]
        return units(said, near, record.id)

    def _pom_lines_of_others(self, received):
        """Return the lines of the statements' days, by day, if some of them came in
        another format, or as one of these statements."""
        if not received:
            return {}
        first = min(received.mapped("date_first"))
        last = max(received.mapped("date_last"))
        domain = [
            ("journal_id", "=", self.id),
            ("state", "=", "imported"),
            ("date_last", ">=", first),
            ("date_first", "<=", last),
            "|",
            ("source", "not in", received.mapped("source")),
            "&",
            ("id", "in", received.ids),
            ("statement_id", "!=", False),
        ]
        if not received.search_count(domain, limit=1):
            return {}
        rows = self.env.execute_query(self._pom_query_lines(first, last))
        there = defaultdict(list)
        for place, (fingerprint, amount, owner, details) in enumerate(rows):
            said = facts(details, self._pom_cents(amount))
            there[said.day].append(There(fingerprint, said, owner, place))
        return there

    def _pom_query_lines(self, first, last):
        self.env["account.bank.statement.line"].flush_model()
        return SQL(
            """SELECT pom_fingerprint, amount, pom_received_id,
                      jsonb_build_object(
                          'date', transaction_details->'date',
                          'value_date', transaction_details->'value_date',
                          'counterparty_account',
                          transaction_details->'counterparty_account',
                          'end_to_end_id', transaction_details->'end_to_end_id',
                          'references', transaction_details->'references',
                          'raw', transaction_details->'raw'->0)
                 FROM account_bank_statement_line
                WHERE journal_id = %s
                  AND internal_index >= %s AND internal_index < %s
                  AND pom_received_id IS NOT NULL
                  AND transaction_details ? 'ordinal'
                  AND (pom_fingerprint LIKE %s OR NOT transaction_details ? 'raw')
             ORDER BY id""",
            self.id,
            f"{first:%Y%m%d}",
            f"{last + timedelta(1):%Y%m%d}",
            # Older ones are known by the records that they keep.
            f"{VERSION}%",
        )

    def _pom_facts(self, line):
        return facts(_details(line), self._pom_cents(line["amount"]))


def _details(line):
    """Return what a format of ours kept of a line, nothing of another addon's."""
    details = line.get("transaction_details")
    return details if isinstance(details, dict) and "ordinal" in details else {}
