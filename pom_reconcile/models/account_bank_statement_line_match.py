import logging
from dataclasses import replace

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY as CONCURRENT

from ..matching import engine
from ..matching.base import BankLine
from ..matching.names import iban_key
from ..tools.bank_lines import bank_line
from ..tools.key_queries import are_few
from .pom_match_record import SOMEONE_ELSE

_logger = logging.getLogger(__name__)

#: Lines decided and booked in one go.
BATCH = 500


class AccountBankStatementLine(models.Model):
    """Matching of bank lines, about to be created or open."""

    _inherit = "account.bank.statement.line"

    @api.model
    def _pom_create_matched(self, vals_list):
        """Create lines of one journal, each straight on its final account if known.

        :param vals_list: values for ``create``; left as they are where nothing matches.
        """
        journal = self.env["account.journal"].browse(vals_list[0]["journal_id"])
        self = self.with_context(pom_importing=True)
        booking = self.env["pom.match.booking"].with_company(journal.company_id)
        matches, postings = self._pom_decide_new(vals_list, journal)
        usable = {key: item for key, item in postings.items() if not item.error}
        for number, posting in usable.items():
            booking._prepare(vals_list[number], posting, journal)
        with self.env["account.move"]._pom_at_once():
            lines = self._pom_create_batch(vals_list, journal)
            for number, posting in usable.items():
                posting.line = lines[number]
            self.env["pom.match.settling"]._settle(list(usable.values()))
        self.env["pom.match"]._record(
            [(lines[match.line_id], match) for match in matches], postings
        )
        lines._pom_follow_models()
        return lines

    def _pom_create_batch(self, vals_list, journal):
        """Create lines with what Odoo does entry by entry done once: the search for the
        last number, for analytic models, and the check of the balances.
        """
        context = {
            "pom_last_names": {},
            "pom_without_analytics": self._pom_without_analytics(),
            "check_move_validity": False,
            "skip_account_move_synchronization": True,
            # There are no taxes to be kept in step.
            "skip_invoice_sync": not self._pom_accounts(vals_list, journal).tax_ids,
        }
        lines = self.with_context(**context).create(vals_list).with_env(self.env)
        for partner, named in lines.grouped("partner_id").items():
            if partner:  # Core's synchronization is off, which writes it.
                entries = named.move_id.with_context(**context)
                entries.with_context(skip_readonly_check=True).partner_id = partner
        with lines.move_id._check_balanced({"records": lines.move_id}):
            pass
        return lines

    def _pom_without_analytics(self):
        models = self.env["account.analytic.distribution.model"].sudo()
        return not models.search_count([], limit=1)

    def _pom_accounts(self, vals_list, journal):
        """Return the accounts that lines about to be created are booked on."""
        account_ids = {vals.get("counterpart_account_id") for vals in vals_list} | {
            command[2].get("account_id")
            for vals in vals_list
            for command in vals.get("line_ids", ())
        }
        accounts = self.env["account.account"].browse(account_ids - {None})
        return accounts | journal.default_account_id | journal.suspense_account_id

    def _prepare_move_line_default_vals(self, counterpart_account_id=None):
        # EXTENDS 'account'
        vals_list = super()._prepare_move_line_default_vals(counterpart_account_id)
        if self.env.context.get("pom_without_analytics"):
            for vals in vals_list:
                vals["analytic_distribution"] = False
        return vals_list

    def _pom_decide_new(self, vals_list, journal):
        """Decide on lines by their values. The statement is imported, whatever happens
        here: what the program can't take is left open."""
        if not journal.pom_auto_match:
            return [], {}
        try:
            with self.env.cr.savepoint():
                bank_lines = [
                    self._pom_bank_line(number, vals, journal)
                    for number, vals in enumerate(vals_list)
                ]
                return self._pom_decide(bank_lines, journal)
        except CONCURRENT:
            raise
        except Exception:
            _logger.exception("Bank lines of %s can't be matched", journal.name)
            return [], {}

    def _pom_auto_match(self):
        """Match the lines that are open; those that can't be decided stay open.

        :return: the lines that were matched.
        """
        matched = self.browse()
        for journal in self.journal_id:
            lines = self.filtered(lambda line, j=journal: line.journal_id == j)
            for start in range(0, len(lines), BATCH):
                matched += lines[start : start + BATCH]._pom_match_batch(journal)
        return matched

    def _pom_match_batch(self, journal):
        locked = self.try_lock_for_update(allow_referencing=True)
        locked.pom_tried_on = fields.Datetime.now()
        lines = locked._pom_filter_open()
        if not lines:
            return lines
        quiet = journal._pom_import_context()
        lines = lines.with_context(**quiet).with_company(journal.company_id)
        env = lines.env
        bank_lines = [
            lines._pom_bank_line(line.id, line._pom_values(), journal) for line in lines
        ]
        matches, postings = lines._pom_decide(bank_lines, journal)
        usable = []
        for line_id, posting in postings.items():
            posting.line = lines.browse(line_id)
            if not posting.error:
                usable.append(posting)
        with env["account.move"]._pom_at_once():
            env["pom.match.booking"]._rewrite(usable)
            env["pom.match.settling"]._settle(usable)
        env["pom.match"]._record_anew(
            [(lines.browse(match.line_id), match) for match in matches], postings
        )
        matched = lines.browse([item.line.id for item in usable if not item.error])
        (lines - matched)._pom_keep_keys(bank_lines)
        return matched

    def _pom_filter_open(self):
        """Return the lines that may be booked: open, and not in a closed period."""
        return self.filtered(
            lambda line: not line.is_reconciled
            and line.state == "posted"
            and not line.move_id.inalterable_hash
            and not line.move_id._get_violated_lock_dates(line.date, False)
        )

    def _pom_forget_open(self):
        self.env["pom.match"].sudo().search(
            [("statement_line_id", "in", self.ids), ("state", "=", "open")]
        ).unlink()

    def _pom_decide(self, bank_lines, journal):
        """Return the engine's decisions, and what is to be booked by line id."""
        bank_lines = self._pom_complete(bank_lines, journal)
        keys = engine.needed_keys(bank_lines)
        first = min(line.date for line in bank_lines)
        found = self.env["pom.match.candidates"]._find(
            keys, journal.company_id, first, few=are_few(bank_lines)
        )
        matches = engine.match(
            bank_lines,
            found.candidates,
            journal._pom_settings(),
            self.env["pom.match"]._rules(),
        )
        postings = self.env["pom.match.booking"]._postings(matches, found, journal)
        self._pom_lock_items(postings)
        return matches, postings

    def _pom_lock_items(self, postings):
        """Keep others away from what is being settled; whoever came first wins.

        A document that changed since this transaction began makes PostgreSQL refuse the
        lock, and the whole is tried again on what is there then.
        """
        Item = self.env["account.move.line"]
        wanted = {
            candidate_id
            for posting in postings.values()
            for candidate_id in posting.settles
        }
        locked = set(
            Item.browse(sorted(wanted)).try_lock_for_update(allow_referencing=True).ids
        )
        for posting in postings.values():
            if not locked.issuperset(posting.settles):
                posting.error = SOMEONE_ELSE

    # What the bank said, in the engine's terms

    def _pom_values(self):
        """Return the line's own values, as they were given to ``create``."""
        self.ensure_one()
        return {
            "date": self.date,
            "amount": self.amount,
            "payment_ref": self.payment_ref,
            "ref": self.ref,
            "narration": self.narration,
            "account_number": self.account_number,
            "partner_name": self.partner_name,
            "transaction_details": self.transaction_details,
            "pom_counterparty_bic": self.pom_counterparty_bic,
            "foreign_currency_id": self.foreign_currency_id.id,
            "amount_currency": self.amount_currency,
            "pom_fingerprint": self.pom_fingerprint,
        }

    @api.model
    def _pom_bank_line(self, line_id, vals, journal) -> BankLine:
        currency = journal.currency_id or journal.company_id.currency_id
        foreign = self.env["res.currency"].browse(vals.get("foreign_currency_id") or ())
        return bank_line(
            line_id,
            vals,
            fields.Date.to_date(vals["date"]),
            currency.name,
            foreign.name or "",
            company_id=journal.company_id.id,
            journal_id=journal.id,
        )

    def _pom_complete(self, bank_lines, journal) -> list[BankLine]:
        """Add what our own records know: our other accounts, lists of payouts, and whom
        persons picked."""
        own = journal._pom_own_accounts()
        lists = self.env["pom.payout"]._lists(bank_lines, journal.company_id)
        twins = self._pom_twins(bank_lines, journal)
        parts = self._pom_parts(bank_lines, journal)
        picked = self._pom_picked()
        nobody = (None, frozenset())
        return [
            replace(
                line,
                kind="internal"
                if iban_key(line.counterparty_iban) in own
                else line.kind,
                payout_items=lists.get(line.id, ()),
                twin=twins.get(line.id, ""),
                parts=parts.get(line.id, ()),
                picked=debtor,
                group=group,
            )
            for line in bank_lines
            for debtor, group in [picked.get(line.id, nobody)]
        ]
