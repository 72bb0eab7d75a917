from odoo import models


class AccountMove(models.Model):
    """A credit note mends what a debtor was right to contest; reminders of the rest go
    on.
    """

    _inherit = "account.move"

    def _post(self, soft=True):
        # EXTENDS 'account'
        posted = super()._post(soft=soft)
        credited = posted.filtered(lambda move: move.move_type == "out_refund")
        requests = credited.reversed_entry_id.sudo().pom_request_ids
        accepted = requests.filtered(
            lambda one: one.kind == "dispute" and one.state == "accepted"
        )
        accepted.is_mended = True
        for request in accepted:
            request._end_quiet()
        accepted.move_ids.activity_unlink(["pom_payment.mail_activity_credit_note"])
        return posted

    def _pom_is_contested_rightly(self):
        """Whether the creditor agreed to credit what the debtor contests."""
        requests = self.sudo().pom_request_ids
        disputes = requests.filtered(lambda one: one.kind == "dispute")
        return disputes.sorted("id")[-1:].state == "accepted"

    def _pom_words_of_disputed(self):
        """What the part is that isn't asked since the debtor contests it."""
        if self._pom_is_contested_rightly():
            return self.env._("We will credit")
        return self.env._("You don't agree with")
