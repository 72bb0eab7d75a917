from odoo import models


class AccountBankStatementLine(models.Model):
    """What matching would do, without doing it."""

    _inherit = "account.bank.statement.line"

    def _pom_would_match(self):
        """Lines of one journal that would be booked, each with the reason in words."""
        lines = self._pom_filter_open()
        if not lines:
            return []
        journal = lines.journal_id
        lines = lines.with_company(journal.company_id)
        bank_lines = [
            lines._pom_bank_line(line.id, line._pom_values(), journal) for line in lines
        ]
        matches, postings = lines._pom_decide(bank_lines, journal)
        booked = {key for key, posting in postings.items() if not posting.error}
        sentence = self.env["pom.match"]._sentence
        return [
            (self.browse(match.line_id), sentence(match.reason, match.values))
            for match in matches
            if match.line_id in booked
        ]
