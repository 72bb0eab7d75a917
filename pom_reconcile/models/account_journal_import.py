from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools.import_keys import Known, digest, overlap, overlapping

#: Lines created in one go: fewer cost more each, more cost more memory.
BATCH = 500

#: The same in the background, where each batch must end well within a worker's time.
BACKGROUND_BATCH = 100

#: Neither a chatter message nor a tracked value per line.
QUIET = {
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "tracking_disable": True,
}


class AccountJournal(models.Model):
    """The import of statements into their journal, whatever format they came in."""

    _inherit = "account.journal"

    def _pom_import_statements(self, stmts_vals, file_name=False):
        """Create the statements' lines that aren't there yet, and match them.

        :param stmts_vals: as ``account.statement.import._parse_file`` gives them, with
            ``received`` (of ``pom.statement.received``) where the format is ours.
        :return: the created statements, and how many lines were there already.
        """
        self.ensure_one()
        self._pom_check_import()
        received = self._pom_receive(stmts_vals, file_name)
        known = self._pom_known_lines(stmts_vals)
        near = self._pom_near_spans(received)
        statements, ignored = self.env["account.bank.statement"], 0
        for record, vals in zip(received, stmts_vals, strict=True):
            lines = vals.pop("transactions")
            new = self._pom_new_lines(record, vals, lines, known, near)
            if not record._pom_is_interrupted():
                ignored += len(lines) - len(new)
            self.env["pom.statement.import"]._report(
                len(lines) - len(new), created=False
            )
            if new or record._pom_is_interrupted():
                statements += self._pom_create_statement(record, vals, new)
        return statements, ignored

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
        days = [_own_date(line) for line in lines]
        row = vals.pop("received", None) or {
            "name": vals.get("name"),
            "date_from": min(days, default=False),
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
            days += filter(None, (row["date_from"], row["date_to"]))
        return {
            **row,
            "journal_id": self.id,
            "currency_id": (self.currency_id or self.company_id.currency_id).id,
            "date_first": min(days, default=False),
            "date_last": max(days, default=False),
            "transaction_count": len(lines),
            "file_name": file_name,
            "state": "known" if lines else "empty",
        }

    # What is there already

    def _pom_known_lines(self, stmts_vals):
        """Return the lines that say the same as one of these, in one query."""
        wanted = {
            line["pom_fingerprint"]
            for vals in stmts_vals
            for line in vals["transactions"]
        }
        if not wanted:
            return Known()
        Line = self.env["account.bank.statement.line"]
        Line.flush_model(["pom_fingerprint", "unique_import_id", "pom_received_id"])
        rows = self.env.execute_query(
            SQL(
                """SELECT pom_fingerprint, unique_import_id, pom_received_id
                     FROM account_bank_statement_line
                    WHERE journal_id = %s AND pom_fingerprint = ANY(%s)""",
                self.id,
                list(wanted),
            )
        )
        return Known(
            (fingerprint, int(import_id.rpartition("-")[2]), owner)
            for fingerprint, import_id, owner in rows
        )

    def _pom_near_spans(self, received):
        """Return the spans of the journal's imported statements in these days."""
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
                    ("state", "=", "imported"),
                    ("date_last", ">=", min(days)),
                    ("date_first", "<=", max(days)),
                ]
            )
        )
        return {record.id: record._pom_span() for record in there}

    def _pom_new_lines(self, record, vals, lines, known, near):
        """Return the lines to create; correct the balances for those left out."""
        if not lines:
            return []
        span = record._pom_span(vals)
        others = [other for other in near.values() if other.id != record.id]
        owners = overlapping(span, others)
        known.start_statement()
        new, skipped = [], []
        for line in lines:
            fingerprint = line["pom_fingerprint"]
            occurrence = known.take(fingerprint, owners, record.id)
            skipped.append(occurrence is None)
            if occurrence:
                line["unique_import_id"] = f"{self.id}-{fingerprint}-{occurrence}"
                new.append(line)
        if any(skipped) and not all(skipped):
            self._pom_shrink(vals, lines, skipped)
        if new:
            near[record.id] = record._pom_span(vals)
        return new

    def _pom_shrink(self, vals, lines, skipped):
        """Take the lines that are there already off the balances."""
        currency = self.currency_id or self.company_id.currency_id
        unit = 10**currency.decimal_places
        amounts = [round(line["amount"] * unit) for line in lines]
        before, after = overlap(amounts, skipped)
        if "balance_start" in vals:
            vals["balance_start"] = currency.round(
                vals["balance_start"] + before / unit
            )
        if "balance_end_real" in vals:
            vals["balance_end_real"] = currency.round(
                vals["balance_end_real"] - after / unit
            )

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
        quiet = {} if self.company_id.restrictive_audit_trail else QUIET
        return {"pom_importing": True, "skip_retrieve_partner": True, **quiet}

    # The other side

    def _pom_complete_lines(self, stmts_vals, account_number):
        """Fill in what each line needs: partner, currency, fingerprint."""
        self.ensure_one()
        lines = [line for vals in stmts_vals for line in vals["transactions"]]
        speeddict = {"account_number": self._pom_partners_of_accounts(lines)}
        currencies = self._pom_foreign_currencies(lines)
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
            return digest(account_number, own)
        return digest(
            account_number,
            line["date"],
            f"{line['amount']:.3f}",
            line.get("payment_ref"),
            line.get("ref"),
            line.get("account_number"),
            line.get("partner_name"),
            line.get("narration"),
        )


def _own_date(line):
    """Return the bank's own booking date, which the line's may differ from."""
    details = line.get("transaction_details") or {}
    return fields.Date.to_date(details.get("date") or line["date"])
