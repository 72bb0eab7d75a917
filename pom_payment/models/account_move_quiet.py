from dataclasses import replace

from odoo import fields, models

from ..groups import ACCOUNTING


class AccountMove(models.Model):
    """Debts that nobody is asked for during some time: because their debtor asked
    something, or because somebody decided so.
    """

    _inherit = "account.move"

    pom_quiet_until = fields.Date(
        string="No Reminders Until",
        copy=False,
        help="Until and including this day nobody is reminded of this invoice. "
        "31 December 9999: until somebody decides otherwise.",
        groups=ACCOUNTING,
    )
    pom_quiet_reason = fields.Char(
        string="Why No Reminders", copy=False, groups=ACCOUNTING
    )

    def _pom_with_quiet(self, facts):
        # EXTENDS 'account_move_to_ask'
        return replace(
            super()._pom_with_quiet(facts),
            quiet_until=self.pom_quiet_until or None,
        )

    def _pom_facts_to_ask(self, as_wished=False):
        # EXTENDS 'account_move_to_ask'
        facts = super()._pom_facts_to_ask(as_wished)
        if not as_wished:
            for key in self._pom_ids_not_to_follow():
                facts[key] = replace(facts[key], opted_out=True)
        return facts

    def _pom_ids_not_to_follow(self):
        """Ids of those that core's box keeps out. Core's own field reads all items of
        each invoice.
        """
        lines = self.env["account.move.line"].search_fetch(
            [
                ("move_id", "in", self.ids),
                ("display_type", "=", "payment_term"),
                ("no_followup", "=", True),
            ],
            ["move_id"],
        )
        return lines.move_id._ids

    def _invoice_paid_hook(self):
        # EXTENDS 'account': nobody has to look for the money any more.
        result = super()._invoice_paid_hook()
        self.sudo().activity_unlink(["pom_payment.mail_activity_find"])
        return result

    def _pom_keep_quiet(self, until, reason):
        """Nobody is reminded of these until and including a day; a time that lasts
        longer stays.

        :param datetime.date until: ``date.max`` without end
        """
        shorter = self.filtered(
            lambda move: not move.pom_quiet_until or move.pom_quiet_until < until
        )
        shorter.write({"pom_quiet_until": until, "pom_quiet_reason": reason})
