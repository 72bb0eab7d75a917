from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.tools import SQL

from ..debt.facts import ZERO

#: The contacts of some debtors: found once, since planning a join with many indexes
#: takes longer than all the rest.
DEBTORS = """
    WITH debtor AS MATERIALIZED (
         SELECT id, commercial_partner_id
           FROM res_partner WHERE commercial_partner_id IN %s)"""


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
                "%s %s UNION ALL %s",
                SQL(DEBTORS, tuple(self.ids)),
                self._pom_credits(companies),
                self._pom_bank_lines(companies),
            )
        )
        # Looked at here: joining entries takes longer to plan than all the rest.
        moves = self.env["account.move"].sudo()
        entries = moves.browse(row[4] for row in rows if row[4])
        posted = {entry.id for entry in entries if entry.state == "posted"}
        named = moves.browse({row[5] for row in rows if row[5]})._pom_left_of_named()
        money, seen = defaultdict(Decimal), set()
        currencies = self.env["res.currency"].browse(row[2] for row in rows)
        for row, currency in zip(rows, currencies, strict=True):
            *key, amount, entry_id, named_id = row
            key = tuple(key)
            # Contacts of one debtor may share an account.
            if entry_id and (entry_id not in posted or (entry_id, key) in seen):
                continue
            seen.add((entry_id, key))
            amount = Decimal(f"{amount:.{currency.decimal_places}f}")
            # What carries an invoice's reference is of that one: the rest is free.
            taken = min(amount, named.get((named_id, currency.id), ZERO))
            if taken:
                named[named_id, currency.id] -= taken
            money[key] += amount - taken
        return {key: amount for key, amount in money.items() if amount > 0}

    def _pom_credits(self, companies):
        """Open credit of each ``debtor`` on receivable accounts: by core's index of
        what isn't reconciled (account_id, partner_id), not by all that they ever had.
        """
        return SQL(
            """
            SELECT line.company_id, debtor.commercial_partner_id, line.currency_id,
                   -line.amount_residual_currency, NULL, NULL
              FROM account_move_line line
              JOIN debtor ON debtor.id = line.partner_id
             WHERE line.account_id = ANY(ARRAY(
                       SELECT id FROM account_account
                        WHERE account_type = 'asset_receivable'))
               AND line.company_id IN %s
               AND line.parent_state = 'posted'
               AND line.reconciled IS NOT TRUE
               AND line.amount_residual_currency < 0
            """,
            tuple(companies.ids),
        )

    def _pom_bank_lines(self, companies):
        """Incoming bank lines of each ``debtor`` that nobody matched, known by name or
        by account: found by the indexes of those lines.
        """
        return SQL(
            """
            SELECT line.company_id, debtor.commercial_partner_id,
                   COALESCE(line.foreign_currency_id, line.currency_id),
                   abs(line.amount_residual), line.move_id, line.pom_named_id
              FROM debtor
              JOIN account_bank_statement_line line ON line.partner_id = debtor.id
             WHERE line.company_id IN %(companies)s
               AND line.is_reconciled IS NOT TRUE
               AND line.amount > 0
               AND line.amount_residual <> 0
         UNION ALL
            SELECT line.company_id, debtor.commercial_partner_id,
                   COALESCE(line.foreign_currency_id, line.currency_id),
                   abs(line.amount_residual), line.move_id, line.pom_named_id
              FROM debtor
              JOIN res_partner_bank bank
                ON bank.partner_id = debtor.id AND bank.active
              JOIN account_bank_statement_line line
                ON upper(regexp_replace(line.account_number, '[^[:alnum:]]', '', 'g'))
                   = bank.sanitized_acc_number
             WHERE line.company_id IN %(companies)s
               AND line.partner_id IS NULL
               AND line.is_reconciled IS NOT TRUE
               AND line.amount > 0
               AND line.amount_residual <> 0
            """,
            companies=tuple(companies.ids),
        )

    def _pom_with_money(self, companies):
        """Query of the ids of whoever has money with us that isn't applied: what
        :meth:`_pom_on_account` would find something of.

        :rtype: SQL
        """
        return SQL(
            """
            SELECT partner.commercial_partner_id
              FROM account_move_line item
              JOIN res_partner partner ON partner.id = item.partner_id
             WHERE item.account_id = ANY(ARRAY(SELECT id FROM account_account
                                    WHERE account_type = 'asset_receivable'))
               AND item.company_id IN %(companies)s
               AND item.parent_state = 'posted'
               AND item.reconciled IS NOT TRUE
               AND item.amount_residual_currency < 0
             UNION
            SELECT partner.commercial_partner_id
              FROM account_bank_statement_line paid
              JOIN res_partner partner ON partner.id = paid.partner_id
             WHERE paid.company_id IN %(companies)s
               AND paid.is_reconciled IS NOT TRUE
               AND paid.amount > 0
             UNION
            SELECT partner.commercial_partner_id
              FROM (SELECT DISTINCT account_number
                      FROM account_bank_statement_line
                     WHERE company_id IN %(companies)s
                       AND partner_id IS NULL
                       AND is_reconciled IS NOT TRUE
                       AND amount > 0) paid
              JOIN res_partner_bank bank
                ON bank.active
               AND bank.sanitized_acc_number = upper(regexp_replace(
                       paid.account_number, '[^[:alnum:]]', '', 'g'))
              JOIN res_partner partner ON partner.id = bank.partner_id
            """,
            companies=tuple(companies.ids),
        )
