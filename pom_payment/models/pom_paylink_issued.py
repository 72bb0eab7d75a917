from odoo import models


class PomPaylink(models.Model):
    """A link is its debtor's: who owes the invoice later on gets another."""

    _inherit = "pom.paylink"

    def init(self):
        """Links of a database in which that wasn't noted yet: theirs who owe now."""
        self.env.cr.execute(
            """
            UPDATE pom_paylink link SET issued_to_id = move.partner_id
              FROM account_move move
             WHERE link.move_id = move.id AND link.issued_to_id IS NULL
            """
        )

    def _is_of_another_debtor(self):
        """Whether the invoice was sent to somebody else since: who has this link, by
        mail or on paper, doesn't owe it any more.
        """
        move = self.move_id
        return bool(
            self.issued_to_id
            and self.issued_to_id != move.partner_id
            or self.company_id != move.company_id
        )

    def _leave_to_another_debtor(self):
        self.withdrawn = True
        # One live link an invoice: this comes before the new one.
        self.flush_recordset(["withdrawn"])
        # What core's own address of the invoice is opened with.
        self.move_id.access_token = False
