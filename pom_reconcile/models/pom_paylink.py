from odoo import api, models
from odoo.tools import SQL

from ..tools.match_queries import IS_ABOUT


class PomMatchSuggestion(models.Model):
    _inherit = "pom.match.suggestion"

    # What is suggested for an item (``@>``): each view of a page asks that.
    _pom_allocations_idx = models.Index("USING gin (allocations jsonb_path_ops)")


class PomPaylink(models.Model):
    """The page knows of bank lines that wait for a person, as reminders do."""

    _inherit = "pom.paylink"

    @api.model
    def _sql_around(self):
        # EXTENDS 'pom_payment'
        unmatched = SQL(
            f"""(SELECT TRUE
                  FROM account_move_line item
                 WHERE item.move_id = link.move_id
                   AND item.display_type = 'payment_term'
                   AND (EXISTS (
                        SELECT FROM pom_match_suggestion said WHERE said.{IS_ABOUT})
                     OR EXISTS (
                        SELECT FROM pom_match decision
                         WHERE decision.{IS_ABOUT} AND decision.state = 'undone')
                     OR EXISTS (
                        SELECT FROM account_bank_statement_line named
                         WHERE named.pom_named_id = item.move_id
                           AND named.is_reconciled IS NOT TRUE))
                 LIMIT 1)"""
        )
        return {**super()._sql_around(), "unmatched": unmatched}

    def _may_be_paid(self):
        # EXTENDS 'pom_payment'
        is_asked = self.move_id and self._may_have("unmatched")
        found = is_asked and self.move_id._pom_ids_unmatched()
        return bool(found) or super()._may_be_paid()
