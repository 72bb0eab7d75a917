from odoo import api, models
from odoo.tools import SQL

from ..tools.speed import percent
from .res_company import PRICES


class PomOverview(models.AbstractModel):
    """What reminding cost, where it's said what a message costs."""

    _inherit = "pom.overview"

    @api.model
    def _cost_tiles(self, scope, recovered):
        """What it cost for each hundred that came in after a reminder."""
        if not any(
            company[name] for company in scope.companies for name in PRICES.values()
        ):
            return []
        share = percent(self._cost(scope), float(recovered))
        text = "–" if share is None else self._text_money(scope, share)
        label = self.env._("Cost of reminders per 100 that came in")
        return [self._tile(label, text, ["history", "cost"])]

    @api.model
    def _cost(self, scope):
        """Of all reminders that left about the period's invoices, arrived or not; one
        about several invoices was paid for once.
        """
        kinds = set(self.env["pom.delivery"]._asking_kinds()) - {"invoice"}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT message.company_id, message.channel, COUNT(*)
                  FROM pom_delivery message
                 WHERE message.sent_date IS NOT NULL
                   AND message.kind IN %(kinds)s
                   AND message.channel IN %(channels)s
                   AND message.id IN (
                       SELECT rel.delivery_id
                         FROM pom_delivery_move_rel rel
                         JOIN (%(rows)s) row ON row.move_id = rel.move_id)
              GROUP BY message.company_id, message.channel
                """,
                kinds=tuple(kinds),
                channels=tuple(PRICES),
                rows=self._rows_of_period(scope, "move_id"),
            )
        )
        company = self.env["res.company"].browse
        return sum(
            company(company_id)[PRICES[channel]] * count
            for company_id, channel, count in rows
        )
