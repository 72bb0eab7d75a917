from collections import Counter, defaultdict
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ..tools.import_keys import VERSION, Known, Unit, of_account, overlap
from ..tools.statement_extent import Entry
from ..tools.statement_overlap import held
from ..tools.statement_values import refingerprint


class AccountJournal(models.Model):
    """Which lines of a statement are in its journal already."""

    _inherit = "account.journal"

    def _pom_older_lines(self, received, accounts):
        """Return the fingerprint and occurrence that lines of these days have now, by
        those that an older version gave them.

        They are made anew of the records that a line keeps, so that it stays known
        whatever was mended in reading them.
        """
        days = [
            day for one in received for day in (one.date_first, one.date_last) if day
        ]
        if not days:
            return {}
        self.env["account.bank.statement.line"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT pom_fingerprint, unique_import_id,
                          transaction_details->>'date', transaction_details->'raw'
                     FROM account_bank_statement_line
                    WHERE journal_id = %s
                      AND internal_index >= %s AND internal_index < %s
                      AND pom_fingerprint NOT LIKE %s
                      AND transaction_details ? 'raw'
                 ORDER BY id""",
                self.id,
                f"{min(days):%Y%m%d}",
                f"{max(days) + timedelta(1):%Y%m%d}",
                f"{VERSION}%",
            )
        )
        renamed, used = {}, Counter()
        for fingerprint, import_id, day, raw in rows:
            said = refingerprint(day, "\n".join(raw))
            for account in accounts if said else ():
                now = of_account(account, said)
                used[now] += 1
                renamed[fingerprint, _occurrence(import_id)] = now, used[now]
        return renamed

    def _pom_known_lines(self, stmts_vals, units, renamed, answer=None):
        """Return the lines that say the same as one of these, in one query."""
        wanted = {
            line["pom_fingerprint"]
            for vals in stmts_vals
            for line in vals["transactions"]
        }
        wanted.update(
            entry.fingerprint
            for found in units.values()
            for unit in found
            for entry in unit.entries
        )
        if not wanted:
            return Known()
        self.env["account.bank.statement.line"].flush_model()
        older = {old for (old, _n), (now, _m) in renamed.items() if now in wanted}
        rows = self.env.execute_query(
            SQL(
                """SELECT pom_fingerprint, unique_import_id, pom_received_id
                     FROM account_bank_statement_line
                    WHERE journal_id = %s AND pom_fingerprint = ANY(%s)""",
                self.id,
                [*wanted, *older],
            )
        )
        lines = (
            (*_now(renamed, fingerprint, _occurrence(import_id)), owner)
            for fingerprint, import_id, owner in rows
        )
        return Known(lines, answer)

    def _pom_near_extents(self, received, renamed):
        """Return what the statements that were received for these days cover."""
        days = [
            day for record in received for day in (record.date_first, record.date_last)
        ]
        days = [day for day in days if day]
        if not days:
            return {}
        there = (
            self.env["pom.statement.received"]
            .sudo()
            .search_fetch(
                [
                    ("journal_id", "=", self.id),
                    ("date_last", ">=", min(days)),
                    ("date_first", "<=", max(days)),
                ]
            )
        )
        kept = {record.id: record._pom_extent() for record in there if record.coverage}
        older = there.filtered(lambda r: not r.coverage and r.state == "imported")
        return {**self._pom_older_extents(older, renamed), **kept}

    def _pom_older_extents(self, received, renamed):
        """Return what statements cover that were received before that was kept, as far
        as their lines tell."""
        if not received:
            return {}
        rows = self.env.execute_query(
            SQL(
                """SELECT l.pom_received_id, l.pom_fingerprint, l.unique_import_id,
                          l.amount, coalesce(l.transaction_details->>'date',
                                             m.date::text)
                     FROM account_bank_statement_line l
                     JOIN account_move m ON m.id = l.move_id
                    WHERE l.pom_received_id = ANY(%s)
                      AND l.pom_fingerprint IS NOT NULL
                 ORDER BY l.id""",
                received.ids,
            )
        )
        entries = {record.id: defaultdict(list) for record in received}
        for owner, fingerprint, import_id, amount, day in rows:
            now, occurrence = _now(renamed, fingerprint, _occurrence(import_id))
            entry = Entry(now, self._pom_cents(amount), occurrence)
            entries[owner][fields.Date.to_date(day)].append(entry)
        return {
            record.id: record._pom_extent(entries[record.id]) for record in received
        }

    def _pom_new_lines(self, record, vals, lines, units, known, near):
        """Return the lines to create, and of these the ones that may be there; correct
        the balances for those left out.

        :param units: what the lines are in the journal, if that isn't each for itself.
        """
        if not lines:
            return [], []
        units = units or [
            Unit((place,), (self._pom_entry(line),)) for place, line in enumerate(lines)
        ]
        taken = self._pom_take(record, lines, units, known, near)
        new, doubtful, skipped = [], [], [False] * len(lines)
        for unit, found in zip(units, taken, strict=True):
            own = [lines[place] for place in unit.places]
            doubtful += own if found.doubtful else []
            if not found.there:
                new += self._pom_keyed(own, found)
            for place in unit.places if found.there and not found.own else ():
                skipped[place] = True
        if any(skipped) and not all(skipped):
            self._pom_shrink(vals, lines, skipped)
        return new, doubtful

    def _pom_keyed(self, lines, found):
        """Give lines to create the key that they are known by."""
        for line, entry in zip(lines, found.entries, strict=False):
            key = f"{self.id}-{entry.fingerprint}-{entry.occurrence}"
            line["unique_import_id"] = key
        return lines

    def _pom_take(self, record, lines, units, known, near):
        """Return which lines the units are; keep what the statement covers."""
        own = [[self._pom_entry(lines[place]) for place in u.places] for u in units]
        days = [own_date(lines[unit.places[0]]) for unit in units]
        extent = record._pom_extent(_by_day(days, [unit.entries for unit in units]))
        found = {day: held(extent, near.values(), day) for day in set(days)}
        known.start_statement()
        taken = [
            known.take(unit.entries, ours, found[day], record.id)
            for unit, ours, day in zip(units, own, days, strict=True)
        ]
        if record.id not in near:
            extent = record._pom_extent(_by_day(days, [one.entries for one in taken]))
            near[record.id] = record._pom_keep_coverage(extent)
        return taken

    def _pom_question(self, lines):
        """Return what a person must decide: only he can compare with the bank's own."""
        return self.env._(
            "Nothing was imported: of %(journal)s, these transactions may be there"
            " already, or be others that say the same.\n%(lines)s\nCompare with what"
            " your bank shows, then choose above whether they are there already or"
            " new.",
            journal=self.display_name,
            lines=self._pom_listed_lines(lines),
        )

    def _pom_entry(self, line) -> Entry:
        return Entry(line["pom_fingerprint"], self._pom_cents(line["amount"]))

    def _pom_cents(self, amount) -> int:
        currency = self.currency_id or self.company_id.currency_id
        return round(float(amount) * 10**currency.decimal_places)

    def _pom_shrink(self, vals, lines, skipped):
        """Take the lines that are there already off the balances."""
        currency = self.currency_id or self.company_id.currency_id
        unit = 10**currency.decimal_places
        amounts = [self._pom_cents(line["amount"]) for line in lines]
        before, after = overlap(amounts, skipped)
        if "balance_start" in vals:
            vals["balance_start"] = currency.round(
                vals["balance_start"] + before / unit
            )
        if "balance_end_real" in vals:
            vals["balance_end_real"] = currency.round(
                vals["balance_end_real"] - after / unit
            )


def own_date(line):
    """Return the bank's own booking date, which the line's may differ from."""
    details = line.get("transaction_details") or {}
    return fields.Date.to_date(details.get("date") or line["date"])


def _by_day(days, entries) -> dict:
    """Return the entries of each day, in their order.

    :param days: of each list of entries.
    """
    by_day = defaultdict(list)
    for day, some in zip(days, entries, strict=True):
        by_day[day] += some
    return by_day


def _now(renamed, fingerprint: str, occurrence: int) -> tuple[str, int]:
    return renamed.get((fingerprint, occurrence), (fingerprint, occurrence))


def _occurrence(import_id: str) -> int:
    return int(import_id.rpartition("-")[2])
