from decimal import Decimal

from odoo import models
from odoo.tools import SQL


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _pom_on_account(self, companies):
        """Money of these debtors that is in the house and not applied: payments on
        account, credit notes, and bank lines that nobody matched yet.

        :param res.partner self: commercial entities
        :return: amounts above zero by ids of company, debtor and currency
        :rtype: dict[tuple[int, int, int], Decimal]
        """
        if not self.ids:
            return {}
        self.env["account.move.line"].flush_model(
            ["amount_residual_currency", "reconciled", "partner_id", "parent_state"]
        )
        self.env["account.bank.statement.line"].flush_model(
            [
                "is_reconciled",
                "amount_residual",
                "partner_id",
                "account_number",
                "pom_named_id",
            ]
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT company_id, debtor_id, currency_id, SUM(amount)
                  FROM (%s UNION ALL %s)
                       money(company_id, debtor_id, currency_id, amount)
              GROUP BY company_id, debtor_id, currency_id
                HAVING SUM(amount) > 0
                """,
                self._pom_credits(companies),
                self._pom_bank_lines(companies),
            )
        )
        currencies = self.env["res.currency"].browse(row[2] for row in rows)
        return {
            (company_id, debtor_id, currency.id): Decimal(
                f"{amount:.{currency.decimal_places}f}"
            )
            for (company_id, debtor_id, _id, amount), currency in zip(
                rows, currencies, strict=True
            )
        }

    def _pom_credits(self, companies):
        """Open credit on receivable accounts."""
        return SQL(
            """
            SELECT line.company_id, partner.commercial_partner_id, line.currency_id,
                   -line.amount_residual_currency
              FROM account_move_line line
              JOIN res_partner partner ON partner.id = line.partner_id
              JOIN account_account account ON account.id = line.account_id
             WHERE partner.commercial_partner_id IN %s
               AND line.company_id IN %s
               AND line.parent_state = 'posted'
               AND line.reconciled IS NOT TRUE
               AND line.amount_residual_currency < 0
               AND account.account_type = 'asset_receivable'
            """,
            tuple(self.ids),
            tuple(companies.ids),
        )

    def _pom_bank_lines(self, companies):
        """Incoming bank lines of these debtors that nobody matched, known by name or
        by account: found by the indexes of those lines. What carries the reference of
        an open invoice is of that one, and only what is more than that is free.
        """
        return SQL(
            """
            SELECT known.company_id, known.debtor_id, known.currency_id,
                   known.amount - COALESCE(named.amount_residual, 0)
              FROM (SELECT line.id, line.move_id, line.company_id, line.pom_named_id,
                           partner.commercial_partner_id,
                           COALESCE(line.foreign_currency_id, line.currency_id),
                           abs(line.amount_residual)
                      FROM res_partner partner
                      JOIN account_bank_statement_line line
                        ON line.partner_id = partner.id
                     WHERE partner.commercial_partner_id IN %(debtors)s
                       AND line.company_id IN %(companies)s
                       AND line.is_reconciled IS NOT TRUE
                       AND line.amount > 0
                 UNION
                    SELECT line.id, line.move_id, line.company_id, line.pom_named_id,
                           partner.commercial_partner_id,
                           COALESCE(line.foreign_currency_id, line.currency_id),
                           abs(line.amount_residual)
                      FROM res_partner partner
                      JOIN res_partner_bank bank
                        ON bank.partner_id = partner.id AND bank.active
                      JOIN account_bank_statement_line line
                        ON upper(regexp_replace(
                               line.account_number, '[^[:alnum:]]', '', 'g'))
                           = bank.sanitized_acc_number
                     WHERE partner.commercial_partner_id IN %(debtors)s
                       AND line.company_id IN %(companies)s
                       AND line.partner_id IS NULL
                       AND line.is_reconciled IS NOT TRUE
                       AND line.amount > 0)
                   known(id, move_id, company_id, named_id, debtor_id, currency_id,
                         amount)
              JOIN account_move entry ON entry.id = known.move_id
         LEFT JOIN account_move named
                ON named.id = known.named_id
               AND named.state = 'posted'
               AND named.currency_id = known.currency_id
             WHERE known.amount > COALESCE(named.amount_residual, 0)
               AND entry.state = 'posted'
            """,
            debtors=tuple(self.ids),
            companies=tuple(companies.ids),
        )
