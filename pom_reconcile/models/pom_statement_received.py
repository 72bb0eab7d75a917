from dataclasses import replace

from odoo import fields, models

from ..tools.statement_extent import Entry, Extent, edges, period


class PomStatementReceived(models.Model):
    """A statement as a file brought it, whether there was something to book or not.

    Never edited but for what became of it: the same statement in another file is
    counted here, and the balances say whether two statements overlap.
    """

    _name = "pom.statement.received"
    _description = "Bank Statement as Received"
    _order = "date_to desc, id desc"
    _check_company_auto = True

    name = fields.Char("Number", readonly=True)
    journal_id = fields.Many2one(
        "account.journal",
        required=True,
        readonly=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="journal_id.company_id", store=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    key = fields.Char(required=True, readonly=True)
    date_from = fields.Date("Opening Date", readonly=True)
    date_to = fields.Date("Closing Date", readonly=True)
    date_first = fields.Date("First Day", readonly=True)
    date_last = fields.Date("Last Day", readonly=True)
    balance_start = fields.Monetary("Opening Balance", readonly=True)
    balance_end = fields.Monetary("Closing Balance", readonly=True)
    transaction_count = fields.Integer("Transactions", readonly=True)
    file_name = fields.Char("File", readonly=True)
    seen_on = fields.Datetime("Last Seen", readonly=True, default=fields.Datetime.now)
    seen_count = fields.Integer("Times Seen", readonly=True, default=1)
    forced = fields.Boolean(
        "Imported Anyway",
        readonly=True,
        help="The file was inconsistent and someone chose to import it all the same.",
    )
    warnings = fields.Text(readonly=True)
    messages = fields.Text("Messages of the Bank", readonly=True)
    coverage = fields.Json(readonly=True)
    source = fields.Char("Format", readonly=True)
    extract = fields.Json(
        readonly=True, help="Details of totals that other statements have."
    )
    statement_id = fields.Many2one(
        "account.bank.statement", readonly=True, ondelete="set null", index=True
    )
    state = fields.Selection(
        [
            ("empty", "No transactions"),
            ("known", "Already imported"),
            ("imported", "Imported"),
        ],
        readonly=True,
        required=True,
        default="known",
    )

    _key_uniq = models.UniqueIndex("(journal_id, key)", "A statement is received once.")
    _date_idx = models.Index("(journal_id, date_last)")

    def _pom_is_interrupted(self):
        """Whether lines were kept but their statement was not, or is gone."""
        return self.state == "imported" and not self.statement_id

    def _pom_extent(self, entries=None) -> Extent:
        """Return what the statement covers.

        :param entries: lists of them by day; those that were kept, by default.
        """
        self.ensure_one()
        kept = self.coverage if entries is None else {}
        days = _as_entries(kept["days"]) if kept else entries
        unit = 10**self.currency_id.decimal_places
        start, end = round(self.balance_start * unit), round(self.balance_end * unit)
        total = sum(entry.amount for day in days.values() for entry in day)
        number = (self.name or "").rpartition("/")[2]
        opened, closed = self._pom_period(kept, days)
        return Extent(
            id=self.id,
            opened=opened,
            closed=closed,
            start=start,
            end=end,
            days={day: tuple(entries) for day, entries in days.items()},
            adds_up=kept["adds_up"] if kept else end - start == total,
            number=int(number) if number.isdecimal() else None,
            source=self.source or "",
        )

    def _pom_period(self, kept, days):
        if kept:
            return tuple(fields.Date.to_date(day) for day in kept["period"])
        counts = {day: len(entries) for day, entries in days.items()}
        return period(self.date_from or None, self.date_to or None, counts)

    def _pom_keep_coverage(self, extent: Extent) -> Extent:
        """Keep which lines it has on the days that it may have a part of only."""
        days = edges(extent)
        self.coverage = {
            "adds_up": extent.adds_up,
            "period": [
                str(day) if day else None for day in (extent.opened, extent.closed)
            ],
            "days": {str(day): [list(e) for e in days[day]] for day in sorted(days)},
        }
        return replace(extent, days=days)


def _as_entries(days: dict) -> dict:
    return {
        fields.Date.to_date(day): [Entry(*entry) for entry in entries]
        for day, entries in days.items()
    }
