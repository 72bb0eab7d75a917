from odoo import api, models

from odoo.addons.pom_reminder.tools.on_top import ZERO, OnTop

from ..tools.rows import open_after


class PomClaim(models.Model):
    """What messages ask, from the moment at which they have left."""

    _inherit = "pom.claim"

    @api.model
    def _open_with(self, moves, new, is_exclusive):
        """What is open on top of each of these debts once a message asks for more.

        :param dict[int, OnTop] new: what it may ask, by id of the debt
        :rtype: dict[int, OnTop]
        """
        known = self._of(moves)
        return {
            move.id: open_after(
                {kind: one._row() for kind, one in known.get(move.id, {}).items()},
                new.get(move.id, OnTop()),
                is_exclusive,
            )
            for move in moves
        }

    @api.model
    def _asked_of_small(self, moves, limit, today):
        """What compensations of small debts of this debtor were asked in the months
        before, these debts among them.

        :param Limit limit:
        :rtype: Decimal
        """
        claims = self.search(
            [
                ("kind", "=", "compensation"),
                ("company_id", "in", moves.company_id.ids),
                (
                    "move_id.commercial_partner_id",
                    "in",
                    moves.commercial_partner_id.ids,
                ),
                ("move_id.amount_total", "<", float(limit.below)),
                ("asked_on", ">", limit.since(today)),
            ]
        )
        return sum((one._row().amount for one in claims), ZERO)

    @api.model
    def _note_asked(self, deliveries, day):
        """These messages left on a day."""
        deliveries = deliveries.filtered(
            lambda one: one.on_top and one.company_id._pom_setup().claims
        )
        known = self._of(deliveries.move_ids)
        missing = []
        for delivery, move, kind, left in self._asked_by(deliveries):
            claim = known.get(move.id, {}).get(kind)
            values = self._values_asked(delivery, move, kind, day)
            if not claim and left:
                missing.append({**values, "amount": left})
            elif claim and claim.delivery_id != delivery:
                amount = left + claim.paid + claim.dropped
                if claim.amount != amount:
                    before = claim.amount
                    claim.write({**values, "amount": amount, "amount_before": before})
        self.create(missing)
        deliveries.move_ids.filtered(lambda m: not m.pom_has_claims).write(
            {"pom_has_claims": True}
        )

    @api.model
    def _asked_by(self, deliveries):
        """Rows of message, debt, kind and what it asks of that kind."""
        for delivery in deliveries:
            moves = {str(move.id): move for move in delivery.move_ids}
            for key, amounts in delivery.on_top.items():
                if key in moves:
                    for kind, amount in zip(OnTop._fields, amounts, strict=True):
                        yield delivery, moves[key], kind, float(amount)

    @api.model
    def _values_asked(self, delivery, move, kind, day):
        periods = (delivery.interest_periods or {}).get(str(move.id))
        return {
            "move_id": move.id,
            "company_id": move.company_id.id,
            "kind": kind,
            "delivery_id": delivery.id,
            "asked_on": day,
            "rule": delivery.policy_id.rule,
            **({"periods": periods} if kind == "interest" and periods else {}),
        }

    @api.model
    def _note_lost(self, deliveries):
        """These messages didn't arrive: what they alone asked isn't owed."""
        lost = self.search([("delivery_id", "in", deliveries.ids)])
        for claim in lost:
            claim.write(
                {
                    "amount": max(claim.amount_before, claim.paid + claim.dropped),
                    "delivery_id": False,
                }
            )
