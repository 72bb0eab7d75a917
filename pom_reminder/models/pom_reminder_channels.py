from collections import defaultdict
from datetime import timedelta

from odoo import api, models

from odoo.addons.pom_message.models.pom_delivery_outcome import LOST
from odoo.addons.pom_payment.debt.standing import SETTLED


class PomReminder(models.Model):
    """When a message didn't arrive or wasn't looked at, the next channel is tried."""

    _inherit = "pom.reminder"

    @api.model
    def _use_next_channels(self, company, today):
        """Reminders that bounced, or that nobody looked at in time, go by the next
        channel: the same reminder, so it stays one per level.
        """
        unseen = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "sent"),
                ("check_date", "<=", today),
                ("delivery_id.seen_date", "=", False),
            ]
        )
        standings = unseen.move_id._pom_standings()
        open_ones = unseen.filtered(
            lambda r: standings[r.move_id.id].word not in SETTLED
        )
        (unseen - open_ones).check_date = False
        changes = defaultdict(list)
        for reminder in open_ones:
            values = reminder._next_channel_values(today)
            changes[tuple(values.items())].append(reminder.id)
        self._write_each(changes)

    def _next_channel_values(self, today):
        chain = self._chain()
        position = self._reachable(chain, self.partner_id, self.step + 1)
        if position >= 0:
            is_automatic = self.policy_id._is_automatic(self.company_id)
            return {
                "state": "approved" if is_automatic else "planned",
                "step": position,
                "channel": chain[position],
                "planned_date": today,
                "check_date": False,
                # The term of the law counts from the message that arrives.
                "done_date": False,
            }
        if self.delivery_id.state not in LOST:
            # It merely wasn't looked at, so it was a reminder.
            return {"check_date": False}
        # What didn't arrive was none: no next level may follow from it.
        return {
            "check_date": False,
            "state": "left_out",
            "reason": "no_address",
            "done_date": False,
            "step": len(chain),
        }

    def _chain(self):
        return self.level_id._chain_for(self.partner_id, self.variant_id, self.number)

    def _check_again_on(self, today):
        """When the next channel is due after a message by the present one."""
        self.ensure_one()
        chain = self._chain()
        channels = self.env["pom.delivery"]._channels()
        if self.step + 1 >= len(chain) or channels[self.channel].by_hand:
            return False
        return today + timedelta(days=self.level_id.unseen_days)
