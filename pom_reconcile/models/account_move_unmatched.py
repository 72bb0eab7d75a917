from dataclasses import replace

from odoo import models
from odoo.tools import SQL

from ..matching.reasons import REASONS
from ..tools.match_queries import IS_ABOUT

#: What tells that a line is of a debtor, beside a known account: money from that is on
#: account, and counted as far as it reaches.
TELLING = ("suggest_reference", "suggest_typo", "suggest_learnt", "suggest_name")

#: What bank lines that wait may have paid of some invoices: what was suggested; what a
#: person took back; what they name in a currency that the bank didn't tell.
UNMATCHED = f"""
    SELECT item.move_id
      FROM pom_match decision
      JOIN account_bank_statement_line line
        ON line.id = decision.statement_line_id
      JOIN pom_match_suggestion said ON said.match_id = decision.id
     CROSS JOIN LATERAL jsonb_array_elements(said.allocations) part
      JOIN account_move_line item ON item.id = (part ->> 0)::int
     WHERE decision.state = 'open'
       AND line.is_reconciled IS NOT TRUE
       AND line.amount > 0
       AND line.partner_id IS DISTINCT FROM item.partner_id
       AND item.move_id IN %(ids)s
       AND (said.reason_template IN %(telling)s
            OR said.reason_template = %(amount)s
               AND decision.reason_template = %(one)s
               AND NOT EXISTS (
                   SELECT FROM pom_match_suggestion other
                    WHERE other.match_id = decision.id
                      AND other.reason_template <> %(amount)s))
     UNION
    SELECT item.move_id
      FROM account_move_line item
      JOIN pom_match decision
        ON decision.{IS_ABOUT} AND decision.state = 'undone'
      JOIN account_bank_statement_line line
        ON line.id = decision.statement_line_id
     WHERE item.move_id IN %(ids)s
       AND item.display_type = 'payment_term'
       AND line.is_reconciled IS NOT TRUE
       AND line.amount > 0
       AND line.partner_id IS DISTINCT FROM item.partner_id
     UNION
    SELECT line.pom_named_id
      FROM account_bank_statement_line line
      JOIN account_move named ON named.id = line.pom_named_id
     WHERE line.pom_named_id IN %(ids)s
       AND line.is_reconciled IS NOT TRUE
       AND line.amount > 0
       AND named.currency_id
           <> COALESCE(line.foreign_currency_id, line.currency_id)"""


class AccountMove(models.Model):
    """Nobody is asked for what a bank line may have paid that waits for a person."""

    _inherit = "account.move"

    def _pom_facts_to_ask(self, as_wished=False):
        # EXTENDS 'pom_payment'
        facts = super()._pom_facts_to_ask(as_wished)
        if self.ids and not as_wished:
            for key in self._pom_ids_unmatched():
                facts[key] = replace(facts[key], unmatched=True)
        return facts

    def _pom_ids_unmatched(self):
        """Ids of those that an open line names, or whose debtor it names, however much
        it is; or, where it names nobody, of which alone it is the amount; or which it
        had paid, before a person took that back; or which it names, in a currency in
        which nobody knows how much of it that is.
        """
        self.env["pom.match.suggestion"].flush_model()
        self.env["pom.match"].flush_model(["state", "reason_template", "allocations"])
        self.env["account.bank.statement.line"].flush_model(
            ["is_reconciled", "partner_id", "pom_named_id"]
        )
        rows = self.env.execute_query(
            SQL(
                UNMATCHED,
                ids=self._ids,
                telling=tuple(REASONS[reason] for reason in TELLING),
                amount=REASONS["suggest_amount"],
                one=REASONS["unproven"],
            )
        )
        return [move_id for (move_id,) in rows]
