from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from odoo import api, models

from ..debt.facts import ZERO
from ..debt.on_account import cover
from ..debt.standing import standing
from .account_move_debt import PAYABLE


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
        today = {company: company._pom_today() for company in self.company_id}
        others = self._pom_all_debts_of(money) - self
        known = {**others._pom_facts_seen(seen), **facts}
        covered = {}
        debts = (self | others).grouped(lambda move: move._pom_account_key())
        for key, group in debts.items():
            if key in money:
                standings = {
                    move.id: standing(known[move.id], today[move.company_id])
                    for move in group
                }
                covered.update(cover(money[key], standings))
        return {
            move.id: replace(facts[move.id], on_account=covered.get(move.id, ZERO))
            for move in self
        }

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
