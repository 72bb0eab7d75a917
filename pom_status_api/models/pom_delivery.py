from odoo import api, models

from .pom_outbound_event import moment_told


class PomDelivery(models.Model):
    """What third systems are told of a message, and thanks to whoever chose what to
    pay.
    """

    _inherit = "pom.delivery"

    _told_idx = models.Index("(company_id, GREATEST(write_date, seen_date))")

    # -- third systems -----------------------------------------------------------------

    def _told(self):
        """``Message`` of the description: not where it went, nor what it says."""
        self.ensure_one()
        decimals = (self.currency_id or self.company_id.currency_id).decimal_places
        return {
            "id": self.id,
            "kind": self.kind,
            "channel": self.channel,
            "customer": self.partner_id.ref or "",
            "invoices": [
                {"id": move.id, "number": move.name or ""}
                for move in self.move_ids.sorted("id")
            ],
            "amount": f"{self.total:.{decimals}f}",
            "currency": self.currency_id.name or "",
            "outcome": self.state,
            "failure": self.shown_failure or None,
            "created": moment_told(self.create_date),
            "sent": moment_told(self.sent_date),
            "seen": moment_told(self.seen_date),
            "settled": moment_told(self.settled_date),
            "made_pay": bool(self.paid_date),
        }

    # -- open amounts ------------------------------------------------------------------

    @api.model
    def _thanks_unasked(self, moves):
        # EXTENDS 'pom_message': who chose an amount left the address for this.
        given = moves.filtered(
            lambda move: move.pom_open_link_id and move.partner_id.email
        )
        known = self.search([("move_ids", "in", given.ids), ("kind", "=", "thanks")])
        return [
            *super()._thanks_unasked(moves),
            *(
                {
                    "kind": "thanks",
                    "channel": "email",
                    "partner_id": move.partner_id.id,
                    "company_id": move.company_id.id,
                    "moves": move,
                }
                for move in given - known.move_ids
            ),
        ]

    def _placeholder_values(self):
        # EXTENDS 'pom_message'
        values = super()._placeholder_values()
        link = self.move_ids.pom_open_link_id[:1]
        if link:
            values |= {
                "purpose": link.name,
                "given": self._money(sum(self.move_ids.mapped("amount_total"))),
            }
        return values

    def _texts_thanks(self):
        # EXTENDS 'pom_message'
        if not self.move_ids.pom_open_link_id:
            return super()._texts_thanks()
        return {
            "subject": self.env._("Thank you: {purpose}"),
            "text": self.env._(
                "Dear {name},\n\nWe have received {given} for “{purpose}”. Thank you!"
            ),
            "short_text": self.env._(
                "{company}: we have received {given} for {purpose}. Thank you!"
            ),
        }
