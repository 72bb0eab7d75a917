from collections import defaultdict

from odoo import models


class ResPartner(models.Model):
    """What debtors paid beyond what was due."""

    _inherit = "res.partner"

    def _pom_surpluses(self, companies):
        """What these debtors paid beyond what was due and is still here, by the invoice
        that they paid.

        :param res.partner self: commercial entities
        :rtype: dict[account.move, float]
        """
        found = defaultdict(float)
        credit = self._pom_open_credit(companies)
        for _line, move, share in credit._pom_shares_of_surplus():
            found[move] += share
        return {move: amount for move, amount in found.items() if amount > 0}

    def _pom_open_credit(self, companies):
        """Payments of these debtors that are applied to nothing, all or in part.

        :rtype: account.move.line
        """
        if not self.ids:
            return self.env["account.move.line"]
        return self.env["account.move.line"].search(
            [
                ("partner_id.commercial_partner_id", "in", self.ids),
                ("company_id", "in", companies.ids),
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("amount_residual", "<", 0),
                ("move_id.move_type", "=", "entry"),
            ]
        )
