from odoo import api, fields, models
from odoo.fields import Domain

from .pom_match import FLAGS


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    pom_value_date = fields.Date("Value Date", readonly=True, copy=False)
    pom_counterparty_bic = fields.Char("Counterparty BIC", readonly=True, copy=False)
    pom_end_to_end_id = fields.Char(
        "End-to-end ID", readonly=True, copy=False, index="btree_not_null"
    )
    pom_mandate = fields.Char(
        "Mandate", readonly=True, copy=False, index="btree_not_null"
    )
    pom_received_id = fields.Many2one(
        "pom.statement.received",
        string="Received In",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
    pom_fingerprint = fields.Char(readonly=True, copy=False, index="btree_not_null")
    pom_tried_on = fields.Datetime("Last Tried to Match", readonly=True, copy=False)
    pom_match_ids = fields.One2many(
        "pom.match", "statement_line_id", "Decisions", readonly=True
    )
    pom_match_id = fields.Many2one(
        "pom.match",
        "Decision",
        compute="_compute_pom_match",
        search="_search_pom_match_id",
    )
    pom_suggestion_ids = fields.One2many(
        "pom.match.suggestion", "statement_line_id", "Suggestions", readonly=True
    )
    pom_reason = fields.Char("Why", compute="_compute_pom_match")
    pom_flag = fields.Selection(
        FLAGS, "To Review", compute="_compute_pom_match", search="_search_pom_flag"
    )

    @api.depends("pom_match_ids.state")
    @api.depends_context("lang")
    def _compute_pom_match(self):
        for line in self:
            match = line.pom_match_ids.filtered(lambda item: item.state != "undone")[:1]
            line.pom_match_id = match
            line.pom_reason = match.reason
            line.pom_flag = match.flag

    def _search_pom_match_id(self, operator, value):
        live = Domain("state", "!=", "undone")
        return Domain("pom_match_ids", "any", live & Domain("id", operator, value))

    def _search_pom_flag(self, operator, value):
        live = Domain("state", "!=", "undone")
        return Domain("pom_match_ids", "any", live & Domain("flag", operator, value))

    def _pom_charge_items(self):
        """The journal items of what the bank kept, as it told with the line."""
        items = self.env["account.move.line"]
        for line in self:
            details = line.transaction_details
            if isinstance(details, dict) and details.get("charges"):
                account = line.journal_id._pom_fee_account()
                items |= line.move_id.line_ids.filtered_domain(
                    [("account_id", "=", account.id)]
                )
        return items

    def _pom_kept(self):
        # EXTENDS 'pom_payment'
        return super()._pom_kept() + sum(
            self._pom_charge_items().mapped("amount_currency")
        )

    def _pom_currencies(self):
        """Return the currencies that the line's amount is known in."""
        return self.currency_id | self.foreign_currency_id

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'account_reconcile_oca', which first looks for whose account each line
        # names, in all accounts, and writes that line by line.
        """What is matched has its partner from what it settles: OCA's way is left to
        what stays open. What Odoo looks for entry by entry is looked for once, as for
        lines of a file.
        """
        if not self._pom_matched_first(vals_list):
            return super().create(vals_list)
        matching = self.with_context(
            skip_retrieve_partner=True,
            pom_last_names={},
            pom_without_analytics=self._pom_without_analytics(),
        )
        lines = super(AccountBankStatementLine, matching).create(vals_list)
        lines = lines.with_env(self.env)
        lines._retrieve_partner()
        return lines

    @api.model
    def _pom_matched_first(self, vals_list):
        """Whether nobody needs the partners of these lines before we matched them: a
        model that books by itself may.
        """
        if self.env.context.get("pom_importing"):
            return False
        ids = {vals.get("journal_id") for vals in vals_list}
        journals = self.env["account.journal"].browse(ids - {None, False})
        return (
            len(journals) == len(ids)
            and all(journal.pom_auto_match for journal in journals)
            and not self._pom_has_models()
        )

    def _auto_reconcile(self):
        # EXTENDS 'account_reconcile_oca'
        """Ours first, then the models that somebody set up; lines being imported are
        matched already.
        """
        if self.env.context.get("pom_importing"):
            return None
        # What is made from here on are other entries.
        self = self.with_context(pom_last_names=None, pom_without_analytics=False)
        ours = self.filtered("journal_id.pom_auto_match")
        if self.env.context.get("pom_by_rule"):
            ours = self.browse()
        ours._pom_try_by_halves()
        others = (self - ours + ours._pom_of_models()).with_context(pom_by_rule=True)
        result = super(AccountBankStatementLine, others)._auto_reconcile()
        others.filtered("is_reconciled")._pom_forget_open()
        return result

    def _check_reconcile_data_changed(self):
        # EXTENDS 'account_reconcile_oca', which asks for each line whose partner it
        # finds.
        """What nobody has worked at can't differ from the entry. To draw it up so as to
        compare it reads all that is open: that is left to who looks at it.
        """
        if self.reconcile_data:
            return super()._check_reconcile_data_changed()
        names = ["reconcile_data_info", "can_reconcile"]
        self.invalidate_recordset(names, flush=False)
        return False

    def reconcile_bank_line(self):
        # EXTENDS 'account_reconcile_oca'
        """Learn from what a person books."""
        if self:  # Core calls this on none, too, whoever is at it.
            self.check_access("write")
        result = super().reconcile_bank_line()
        if not self.env.context.get("pom_by_rule"):
            self.env["pom.match.payer"]._learn(self)
        return result

    def action_pom_match(self):
        """Try to match now: a button on lines and lists."""
        self.check_access("write")
        self.env["pom.match"]._check_accountant()
        self._pom_auto_match()
        return True

    def action_pom_open(self):
        """Show the line in the reconciliation screen."""
        self.ensure_one()
        self.check_access("read")
        self.env["pom.match"]._check_accountant()
        return self.env["pom.match"]._open_line(self)

    def action_pom_undo(self):
        """Undo our decision: a button on the line."""
        self.check_access("write")
        return self.pom_match_id.action_undo()

    def action_undo_reconciliation(self):
        # EXTENDS 'account'
        """Close our decision on the line, whoever undoes it."""
        result = super().action_undo_reconciliation()
        self.filtered("reconcile_data").reconcile_data = False
        self.env["pom.match"]._mark_undone(self)
        self.env["pom.match.payer"]._forget(self)
        return result
