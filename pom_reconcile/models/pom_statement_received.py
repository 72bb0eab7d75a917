from odoo import fields, models

from ..tools.import_keys import Span


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
        "Imported All the Same",
        readonly=True,
        help="The file was inconsistent and someone chose to import it all the same.",
    )
    warnings = fields.Text(readonly=True)
    messages = fields.Text("Messages of the Bank", readonly=True)
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

    def _pom_span(self, vals=None):
        """Return what the statement covers, as it was booked or is about to be."""
        self.ensure_one()
        start, end = self.balance_start, self.balance_end
        if vals:
            start = vals.get("balance_start", start)
            end = vals.get("balance_end_real", end)
        elif self.statement_id:
            statement = self.statement_id
            start, end = statement.balance_start, statement.balance_end_real
        unit = 10**self.currency_id.decimal_places
        return Span(
            self.id,
            round(start * unit),
            round(end * unit),
            self.date_first,
            self.date_last,
        )
