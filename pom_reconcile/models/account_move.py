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

    def _pom_discount_written_off(self):
        """The journal items by which a discount was written off as money paid this
        invoice early; none where that money paid something else, too, since nobody can
        tell then whose they are.
        """
        self.ensure_one()
        partials = self.env["account.partial.reconcile"].browse(
            self._pom_discounts_taken()
        )
        entry = partials.credit_move_id.move_id
        money = entry.journal_id.default_account_id
        money |= entry.origin_payment_id.outstanding_account_id
        settling = entry.line_ids.filtered(
            lambda item: item.account_id.account_type == "asset_receivable"
        )
        others = (settling.matched_debit_ids | settling.matched_credit_ids) - partials
        if len(entry) != 1 or others:
            return entry.line_ids.browse()
        return (entry.line_ids - settling).filtered(
            lambda item: item.account_id not in money
        )

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
