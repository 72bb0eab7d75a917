from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import format_date


class AccountMove(models.Model):
    """What messages asked on top of a debt: costs, interest, compensation."""

    _inherit = "account.move"

    def _pom_claims(self):
        """What is asked on top of these and unpaid. Hook.

        :rtype: dict[int, tuple[Claim]]
        """
        return {}

    @api.model
    def _pom_sql_claimed(self):
        """A query of what was ever asked on top of invoices: rows of ``move_id`` and
        ``amount``, in the company's currency. Hook.
        """
        return SQL("SELECT NULL::int AS move_id, NULL::numeric AS amount WHERE FALSE")

    def _pom_claim_items(self, paid):
        """Journal items that take money for claims into income. Hook: who makes claims
        knows where.

        :param list[Paid] paid: what of which claim, by its key
        :return: values of a journal item each, without amounts, in that order
        :rtype: list[dict]
        """
        return []

    def _pom_claims_in_words(self):
        """What is asked on top of this, line by line, and how much.

        :rtype: list[tuple[str, Decimal]]
        """
        return [
            (self._pom_claim_in_words(claim), claim.amount)
            for claim in self.pom_standing.claims
        ]

    def _pom_claim_in_words(self, claim):
        day = format_date(self.env, claim.day, date_format="medium")
        if claim.kind == "compensation":
            return self.env._("Compensation")
        if claim.kind == "interest":
            return self.env._("Interest up to %s", day)
        return self.env._("Costs of the reminder of %s", day)
