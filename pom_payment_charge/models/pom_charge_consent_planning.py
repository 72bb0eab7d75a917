from odoo import api, models

from odoo.addons.pom_payment.models.account_move_debt import PAYABLE

from ..tools.charge_days import announce_day, charge_day
from .pom_charge import WAITING


class PomChargeConsent(models.Model):
    """Which parts a consent is about, and when each is charged."""

    _inherit = "pom.charge.consent"

    @api.model
    def _plan_for(self, moves):
        """Plan what was invoiced just now.

        :param moves: posted invoices
        """
        consents = self.sudo().search(
            [
                ("state", "=", "active"),
                ("kind", "=", "every"),
                ("partner_id", "in", moves.partner_id.ids),
                ("company_id", "in", moves.company_id.ids),
            ]
        )
        for consent in consents:
            mine = moves.filtered(
                lambda move, one=consent: move.partner_id == one.partner_id
                and move.company_id == one.company_id
            )
            consent._plan_parts(mine)

    @api.model
    def _cron_plan(self):
        """Plan what came to be otherwise: parts that were agreed to, invoices of before
        the consent was resumed.
        """
        consents = self.search([("state", "=", "active")], order="id")
        self.env["ir.cron"]._pom_take_turn(consents, lambda one: one._plan_one())

    def _plan_one(self):
        consent = self.try_lock_for_update(allow_referencing=True)
        consent._drop_superseded()
        consent._plan()
        self.env.cr.commit()  # pylint: disable=invalid-commit

    def _plan(self):
        """Plan whatever these are about and isn't planned yet."""
        for consent in self.filtered(lambda one: one.state == "active"):
            consent._plan_parts(consent._debts())

    def _drop_superseded(self):
        """What is planned for parts that the debts don't have any more, as after
        another plan, is no reason to ask nobody.
        """
        waiting = self.charge_ids._waiting()
        askings = waiting.move_id._pom_askings_uncollected()
        known = {
            move_id: {due.day for due in asking.facts.plan or asking.facts.dues}
            for move_id, asking in askings.items()
        }
        gone = waiting.filtered(
            lambda charge: charge.part_day not in known[charge.move_id.id]
        )
        gone._locked()._end("skipped", "superseded")

    def _debts(self):
        if self.kind == "due":
            return self.move_id
        unsettled = self.env["account.move"]._pom_unsettled()
        return self.env["account.move"].search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "posted"),
                ("move_type", "in", PAYABLE),
                *unsettled,
            ]
        )

    def _plan_parts(self, moves):
        """A charge for each unpaid part that falls due after it was agreed to."""
        since = self.company_id._pom_local(self.agreed_on).date()
        debts = moves.filtered(lambda move: move.currency_id == self.currency_id)
        askings = debts._pom_askings_uncollected()
        self.env["pom.charge"].create(
            [
                values
                for move in debts
                for part in askings[move.id].standing.to_ask
                if part.day >= since and not self._is_known(move, part.day)
                if (values := self._planned(move, part))
            ]
        )

    def _is_known(self, move, day):
        """Whether this part has a charge, or had one of this consent."""
        return any(
            charge.part_day == day
            and (charge.consent_id == self or charge.state in (*WAITING, "charging"))
            for charge in move.sudo().pom_charge_ids
        )

    def _planned(self, move, part):
        company = self.company_id
        place, today = company._pom_place(), company._pom_today()
        notice = self.notice
        shown = self._shown_day(part, place, today)
        day = shown or charge_day(part.day, today, notice, place)
        if self.until and day > self.until:
            return None
        return {
            "consent_id": self.id,
            "move_id": move.id,
            "part_day": part.day,
            "day": day,
            "amount": float(part.left),
            "announce_on": announce_day(day, notice, place),
            # Who agreed to the day itself was told of it.
            "state": "announced" if shown else "planned",
            "announced_on": today if shown else False,
        }

    def _shown_day(self, part, place, today):
        """The day that the payer agreed to, where it is too near for telling it again
        in time; None else.
        """
        day = charge_day(part.day, today, 1, place)
        is_near = self.kind == "due" and announce_day(day, self.notice, place) < today
        return day if is_near else None
