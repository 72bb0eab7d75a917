from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command


class PomClaim(models.Model):
    """Claims that aren't asked any more."""

    _inherit = "pom.claim"

    def action_waive(self):
        """Nobody asks for these any more."""
        self.check_access("write")
        asked = self._still_asked()
        asked.sudo()._drop("waived")
        for move, claims in asked.grouped("move_id").items():
            move.message_post(
                body=self.env._(
                    "%(user)s waived %(amount)s that was asked on top.",
                    user=self.env.user.name,
                    amount=move.company_id.currency_id.format(
                        sum(claims.mapped("dropped"))
                    ),
                )
            )

    def action_ask_again(self):
        """Take back that these were waived or lapsed."""
        self.check_access("write")
        again = self.filtered(lambda claim: claim.dropped_as in ("waived", "lapsed"))
        again.sudo()._ask_again()

    def action_debit_note(self):
        """A document for these, to be posted by a person: a receipt, since damages and
        interest are no invoice, outside VAT, and sent by no e-invoice.
        """
        self.check_access("write")
        notes = self.env["account.move"]
        debtors = self._still_asked().grouped(lambda c: (c.company_id, c.partner_id))
        for (company, partner), claims in debtors.items():
            note = notes.with_company(company).create(
                {
                    "move_type": "out_receipt",
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "ref": self.env._(
                        "Debit note for %s", ", ".join(claims.move_id.mapped("name"))
                    ),
                    "invoice_line_ids": [
                        Command.create(claim._note_line()) for claim in claims
                    ],
                }
            )
            claims.sudo()._drop("booked", note)
            notes |= note
        return notes._get_records_action(name=self.env._("Debit Notes"))

    def _note_line(self):
        return {
            "name": self.with_context(lang=self.partner_id.lang).display_name,
            "quantity": 1,
            "price_unit": self.left,
            "account_id": self._account().id,
            "tax_ids": [Command.clear()],
        }

    def _still_asked(self):
        """
        :raises UserError: when none is
        """
        asked = self.filtered(lambda claim: claim.state == "asked")
        if not asked:
            raise UserError(self.env._("None of these is asked now."))
        return asked

    def _drop(self, how, note=None):
        for company, claims in self.grouped("company_id").items():
            today = company._pom_today()
            for claim in claims:
                claim.write(
                    {
                        "dropped": claim.dropped + claim.left,
                        "dropped_as": how,
                        "dropped_on": today,
                        "note_id": note.id if note else claim.note_id.id,
                    }
                )

    def _ask_again(self):
        self.write(
            {
                "dropped": 0,
                "dropped_as": False,
                "dropped_on": False,
                "note_id": False,
                "settled_on": False,
            }
        )

    # -- by themselves -----------------------------------------------------------------

    @api.model
    def _cron_look(self):
        """Claims whose invoice was paid long enough ago lapse; rates that aren't known
        are asked for.
        """
        setups = self.env["pom.reminder.setup"].search([("claims", "=", True)])
        for setup in setups:
            company = setup.company_id
            self.with_company(company)._look(company, setup.claims_days)
        self.env["pom.interest.rate"]._ask_for_missing(setups)

    @api.model
    def _look(self, company, days):
        today = company._pom_today()
        asked = self.search([("company_id", "=", company.id), ("state", "=", "asked")])
        standings = asked.move_id._pom_standings()
        settled = asked.filtered(lambda claim: standings[claim.move_id.id].left <= 0)
        (asked - settled).filtered("settled_on").settled_on = False
        settled.filtered(lambda claim: not claim.settled_on).settled_on = today
        if days > 0:
            last = today - timedelta(days=days)
            settled.filtered(lambda claim: claim.settled_on <= last)._drop("lapsed")
