from odoo import models
from odoo.tools import SQL


class ResCompany(models.Model):
    """Days on which a company writes to debtors or charges them, and how fresh what its
    banks told is then.
    """

    _inherit = "res.company"

    def _pom_place(self):
        """Whose holidays one keeps: the country's, or the region's where they differ.

        :rtype: str
        """
        region = self.state_id.code
        return "-".join(filter(None, (self.country_code, region)))

    # -- banks -------------------------------------------------------------------------

    def _pom_bank_journals(self):
        return (
            self.env["account.journal"]
            .sudo()
            .search([("company_id", "in", self.ids), ("type", "=", "bank")])
        )

    def _pom_newest_statements(self):
        """Day of the newest bank statement line, by bank journal: by core's index
        (a branch may have lines in its parent's journal), not by reading all that the
        banks ever told.

        :rtype: dict[int, datetime.date]
        """
        if not self:
            return {}
        self.env["account.bank.statement.line"].flush_model()
        self.env["account.move"].flush_model(["date", "state"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT journal.id, MAX(newest.date)
                  FROM account_journal journal
            CROSS JOIN res_company company
            CROSS JOIN LATERAL (
                       SELECT move.date
                         FROM account_bank_statement_line line
                         JOIN account_move move ON move.id = line.move_id
                        WHERE line.journal_id = journal.id
                          AND line.company_id = company.id
                          AND move.state = 'posted'
                     ORDER BY line.internal_index DESC
                        LIMIT 1) newest
                 WHERE journal.type = 'bank' AND journal.company_id IN %s
              GROUP BY journal.id
                """,
                tuple(self.ids),
            )
        )
        return dict(rows)
