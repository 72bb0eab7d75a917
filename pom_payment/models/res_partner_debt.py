from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.tools import SQL

from ..debt.facts import ZERO
from .account_bank_statement_line import NUMBER

#: The contacts of some debtors. None of what is asked about them joins tables: with as
#: many indexes as those have, planning that takes longer than all the rest.
CONTACTS = """
    WITH contact AS MATERIALIZED (
         SELECT array_agg(id) AS ids
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
                SQL(CONTACTS, tuple(self.ids)),
                self._pom_credits(companies),
                self._pom_bank_lines(companies),
            )
        )
        if not rows:
            return {}
        # Looked at here: joining entries takes longer to plan than all the rest.
        moves = self.env["account.move"].sudo()
        entries = moves.browse(row[5] for row in rows if row[5])
        posted = {entry.id for entry in entries if entry.state == "posted"}
        named = moves.browse({row[6] for row in rows if row[6]})._pom_left_of_named()
        debtors_of = self._pom_debtors_of_rows(rows)
        money = defaultdict(Decimal)
        currencies = self.env["res.currency"].browse(row[3] for row in rows)
        for row, currency in zip(rows, currencies, strict=True):
            company_id, partner_id, number, _currency, amount, entry_id, named_id = row
            if entry_id and entry_id not in posted:
                continue
            for debtor_id in debtors_of[number or partner_id]:
                left = Decimal(f"{amount:.{currency.decimal_places}f}")
                # What carries an invoice's reference is of that one: the rest is free.
                taken = min(left, named.get((named_id, currency.id), ZERO))
                if taken:
                    named[named_id, currency.id] -= taken
                money[company_id, debtor_id, currency.id] += left - taken
        return {key: amount for key, amount in money.items() if amount > 0}

    def _pom_debtors_of_rows(self, rows):
        """Whose money it is, of these: by contact, or by the account that it came from,
        which several may have.

        :return: ids by the number of an account or the id of a contact
        :rtype: dict[str | int, set[int]]
        """
        partners = self.sudo().browse({row[1] for row in rows if not row[2]})
        debtors_of = {
            partner.id: {partner.commercial_partner_id.id} for partner in partners
        }
        numbers = {row[2] for row in rows if row[2]}
        if not numbers:
            return debtors_of
        accounts = self.env["res.partner.bank"].sudo()
        found = accounts.search(
            [
                ("sanitized_acc_number", "in", list(numbers)),
                ("partner_id.commercial_partner_id", "in", self.ids),
            ]
        )
        for account in found:
            debtors = debtors_of.setdefault(account.sanitized_acc_number, set())
            debtors.add(account.partner_id.commercial_partner_id.id)
        return debtors_of

    def _pom_credits(self, companies):
        """Open credit of each ``contact`` on receivable accounts: by core's index of
        what isn't reconciled (account_id, partner_id), not by all that they ever had.
        """
        return SQL(
            """
            SELECT line.company_id, line.partner_id, NULL, line.currency_id,
                   -line.amount_residual_currency, NULL, NULL
              FROM account_move_line line
             WHERE line.account_id = ANY(ARRAY(
                       SELECT id FROM account_account
                        WHERE account_type = 'asset_receivable'))
               AND line.partner_id = ANY((SELECT ids FROM contact)::int[])
               AND line.company_id IN %s
               AND line.parent_state = 'posted'
               AND line.reconciled IS NOT TRUE
               AND line.amount_residual_currency < 0
            """,
            tuple(companies.ids),
        )

    def _pom_bank_lines(self, companies):
        """Incoming bank lines of each ``contact`` that nobody matched, known by name or
        by account: found by the indexes of those lines.
        """
        return SQL(
            """
            SELECT line.company_id, line.partner_id,
                   CASE WHEN line.partner_id IS NULL THEN %(number)s END,
                   COALESCE(line.foreign_currency_id, line.currency_id),
                   abs(line.amount_residual), line.move_id, line.pom_named_id
              FROM account_bank_statement_line line
             WHERE line.company_id IN %(companies)s
               AND line.is_reconciled IS NOT TRUE
               AND line.amount > 0
               AND line.amount_residual <> 0
               AND (line.partner_id = ANY((SELECT ids FROM contact)::int[])
                    OR line.partner_id IS NULL
                       AND %(number)s = ANY(ARRAY(
                           SELECT sanitized_acc_number
                             FROM res_partner_bank
                            WHERE active
                              AND partner_id = ANY((SELECT ids FROM contact)::int[]))))
            """,
            number=SQL(NUMBER % "line.account_number"),
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
               AND bank.sanitized_acc_number = %(number)s
              JOIN res_partner partner ON partner.id = bank.partner_id
            """,
            number=SQL(NUMBER % "paid.account_number"),
            companies=tuple(companies.ids),
        )
