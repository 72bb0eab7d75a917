from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .pom_delivery import UNSENT

#: What waits for a person, by its reason or the state of its message.
NO_ADDRESS = [("state", "=", "left_out"), ("reason", "=", "no_address")]
BY_HAND = [
    ("state", "=", "sent"),
    ("done_date", "=", False),
    ("delivery_id.state", "=", "by_hand"),
]


class PomReminder(models.Model):
    """A policy that waits for a person: somebody is told, and after some days of grace
    it goes on without what waited.
    """

    _inherit = "pom.reminder"

    stalled_date = fields.Date(
        string="Waits Since",
        readonly=True,
        index="btree_not_null",
        help="For a person: a letter to print, an address to find.",
    )

    # The two halves of ``_domain_stalled``, beside all that was ever sent or left out.
    _without_address_idx = models.Index(
        "(company_id) WHERE state = 'left_out' AND reason = 'no_address'"
    )
    _not_out_idx = models.Index(
        "(company_id) WHERE state = 'sent' AND done_date IS NULL"
    )

    @api.model
    def _domain_stalled(self):
        """What waits for a person: letters to print and the like, and debtors that
        nothing reaches.
        """
        return Domain(NO_ADDRESS) | Domain(BY_HAND)

    @api.model
    def _go_on_after_grace(self, company, today):
        """Tell whoever it waits for, and go on without what has waited long enough."""
        mine = Domain("company_id", "=", company.id)
        waiting = self.search(mine & self._domain_stalled())
        noted = self.search(mine & Domain("stalled_date", "!=", False))
        (noted - waiting).stalled_date = False
        (waiting - noted).stalled_date = today
        setup = company._pom_setup()
        last = today - timedelta(days=setup.grace_days)
        late = waiting.filtered(lambda r: r.stalled_date <= last)
        late._go_on(today)
        setup._tell_stalled(waiting - late, waiting - noted)

    def _go_on(self, today):
        """By the next channel, or else with the next level: what nobody got counts as
        left out, so that the first words that arrive are the first of the law.
        """
        unsent = self.filtered(lambda reminder: reminder.state == "sent")
        unsent.delivery_id._note_lost(UNSENT, state="failed")
        changes = defaultdict(list)
        for reminder in self:
            values = reminder._values_after_grace(today)
            changes[tuple(values.items())].append(reminder.id)
        self._write_each(changes)

    def _values_after_grace(self, today):
        skipped = {
            "state": "skipped",
            "reason": False,
            "done_date": today,
            "check_date": False,
            "stalled_date": False,
        }
        if self.state != "sent":
            return skipped
        values = self._next_channel_values(today)
        if values.get("channel"):
            return {**values, "stalled_date": False}
        return skipped

    def action_stalled(self):
        """What waits for a person, and since when."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "pom_reminder.pom_reminder_action"
        )
        return {
            **action,
            "name": self.env._("Waiting for a Person"),
            "domain": list(self._domain_stalled()),
            "context": {"search_default_by_reason": True},
        }
