from collections import defaultdict

from odoo import models

from .account_move_surplus import OVER
from .pom_paylink_closed import PAID
from .pom_paylink_paid import Paid


class PomPaylink(models.Model):
    """What was paid and isn't owed: the debtor sees it, and may ask for it. Nothing is
    offered: it may be the same money, seen twice, so a person decides.
    """

    _inherit = "pom.paylink"

    def _shares_of_surplus(self):
        """What was paid beyond what was due: for the invoice, or of a statement, for
        all of this debtor's.

        :return: as ``_pom_shares_of_surplus`` gives it
        """
        debtor = self.partner_id.commercial_partner_id
        credit = self._once("credit", lambda: debtor._pom_open_credit(self.company_id))
        return [
            (line, move, share)
            for line, move, share in credit._pom_shares_of_surplus()
            if share > 0
            and (self.move_id == move or self.debtor_id and self._is_of_debtor(move))
        ]

    def _is_of_debtor(self, move):
        return bool(move.filtered_domain([self._whose()]))

    def _surplus(self):
        """The same in all.

        :rtype: dict[res.currency, float]
        """
        totals = defaultdict(float)
        for _line, move, share in self._shares_of_surplus():
            totals[move.currency_id] += share
        return dict(totals)

    def _paid_besides(self):
        """The payments that it came with.

        :rtype: list[Paid]
        """
        return [
            Paid(share, line.date, self._way_of(line.move_id), line.move_id.name)
            for line, _move, share in self._shares_of_surplus()
        ]

    def _words_of_surplus(self):
        """What was paid and isn't owed, in words; '' where nothing is."""
        return self._once("surplus", self._find_words_of_surplus)

    def _find_words_of_surplus(self):
        move, is_paid = self.move_id, self.state in PAID
        is_over = is_paid or move.pom_standing.word in OVER
        totals = self._surplus().items() if is_over else ()
        shown = ", ".join(currency.format(amount) for currency, amount in totals)
        too_much = move._pom_words_of_surplus(shown) if shown else ""
        if not move:
            return too_much
        left = move._pom_words_of_left()
        return too_much or left if is_paid else left or too_much

    def _overpaid(self):
        """The documents that it was paid for."""
        moves = self.env["account.move"]
        for _line, move, _share in self._shares_of_surplus():
            moves |= move
        return moves or self.move_id
