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
        return posted
