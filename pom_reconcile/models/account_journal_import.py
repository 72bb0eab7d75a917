from collections import defaultdict
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, formatLang

from ..tools.import_keys import digest, of_account
from .account_journal_known import own_date

#: Lines created in one go: fewer cost more each, more cost more memory.
BATCH = 500

#: Transactions of a closed period that are named.
MOST_SHOWN = 10

#: The same in the background, where each batch must end well within a worker's time.
BACKGROUND_BATCH = 100

#: Neither a chatter message nor a tracked value per line.
UNTRACKED = {
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "tracking_disable": True,
}


class AccountJournal(models.Model):
    """The import of statements into their journal, whatever format they came in."""

    _inherit = "account.journal"

    def _pom_import_statements(
        self, stmts_vals, file_name=False, open_day=False, doubtful=False
    ):
        """Create the statements' lines that aren't there yet, and match them.

        :param stmts_vals: as ``account.statement.import._parse_file`` gives them, with
            ``received`` (of ``pom.statement.received``) where the format is ours.
        :param open_day: book what lies in a closed period on the first open day.
        :param doubtful: whether what may be there already is ``new`` or ``there``.
        :return: the created statements, and how many lines were there already.
        """
        self.ensure_one()
        self._pom_check_import()
        accounts = {vals.pop("account_number", None) for vals in stmts_vals}
        received = self._pom_receive(stmts_vals, file_name)
        units = self._pom_units(received, stmts_vals)
        renamed = self._pom_older_lines(received, accounts)
        answer = doubtful == "there" if doubtful else None
        known = self._pom_known_lines(stmts_vals, units, renamed, answer)
        near = self._pom_near_extents(received, renamed)
        plan, asked = [], []
        for record, vals in zip(received, stmts_vals, strict=True):
            lines, own = vals.pop("transactions"), units.get(record.id)
            new, unsure = self._pom_new_lines(record, vals, lines, own, known, near)
            plan.append((record, vals, new, len(lines) - len(new)))
            asked += unsure
        if asked:
            raise UserError(self._pom_question(asked))
        self._pom_check_periods(plan, open_day)
        done = self._pom_carry_out(plan)
        self.env["account.bank.statement.line"]._pom_settle_totals(received)
        return done

    def _pom_carry_out(self, plan):
        statements, ignored = self.env["account.bank.statement"], 0
        for record, vals, new, there in plan:
            if not record._pom_is_interrupted():
                ignored += there
            self.env["pom.statement.import"]._report(there, created=False)
            if new or record._pom_is_interrupted():
                statements += self._pom_create_statement(record, vals, new)
        return statements, ignored

    # Closed periods

    def _pom_check_periods(self, plan, open_day):
        """Refuse lines of a closed period before anything is created, or put them on
        the first open day: Odoo would do so without a word."""
        closed = {}
        for record, _vals, lines, _there in plan:
            late = [line for line in lines if self._pom_first_open(line["date"])]
            if late:
                closed[record] = late
        if closed and not open_day:
            every = [line for lines in closed.values() for line in lines]
            raise UserError(self._pom_closed_refusal(every))
        for record, lines in closed.items():
            self._pom_move_lines(record, lines)

    def _pom_first_open(self, day):
        """Return the first day that is open, or False when this one is."""
        day = fields.Date.to_date(day)
        locks = self.company_id._get_violated_lock_dates(day, False, self)
        return locks and locks[-1][0] + timedelta(1)

    def _pom_closed_refusal(self, lines):
        return self.env._(
            "Nothing was imported: of %(journal)s, these transactions lie in a period"
            " that is closed.\n%(lines)s\nOpen the period for a while, or tick “Book"
            " what lies in a closed period on the first open day”.",
            journal=self.display_name,
            lines=self._pom_listed_lines(lines),
        )

    def _pom_listed_lines(self, lines):
        shown = [
            f"{format_date(self.env, line['date'])}"
            f" {formatLang(self.env, line['amount'], digits=2)} {line['payment_ref']}"
            for line in lines[:MOST_SHOWN]
        ]
        if len(lines) > MOST_SHOWN:
            shown.append(
                self.env._("And %(count)s more.", count=len(lines) - MOST_SHOWN)
            )
        return "\n".join(shown)

    def _pom_move_lines(self, record, lines):
        """Put them on the first open day, in their order before what that day brought;
        keep a warning."""
        for line in lines:
            day = fields.Date.to_date(line["date"])
            line["date"] = self._pom_first_open(day)
            line["sequence"] = (line["date"] - day).days + 1
        day = format_date(self.env, lines[0]["date"])
        if len(lines) == 1:
            moved = self.env._(
                "1 transaction lay in a closed period and was booked on the first open"
                " day, %s.",
                day,
            )
        else:
            moved = self.env._(
                "%(count)s transactions lay in a closed period and were booked"
                " on the first open day, %(day)s.",
                count=len(lines),
                day=day,
            )
        record.warnings = "\n".join(filter(None, (record.warnings, moved)))

    def _pom_check_import(self):
        if not self.default_account_id:
            raise UserError(
                self.env._(
                    "Set the bank account (general ledger) on the journal “%(journal)s”"
                    " before importing its statements.",
                    journal=self.display_name,
                )
            )

    # What was received

    def _pom_receive(self, stmts_vals, file_name):
        """Return the records of the statements, in order; count those seen before."""
        Received = self.env["pom.statement.received"].sudo()
        rows = [self._pom_received_vals(vals, file_name) for vals in stmts_vals]
        keys = [row["key"] for row in rows]
        by_key = {
            record.key: record
            for record in Received.search_fetch(
                [("journal_id", "=", self.id), ("key", "in", keys)]
            )
        }
        for record in by_key.values():
            record.write(
                {
                    "seen_count": record.seen_count + 1,
                    "seen_on": fields.Datetime.now(),
                }
            )
        fresh = {row["key"]: row for row in rows if row["key"] not in by_key}
        for record in Received.create(list(fresh.values())):
            by_key[record.key] = record
        return Received.browse([by_key[key].id for key in keys])

    def _pom_received_vals(self, vals, file_name):
        """Return the values of the received statement; guessed for other formats."""
        lines = vals["transactions"]
        days = [own_date(line) for line in lines]
        row = vals.pop("received", None) or {
            "name": vals.get("name"),
            "date_to": fields.Date.to_date(vals.get("date"))
            or max(days, default=False),
            "balance_start": vals.get("balance_start", 0.0),
            "balance_end": vals.get("balance_end_real", 0.0),
            "key": digest(
                vals.get("name"),
                vals.get("date"),
                vals.get("balance_start"),
                vals.get("balance_end_real"),
                len(lines),
            ),
        }
        if lines:
            days += filter(None, (row.get("date_from"), row["date_to"]))
        return {
            **row,
            "journal_id": self.id,
            "currency_id": (self.currency_id or self.company_id.currency_id).id,
            "date_first": min(days, default=False),
            "date_last": max(days, default=False),
            "transaction_count": len(lines),
            "file_name": vals.get("reference") or file_name,
            "state": "known" if lines else "empty",
        }

    # Creating

    def _pom_create_statement(self, record, vals, lines):
        """Create the lines by batches, then their statement.

        In that order: a statement that is there would be computed anew, with all of its
        lines, for each line that is added.
        """
        context = {**vals.pop("creation_context", {}), **self._pom_import_context()}
        record.state = "imported"
        Line = self.env["account.bank.statement.line"].with_context(**context)
        size = BACKGROUND_BATCH if self.env.context.get("pom_job_id") else BATCH
        for start in range(0, len(lines), size):
            batch = lines[start : start + size]
            for line in batch:
                line["pom_received_id"] = record.id
            Line._pom_create_matched(batch)
            Line.env["pom.statement.import"]._report(len(batch), created=True)
        return self._pom_close_statement(record, vals)

    def _pom_close_statement(self, record, vals):
        """Return the statement of everything that was created for it."""
        lines = self.env["account.bank.statement.line"].search(
            [("pom_received_id", "=", record.id), ("statement_id", "=", False)]
        )
        if not lines:
            return record.statement_id
        statement = record.statement_id or self.env["account.bank.statement"].create(
            {**vals, "journal_id": self.id}
        )
        lines.statement_id = statement
        record.statement_id = statement
        return statement

    def _pom_import_context(self):
        quiet = {} if self.company_id.restrictive_audit_trail else UNTRACKED
        return {"pom_importing": True, "skip_retrieve_partner": True, **quiet}

    # The other side

    def _pom_complete_lines(self, stmts_vals, account_number):
        """Fill in what each line needs: partner, currency, fingerprint."""
        self.ensure_one()
        lines = [line for vals in stmts_vals for line in vals["transactions"]]
        speeddict = {"account_number": self._pom_partners_of_accounts(lines)}
        currencies = self._pom_foreign_currencies(lines)
        for vals in stmts_vals:
            vals["account_number"] = account_number
        for line in lines:
            line["journal_id"] = self.id
            self._pom_complete_foreign(line, currencies)
            line["pom_fingerprint"] = self._pom_fingerprint(line, account_number)
            self._statement_line_import_update_hook(line, speeddict)
            if not line.get("payment_ref"):
                raise UserError(self.env._("A transaction of the file has no label."))

    def _pom_partners_of_accounts(self, lines):
        """Return the partner of each bank account number that only one partner has."""
        numbers = {
            self._sanitize_bank_account_number(line["account_number"])
            for line in lines
            if line.get("account_number")
        }
        banks = self.env["res.partner.bank"].search_fetch(
            [
                ("sanitized_acc_number", "in", list(numbers)),
                ("company_id", "in", (False, self.company_id.id)),
            ],
            ["sanitized_acc_number", "partner_id"],
        )
        partners = defaultdict(set)
        for bank in banks:
            partners[bank.sanitized_acc_number].add(
                bank.partner_id.commercial_partner_id.id
            )
        return {
            bank.sanitized_acc_number: {
                "partner_id": bank.partner_id.commercial_partner_id.id,
                "partner_bank_id": bank.id,
            }
            for bank in banks
            if len(partners[bank.sanitized_acc_number]) == 1
        }

    def _pom_foreign_currencies(self, lines):
        names = {line["foreign"].currency for line in lines if line.get("foreign")}
        if not names:
            return {}
        own = self.currency_id or self.company_id.currency_id
        found = self.env["res.currency"].search([("name", "in", list(names))])
        return {currency.name: currency.id for currency in found - own}

    def _pom_complete_foreign(self, line, currencies):
        foreign = line.pop("foreign", None)
        if foreign and foreign.amount and foreign.currency in currencies:
            line["foreign_currency_id"] = currencies[foreign.currency]
            line["amount_currency"] = float(foreign.amount)

    def _pom_fingerprint(self, line, account_number):
        """Return what the line says; a format's own id counts where it gives one."""
        own = line.pop("fingerprint", None) or line.pop("unique_import_id", None)
        if own:
            return of_account(account_number, own)
        return digest(
            account_number,
            # What lacks both is refused by whoever looks at its label.
            line.get("date"),
            f"{line.get('amount', 0):.3f}",
            line.get("payment_ref"),
            line.get("ref"),
            line.get("account_number"),
            line.get("partner_name"),
            line.get("narration"),
        )
