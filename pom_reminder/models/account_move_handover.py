from dataclasses import replace
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.pom_payment.groups import ACCOUNTING
from odoo.addons.pom_payment.utils import in_words_of


class AccountMove(models.Model):
    _inherit = "account.move"

    pom_handed_over = fields.Date(
        string="Handed Over",
        copy=False,
        readonly=True,
        help="Since then a collector takes care of it; we send no reminders.",
        groups=ACCOUNTING,
    )

    @api.model
    def _pom_fact_fields(self):
        # EXTENDS 'pom_payment'
        return (*super()._pom_fact_fields(), "pom_handed_over")

    def _pom_facts(self):
        # EXTENDS 'pom_payment'
        facts = super()._pom_facts()
        away = self.sudo()._origin.filtered("pom_handed_over")
        return {
            **facts,
            # What was handed over is all of it: a plan is over.
            **{
                move.id: replace(facts[move.id], handed_over=True, plan=())
                for move in away
            },
        }

    @api.model
    def _pom_sql_worded(self):
        # EXTENDS 'pom_payment'
        return SQL(
            "(%s OR move.pom_handed_over IS NOT NULL)",
            super()._pom_sql_worded(),
        )

    @api.depends("pom_handed_over")
    def _compute_pom_standing(self):
        # EXTENDS 'pom_payment'
        super()._compute_pom_standing()

    def action_pom_hand_over(self):
        """Hand these over for collection, in one file for all."""
        self.check_access("write")
        askings = self._pom_askings(as_wished=True)
        moves = self.filtered(
            lambda move: askings[move.id].standing.can_be_paid
            and not move.pom_handed_over
        )
        if not moves:
            raise UserError(
                self.env._("Choose open invoices that aren't handed over yet.")
            )
        of_one_debtor = moves.grouped(
            lambda move: (move.company_id, move.partner_id, move.currency_id)
        )
        asked = [
            {
                "kind": "handover",
                "channel": "collector",
                "partner_id": debts.partner_id.id,
                "company_id": debts.company_id.id,
                "moves": debts,
                "parts": {m.id: askings[m.id].parts(date.max) for m in debts},
            }
            for debts in of_one_debtor.values()
        ]
        deliveries = self.env["pom.delivery"].sudo()._ask(asked)
        deliveries._send()
        return deliveries.with_env(self.env).action_hand_over()

    def action_pom_take_back(self):
        """We collect ourselves again; reminders go on where they were."""
        self.check_access("write")
        self.pom_handed_over = False

    def _invoice_paid_hook(self):
        # EXTENDS 'account': whoever collects must hear that there is no need any more.
        result = super()._invoice_paid_hook()
        for move in self.filtered(lambda one: one.sudo().pom_handed_over):
            told = in_words_of(move, move.company_id, move._pom_owner()).env
            move._pom_alert(
                told._("Paid after the hand-over"),
                told._("Tell the collector that %s is paid.", move.name),
            )
        return result
