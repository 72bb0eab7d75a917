from dataclasses import replace

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.pom_payment.debt.asking import Asking
from odoo.addons.pom_payment.debt.facts import CHARGE
from odoo.addons.pom_payment.groups import ACCOUNTING
from odoo.addons.pom_payment.models.account_move_debt import PAYABLE

from .pom_charge import WAITING


class AccountMove(models.Model):
    """Invoices that are charged automatically."""

    _inherit = "account.move"

    pom_charge_ids = fields.One2many(
        "pom.charge", "move_id", string="Charges", groups=ACCOUNTING
    )
    pom_charge_summary = fields.Char(
        string="Charged Automatically",
        compute="_compute_pom_charge_summary",
        groups=ACCOUNTING,
    )
    pom_charge_count = fields.Integer(
        compute="_compute_pom_charge_summary", groups=ACCOUNTING
    )

    @api.depends("pom_charge_ids.state", "pom_charge_ids.day", "pom_charge_ids.amount")
    @api.depends_context("lang")
    def _compute_pom_charge_summary(self):
        for move in self:
            move.pom_charge_count = len(move.pom_charge_ids)
            move.pom_charge_summary = move.pom_charge_ids._summary()

    # -- what is known about the debt --------------------------------------------------

    @api.depends("pom_charge_ids.state", "pom_charge_ids.day", "pom_charge_ids.amount")
    def _compute_pom_standing(self):
        # EXTENDS 'pom_payment'
        return super()._compute_pom_standing()

    def _pom_on_their_way(self):
        # EXTENDS 'pom_payment'
        return [*super()._pom_on_their_way(), self._pom_charges_to_come()]

    @api.model
    def _pom_sql_moving(self, move_id):
        # EXTENDS 'pom_payment'
        self.env["pom.charge"].flush_model(["move_id"])
        charged = SQL(
            "(SELECT TRUE FROM pom_charge charge WHERE charge.move_id = %s LIMIT 1)",
            move_id,
        )
        return {**super()._pom_sql_moving(move_id), "charges": charged}

    def _pom_charges_to_come(self):
        """What will be charged: as long as nothing was asked of the provider, and the
        consent isn't paused.
        """
        self.env["pom.charge"].flush_model(["move_id", "state", "amount", "day"])
        self.env["pom.charge.consent"].flush_model(["state"])
        return SQL(
            """
            SELECT charge.move_id, 'charge', charge.amount,
                   charge.day + TIME '12:00', NULL, NULL, FALSE, charge.part_day
              FROM pom_charge charge
              JOIN pom_charge_consent consent ON consent.id = charge.consent_id
             WHERE charge.move_id IN %s
               AND charge.state IN %s
               AND consent.state = 'active'
            """,
            tuple(self.ids),
            WAITING,
        )

    @api.model
    def _pom_agreed(self):
        # EXTENDS 'pom_payment'
        self.env["pom.charge"].flush_model(["move_id", "state"])
        charged = SQL("SELECT move_id FROM pom_charge WHERE state IN %s", WAITING)
        return [*super()._pom_agreed(), charged]

    def _pom_askings_uncollected(self):
        """How these stand without the charges that are planned: whose money is in the
        house under another name isn't charged.

        :rtype: dict[int, Asking]
        """
        facts = self.sudo()._pom_covered_facts(_uncollected)
        today = {company: company._pom_today() for company in self.company_id}
        return {
            move.id: Asking.of(facts[move.id], today[move.company_id]) for move in self
        }

    # -- life --------------------------------------------------------------------------

    def _post(self, soft=True):
        # EXTENDS 'account'
        posted = super()._post(soft=soft)
        invoices = posted.filtered(
            lambda move: move.move_type in PAYABLE
            and move.company_id.sudo().pom_charge_offered
        )
        if invoices:
            self.env["pom.charge.consent"]._plan_for(invoices)
        return posted

    # -- actions -----------------------------------------------------------------------

    def action_pom_charges(self):
        """Look at what was and will be charged for these."""
        self.check_access("read")
        return self.pom_charge_ids._get_records_action(name=self.env._("Charges"))


def _uncollected(facts):
    coming = tuple(money for money in facts.coming if money.kind != CHARGE)
    return replace(facts, coming=coming)
