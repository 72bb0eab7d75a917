from dataclasses import replace

from odoo import api, fields, models

from ..groups import ACCOUNTING


class AccountMove(models.Model):
    """Debts that nobody is asked for during some time: because their debtor asked
    something, or because somebody decided so.
    """

    _inherit = "account.move"

    pom_quiet_until = fields.Date(
        string="No Reminders Until",
        copy=False,
        index="btree_not_null",
        help="Until and including this day nobody is reminded of this invoice. "
        "31 December 9999: until somebody decides otherwise.",
        groups=ACCOUNTING,
    )
    pom_quiet_reason = fields.Char(
        string="No Reminders Because",
        copy=False,
        groups=ACCOUNTING,
        help="In the words of whoever decided it.",
    )
    pom_quiet_facts = fields.Json(
        string="No Reminders Because Of",
        readonly=True,
        copy=False,
        groups=ACCOUNTING,
        help="What keeps reminders back where nobody decided it, such as the number of "
        "a request.",
    )
    pom_quiet_words = fields.Char(
        string="Why No Reminders",
        compute="_compute_pom_quiet_words",
        compute_sudo=True,
        groups=ACCOUNTING,
    )

    @api.depends("pom_quiet_reason", "pom_quiet_facts")
    @api.depends_context("lang")
    def _compute_pom_quiet_words(self):
        for move in self:
            facts = move.pom_quiet_facts
            own = move.pom_quiet_reason
            move.pom_quiet_words = own or (facts and move._pom_quiet_in_words(facts))

    def _pom_quiet_in_words(self, facts):
        """Why nobody is reminded, for whoever reads it. Hook: an addon words its own.

        :param dict facts: ``request``, the id of what the debtor asked
        """
        asked = facts.get("request")
        request = self.pom_request_ids.filtered(lambda one: one.id == asked)
        if not request:
            return self.env._("a request of the debtor")
        return request._words_of_quiet()

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

    def _pom_keep_quiet(self, until, reason="", facts=None):
        """Nobody is reminded of these until and including a day; a time that lasts
        longer stays.

        :param datetime.date until: ``date.max`` without end
        :param str reason: what a person wrote
        :param dict facts: or what :meth:`_pom_quiet_in_words` makes words of
        """
        shorter = self.filtered(
            lambda move: not move.pom_quiet_until or move.pom_quiet_until < until
        )
        shorter._pom_set_quiet(until, reason, facts)

    def _pom_set_quiet(self, until, reason="", facts=None):
        """The same, for however long it was before; False for until ends it."""
        self.write(
            {
                "pom_quiet_until": until,
                "pom_quiet_reason": reason,
                "pom_quiet_facts": facts or False,
            }
        )
