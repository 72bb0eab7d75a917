from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.base.models.res_bank import sanitize_account_number

#: Characters of a French account number.
FRENCH = 11


class MissingJournal(UserError):
    """No journal has the account in this currency.

    :param accounts: account number and currency of each.
    """

    def __init__(self, message, accounts):
        super().__init__(message)
        self.accounts = accounts


class AccountStatementImport(models.TransientModel):
    """The journals of a file's accounts: found, missed or hidden."""

    _inherit = "account.statement.import"

    #: Account and currency of each account that no journal has.
    pom_missing = fields.Json(readonly=True)
    pom_missing_text = fields.Text(compute="_compute_pom_missing_text")
    pom_may_create = fields.Boolean(compute="_compute_pom_missing_text")
    #: The one whose card was used.
    pom_journal_id = fields.Many2one("account.journal", readonly=True)
    pom_may_use = fields.Boolean(compute="_compute_pom_missing_text")

    @api.depends("pom_missing")
    def _compute_pom_missing_text(self):
        may_create = self.env["account.journal"].has_access("create")
        for wizard in self:
            missing = wizard.pom_missing or ()
            wizard.pom_missing_text = "\n".join(map(" ".join, missing))
            wizard.pom_may_create = may_create
            wizard.pom_may_use = wizard._pom_fits(missing)

    def _pom_fits(self, missing) -> bool:
        """Whether the journal that was started from lacks just this account."""
        journal = self.pom_journal_id
        if len(missing) != 1 or not journal or journal.bank_account_id:
            return False
        own = journal.currency_id or journal.company_id.currency_id
        return own.name == missing[0][1] and journal.has_access("write")

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
        started = self.env.context.get("journal_id")
        journals = journals.filtered(lambda item: item.id == started) or journals
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
        self._pom_refuse_hidden(account_number, currency)
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

    def _pom_refuse_hidden(self, account_number, currency):
        """Say where the account is when it isn't in sight: then it lacks no journal.

        :raises UserError: it is another company's of this user, or archived.
        """
        hidden = self._pom_journals(account_number, self.env.user.company_ids, False)
        for journal in hidden:
            if (journal.currency_id or journal.company_id.currency_id) != currency:
                continue
            values = {"account": account_number, "journal": journal.name}
            if journal.company_id not in self.env.companies:
                raise UserError(
                    self.env._(
                        "Nothing was imported: %(account)s is the account of"
                        " “%(journal)s” in %(company)s. Choose that company above, and"
                        " import the file there.",
                        company=journal.company_id.display_name,
                        **values,
                    )
                )
            raise UserError(
                self.env._(
                    "Nothing was imported: the journal “%(journal)s” of %(account)s is"
                    " archived. Restore it, and import the file again.",
                    **values,
                )
            )

    def _pom_check_journals(self, parsed):
        """
        :return: the journals of all accounts of the file
        :raises MissingJournal: naming those that have none.
        """
        refusals, journals = [], self.env["account.journal"]
        for currency, account_number, stmts_vals in parsed:
            if not (currency and self._check_parsed_data(stmts_vals)):
                continue
            try:
                journals |= self._match_journal(
                    account_number, self._match_currency(currency)
                )
            except MissingJournal as refusal:
                refusals.append(refusal)
        if refusals:
            raise MissingJournal(
                "\n".join(refusal.args[0] for refusal in refusals),
                [account for refusal in refusals for account in refusal.accounts],
            )
        return journals

    def _pom_journals(self, account_number, companies=None, active=True):
        """Return the bank journals of that account in the companies that are chosen."""
        number = sanitize_account_number(account_number)
        spellings = [number]
        if number.startswith("BE") and len(number) == 16:
            spellings.append(number[4:])  # Belgian account number from before the IBAN.
        companies = self.env.companies if companies is None else companies
        journals = self.env["account.journal"].with_context(
            active_test=active, allowed_company_ids=companies.ids
        )
        numbers = Domain("bank_account_id.sanitized_acc_number", "in", spellings)
        if len(number) == FRENCH and number.isalnum():
            # CFONB gives the number that is within a French IBAN: after country, check
            # digits, bank and branch, before the key.
            within = f"FR{'_' * 12}{number}__"
            numbers |= Domain("bank_account_id.sanitized_acc_number", "=like", within)
        return journals.search(
            Domain([("type", "=", "bank"), ("company_id", "in", companies.ids)])
            & numbers
        )

    def action_pom_use_journal(self):
        """Give the journal that was started from its account number, and import."""
        self.ensure_one()
        self.env["pom.match"]._check_accountant()
        if not self.pom_may_use:
            raise UserError(self.env._("This journal can't take that account."))
        ((account_number, _currency),) = self.pom_missing
        self.pom_journal_id.set_bank_account(account_number)
        return self.import_file_button()

    def action_pom_create_journals(self):
        """Create the bank journals that lack, and import."""
        self.ensure_one()
        self.check_access("write")
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
