from odoo import models

#: What debtors told, as long as nobody is asked because of it: from when they tell it
#: until it's refused, or until money comes (``_end_quiet``).
TELLING = (("kind", "=", "already_paid"), ("quiet_until", "!=", False))


class AccountMove(models.Model):
    """Debts of which the debtor told us that they are paid: nobody is asked again until
    somebody has looked for the money. The books have them open all the same.
    """

    _inherit = "account.move"

    def _pom_told_paid(self):
        """Those of these of which the debtor told so. Nobody asks the database where
        no reminders are held back, as at most.
        """
        quiet = self.filtered(
            lambda move: (
                move.pom_quiet_until
                and move.pom_quiet_until >= move.company_id._pom_today()
            )
        )
        if not quiet:
            return quiet
        told = self.env["pom.payer.request"].search(
            [("move_ids", "in", quiet.ids), *TELLING]
        )
        return quiet.filtered(lambda move: move in told.move_ids)

    def _pom_is_told_paid(self):
        """Whether the debtor told so of all that is asked of these."""
        asked = self.filtered(lambda move: move.pom_standing.asked)
        return bool(asked) and asked <= asked._pom_told_paid()

    def _pom_note_found(self):
        """Money came for these: what is left of them is asked again, and so is all of
        it when that money goes back.
        """
        for move in self.filtered("pom_quiet_until"):
            for request in move.pom_request_ids.filtered_domain(list(TELLING)):
                request._end_quiet(move)
