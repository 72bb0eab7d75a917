from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.pom_payment.groups import ACCOUNTING

from .pom_open_link import GIVER

#: Who began and didn't pay has changed their mind.
CHANGED_THEIR_MIND = timedelta(days=1)
#: So many are cancelled in one go.
BATCH = 500


class AccountMove(models.Model):
    """What somebody wanted to give is no debt of which anybody is reminded."""

    _inherit = "account.move"

    pom_open_link_id = fields.Many2one(
        "pom.open.link",
        string="Open Amount",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        groups=ACCOUNTING,
    )

    @api.model
    def _pom_fact_fields(self):
        # EXTENDS 'pom_payment'
        return (*super()._pom_fact_fields(), "pom_open_link_id")

    def _pom_facts(self):
        # EXTENDS 'pom_payment'
        facts = super()._pom_facts()
        for move in self.sudo()._origin:
            if move.pom_open_link_id:
                facts[move.id] = replace(facts[move.id], opted_out=True)
        return facts

    @api.autovacuum
    def _pom_gc_open_amounts(self):
        """Cancel what was begun and not paid; numbers stay, so that none is missing."""
        before = fields.Datetime.now() - CHANGED_THEIR_MIND
        moves = self.search(
            [
                ("pom_open_link_id", "!=", False),
                ("state", "=", "posted"),
                ("payment_state", "=", "not_paid"),
                ("create_date", "<", before),
            ],
            limit=BATCH,
        )
        unpaid = moves.filtered(
            lambda move: move.pom_standing.can_be_paid and not move.pom_standing.coming
        )
        unpaid.button_draft()
        unpaid.button_cancel()
        unpaid._pom_forget_givers()
        return len(unpaid), 0

    def _pom_forget_givers(self):
        """Who changed their mind, or was named by a stranger, is no customer."""
        for partner in self.partner_id:
            if (partner.ref or "").startswith(GIVER):
                partner.write({"name": partner.ref, "email": False, "active": False})
