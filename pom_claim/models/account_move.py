from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.pom_payment.groups import ACCOUNTING


class AccountMove(models.Model):
    """Debts with claims on top."""

    _inherit = "account.move"

    # A plain column that is written once, so that whoever looks at an invoice of which
    # nothing was ever asked on top isn't slower for it.
    pom_has_claims = fields.Boolean(readonly=True, copy=False, groups=ACCOUNTING)
    pom_claim_ids = fields.One2many(
        "pom.claim",
        "move_id",
        string="Asked on Top",
        readonly=True,
        copy=False,
        groups=ACCOUNTING,
    )
    pom_claimed = fields.Monetary(
        string="Asked on Top of It",
        compute="_compute_pom_claimed",
        currency_field="company_currency_id",
        groups=ACCOUNTING,
        help="Costs, interest and compensation that reminders asked and nobody paid.",
    )

    @api.depends("pom_claim_ids.left")
    def _compute_pom_claimed(self):
        for move in self:
            move.pom_claimed = sum(move.pom_claim_ids.mapped("left"))

    # -- what is known about the debt --------------------------------------------------

    @api.depends("pom_claim_ids.left")
    def _compute_pom_standing(self):
        # EXTENDS 'pom_payment'
        return super()._compute_pom_standing()

    @api.model
    def _pom_fact_fields(self):
        # EXTENDS 'pom_payment'
        return (*super()._pom_fact_fields(), "pom_has_claims")

    def _pom_claims(self):
        # EXTENDS 'pom_payment'
        found = super()._pom_claims()
        claimed = self.sudo().filtered(
            lambda move: move.pom_has_claims and move.company_id._pom_setup().claims
        )
        claims = self.env["pom.claim"].sudo()
        if claimed:
            claims = claims.search(
                [("move_id", "in", claimed.ids), ("state", "=", "asked")], order="id"
            )
        for move, rows in claims.grouped("move_id").items():
            found[move.id] = tuple(row._as_fact() for row in rows)
        return found

    @api.model
    def _pom_sql_claimed(self):
        # EXTENDS 'pom_payment'
        self.env["pom.claim"].flush_model(["move_id", "amount"])
        return SQL("SELECT move_id, SUM(amount) AS amount FROM pom_claim GROUP BY 1")

    def _pom_claim_items(self, paid):
        # EXTENDS 'pom_payment'
        keys = [one.claim.key for one in paid]
        return self.env["pom.claim"].sudo().browse(keys)._items()

    # -- what becomes of a debit note --------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _pom_ask_noted_again(self):
        """What a debit note was for is asked again when there is none."""
        self.env["pom.claim"].sudo().search([("note_id", "in", self.ids)])._ask_again()

    def button_cancel(self):
        # EXTENDS 'account'
        result = super().button_cancel()
        self._pom_ask_noted_again()
        return result

    # -- actions -----------------------------------------------------------------------

    def action_pom_waive_claims(self):
        """Nobody asks for what reminders asked on top of these any more."""
        self.check_access("write")
        self.pom_claim_ids.filtered(lambda c: c.state == "asked").action_waive()

    def action_pom_claims(self):
        self.check_access("read")
        return self.pom_claim_ids._get_records_action(name=self.env._("Asked on Top"))
