import base64
from functools import cache

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.res_bank import sanitize_account_number

from .. import formats
from ..formats.base import FormatError
from ..tools.statement_values import booked, line_values, statement_key


class MissingJournal(UserError):
    """No journal has the account in this currency.

    :param accounts: account number and currency of each.
    """

    def __init__(self, message, accounts):
        super().__init__(message)
        self.accounts = accounts


class AccountStatementImport(models.TransientModel):
    _inherit = "account.statement.import"

    pom_force = fields.Boolean(
        "Import an inconsistent file all the same",
        help="Only for a file whose totals don't fit and that the bank can't replace."
        " What was wrong is kept with the statement.",
    )

    #: Account and currency of each account that no journal has.
    pom_missing = fields.Json(readonly=True)
    pom_missing_text = fields.Text(compute="_compute_pom_missing_text")
    pom_may_create = fields.Boolean(compute="_compute_pom_missing_text")

    @api.depends("pom_missing")
    def _compute_pom_missing_text(self):
        may_create = self.env["account.journal"].has_access("create")
        for wizard in self:
            missing = wizard.pom_missing or ()
            wizard.pom_missing_text = "\n".join(map(" ".join, missing))
            wizard.pom_may_create = may_create

    # The file

    def _parse_file(self, data_file):
        # EXTENDS 'account_statement_import_file'
        name = self.statement_filename or ""
        if formats.find(data_file, name) is None:
            return super()._parse_file(data_file)
        accounts, say = {}, self._pom_say()
        for statement in self._pom_read(data_file, name):
            key = (statement.currency, statement.account)
            vals = self._pom_statement_vals(statement, say)
            accounts.setdefault(key, []).append(vals)
        return [(*key, stmts_vals) for key, stmts_vals in accounts.items()]

    def _pom_read(self, data_file, name):
        """Yield the statements of the file, or say in a sentence what is wrong."""
        try:
            yield from formats.read_any(data_file, name, force=self.pom_force)
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
                    "Ask your bank for the file anew. If it can't be had, tick"
                    " “Import an inconsistent file all the same”."
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
                "date_from": statement.old_balance_date,
                "date_to": statement.new_balance_date,
                "balance_start": float(statement.old_balance),
                "balance_end": float(statement.new_balance),
                "forced": statement.forced,
                "warnings": "\n".join(map(self._pom_problem, statement.warnings)),
                "messages": "\n".join(statement.messages),
            },
        }

    def import_single_file(self, file_data, result):
        # OVERRIDE 'account_statement_import_file'
        """Look for all journals before anything is created."""
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

    # The journal

    def _match_journal(self, account_number, currency):
        # OVERRIDE 'account_statement_import_file'
        """Return the journal of this account *and* currency, never another one."""
        if not account_number:
            return super()._match_journal(account_number, currency)
        journals = self._pom_journals(account_number).filtered(
            lambda item: (item.currency_id or item.company_id.currency_id) == currency
        )
        journals = (
            journals.filtered(lambda item: item.company_id == self.env.company)
            or journals
        )
        if len(journals) == 1:
            return journals
        if journals:
            raise UserError(
                self.env._(
                    "Several journals have the account %(account)s in %(currency)s:"
                    " %(journals)s. Archive all but one, or choose one company.",
                    account=account_number,
                    currency=currency.name,
                    journals=", ".join(journals.mapped("display_name")),
                )
            )
        raise MissingJournal(
            self.env._(
                "Create a bank journal for %(account)s %(currency)s in %(company)s, or"
                " set that account and currency on an existing one: no journal has"
                " both, so nothing was imported.",
                account=account_number,
                currency=currency.name,
                company=self.env.company.display_name,
            ),
            [(account_number, currency.name)],
        )

    def _pom_check_journals(self, parsed):
        """
        :raises MissingJournal: naming all accounts of the file that have none.
        """
        refusals = []
        for currency, account_number, stmts_vals in parsed:
            if not (currency and self._check_parsed_data(stmts_vals)):
                continue
            try:
                self._match_journal(account_number, self._match_currency(currency))
            except MissingJournal as refusal:
                refusals.append(refusal)
        if refusals:
            raise MissingJournal(
                "\n".join(refusal.args[0] for refusal in refusals),
                [account for refusal in refusals for account in refusal.accounts],
            )

    def _pom_journals(self, account_number):
        """Return the bank journals of that account in the user's companies."""
        number = sanitize_account_number(account_number)
        spellings = [number]
        if number.startswith("BE") and len(number) == 16:
            spellings.append(number[4:])  # Belgian account number from before the IBAN.
        return self.env["account.journal"].search(
            [
                ("type", "=", "bank"),
                ("company_id", "in", self.env.companies.ids),
                ("bank_account_id.sanitized_acc_number", "in", spellings),
            ]
        )

    def action_pom_create_journals(self):
        """Create the bank journals that lack, and import."""
        self.ensure_one()
        own = self.env.company.currency_id
        vals_list = []
        for account_number, name in self.pom_missing:
            currency = self._match_currency(name)
            foreign = currency != own
            label = f"{account_number} {name}" if foreign else account_number
            vals_list.append(
                {
                    "name": self.env._("Bank %(account)s", account=label),
                    "type": "bank",
                    "company_id": self.env.company.id,
                    "currency_id": currency.id if foreign else False,
                    "bank_acc_number": account_number,
                }
            )
        self.env["account.journal"].create(vals_list)
        self.pom_missing = False
        return self.import_file_button()

    # The statements

    def _complete_stmts_vals(self, stmts_vals, journal, account_number):
        # OVERRIDE 'account_statement_import_file'
        """Do it with a fixed number of queries, and give every line a key."""
        for vals in stmts_vals:
            vals["journal_id"] = journal.id
            vals["reference"] = self.statement_filename
        journal._pom_complete_lines(stmts_vals, account_number)
        return stmts_vals

    def _create_bank_statements(self, stmts_vals, result):
        # OVERRIDE 'account_statement_import_file'
        journal = self.env["account.journal"].browse(stmts_vals[0]["journal_id"])
        journal = journal.with_company(journal.company_id)
        empty = sum(not vals["transactions"] for vals in stmts_vals)
        statements, ignored = journal._pom_import_statements(
            stmts_vals, self.statement_filename
        )
        result["statement_ids"].extend(statements.ids)
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
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import Bank Statement File"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

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
        limit = int(
            self.env["ir.config_parameter"]
            .sudo()
            .get_param("pom_reconcile.background_lines", BACKGROUND_LINES)
        )
        data = base64.b64decode(self.statement_file)
        if len(data) < limit * SHORTEST_LINE:
            return None
        parsed = self._pom_parse(data)
        self._pom_check_journals(parsed)
        count = sum(len(vals["transactions"]) for *_, stmts in parsed for vals in stmts)
        if count <= limit:
            return None
        job = (
            self.env["pom.statement.import"]
            .sudo()
            .create(
                {
                    "name": self.statement_filename,
                    "data": self.statement_file,
                    "force": self.pom_force,
                    "user_id": self.env.uid,
                    "company_id": self.env.company.id,
                    "total_lines": count,
                }
            )
        )
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
