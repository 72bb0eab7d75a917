from dataclasses import replace
from datetime import date

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_date

from odoo.addons.pom_payment.debt.facts import FOREVER
from odoo.addons.pom_payment.groups import ACCOUNTING


class AccountMove(models.Model):
    """What the creditor decided about a customer keeps us quiet too."""

    _inherit = "account.move"

    pom_silence = fields.Char(
        string="No Reminders Now",
        compute="_compute_pom_silence",
        compute_sudo=True,
        groups=ACCOUNTING,
        help="The reason for which nobody is reminded of this at this moment.",
    )

    pom_is_quiet_forever = fields.Boolean(
        string="Unpaid invoices without reminders, with no end",
        compute="_compute_pom_is_quiet_forever",
        search="_search_pom_is_quiet_forever",
        groups=ACCOUNTING,
    )

    @api.depends("pom_quiet_until", "commercial_partner_id.pom_quiet_until")
    def _compute_pom_is_quiet_forever(self):
        for move in self:
            owner = move.commercial_partner_id
            ends = (move.pom_quiet_until, owner.pom_quiet_until)
            move.pom_is_quiet_forever = FOREVER in ends

    @api.model
    def _search_pom_is_quiet_forever(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Odoo asks it of the fields of a domain, and this returns a query.
        self._check_field_access(self._fields["pom_quiet_until"], "read")
        names = ["pom_quiet_until", "commercial_partner_id"]
        self.flush_model([*names, "partner_id"])
        self.env["res.partner"].flush_model(names)
        # Two short lists: who looks through all invoices for either finds few in long.
        quiet = Domain(
            "id",
            "in",
            SQL(
                """(SELECT id FROM account_move WHERE pom_quiet_until = %(end)s
                     UNION
                    SELECT move.id
                      FROM res_partner owner
                      JOIN res_partner partner
                        ON partner.commercial_partner_id = owner.id
                      JOIN account_move move
                        ON move.partner_id = partner.id
                       AND move.commercial_partner_id = owner.id
                     WHERE owner.pom_quiet_until = %(end)s)""",
                end=FOREVER,
            ),
        )
        return quiet if True in value else ~quiet

    @api.depends(
        "pom_standing",
        "pom_quiet_until",
        "pom_quiet_words",
        "partner_id.pom_quiet_until",
        "partner_id.pom_quiet_reason",
        "partner_id.pom_no_reminders",
        "commercial_partner_id.pom_quiet_until",
        "commercial_partner_id.pom_quiet_reason",
        "commercial_partner_id.pom_no_reminders",
    )
    @api.depends_context("lang")
    def _compute_pom_silence(self):
        saved = self._origin
        askings = saved._pom_askings()
        reminders = self.env["pom.reminder"]
        for move in self:
            known = askings.get(move._origin.id)
            reason = known.standing.silence if known else "paid"
            move.pom_silence = reason not in ("", "paid") and (
                reminders._words_of_silence(reason, move)
            )

    def _pom_with_quiet(self, facts):
        # EXTENDS 'pom_payment'
        facts = super()._pom_with_quiet(facts)
        customers = self._pom_customers()
        ends = (facts.quiet_until, *(one.pom_quiet_until for one in customers))
        until = max(filter(None, ends), default=None)
        is_out = facts.opted_out or any(one.pom_no_reminders for one in customers)
        if (until, is_out) == (facts.quiet_until, facts.opted_out):
            return facts
        return replace(facts, quiet_until=until, opted_out=is_out)

    def _pom_hold_words(self):
        """That nobody is reminded of this, why, and until when: of the decision that
        holds longest.

        :rtype: str
        """
        holders = [self, *self._pom_customers()]
        until = max(one.pom_quiet_until or date.min for one in holders)
        holder = next(one for one in holders if one.pom_quiet_until == until)
        reason = holder["pom_quiet_words" if holder == self else "pom_quiet_reason"]
        if until == date.max:
            return self.env._("On hold: %s", reason or self.env._("no reason given"))
        return self.env._(
            "On hold until %(day)s: %(reason)s",
            day=format_date(self.env, until),
            reason=reason or self.env._("no reason given"),
        )

    def _pom_customers(self):
        """The contact, and the company that it belongs to: apart, since a union of both
        would be read by itself, with a query for each invoice.
        """
        return self.partner_id, self.commercial_partner_id
