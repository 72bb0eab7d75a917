from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..matching.base import Settings
from ..matching.rules import RULES


class AccountJournal(models.Model):
    _inherit = "account.journal"

    pom_auto_match = fields.Boolean(
        "Match Bank Lines by Themselves",
        default=True,
        help="Bank lines are booked on the invoices and payments that they"
        " settle, where there is no doubt. All others stay open, with suggestions.",
    )
    pom_fee_account_id = fields.Many2one(
        "account.account",
        "Account for Fees",
        check_company=True,
        help="Where the fees go that a payment provider or a bank keeps of a payment."
        " Without it such payments stay open.",
    )
    pom_early_discount = fields.Boolean(
        "Grant Early-payment Discount",
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

    def _get_bank_statements_available_import_formats(self):
        # EXTENDS 'account_statement_import_file'
        return [*super()._get_bank_statements_available_import_formats(), "CODA"]

    def _pom_settings(self) -> Settings:
        """Return what the engine may do on this journal."""
        self.ensure_one()
        tolerance = self.pom_tolerance if self.pom_tolerance_account_id else 0
        return Settings(
            rules=self._pom_rules(),
            early_payment_discount=self.pom_early_discount
            and bool(self._pom_discount_account(1)),
            rounding_tolerance=Decimal(str(tolerance)),
            fee_account=self.pom_fee_account_id.id or None,
        )

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
        used = tuple(rule.code for rule in rules if rule.active and rule.code in RULES)
        return used + tuple(code for code in RULES if code not in judged)

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
            "fee": self.pom_fee_account_id,
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
