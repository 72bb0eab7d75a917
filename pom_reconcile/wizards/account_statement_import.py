import base64
from functools import cache
from operator import itemgetter

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import formats
from ..formats.base import FormatError
from ..tools.statement_values import (
    booked,
    details,
    line_values,
    opened,
    statement_key,
)
from .account_statement_import_journals import MissingJournal


class AccountStatementImport(models.TransientModel):
    _inherit = "account.statement.import"

    pom_force = fields.Boolean(
        "Import an inconsistent file anyway",
        help="Only for a file whose totals don't fit and that the bank can't replace."
        " What was wrong is kept with the statement.",
    )

    pom_open_day = fields.Boolean(
        "Book what lies in a closed period on the first open day",
        help="The bank's own date is kept with the transaction, and a warning with the"
        " statement.",
    )

    pom_doubtful = fields.Selection(
        [("there", "There already"), ("new", "New")],
        "What may be there already is",
        help="Files that overlap, or one period in two formats: where dates, balances"
        " and amounts don't tell, nothing is imported before someone does.",
    )

    # The file

    def _parse_file(self, data_file):
        # EXTENDS 'account_statement_import_file'
        name = self.statement_filename or ""
        if not formats.is_known(data_file, name, self._pom_formats()):
            return super()._parse_file(data_file)
        accounts, say = {}, self._pom_say()
        for statement in self._pom_read(data_file, name):
            key = (statement.currency, statement.account)
            vals = self._pom_statement_vals(statement, say)
            accounts.setdefault(key, []).append(vals)
        # An archive gives its files in any order; the first of a day stays the first.
        return [
            (*key, sorted(stmts_vals, key=itemgetter("date")))
            for key, stmts_vals in accounts.items()
        ]

    @api.model
    def _pom_formats(self):
        """The formats of bank statements that there are. Hook: an addon adds its own,
        ``formats.register(*super()._pom_formats(), mine)``.

        :return: modules or objects as :mod:`..formats.base` describes them
        :rtype: tuple
        """
        return formats.FORMATS

    def _pom_read(self, data_file, name):
        """Yield the statements of the file, or say in a sentence what is wrong."""
        try:
            yield from formats.read_any(
                data_file, name, force=self.pom_force, formats=self._pom_formats()
            )
        except FormatError as error:
            raise UserError(self._pom_refusal(error)) from error

    def _pom_refusal(self, error):
        """Return what is wrong with the file and what to do about it."""
        shown, hidden = error.problems[:MOST_PROBLEMS], error.problems[MOST_PROBLEMS:]
        lines = [self._pom_problem(problem) for problem in shown]
        if hidden:
            lines.append(self.env._("And %(count)s more.", count=len(hidden)))
        if error.forcible:
            lines.append(
                self.env._(
                    "Ask your bank for the file again. If that is impossible, tick "
                    "“Import an inconsistent file anyway”."
                )
            )
        else:
            advices = {problem.advice: None for problem in shown if problem.advice}
            lines += [self.env._(advice) for advice in advices]
        return "\n".join(lines)

    def _pom_problem(self, problem):
        # The sentences are marked for translation where the format defines them.
        sentence = self.env._(problem.message, **problem.values)
        if not problem.line:
            return sentence
        return self.env._(
            "Line %(number)s: %(problem)s", number=problem.line, problem=sentence
        )

    def _pom_say(self):
        """Return what puts the bank's words into the language of whoever imports, each
        of which is looked up once."""
        return cache(lambda word: self.env._(word))

    def _pom_statement_vals(self, statement, say):
        """Return the values that ``import_single_statement`` takes."""
        day = statement.new_balance_date or fields.Date.context_today(self)
        number = statement.sequence or statement.number
        name = f"{day:%Y}/{number}" if number.strip("0") else f"{day:%Y-%m-%d}"
        return {
            "name": name,
            "date": day,
            "balance_start": float(statement.old_balance),
            "balance_end_real": float(statement.new_balance),
            "transactions": [
                line_values(tx, statement, say) for tx in booked(statement)
            ],
            "received": {
                "name": name,
                "key": statement_key(statement),
                "date_from": opened(statement),
                "date_to": statement.new_balance_date,
                "balance_start": float(statement.old_balance),
                "balance_end": float(statement.new_balance),
                "forced": statement.forced,
                "warnings": "\n".join(map(self._pom_problem, statement.warnings)),
                "messages": "\n".join(statement.messages),
                "extract": [details(tx) for tx in statement.extract],
            },
        }

    def import_single_file(self, file_data, result):
        # OVERRIDE 'account_statement_import_file'
        """Look for all journals before anything is created."""
        self.check_access("write")
        parsed = self._pom_parse(file_data)
        self._pom_check_journals(parsed)
        for single in parsed:
            self.import_single_statement(single, result)

    def _pom_parse(self, data):
        """Return currency, account and statements of each account in the file."""
        parsed = self.with_context(active_id=self.id)._parse_file(data)
        return parsed if isinstance(parsed, list) else [parsed]

    def _check_parsed_data(self, stmts_vals):
        # EXTENDS 'account_statement_import_file'
        """Let statements without transactions through: they are recorded as seen."""
        return bool(stmts_vals)

    # The statements

    def _complete_stmts_vals(self, stmts_vals, journal, account_number):
        # OVERRIDE 'account_statement_import_file'
        """Do it with a fixed number of queries, and give every line a key."""
        for vals in stmts_vals:
            vals["journal_id"] = journal.id
            vals["reference"] = vals.pop("pom_file", None) or self.statement_filename
        journal._pom_complete_lines(stmts_vals, account_number)
        return stmts_vals

    def _create_bank_statements(self, stmts_vals, result):
        # OVERRIDE 'account_statement_import_file'
        journal = self.env["account.journal"].browse(stmts_vals[0]["journal_id"])
        journal = journal.with_company(journal.company_id)
        empty = sum(not vals["transactions"] for vals in stmts_vals)
        statements, ignored = journal._pom_import_statements(
            stmts_vals, self.statement_filename, self.pom_open_day, self.pom_doubtful
        )
        result["statement_ids"].extend(statements.ids)
        result["known"] = result.get("known", 0) + ignored
        for sentence in self._pom_left_out(ignored, empty):
            result["notifications"].append(f"{journal.display_name}: {sentence}")

    def _pom_left_out(self, ignored, empty):
        """Yield what became of lines and statements that nothing was created for."""
        if ignored == 1:
            yield self.env._("1 transaction was there already.")
        elif ignored:
            yield self.env._(
                "%(count)s transactions were there already.", count=ignored
            )
        if empty == 1:
            yield self.env._("1 statement without transactions, kept as received.")
        elif empty:
            yield self.env._(
                "%(count)s statements without transactions, kept as received.",
                count=empty,
            )

    # Running

    def import_file_button(self):
        # OVERRIDE 'account_statement_import_file'
        """Import, and show the statements; a large file is handed to the background."""
        self.check_access("write")
        if self.pom_file_ids:
            return self.action_pom_import_files()
        try:
            if job := self._pom_hand_over():
                return job
            result = self._import_file()
        except MissingJournal as refusal:
            return self._pom_offer_journals(refusal)
        message = "\n".join(result["notifications"])
        if not result["statement_ids"]:
            nothing = self.env._("Nothing new in this file.")
            return _notify(
                f"{nothing} {message}", {"type": "ir.actions.act_window_close"}
            )
        action = self.env["ir.actions.actions"]._for_xml_id(
            "account.action_bank_statement_tree"
        )
        action["domain"] = [("id", "in", result["statement_ids"])]
        return _notify(message, action) if message else action

    def _pom_offer_journals(self, refusal):
        """Show the wizard again, with the accounts that lack a journal."""
        self.pom_missing = refusal.accounts
        return self._pom_show()

    def _import_file(self):
        # OVERRIDE 'account_statement_import_file'
        """Keep the file with its statements; a file without news is no error."""
        self.ensure_one()
        result = {"statement_ids": [], "notifications": []}
        self.import_single_file(base64.b64decode(self.statement_file), result)
        if result["statement_ids"]:
            attachment = self.env["ir.attachment"].create(
                self._prepare_create_attachment(result)
            )
            link = [fields.Command.link(attachment.id)]
            for statement in self.env["account.bank.statement"].browse(
                result["statement_ids"]
            ):
                statement.attachment_ids = link
        return result

    def _pom_hand_over(self):
        """Return the action that shows the background import, of a large file only.

        What is wrong with the file, or lacks for it, is said at once.
        """
        limit = self._pom_background_lines()
        data = base64.b64decode(self.statement_file)
        if len(data) < limit * SHORTEST_LINE:
            return None
        parsed = self._pom_parse(data)
        journals = self._pom_check_journals(parsed)
        count = sum(len(vals["transactions"]) for *_, stmts in parsed for vals in stmts)
        if count <= limit:
            return None
        name, data = self.statement_filename, self.statement_file
        return self._pom_job(name, data, count, journals)

    def _pom_background_lines(self) -> int:
        limit = self.env["ir.config_parameter"].sudo()
        return int(limit.get_param("pom_reconcile.background_lines", BACKGROUND_LINES))

    def _pom_job(self, name, data, count, journals):
        """Hand a file over; return the action that shows how far it is."""
        vals = {
            "name": name,
            "data": data,
            "force": self.pom_force,
            "open_day": self.pom_open_day,
            "doubtful": self.pom_doubtful,
            "journal_id": self.env.context.get("journal_id"),
            "journal_ids": [fields.Command.set(journals.ids)],
            "user_id": self.env.uid,
            "company_id": self.env.company.id,
            "total_lines": count,
        }
        job = self.env["pom.statement.import"].sudo().create(vals)
        job._wake()
        return {
            "type": "ir.actions.act_window",
            "res_model": job._name,
            "res_id": job.id,
            "views": [(False, "form")],
        }


#: Of a file's problems, as many are shown: one that is garbage has them on all lines.
MOST_PROBLEMS = 10

#: Files with more transactions are imported in the background.
BACKGROUND_LINES = 2000

#: Characters of a movement in the densest format.
SHORTEST_LINE = 128


def _notify(message, then) -> dict:
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {"type": "info", "sticky": True, "message": message, "next": then},
    }
