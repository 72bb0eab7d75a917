from decimal import Decimal
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import amounts, instalments
from .account_move import PAYABLE
from .pom_paylink_view import MOVE


class Choice(NamedTuple):
    """What somebody pays in one go; ``problem`` says why the wish wasn't followed."""

    moves: models.BaseModel
    currency: models.BaseModel
    amount: Decimal
    bounds: amounts.Bounds
    problem: str = ""


class PomPaylinkDebt(models.Model):
    """What the debt behind a link comes to, at the moment of looking."""

    _inherit = "pom.paylink"

    views = fields.Integer(
        readonly=True, help="How often a person looked; mail scanners don't count."
    )
    last_seen = fields.Datetime(readonly=True)

    @api.model
    def _statement_of(self, partner, company):
        """The live statement link of this debtor, made when there is none."""
        debtor = partner.commercial_partner_id
        live = [("debtor_id", "=", debtor.id), ("company_id", "=", company.id)]
        link = self.search([*live, ("withdrawn", "=", False)], limit=1)
        return link or self.create(
            {
                "debtor_id": debtor.id,
                "company_id": company.id,
                "valid_until": self._valid_until(company),
            }
        )

    # -- what is owed ------------------------------------------------------------------

    def _debt_status(self):
        """One word for how the debt stands, whatever the link; '' if there is none."""
        if self.debtor_id:
            return self._statement_status()
        move = self.move_id
        if move.state != "posted" or move.move_type not in PAYABLE:
            return ""
        if move.payment_state == "reversed" or move.amount_residual < 0:
            return "credit"
        status = move.pom_payment_status
        if status in ("paid", "in_progress"):
            return status
        if move.pom_disputed_amount >= move.amount_residual:
            return "disputed"
        standing = self._standing()
        return "planned" if standing and not standing.asked else status

    def _statement_status(self):
        if self._attempts_under_way():
            return "in_progress"
        moves = self._open_moves()
        if not moves:
            return "paid"
        totals = self._totals(moves)
        return "open" if any(total > 0 for total in totals.values()) else "credit"

    def _open_moves(self):
        """Documents that can be paid with this link, credit notes included."""
        if self.move_id:
            return self.move_id
        moves = self.env["account.move"].search_fetch(
            [
                ("commercial_partner_id", "=", self.debtor_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "posted"),
                ("move_type", "in", (*PAYABLE, "out_refund")),
                ("payment_state", "in", ("not_paid", "partial")),
            ],
            MOVE,
            order="invoice_date_due, id",
        )
        return moves.filtered(lambda move: move.pom_payment_status != "in_progress")

    def _owed(self, move):
        """What a document adds to the sum: below zero for a credit note, and without
        the part that the debtor contests.
        """
        cents = f"{move.amount_residual:.{move.currency_id.decimal_places}f}"
        if move.move_type == "out_refund":
            return -Decimal(cents)
        disputed = f"{move.pom_disputed_amount:.{move.currency_id.decimal_places}f}"
        return max(Decimal(cents) - Decimal(disputed), Decimal(0))

    def _totals(self, moves):
        """:return: dict of currency -> Decimal"""
        totals = dict.fromkeys(moves.currency_id, Decimal(0))
        for move in moves:
            totals[move.currency_id] += self._owed(move)
        return totals

    def _standing(self):
        """How a debt stands that is spread over dates, or None. Payment terms spread
        it; other agreements extend this.

        :rtype: tools.instalments.Standing
        """
        terms = self._lines("payment_term").sorted("date_maturity")
        return instalments.standing(
            [
                instalments.Instalment(
                    line.date_maturity,
                    Decimal(f"{line.amount_currency:.2f}"),
                    Decimal(f"{line.amount_residual_currency:.2f}"),
                )
                for line in terms
            ],
            self._today(),
        )

    # -- what is chosen ----------------------------------------------------------------

    def _choice(self, items=(), typed=""):
        """What will be paid: by default all that is asked now.

        :param items: ids of documents, of a statement only
        :param str typed: an amount, as somebody wrote it
        :rtype: Choice
        """
        moves = self._chosen_moves(items)
        currency = moves[:1].currency_id or self.company_id.currency_id
        bounds = self._bounds(moves)
        amount, problem = amounts.choose(typed, bounds)
        if not problem and amount <= 0:
            problem = "nothing"
        return Choice(moves, currency, amount, bounds, problem)

    def _chosen_moves(self, items):
        moves = self._open_moves()
        chosen = moves.filtered(lambda move: move.id in items) or moves
        own = chosen.filtered(lambda m: m.currency_id == self.company_id.currency_id)
        return own or chosen.filtered(
            lambda move: move.currency_id == chosen[:1].currency_id
        )

    def _bounds(self, moves):
        total = sum((self._owed(move) for move in moves), Decimal(0))
        if self.debtor_id:
            return amounts.Bounds(total, total, total)
        move, standing = self.move_id, self._standing()
        most = Decimal(f"{move.amount_residual:.{move.currency_id.decimal_places}f}")
        # Somebody who pays a contested invoice all the same pays all of it.
        asked = total or most
        if standing and standing.asked:
            asked = min(asked, standing.asked)
        least = asked
        if self.company_id.pom_part_allowed:
            least = min(asked, Decimal(f"{self.company_id.pom_part_minimum:.2f}"))
        return amounts.Bounds(least, asked, most)

    # -- being looked at ---------------------------------------------------------------

    def _count_view(self):
        """Not by the ORM: whoever looks must not wait for who pays, nor the reverse."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE pom_paylink
                   SET views = COALESCE(views, 0) + 1, last_seen = %s
                 WHERE id IN (SELECT id FROM pom_paylink
                               WHERE id = %s FOR UPDATE SKIP LOCKED)
                """,
                fields.Datetime.now(),
                self.id,
            )
        )
