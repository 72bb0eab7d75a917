import base64
import io
import zipfile

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from .. import formats
from ..formats import archive
from ..formats.base import FormatError
from .account_statement_import_journals import MissingJournal

#: Gaps between statements that are told one by one.
MOST_GAPS = 5


class AccountStatementImport(models.TransientModel):
    """Several files at once: read all, imported in order, told in one summary."""

    _inherit = "account.statement.import"

    statement_file = fields.Binary(required=False)
    pom_file_ids = fields.Many2many("ir.attachment", string="Files")
    pom_refusal = fields.Text(readonly=True)
    pom_summary = fields.Text(readonly=True)
    pom_statement_ids = fields.Many2many("account.bank.statement", readonly=True)
    pom_left = fields.Integer("Left to Match", readonly=True)

    @api.model
    def _pom_import_attachments(self, attachments, journal):
        """Import files that were dropped on a journal's card.

        :return: the action that shows what became of them, or what they lack.
        """
        self.env["pom.match"]._check_accountant()
        attachments.check_access("read")
        vals = {
            "pom_file_ids": [Command.set(attachments.ids)],
            "pom_journal_id": journal.id,
        }
        return self.create(vals).action_pom_import_files()

    def action_pom_import_files(self):
        """Import all files, or none and say why."""
        self.ensure_one()
        self.env["pom.match"]._check_accountant()
        self = self.with_context(journal_id=self.pom_journal_id.id)
        self.write({"pom_missing": False, "pom_refusal": False})
        try:
            with self.env.cr.savepoint():
                done = self._pom_import_files()
        except MissingJournal as refusal:
            return self._pom_offer_journals(refusal)
        except UserError as refusal:
            self.pom_refusal = refusal.args[0]
            return self._pom_show()
        return done

    def action_pom_queue(self):
        """Work off what these files left open."""
        self.ensure_one()
        scope = {"statement_ids": self.pom_statement_ids.ids}
        return self.env["pom.match.queue"]._open(scope)

    def action_pom_statements(self):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "account.action_bank_statement_tree"
        )
        action["domain"] = [("id", "in", self.pom_statement_ids.ids)]
        action["context"] = {}
        return action

    def _pom_import_files(self):
        files = self._pom_files()
        parsed = self._pom_parse_files(files)
        journals = self._pom_check_journals(parsed)
        count = sum(len(vals["transactions"]) for *_, stmts in parsed for vals in stmts)
        if count > self._pom_background_lines() and self._pom_all_known(files):
            name = self._pom_name(files)
            data = base64.b64encode(zipped(files))
            return self._pom_job(name, data, count, journals)
        result = {"statement_ids": [], "notifications": [], "known": 0}
        for single in parsed:
            self.import_single_statement(single, result)
        statements = self.env["account.bank.statement"].browse(result["statement_ids"])
        self._pom_keep_files(statements)
        return self._pom_summarize(len(files), len(parsed), statements, result["known"])

    # Reading

    def _pom_files(self) -> list[tuple[str, bytes]]:
        """Return names and contents; those of a zip in its place."""
        files, left = [], archive.MOST_BYTES
        for attachment in self.pom_file_ids.sorted("name"):
            data = attachment.raw or b""
            if not archive.is_archive(data):
                files.append((attachment.name, data))
                continue
            try:
                # Of all zips together: ten small ones may come to gigabytes.
                found = list(archive.members(data, left))
            except FormatError as error:
                raise UserError(self._pom_of_file(attachment.name, error)) from error
            files += found
            left -= sum(len(content) for _name, content in found)
        return files

    def _pom_of_file(self, name, error) -> str:
        return self.env._(
            "“%(name)s”: %(problem)s", name=name, problem=self._pom_refusal(error)
        )

    def _pom_parse_files(self, files):
        """Return the statements of each currency and account, the oldest first.

        :raises UserError: naming every file that can't be imported.
        """
        accounts, problems = {}, []
        for name, data in files:
            self.statement_filename = name
            try:
                parsed = self._pom_parse(data)
            except UserError as error:
                problems.append(
                    self.env._(
                        "“%(name)s”: %(problem)s", name=name, problem=error.args[0]
                    )
                )
                continue
            for currency, account, stmts_vals in parsed:
                for vals in stmts_vals:
                    vals["pom_file"] = name
                accounts.setdefault((account, currency), []).extend(stmts_vals)
        if problems:
            raise UserError("\n".join(problems))
        return [
            (currency, account, sorted(accounts[account, currency], key=_in_order))
            for account, currency in sorted(accounts, key=str)
        ]

    def _pom_all_known(self, files) -> bool:
        ours = self._pom_formats()
        return all(formats.is_known(data, name, ours) for name, data in files)

    def _pom_name(self, files) -> str:
        if len(files) == 1:
            return files[0][0]
        return self.env._("%(count)s files", count=len(files))

    def _pom_keep_files(self, statements) -> None:
        """Keep each file with the statements that it brought; others aren't kept."""
        by_name = {attachment.name: attachment for attachment in self.pom_file_ids}
        archives = self.pom_file_ids.filtered(
            lambda item: archive.is_archive(item.raw or b"")
        )
        for statement in statements:
            kept = by_name.get(statement.reference) or archives
            statement.attachment_ids = [Command.link(one.id) for one in kept]
        kept = self.pom_file_ids & statements.attachment_ids
        kept.write({"res_model": "account.bank.statement", "res_id": statements[:1].id})

    # Telling

    def _pom_summarize(self, files, accounts, statements, known):
        lines = statements.line_ids
        matched = lines.filtered("is_reconciled")
        left = len(lines) - len(matched)
        told = [
            self.env._(
                "Files: %(files)s. Accounts: %(accounts)s. Transactions: %(new)s new,"
                " %(known)s known.",
                files=files,
                accounts=accounts,
                new=len(lines),
                known=known,
            ),
            *self._pom_gap_sentences(statements),
        ]
        if lines:
            told.append(
                self.env._(
                    "%(matched)s matched, %(left)s for you.",
                    matched=len(matched),
                    left=left,
                )
            )
        self.pom_summary = "\n".join(told)
        self.pom_statement_ids = statements
        self.pom_left = left
        return self._pom_show("pom_reconcile.account_statement_import_done_form")

    def _pom_gap_sentences(self, statements):
        """Yield where money is missing between these statements and others."""
        gaps = statements.journal_id._pom_gaps()
        pairs = [
            pair
            for some in gaps.values()
            for pair in some
            if not set(pair).isdisjoint(statements.ids)
        ]
        Statement = self.env["account.bank.statement"]
        if len(pairs) > MOST_GAPS:
            yield self.env._("Statements are missing in %s places.", len(pairs))
        for former_id, later_id in pairs[:MOST_GAPS]:
            former, later = Statement.browse(former_id), Statement.browse(later_id)
            money = later.currency_id.format
            yield self.env._(
                "Missing: %(statement)s of %(journal)s opens at %(opens)s, the one"
                " before, %(former)s, closed at %(closed)s.",
                statement=later.name,
                journal=later.journal_id.name,
                opens=money(later.balance_start),
                former=former.name,
                closed=money(former.balance_end_real),
            )

    def _pom_show(self, view=None):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import Statements"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(self.env.ref(view).id if view else False, "form")],
            "target": "new",
            "context": {"journal_id": self.pom_journal_id.id},
        }


def zipped(files) -> bytes:
    """Return one archive of the files; a name may come twice."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as one:
        for number, (name, data) in enumerate(files, 1):
            one.writestr(f"{number:04d} {name.replace('/', ' ')}", data)
    return target.getvalue()


def _in_order(vals):
    return str(vals.get("date") or ""), vals.get("name") or ""
