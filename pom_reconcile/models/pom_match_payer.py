from odoo import api, fields, models

from ..matching.names import iban_key
from ..matching.reading import read


class PomMatchPayer(models.Model):
    """An account from which someone booked money on a debtor whose it isn't.

    Learnt, as evidence for the next time; forgotten when that booking is undone.
    """

    _name = "pom.match.payer"
    _description = "Account Seen to Pay for a Debtor"
    _order = "id desc"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    number = fields.Char("Account", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Debtor",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    statement_line_id = fields.Many2one(
        "account.bank.statement.line",
        "Learnt From",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    learnt_by = fields.Many2one("res.users", readonly=True)

    _number_uniq = models.UniqueIndex(
        "(number, company_id, partner_id)", "This is known already."
    )

    @api.model
    def _learn(self, lines) -> None:
        """Keep who paid for whom, of lines that a person booked just now."""
        seen = {}
        for line in lines:
            partner = self._debtor_of(line)
            number = iban_key(line.account_number or "")
            if number and partner and not self._is_plain(line, number, partner):
                seen[line.company_id.id, number, partner.id] = line
        known = self.sudo().search_fetch(
            [
                ("number", "in", [number for _company, number, _partner in seen]),
                ("partner_id", "in", [partner for *_place, partner in seen]),
            ],
            ["company_id", "number", "partner_id"],
        )
        for record in known:
            seen.pop((record.company_id.id, record.number, record.partner_id.id), None)
        self.sudo().create(
            [
                {
                    "company_id": company_id,
                    "number": number,
                    "partner_id": partner_id,
                    "statement_line_id": line.id,
                    "learnt_by": self.env.uid,
                }
                for (company_id, number, partner_id), line in seen.items()
            ]
        )

    def _debtor_of(self, line):
        """Return the only debtor or supplier whose items the line settles."""
        settled = line.move_id.line_ids.filtered(
            lambda item: (
                item.account_type in ("asset_receivable", "liability_payable")
                and (item.matched_debit_ids or item.matched_credit_ids)
            )
        )
        partners = settled.partner_id.commercial_partner_id
        return partners if len(partners) == 1 else partners.browse()

    def _is_plain(self, line, number, partner) -> bool:
        """Whether there is nothing to learn: his own account, ours, or a provider's."""
        if number in partner.bank_ids.mapped("sanitized_acc_number"):
            return True
        journal = line.journal_id
        if number in journal._pom_own_accounts():
            return True
        return read(line._pom_bank_line(line.id, line._pom_values(), journal)).payout

    @api.model
    def _forget(self, lines) -> None:
        self.sudo().search([("statement_line_id", "in", lines.ids)]).unlink()
