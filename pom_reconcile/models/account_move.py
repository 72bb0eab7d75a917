from odoo import models

from ..tools.key_queries import HAS_OWN_REFERENCE, IS_BILL_WITH_NUMBER, LAST_NUMBER
from ..tools.match_queries import COMPACT


class AccountMove(models.Model):
    _inherit = "account.move"

    # Paid documents are looked for by what bank lines say, of many lines by the first
    # two (``match_queries.PAID_ITEMS``); of a few lines, open ones too, and by the
    # number and the other side's number, or by the ends of what somebody made up for
    # one (``key_queries.documents``).
    _pom_reference_idx = models.Index(
        "(payment_reference) WHERE payment_reference IS NOT NULL"
    )
    _pom_number_idx = models.Index(
        "(sequence_number) WHERE state = 'posted' AND move_type != 'entry'"
    )
    _pom_compact_name_idx = models.Index(
        f"(({COMPACT % 'name'})) WHERE state = 'posted'"
    )
    _pom_compact_ref_idx = models.Index(
        f"(({COMPACT % 'ref'})) WHERE state = 'posted' AND ref IS NOT NULL"
    )
    _pom_ref_end_idx = models.Index(
        f"(({LAST_NUMBER % 'ref'})) WHERE {IS_BILL_WITH_NUMBER}"
    )
    _pom_reference_end_idx = models.Index(
        f"(({LAST_NUMBER % 'payment_reference'})) WHERE {HAS_OWN_REFERENCE}"
    )

    def _pom_fee_accounts(self):
        # EXTENDS 'pom_payment'
        found = super()._pom_fee_accounts()
        for journal in self.statement_line_id.journal_id:
            found |= journal._pom_fee_account()
        return found

    def _pom_discount_written_off(self):
        """The journal items by which discounts were written off as money paid these
        invoices early: of money that paid others, too, only what says whose it is.
        """
        terms = self.line_ids.filtered(lambda item: item.display_type == "payment_term")
        taken = [key for move in self for key in move._pom_discounts_taken()]
        partials = self.env["account.partial.reconcile"].browse(taken)
        found = self.env["account.move.line"]
        for entry in partials.credit_move_id.move_id:
            items = entry.line_ids
            settling = items.filtered(
                lambda item: item.account_id.account_type == "asset_receivable"
            )
            others = (
                settling.matched_debit_ids | settling.matched_credit_ids
            ) - terms.matched_credit_ids
            off = items - settling - entry._pom_items_of_money()
            if others:
                endings = tuple(f" ({name})" for name in self.mapped("name"))
                off = off.filtered(
                    lambda item, own=endings: (item.name or "").endswith(own)
                )
            found |= off
        return found

    def _pom_items_of_money(self):
        """Of an entry, what money came on, and what the bank kept of it."""
        money = self.journal_id.default_account_id
        money |= self.origin_payment_id.outstanding_account_id
        items = self.line_ids.filtered(lambda item: item.account_id in money)
        return items | self.statement_line_id._pom_charge_items()

    def _get_last_sequence(self, relaxed=False, with_prefix=None):
        # EXTENDS 'account'
        """Look once for the lines of a batch: the last name says how names are made,
        while their numbers go on from the one that this transaction holds.
        """
        names = self.env.context.get("pom_last_names")
        if names is None:
            return super()._get_last_sequence(relaxed, with_prefix)
        key = (self.journal_id.id, self.date, self.move_type, relaxed, with_prefix)
        if key not in names:
            names[key] = super()._get_last_sequence(relaxed, with_prefix)
        return names[key]

    def _compute_tax_country_id(self):
        # EXTENDS 'account'
        """Core's check on taxes calls this itself, for each entry apart. Unprotected,
        what is stored nowhere is then written: a third of what an entry takes.
        """
        if self.env.context.get("pom_last_names") is None:
            return super()._compute_tax_country_id()
        with self.env.protecting([self._fields["tax_country_id"]], self):
            return super()._compute_tax_country_id()
