from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import clean_context

from ..matching.base import Settings

#: The account for bank costs, by chart or the first word of its name.
BANK_COSTS = {
    "be": "a657200",
    "de_skr03": "account_4970",
    "de_skr04": "chart_skr04_6855",
    "lu": "lu_2011_account_61333",
    "nl": "4630",
}


class AccountJournal(models.Model):
    _inherit = "account.journal"

    pom_auto_match = fields.Boolean(
        "Match Bank Lines Automatically",
        default=True,
        help="Bank lines are booked on the invoices and payments that they"
        " settle, where there is no doubt. All others stay open, with suggestions.",
    )
    pom_fee_account_id = fields.Many2one(
        "account.account",
        "Account for Fees",
        check_company=True,
        help="Where the fees go that a payment provider or a bank keeps of a payment."
        " Without it: the provider's own account, or the chart's account for bank"
        " costs.",
    )
    pom_early_discount = fields.Boolean(
        "Grant Early-payment Discount",
        default=True,
        help="Take a payment in time, less the discount of its terms, as full payment.",
    )
    pom_tolerance = fields.Monetary(
        "Rounding Tolerance",
        help="A difference up to this is written off. 0: never.",
    )
    pom_tolerance_account_id = fields.Many2one(
        "account.account",
        "Account for Rounding",
        check_company=True,
        help="Where differences within the tolerance are written off.",
    )

    pom_rule_ids = fields.One2many(
        "pom.match.rule",
        "journal_id",
        "Matching Rules",
        context={"active_test": False},
    )

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'account'
        journals = super().create(vals_list)
        bank = journals.filtered(lambda item: item.type in ("bank", "cash", "credit"))
        self.env["pom.match.rule"].sudo()._make(bank)
        return journals

    def create_document_from_attachment(self, attachment_ids):
        # EXTENDS 'account'
        """Import what is dropped on a bank journal's card as statements."""
        journal = self.browse(self.env.context.get("default_journal_id")).exists()
        if journal.type not in ("bank", "cash", "credit"):
            self.check_access("read")
            self.env["account.move"].check_access("create")
            return super().create_document_from_attachment(attachment_ids)
        journal.check_access("read")
        attachments = self.env["ir.attachment"].browse(attachment_ids)
        # Defaults for invoices came along: they aren't for statements.
        env = self.env(context=clean_context(self.env.context))
        wizard = env["account.statement.import"]
        return wizard._pom_import_attachments(attachments, journal)

    def _get_bank_statements_available_import_formats(self):
        # EXTENDS 'account_statement_import_file'
        formats = super()._get_bank_statements_available_import_formats()
        ours = self.env["account.statement.import"]._pom_formats()
        return [*formats, *(item.NAME for item in ours)]

    def _pom_settings(self) -> Settings:
        """Return what the engine may do on this journal."""
        self.ensure_one()
        tolerance = self.pom_tolerance if self.pom_tolerance_account_id else 0
        return Settings(
            rules=self._pom_rules(),
            early_payment_discount=self.pom_early_discount
            and bool(self._pom_discount_account(1)),
            rounding_tolerance=Decimal(str(tolerance)),
            fee_account=self._pom_fee_account().id or None,
        )

    def _pom_fee_account(self):
        """Return where fees go: the journal's own account, else what the company's
        chart has for bank costs."""
        company = self.company_id.root_id
        costs = BANK_COSTS.get((company.chart_template or "").partition("_")[0])
        costs = BANK_COSTS.get(company.chart_template, costs)
        if self.pom_fee_account_id or not costs:
            return self.pom_fee_account_id
        template = self.env["account.chart.template"].with_company(company)
        account = template.ref(costs, raise_if_not_found=False)
        return account or self.pom_fee_account_id

    def _pom_own_accounts(self) -> set[str]:
        """Return the company's own account numbers: money between them pays nothing."""
        self.ensure_one()
        company = self.company_id
        journals = self.sudo().search(
            [("company_id", "=", company.id), ("bank_account_id", "!=", False)]
        )
        banks = company.partner_id.sudo().bank_ids | journals.bank_account_id
        return set(banks.mapped("sanitized_acc_number"))

    def _pom_rules(self) -> tuple[str, ...]:
        """Return the rules in their order; those that nobody judged come last."""
        rules = self.with_context(active_test=False).pom_rule_ids.sorted()
        judged = set(rules.mapped("code"))
        known = self.env["pom.match"]._rules()
        used = tuple(rule.code for rule in rules if rule.active and rule.code in known)
        return used + tuple(code for code in known if code not in judged)

    def _pom_discount_account(self, sign):
        """Return where a discount that we grant (or get) goes."""
        company = self.company_id
        if sign > 0:
            return company.account_journal_early_pay_discount_loss_account_id
        return company.account_journal_early_pay_discount_gain_account_id

    def _pom_remainder_account(self, kind, amount):
        """Return the account for what is left of a line.

        :param kind: one of ``matching.base.REMAINDERS``.
        """
        self.ensure_one()
        accounts = {
            "fee": self._pom_fee_account(),
            "rounding": self.pom_tolerance_account_id,
            "discount": self._pom_discount_account(-amount),
        }
        account = accounts.get(kind, self.suspense_account_id)
        if not account:
            raise UserError(
                self.env._(
                    "Set the account for “%(kind)s” on the journal “%(journal)s”.",
                    kind=kind,
                    journal=self.display_name,
                )
            )
        return account
