from odoo import api, models

from odoo.addons.pom_payment.tools import link_token

from ..tools import delivery_code


class PomPaylink(models.Model):
    """Links of messages: of one invoice, or of a statement when several are asked."""

    _inherit = "pom.paylink"

    @api.model
    def _links_of(self, debts):
        """The link that each message carries.

        :param list[account.move] debts: what is asked of one customer in a message
        :rtype: list[pom.paylink]
        """
        statements = self._statements_of(
            self.env["account.move"].union(*(m for m in debts if len(m) > 1))
        )
        return [
            statements[self._statement_key(moves[0])]
            if len(moves) > 1
            else moves.pom_paylink_id
            for moves in debts
        ]

    @api.model
    def _statements_of(self, moves):
        """Live statement links of whoever owes these, made where there is none.

        :rtype: dict[tuple[res.company, res.partner], pom.paylink]
        """
        wanted = {self._statement_key(move) for move in moves}
        known = self.search(
            [
                ("debtor_id", "in", [debtor.id for _company, debtor in wanted]),
                ("company_id", "in", moves.company_id.ids),
                ("withdrawn", "=", False),
            ]
        )
        found = {(link.company_id, link.debtor_id): link for link in known}
        missing = [key for key in wanted if key not in found]
        made = self.create(
            [
                {
                    "debtor_id": debtor.id,
                    "company_id": company.id,
                    "valid_until": self._valid_until(company),
                }
                for company, debtor in missing
            ]
        )
        return {**found, **dict(zip(missing, made, strict=True))}

    @api.model
    def _statement_key(self, move):
        company = move.company_id
        return company, move.partner_id._pom_statement_debtor(company)

    def _asked_by(self, code):
        # EXTENDS 'pom_payment'
        others = super()._asked_by(code)
        code = self.debtor_id and delivery_code.normalize(code or "")
        if not code:
            return others
        delivery = self.env["pom.delivery"].search(
            [("code", "=", code), ("paylink_id", "=", self.id)]
        )
        return delivery.move_ids.ids or others

    def _note_seen(self, code):
        # EXTENDS 'pom_payment'
        super()._note_seen(code)
        self.env["pom.delivery"].sudo()._note_seen(self, code)

    def _printed_url(self):
        """The address as one can type it over: no scheme, the token in groups."""
        self.ensure_one()
        base = self.url.rpartition("/")[0].partition("://")[2]
        return f"{base}/{link_token.grouped(self.token)}"
