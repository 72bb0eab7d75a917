from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ..debt.facts import ZERO
from ..debt.on_account import cover, covered_until
from ..debt.standing import standing
from .account_move_debt import PAYABLE

#: So many debts of one debtor are looked at at once.
STEP = 200
FIRST_DAYS = """
    SELECT move.id, CASE WHEN move.id NOT IN (%(agreed)s)
                         THEN min(line.date_maturity) END AS day
      FROM account_move move
 LEFT JOIN account_move_line line
        ON line.move_id = move.id AND line.display_type = 'payment_term'
     WHERE move.company_id = %(company)s
       AND move.commercial_partner_id = %(debtor)s
       AND move.currency_id = %(currency)s
       AND move.state = 'posted'
       AND move.move_type != 'entry'
       AND move.move_type IN %(kinds)s
       AND move.amount_residual > 0
  GROUP BY move.id
  ORDER BY day NULLS FIRST, move.id"""


class AccountMove(models.Model):
    """Money of the debtors that is in the house and not yet applied: nobody is asked
    for it again, whoever looks.
    """

    _inherit = "account.move"

    # A debtor's documents: what his money covers, here; what he owes beside it
    # (``pom_status_api``); what he paid of an amount (``pom_reconcile``).
    _pom_debtor_idx = models.Index(
        "(commercial_partner_id, amount_total) WHERE move_type != 'entry'"
    )

    def _pom_covered_facts(self, seen=None):
        """The facts of these debts, with what covers them of their debtors' money.

        :param seen: how to look at the facts of each debt, and of those that it shares
            that money with; as they are, without
        :rtype: dict[int, Facts]
        """
        moves = self.sudo()._origin
        facts = moves._pom_facts_seen(seen)
        debts = moves.filtered(lambda move: move._pom_may_be_covered(facts[move.id]))
        money = debts.commercial_partner_id._pom_on_account(debts.company_id)
        if not money:
            return facts
        return {**facts, **debts._pom_covered(facts, money, seen)}

    def _pom_facts_seen(self, seen):
        facts = self._pom_facts()
        return {key: seen(one) for key, one in facts.items()} if seen else facts

    def _pom_set_off(self):
        """What of each open credit note among these is set off in what its debtor is
        asked for elsewhere, by id.

        :rtype: dict[int, Decimal]
        """
        moves = self.sudo()
        notes = moves.filtered(lambda move: move.pom_standing.word == "credit")
        keys = {note._pom_account_key() for note in notes}
        covered = defaultdict(Decimal)
        for debt in moves._pom_all_debts_of(keys):
            covered[debt._pom_account_key()] += debt.pom_standing.covered
        found = {}
        for note in moves._pom_all_debts_of(keys, ("out_refund",)).sorted("id"):
            key = note._pom_account_key()
            found[note.id] = min(covered[key], -note.pom_standing.left)
            covered[key] -= found[note.id]
        return found

    def _pom_may_be_covered(self, facts):
        return not facts.books and any(due.left > 0 for due in facts.dues)

    def _pom_covered(self, facts, money, seen):
        """The facts, with what the debtors' money covers of each: the oldest due of all
        that they owe come first.
        """
        covered = {}
        for key, group in self.grouped(lambda move: move._pom_account_key()).items():
            if key in money:
                known = {move.id: facts[move.id] for move in group}
                covered.update(self._pom_covered_by(key, money[key], known, seen))
        return {
            move.id: replace(facts[move.id], on_account=covered.get(move.id, ZERO))
            for move in self
        }

    @api.model
    def _pom_covered_by(self, key, money, facts=(), seen=None):
        """What of a debtor's money covers each of his debts. Of who owes thousands no
        more are looked at than the money lasts for.

        :param tuple key: of ``_pom_account_key``
        :param facts: of those debts of which they are known, by id
        :param seen: as for ``_pom_covered_facts``
        :rtype: dict[int, Decimal]
        """
        today = self.env["res.company"].browse(key[0])._pom_today()
        known = {id_: standing(one, today) for id_, one in dict(facts).items()}
        days = self._pom_first_days(key)
        others = [id_ for id_ in days if id_ not in known]
        for start in range(0, len(others), STEP):
            until = covered_until(money, known)
            first = days[others[start]]
            if until and first and first > until:
                break
            step = self.browse(others[start : start + STEP])
            known |= {
                id_: standing(one, today)
                for id_, one in step._pom_facts_seen(seen).items()
            }
        return cover(money, known)

    @api.model
    def _pom_first_days(self, key):
        """The day from which on something of each debt of a debtor may be due; None of
        those that are paid on other days than they say.

        :param key: of ``_pom_account_key``
        :return: days by ids, in their order, those without one first
        :rtype: dict[int, date | None]
        """
        self.flush_model(["amount_residual", "commercial_partner_id", "state"])
        self.env["account.move.line"].flush_model(["date_maturity", "display_type"])
        company_id, debtor_id, currency_id = key
        return dict(
            self.env.execute_query(
                SQL(
                    FIRST_DAYS,
                    agreed=SQL(" UNION ").join(self._pom_agreed()),
                    company=company_id,
                    debtor=debtor_id,
                    currency=currency_id,
                    kinds=PAYABLE,
                )
            )
        )

    def _pom_account_key(self):
        """What money must share with a debt to be applied to it."""
        return (self.company_id.id, self.commercial_partner_id.id, self.currency_id.id)

    @api.model
    def _pom_all_debts_of(self, money, kinds=PAYABLE):
        """What is open of whoever has money in the house."""
        return self.search(
            [
                ("company_id", "in", [key[0] for key in money]),
                ("commercial_partner_id", "in", [key[1] for key in money]),
                ("state", "=", "posted"),
                ("move_type", "in", kinds),
                ("amount_residual", ">", 0),
            ]
        )
